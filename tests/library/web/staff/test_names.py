"""Each control of the desk is called something, as on the pages for readers."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.web.app import ROUTES
from tests.library.web.test_names import CONTROLS, nameless, same_places, told_apart
from tests.markup import parsed

WITHOUT = {"/staff/sign-in"}  # staff who are in are sent on


def addresses() -> list[str]:
    """Every page of the desk that needs no name of a thing to be shown."""
    return sorted(
        route.path
        for route in ROUTES
        if route.path.startswith("/staff") and "{" not in route.path and "GET" in route.methods
    )


def test_each_control_of_the_desk_has_a_name_of_its_own(ana: TestClient) -> None:
    seen = 0
    wrong = {}
    for path in (*addresses(), "/staff/resources?q=fund", "/staff/vocabularies/topic"):
        response = ana.get(path)
        if response.status_code != 200 or "html" not in response.headers["content-type"]:
            continue
        page = parsed(response)
        seen += bool(page.css(CONTROLS))
        if found := (nameless(page), told_apart(page), same_places(page)):
            wrong |= {path: found} if any(found) else {}
    assert wrong == {}
    assert seen > 8


@pytest.mark.parametrize("path", sorted(WITHOUT))
def test_who_signs_in_is_told_what_to_write(nobody: TestClient, path: str) -> None:
    page = parsed(nobody.get(path))
    assert page.css(CONTROLS)
    assert nameless(page) == []
