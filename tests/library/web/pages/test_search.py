"""Searching: what is found, how it is narrowed, and what is said when it makes no sense."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests import markup
from tests.library.web.conftest import Shelf
from tests.markup import Source, has, one, parsed, texts, title, values

CHOICE = '.choice input[form="ask"][type="checkbox"]'  # with its count beside it


def boxes(page: Source) -> dict[tuple[str, str], tuple[bool, bool, int]]:
    """(facet, value) → whether it is chosen, whether it is disabled, and its count."""
    found = {}
    for box in parsed(page).css(CHOICE):
        told, beside = box.attributes, box.parent
        assert beside is not None
        if count := beside.css_first('b[aria-hidden="true"]'):
            key = told["name"] or "", told["value"] or ""
            found[key] = ("checked" in told, "disabled" in told, int(count.text()))
    return found


def test_the_pages_that_answer_lead_into_the_reader(client: TestClient) -> None:
    text = client.get("/search?q=municipality").text
    to = "/resources/our-streets-our-table/en/2?q=municipality&shown=1."  # its first piece
    assert has(text, f'[href^="{to}"][href$="#match"]')
    assert "municipality" in texts(text, "mark")
    assert "p. iv" in texts(text, 'span[class="page"]')  # as it is printed there
    assert "<speaks>" in markup.text(one(text, "div.answers"))
    assert not has(text, "speaks")  # a document's own words are never HTML


def test_choices_with_nothing_are_disabled_and_not_hidden(client: TestClient, shelf: Shelf) -> None:
    everything = boxes(client.get("/search/narrow").text)
    found = boxes(client.get("/search/narrow?q=municipality").text)
    assert found.keys() == everything.keys()
    assert found["language", "ar"] == (False, True, 0)
    assert found["language", "es"][1] is False
    assert not any(disabled for _, disabled, _ in everything.values())


def test_words_are_kept_and_choices_are_chips(client: TestClient, shelf: Shelf) -> None:
    topic = shelf.vocabularies.order("topic")[0]
    text = client.get(f"/search?q=wages&topic={topic}&from=2001&to=2010&sort=title").text
    assert has(text, '[name="q"][value="wages"]')
    assert has(text, '[type="hidden"][name="sort"][value="title"]')
    form = client.get(f"/search/narrow?q=wages&topic={topic}&from=2001&to=2010&sort=title").text
    assert boxes(form)["topic", topic][0] is True
    assert has(form, '[type="hidden"][name="sort"][value="title"]')
    assert has(form, '[name="from"][inputmode="numeric"][size="4"][maxlength="4"][value="2001"]')
    assert values(text, '[class="chip on"]', "href") == [
        "/search?q=wages&from=2001&to=2010&sort=title",
        f"/search?q=wages&topic={topic}&sort=title",
    ]
    assert "page 1 of" not in text
    hidden = [one.attributes for one in parsed(text).css('.ask [type="hidden"]')]
    assert [(one["name"], one["value"]) for one in hidden] == [
        ("topic", topic), ("from", "2001"), ("to", "2010"), ("sort", "title"),
    ]  # fmt: skip


def test_a_chosen_value_can_be_let_go_even_when_it_gives_nothing(
    client: TestClient, shelf: Shelf
) -> None:
    kind = shelf.vocabularies.order("kind")[0]
    text = client.get(f"/search?q=zzzz&kind={kind}").text
    form = client.get(f"/search/narrow?q=zzzz&kind={kind}")
    assert boxes(form)["kind", kind] == (True, False, 0)
    assert "Nothing in the library matches all of this." in text
    assert has(text, '[href="/search?q=zzzz"]')


def test_every_facet_says_how_its_values_join(client: TestClient) -> None:
    folds = texts(client.get("/search/narrow"), ".facet > summary")
    assert any(fold.startswith("Topic all of") for fold in folds)
    assert any(fold.startswith("Kind any of") for fold in folds)


def test_long_facets_are_folded_after_eight(client: TestClient) -> None:
    field = one(client.get("/search/narrow"), "#narrow-topic")
    every = [value for _, value in boxes(field)]
    folded = [value for _, value in boxes(one(field, "details"))]
    assert len(every) == 13
    assert folded == every[8:12]
    assert every[-1] == "none"
    assert texts(field, "details > summary") == ["4 more"]


def test_a_page_of_results_names_the_facets_and_leads_to_the_form(client: TestClient) -> None:
    page = client.get("/search?q=wages&kind=-none&page=2")
    links = parsed(one(page, "#narrow")).css("a")
    assert boxes(page) == {}
    assert links[0].attributes["href"].startswith("/search/narrow?q=wages&kind=-none&open=")
    sizes = [int(markup.text(one(link, "b"))) for link in links[:-1]]
    assert sizes == sorted(sizes)  # what can be taken in at a glance stands first
    assert markup.text(one(links[-1], "b")) == "2000–2024"
    opened = client.get(links[0].attributes["href"])
    assert len(parsed(opened).css("details.facet[open]")) == 1 + len(
        [facet for facet in ("kind",) if f"open={facet}" not in (links[0].attributes["href"] or "")]
    )
    assert has(opened, '.apply button[form="ask"]')


def test_a_work_shows_one_page_that_answers_and_folds_the_others(client: TestClient) -> None:
    (card,) = parsed(client.get("/search?q=municipality")).css("article")
    assert len(one(card, "div.answers").css("a")) == 1
    folded = len(one(card, "details.rest").css("a"))
    assert folded in (1, 2)
    said = f"{folded} more page" + "s" * (folded > 1)
    assert texts(card, "details.rest > summary") == [said]


def test_paging_has_numbers_and_a_direction(client: TestClient) -> None:
    text = client.get("/search?q=wages").text
    assert "1 to 20, page 1 of 2" in text
    assert has(text, '[aria-label="page 2"]')
    assert has(text, 'a[rel="next"][href="/search?q=wages&page=2"]')
    second = client.get("/search?q=wages&page=2").text
    assert has(second, 'a[rel="prev"][href="/search?q=wages"]')
    assert "page 2" in title(second)


def test_past_the_end_is_a_page_that_leads_back(client: TestClient) -> None:
    response = client.get("/search?q=wages&page=99999")
    assert response.status_code == 200
    assert "25 resources" in response.text
    assert texts(response, 'a[href="/search?q=wages&page=2"]')[0] == "Go to the last page, 2"


def test_what_was_not_understood_is_said(client: TestClient) -> None:
    response = client.get("/search?q=fund&topic=nonsense&from=soon&sort=colour&page=x")
    assert response.status_code == 200
    for word in ("“nonsense”", "“soon”", "“colour”", "“x”"):
        assert word in response.text
    assert texts(response, "h1")[0].endswith("resources")


@pytest.mark.parametrize("words", ["OR", "- - -", '"', "(((", "AND OR -", "*", ":"])
def test_a_question_of_only_operators_shows_everything_and_says_so(
    client: TestClient, words: str
) -> None:
    response = client.get("/search", params={"q": words})
    assert response.status_code == 200
    assert "29 resources" in response.text
    assert has(response.text, '[role="status"]')


@pytest.mark.parametrize("words", ["a" * 10_000, "wages " * 1700, '("' * 5000, "ع" * 10_000])
def test_a_question_of_ten_thousand_characters(client: TestClient, words: str) -> None:
    response = client.get("/search", params={"q": words})
    assert response.status_code == 200
    assert "only its beginning was searched for" in response.text
    assert len(response.content) < 200_000


def test_a_title_says_the_search(client: TestClient, shelf: Shelf) -> None:
    topic = shelf.vocabularies.order("topic")[0]
    label = shelf.vocabularies.label("topic", topic, "en")
    page = client.get(f"/search?q=fund&topic={topic}&from=2001")
    assert title(page) == f"fund · {label} · since 2001 · Worker Education Library"


def test_a_hit_speaks_the_language_that_answers(client: TestClient) -> None:
    text = client.get("/search?q=vendedores").text
    assert texts(text, 'h2 a[lang="es"][dir="ltr"]') == ["Nuestras calles, nuestra mesa"]
    assert has(text, '[href="/resources/our-streets-our-table?language=es"]')
    arabic = client.get("/search", params={"q": "النقابة"}).text
    assert has(arabic, '[lang="ar"][dir="rtl"]')
