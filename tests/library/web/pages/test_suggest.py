"""Suggestions while typing, for browsers, for the script and as a page."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

from tests.library.web.conftest import Shelf
from tests.markup import has, values


def suggested(client: TestClient, typed: str) -> list[tuple[str, str, str]]:
    """(completion, what it is, where it leads)."""
    response = client.get("/suggest", params={"q": typed})
    assert response.headers["content-type"] == "application/x-suggestions+json"
    echoed, found, about, urls = response.json()
    assert echoed == " ".join(typed.split())[:80]
    assert len(found) == len(about) == len(urls)
    return list(zip(found, about, urls, strict=True))


def test_words_titles_and_concepts(client: TestClient, shelf: Shelf) -> None:
    found = suggested(client, "munic")
    assert ("municipality", "1 resource", "http://testserver/search?q=municipality") in found
    titles = [(what, where) for what, _, where in suggested(client, "our str")]
    address = "http://testserver/resources/our-streets-our-table?language=en"
    assert ("Our streets, our table", address) in titles
    concept = shelf.vocabularies.concept("group", shelf.vocabularies.order("group")[0])
    assert concept is not None
    label = concept.preferred["en"]
    (where,) = [where for what, _, where in suggested(client, label[:9]) if what == label]
    assert where == f"http://testserver/search?group={concept.id}"


def test_the_last_word_goes_with_those_before(client: TestClient) -> None:
    found = [what for what, _, _ in suggested(client, "street vend")]
    assert "street vendors" in found
    assert "wages vendors" not in [what for what, _, _ in suggested(client, "wages vend")]


@pytest.mark.parametrize("typed", ["", " ", "?", '"', "(a OR", "title:", "x" * 500, "ع", "\x00"])
def test_nothing_typed_is_an_error(client: TestClient, typed: str) -> None:
    suggested(client, typed)
    assert client.get("/suggest", params={"q": typed, "as": "page"}).status_code == 200


def test_no_draft_and_no_hidden_label_is_suggested(client: TestClient, shelf: Shelf) -> None:
    assert not suggested(client, "secret")
    schemes = shelf.vocabularies.schemes
    shown = {
        label.lower()
        for facet in ("topic", "group", "audience", "use", "kind", "place")
        for concept in schemes[facet].concepts.values()
        for _, label in concept.shown()
    }
    for facet in ("group", "topic"):
        concepts = schemes[facet].concepts.values()
        hidden = {label.lower() for one in concepts for _, label in one.labels()} - shown
        for label in sorted(hidden)[::12]:
            for what, _, where in suggested(client, label[:5]):
                # A word that texts use is no label shown; unless it is what people are not called.
                if facet == "group" or "/search?q=" not in where:
                    assert what.lower() not in hidden


def test_a_hidden_label_finds_its_concept(client: TestClient, shelf: Shelf) -> None:
    concept = shelf.vocabularies.concept("group", shelf.vocabularies.order("group")[0])
    assert concept is not None
    assert shelf.vocabularies.beginning("scaveng", "en")[0][2] == "Waste pickers"


def test_as_a_page_and_as_a_description(client: TestClient) -> None:
    text = client.get("/suggest?q=munic&as=page").text
    assert has(text, '[href="/search?q=municipality"]')
    described = client.get("/opensearch.xml").text
    assert has(described, '[type="application/x-suggestions+json"]')
    assert "/suggest?q={searchTerms}" in described


def test_the_one_script_is_our_own_and_small(client: TestClient) -> None:
    (address,) = values(client.get("/"), "script[defer]", "src")
    assert re.fullmatch(r"/static/suggest\.[0-9a-f]+\.js", address)
    script = client.get(address)
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(script.content)) < 1024


def test_tips_are_links_that_work(client: TestClient) -> None:
    links = values(client.get("/search?q=fund"), ".searchtips dt > a", "href")
    assert len(links) == 7
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert not has(answer.text, '[class="notice"]') or "No resource holds all" in answer.text
