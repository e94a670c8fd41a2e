"""What the words of a question were read as is shown, can be taken back, and never ends the search;
what was not understood is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.core.settings import Settings
from library.web.app import app_of
from tests.library.web.conftest import Shelf
from tests.markup import Source, one, parsed
from tests.markup import text as markup_text

ASKED = "session on sexual harassment for domestic workers in Spanish, 60 minutes"
TEXT = "Sexual harassment of domestic workers is met together: a session in three steps. " * 6
TEXTO = "El acoso sexual a trabajadoras domésticas se enfrenta en grupo: sesión, session. " * 6


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home: Path = tmp_path_factory.mktemp("understood")
    shelf = Shelf(Settings(home=home, languages=("en", "es", "fr", "pt", "ar", "hi")))
    shelf.add("Together against harassment", [TEXT], group="domestic-workers", use="session-plan")
    shelf.add("Frente al acoso", [TEXTO], language="es", group="domestic-workers", time="an-hour")
    shelf.add("A strike fund", ["A fund is built in quiet months. " * 20])
    shelf.index()
    with TestClient(app_of(shelf.site())) as made:
        yield made


def chips(page: Source) -> dict[str, str]:
    """Label → address of each chip."""
    found = parsed(page).css(".chip.on")
    return {chip.text(deep=False).strip(): chip.attributes["href"] or "" for chip in found}


def test_what_was_understood_are_chips_and_each_goes_with_one_press(client: TestClient) -> None:
    text = client.get("/search", params={"q": ASKED}).text
    labels = {
        "first: Violence and harassment",
        "first: Domestic workers",
        "first: Session plan",
        "first: Up to an hour",
        "only: Spanish",
    }
    found = chips(text)
    assert labels <= found.keys() or labels - {"only: Spanish"} | {"only: Español"} <= found.keys()
    for label, url in found.items():
        rest = chips(client.get(url).text)
        assert label not in rest
        assert len(rest) == len(found) - 1


def test_a_language_narrows_where_it_leaves_something(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "sexual harassment in Spanish"}).json()
    assert [hit["languages"] for hit in answer["hits"]] == [["es"]]
    [one] = [one for one in answer["understood"] if one["facet"] == "language"]
    assert (one["id"], one["narrows"]) == ("es", True)
    assert answer["query"]["language"] == []  # nobody chose it: its words did
    every = client.get(
        "/api/search", params={"q": "sexual harassment in Spanish", "unread": "language:es"}
    ).json()
    assert every["total"] > answer["total"]


def test_and_ends_nothing_where_it_leaves_nothing(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "fund in French"}).json()
    assert [hit["title"] for hit in answer["hits"]] == ["A strike fund"]
    [one] = answer["understood"]
    assert one["narrows"] is False
    assert any("Nothing that was found" in line for line in answer["problems"])
    text = client.get("/search", params={"q": "fund in French"}).text
    assert "Nothing that was found is filed under" in text


def test_what_is_read_lifts_and_hides_nothing(client: TestClient) -> None:
    with_it = client.get("/api/search", params={"q": "domestic workers session plan"}).json()
    without = client.get("/api/search", params={"q": "domestic workers", "exact": "1"}).json()
    assert with_it["total"] >= 1
    assert with_it["hits"][0]["title"] == "Together against harassment"
    assert without["understood"] == []


def test_an_address_keeps_what_was_taken_back(client: TestClient) -> None:
    url = chips(client.get("/search", params={"q": ASKED}).text)["first: Domestic workers"]
    assert "unread=group%3Adomestic-workers" in url
    asked = client.get(url.replace("/search", "/api/search")).json()
    assert "group" not in {one["facet"] for one in asked["understood"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("co?id", "a star stands for letters only at the end"),
        ("*vid", "a star stands for letters only at the end"),
        ("✊", "holds no letter or digit"),
        ("the of and", "words that nearly every text has"),
        ("ما هو", "words that nearly every text has"),
        ("OR", "stood without words"),
        ('"strike fund', "A quotation mark has no partner"),
        ("subject:fund", "not a field that can be searched"),
        ("fund " * 13_000, "only its beginning was searched for"),
    ],
)
def test_what_cannot_be_understood_is_said(typed: str, said: str, client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": typed}).json()
    assert any(said in line for line in answer["problems"])
    page = client.get("/search", params={"q": typed})
    assert said in markup_text(one(page, "main"))


@pytest.mark.parametrize("language", ["es", "fr", "pt", "ar", "hi"])
def test_and_in_every_language(language: str, client: TestClient) -> None:
    headers = {"Accept-Language": language}
    lines = client.get("/api/search", params={"q": "✊ subject:fund"}, headers=headers).json()
    english = client.get("/api/search", params={"q": "✊ subject:fund"}).json()
    assert len(lines["problems"]) == len(english["problems"]) == 2
    assert not set(lines["problems"]) & set(english["problems"])
