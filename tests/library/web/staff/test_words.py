"""What lists of the desk say: times of 24 hours, days one way, no sentence put together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.web.i18n import interfaces
from library.web.staff.frame import moment
from tests.library.web.staff.conftest import token_of
from tests.markup import has, parsed, texts

TEMPLATES = Path(__file__).resolve().parents[4] / "templates"


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "hi", "ar"])
def test_a_time_has_24_hours(language: str) -> None:
    said = moment(datetime(2026, 3, 9, 21, 5, 7, tzinfo=UTC), interfaces([language])[language])
    assert "21:05" in said
    assert said.endswith("UTC")
    assert "PM" not in said


def test_no_day_is_asked_by_a_field_of_the_browser_s_own() -> None:
    """It shows a day the way of the computer's country, which need not be that of the page."""
    fields = '[type="date"]'
    asked = [path.name for path in TEMPLATES.rglob("*.html") if has(path.read_text(), fields)]
    assert asked == []


def test_a_change_says_what_who_and_when_apart(ben: TestClient, desk_shelf: object) -> None:
    shelf = ben.get("/staff/resources").text
    [place] = [link for link in _links(shelf) if link.count("/") == 3][:1]
    form = ben.get(place).text
    data = {"form": token_of(form), "status": "withdrawn", "reason": "A slip.", "version": "0"}
    ben.post(f"{place}/standing", data=data)
    page = ben.get("/staff/history").text
    assert texts(page, ".change:first-child .what") == ["status changed"]
    assert "ben" in texts(page, ".change:first-child bdi")
    assert not has(page, ".change del:empty")


def _links(page: str) -> list[str]:
    links = (str(one.attributes.get("href")) for one in parsed(page).css("main .pick a"))
    return [link for link in links if link.startswith("/staff/resources/")]
