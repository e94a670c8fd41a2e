"""What is guessed is marked as such, with the words it rests on; what staff said, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.resource import Evidence, Statement
from library.core.settings import Settings
from library.metadata import decide
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import has, one, parsed, text, texts, values


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    shelf = Shelf(Settings(home=tmp_path))
    shelf.add("Guide for stalls", ["First.", "A toolkit for stalls."], topic=("organising",))
    (edition,) = shelf.catalogue.resources(shelf.catalogue.every(public=True))[0].editions
    guessed = Statement("kind", "toolkit", "guess", (Evidence(2, "A toolkit for stalls"),), 0.9)
    with shelf.catalogue.write() as writer:
        writer.say(edition.id, [guessed], decide)
    shelf.index()
    return TestClient(app_of(shelf.site()))


def test_a_guess_says_so_and_on_what_it_rests(client: TestClient) -> None:
    page = client.get("/resources/guide-for-stalls")
    (fact,) = [row for row in parsed(page).css(".facts-list > div") if "Kind" in texts(row, "dt")]
    told = one(fact, "details.suggested")
    assert texts(told, "summary") == ["suggested"]
    assert texts(told, "q") == ["A toolkit for stalls"]
    assert values(told, "a", "href") == ["/resources/guide-for-stalls/en/2"]
    assert not has(told, "[open]")


def test_what_staff_said_is_confirmed(client: TestClient) -> None:
    page = client.get("/resources/guide-for-stalls")
    (fact,) = [row for row in parsed(page).css(".facts-list > div") if "Topic" in texts(row, "dt")]
    assert text(one(fact, "small")) == "confirmed"
    assert not has(fact, "details")
