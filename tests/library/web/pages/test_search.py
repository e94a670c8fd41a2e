"""Searching: what is found, how it is narrowed, and what is said when it makes no sense."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.library.web.conftest import Shelf
from tests.markup import has, texts, values

CHECKBOX = re.compile(
    r'<input form="ask" type="checkbox" name="(\w+)" value="([\w-]+)"( checked)?( disabled)?>'
    r'<span>([^<]*)</span><b aria-hidden="true">(\d+)</b>'
)


def boxes(text: str) -> dict[tuple[str, str], tuple[bool, bool, int]]:
    """(facet, value) → whether it is chosen, whether it is disabled, and its count."""
    return {
        (facet, value): (bool(chosen), bool(disabled), int(count))
        for facet, value, chosen, disabled, _, count in CHECKBOX.findall(text)
    }


def test_the_pages_that_answer_lead_into_the_reader(client: TestClient) -> None:
    text = client.get("/search?q=municipality").text
    assert has(text, '[href="/resources/our-streets-our-table/en/2?q=municipality"]')
    assert "municipality" in texts(text, "mark")
    assert "p. iv" in texts(text, 'span[class="page"]')  # as it is printed there
    assert "&lt;speaks&gt;" in text  # a document's own words are never HTML


def test_choices_with_nothing_are_disabled_and_not_hidden(client: TestClient, shelf: Shelf) -> None:
    everything = boxes(client.get("/search").text)
    found = boxes(client.get("/search?q=municipality").text)
    assert found.keys() == everything.keys()
    assert found["language", "ar"] == (False, True, 0)
    assert found["language", "es"][1] is False
    assert not any(disabled for _, disabled, _ in everything.values())


def test_words_are_kept_and_choices_are_chips(client: TestClient, shelf: Shelf) -> None:
    topic = shelf.vocabularies.order("topic")[0]
    text = client.get(f"/search?q=wages&topic={topic}&from=2001&to=2010&sort=title").text
    assert has(text, '[name="q"][value="wages"]')
    assert has(text, '[type="hidden"][name="sort"][value="title"]')
    assert boxes(text)["topic", topic][0] is True
    chips = [unescape(url) for url in values(text, '[class="chip on"]', "href")]
    assert chips == [
        "/search?q=wages&from=2001&to=2010&sort=title",
        f"/search?q=wages&topic={topic}&sort=title",
    ]
    assert "page 1 of" not in text
    assert has(text, '[name="from"][inputmode="numeric"][size="4"][maxlength="4"][value="2001"]')


def test_a_chosen_value_can_be_let_go_even_when_it_gives_nothing(
    client: TestClient, shelf: Shelf
) -> None:
    kind = shelf.vocabularies.order("kind")[0]
    text = client.get(f"/search?q=zzzz&kind={kind}").text
    assert boxes(text)["kind", kind] == (True, False, 0)
    assert "Nothing in the library matches all of this." in text
    assert has(text, '[href="/search?q=zzzz"]')


def test_every_facet_says_how_its_values_join(client: TestClient) -> None:
    text = client.get("/search").text
    assert "<legend>Topic <small>all of</small></legend>" in text
    assert "<legend>Kind <small>any of</small></legend>" in text


def test_long_facets_are_folded_after_eight(client: TestClient) -> None:
    field = client.get("/search").text.split("<legend>Topic", 1)[1].split("</fieldset>", 1)[0]
    seen, folded = field.split("<details", 1)
    folded, after = folded.split("</details>")
    assert len(CHECKBOX.findall(seen)) == 8
    assert len(CHECKBOX.findall(folded)) == 4
    assert [found[1] for found in CHECKBOX.findall(after)] == ["none"]
    assert "4 more" in folded


def test_paging_has_numbers_and_a_direction(client: TestClient) -> None:
    text = client.get("/search?q=wages").text
    assert "1 to 20, page 1 of 2" in text
    assert has(text, '[aria-label="page 2"]')
    assert has(text, 'a[rel="next"][href="/search?q=wages&page=2"]')
    second = client.get("/search?q=wages&page=2").text
    assert has(second, 'a[rel="prev"][href="/search?q=wages"]')
    assert "page 2" in re.search(r"<title>([^<]*)", second)[1]


def test_past_the_end_is_a_page_that_leads_back(client: TestClient) -> None:
    response = client.get("/search?q=wages&page=99999")
    assert response.status_code == 200
    assert "25 resources" in response.text
    assert 'href="/search?q=wages&amp;page=2">Go to the last page, 2' in response.text


def test_what_was_not_understood_is_said(client: TestClient) -> None:
    response = client.get("/search?q=fund&topic=nonsense&from=soon&sort=colour&page=x")
    assert response.status_code == 200
    for word in ("“nonsense”", "“soon”", "“colour”", "“x”"):
        assert word in response.text
    assert "resources</h1>" in response.text


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
    text = client.get(f"/search?q=fund&topic={topic}&from=2001").text
    title = unescape(re.search(r"<title>([^<]*)", text)[1])
    assert title == f"fund · {label} · since 2001 · Worker Education Library"


def test_a_hit_speaks_the_language_that_answers(client: TestClient) -> None:
    text = client.get("/search?q=vendedores").text
    assert 'lang="es" dir="ltr">Nuestras calles, nuestra mesa</a>' in text
    assert has(text, '[href="/resources/our-streets-our-table?language=es"]')
    arabic = client.get("/search", params={"q": "النقابة"}).text
    assert has(arabic, '[lang="ar"][dir="rtl"]')
