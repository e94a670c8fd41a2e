"""Suggestions while typing, for browsers, for the script and as a page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from library.core.settings import Settings
from library.web.app import app_of
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
    (address,) = values(client.get("/"), "form.ask", "data-script")
    assert re.fullmatch(r"/static/suggest\.[0-9a-f]+\.js", address)
    script = client.get(address)
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(script.content)) < 1024


def test_tips_are_links_that_work(client: TestClient) -> None:
    links = values(client.get("/"), ".searchtips dt > a", "href")
    assert len(links) == 7
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert not has(answer.text, '[class="notice"]') or "No resource holds all" in answer.text


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A library whose texts begin sentences, with works filed under several facets."""
    home = tmp_path_factory.mktemp("field")
    shelf = Shelf(Settings(home=home, languages=("en", "es", "fr", "pt", "ar", "hi")))
    filed = {"group": ("domestic-workers",), "topic": ("violence-harassment", "wages")}
    text = "However, domestic workers which meet, domestic which. When there is domestic work. " * 9
    shelf.add("At home", [text], **filed, use="session-plan", time="half-a-day")
    shelf.add("En casa", ["Sin embargo las trabajadoras se reúnen. " * 9], language="es")
    shelf.add("Em casa", ["As trabalhadoras do lar, trabalho doméstico. " * 9], language="pt")
    shelf.add("Maidana", ["Maidana was doing well, said Maidana, doing nothing. " * 9])
    shelf.index()
    with TestClient(app_of(shelf.site())) as made:
        yield made


@pytest.mark.parametrize(
    ("language", "typed", "label", "named"),
    [
        ("en", "domestic w", "Domestic workers", "Workers"),
        ("en", "household w", "household worker", "Workers: Domestic workers"),
        ("es", "trabajadoras d", "Trabajadoras del hogar", "Trabajadoras y trabajadores"),
        ("pt", "trabalhadoras dom", "Trabalhadoras domésticas", "Trabalhadoras e trabalhadores"),
        ("hi", "घरेलू", "घरेलू कामगार", "कामगार"),
        ("en", "sexual h", "sexual harassment", "Topic: Violence and harassment"),
        ("en", "session", "Session plan", "Use in a session"),
        ("en", "half", "Half a day", "Time needed"),
    ],
)
def test_a_concept_comes_first_by_any_of_its_labels_with_its_kind_named(
    language: str, typed: str, label: str, named: str, field: TestClient
) -> None:
    answer = field.get("/suggest", params={"q": typed}, headers={"Accept-Language": language})
    _, found, about, _ = answer.json()
    assert found[0] == label
    assert about[0].split(" · ")[0] == named


@pytest.mark.parametrize(
    "typed",
    ["however", "when t", "domestic wh", "what is d", "sin em", "there is", "45", "which m"],
)
def test_what_only_begins_a_sentence_is_not_offered(typed: str, field: TestClient) -> None:
    offered = {what for what, _, _ in suggested(field, typed)}
    assert not {one for one in offered if one.lower().startswith(typed)}


def test_a_concept_that_is_named_whole_comes_before_longer_words(field: TestClient) -> None:
    labels = [what for what, _, _ in suggested(field, "maid")]
    assert labels[:2] == ["Domestic workers", "maidana"]


def test_words_go_on_from_the_letters_that_were_typed(field: TestClient) -> None:
    words = [what for what, _, where in suggested(field, "domést") if "?q=" in where]
    assert words == ["doméstico"]
    assert "trabalhadoras doing" not in {what for what, _, _ in suggested(field, "trabalhadoras d")}
    assert not [where for _, _, where in suggested(field, "l'em") if "?q=" in where]


def test_no_topic_is_offered_by_a_label_that_is_not_shown(field: TestClient) -> None:
    for typed in ("how to", "boss d", "salary", "verbal ab"):
        assert not [where for _, _, where in suggested(field, typed) if "topic=" in where]
