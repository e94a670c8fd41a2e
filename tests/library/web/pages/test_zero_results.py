"""Nothing found is never a dead end, and asking is never signed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.markup import Source, has, one, parsed, text


def ways(page: Source) -> dict[str, tuple[str, str]]:
    """What a link says → where it leads, and how much it says there is."""
    found = {}
    for way in parsed(page).css("li:has(> a + small)"):
        link = one(way, "a")
        found[text(link)] = link.attributes["href"] or "", text(one(way, "small"))
    return found


def test_the_word_that_finds_nothing_is_dropped_and_named(client: TestClient) -> None:
    text = client.get("/search?q=municipality+title:qqqq").text
    assert ways(text)["Without “title:qqqq”"] == ("/search?q=municipality", "1 resource")


def test_words_that_no_work_holds_together(client: TestClient) -> None:
    text = client.get("/search?q=municipality+wages").text
    assert "No resource holds all of these words" in text
    assert ways(text)["Without “municipality”"] == ("/search?q=wages", "25 resources")
    assert ways(text)["Without “wages”"] == ("/search?q=municipality", "1 resource")


def test_a_phrase_may_lose_its_marks(client: TestClient) -> None:
    text = client.get("/search", params={"q": '"fund wages"'}).text
    url, gives = ways(text)["Without the quotation marks"]
    assert (url, gives) == ("/search?q=fund+wages", "25 resources")


def test_a_filter_may_be_dropped_and_says_what_that_gives(client: TestClient) -> None:
    text = client.get("/search?q=municipality&from=2030").text
    assert ways(text)["Without “since 2030”"] == ("/search?q=municipality", "1 resource")
    some = client.get("/search?q=municipality+qqqq&from=2030").text
    assert ways(some)["Without “since 2030”"][1] == "1 resource"
    both = client.get("/search?q=qqqq&from=2030").text
    assert "Without “since 2030”" not in ways(both)  # it would not help


def test_a_near_concept_is_offered_even_by_a_hidden_name(client: TestClient, shelf: Shelf) -> None:
    group = shelf.vocabularies.order("group")[0]
    concept = shelf.vocabularies.concept("group", group)
    assert concept is not None
    label = concept.preferred["en"]
    text = client.get("/search", params={"q": f"{label}x", "from": "2030"}).text
    assert [url for url, _ in ways(text).values() if url == f"/search?group={group}"]


def test_words_are_passed_on_without_who(client: TestClient, site: Site) -> None:
    text = client.get("/search?q=zeppelin+songs").text
    assert has(text, 'form[class="askstaff"][method="post"][action="/ask"]')
    assert has(text, '[name="q"][value="zeppelin songs"]')
    response = client.post(
        "/ask", content="q=zeppelin+songs", headers={"Accept-Language": "es", "Referer": "/x"}
    )
    assert (response.status_code, response.headers["location"]) == (303, "/ask?sent=1")
    assert "passed on" in client.get("/ask?sent=1").text
    (line,) = [one for one in site.catalogue.unanswered("asked") if "zeppelin" in one.words]
    assert (line.words, line.language, line.times) == ("zeppelin songs", "es", 1)


def test_nobody_is_thanked_for_words_that_were_not_kept(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.catalogue.statistics.failed_searches.MOST", 0)
    response = client.post("/ask", content="q=theremin+lessons")
    assert response.headers["location"] == "/ask?sent=0&q=theremin+lessons"
    page = client.get(response.headers["location"])
    assert "could not be kept" in page.text and "Thank you" not in page.text
    assert has(page.text, '[name="q"][value="theremin lessons"]')  # to be sent again
    assert not any("theremin" in one.words for one in site.catalogue.unanswered("asked"))
    for nothing in ("", "q=", "q=a%40b.example"):
        assert client.post("/ask", content=nothing).headers["location"] == "/ask"


@pytest.mark.parametrize("part", ["a", "1", "1+", "a@", "@", "-", "a1", "1("])
def test_long_hostile_words_are_passed_on_too(client: TestClient, site: Site, part: str) -> None:
    words = "q=xylophone+lessons+" + part * (65_000 // len(part))
    response = client.post("/ask", content=words)
    assert response.status_code == 303
    assert any("xylophone lessons" in one.words for one in site.catalogue.unanswered("asked"))


def test_a_form_on_another_site_passes_nothing_on(client: TestClient, site: Site) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/ask", content="q=forged", headers=headers).status_code == 403
    assert client.post("/ask", content=b"q=%ff%00&&&=").status_code == 303
    assert not [one for one in site.catalogue.unanswered("asked") if one.words == "forged"]


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/search?q=dirigible", True),
        ("/search?q=dirigible&from=2001", False),  # the words may find something without it
        ("/search?q=municipality", False),
        ("/api/search?q=dirigible", False),
        ("/search", False),
    ],
)
def test_what_finds_nothing_is_counted(
    client: TestClient, site: Site, path: str, counted: bool
) -> None:
    def times() -> int:
        return sum(one.times for one in site.catalogue.unanswered("missed"))

    before = times()
    client.get(path)
    assert times() == before + counted
    off = replace(site, settings=replace(site.settings, count_unanswered=False))
    TestClient(app_of(off)).get(path)
    assert times() == before + counted
