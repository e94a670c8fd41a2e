"""Where a text is at home: names, people, towns, offices, money and addresses."""

from __future__ import annotations

import pytest

from library.core.resource import Page
from library.metadata import concepts, places
from library.vocabularies import Vocabularies


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(("en", "es", "fr", "pt", "ar", "hi"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Las trabajadoras argentinas", ("ar", "name")),
        ("en BRASIL", ("br", "name")),
        ("wages of R$ 300", ("br", "money")),
        ("a fee of AED 250", ("ae", "money")),
        ("write to info@union.org.za", ("za", "web")),
        ("वे दिल्ली में काम करती हैं", ("in", "town")),
        ("وفي المغرب", ("ma", "name")),
        ("a complaint to the NLRB", ("us", "office")),
        ("les travailleuses sénégalaises", ("sn", "people")),
    ],
)
def test_each_kind_of_sign(
    text: str, expected: tuple[str, str], vocabularies: Vocabularies
) -> None:
    assert expected in {(place, kind) for place, kind, *_ in places.signs(text, vocabularies)}


@pytest.mark.parametrize(
    "text",
    ["join us", "US$400 a month", "the American Convention", "Ministerio y Seguridad Social"],
)
def test_words_that_hold_a_sign_and_say_nothing(text: str, vocabularies: Vocabularies) -> None:
    assert list(places.signs(text, vocabularies)) == []


def test_a_country_named_on_the_later_pages_alone_is_found(vocabularies: Vocabularies) -> None:
    filler = "The market opens at six and the stalls are cleaned at night. " * 30
    pages = [Page(n, filler) for n in range(1, 30)]
    pages += [Page(n, f"In Kenya the bylaw changed. {filler}") for n in range(30, 40)]
    found = concepts.tallied(pages, "Our market", "market.pdf", "en", vocabularies)
    measures = concepts.measured("place", found, vocabularies)
    assert measures["ke"]["first"] == 1
    assert len(found.places["ke"].pages) == 10


def test_where_a_cited_work_was_printed_counts_for_little(vocabularies: Vocabularies) -> None:
    cited = "Diaz (2004). Calles. Editorial Sol, Lima, Peru. ISBN 978-1"
    found, _ = places.signed([Page(1, cited)], 0, vocabularies)
    said, _ = places.signed([Page(1, "Vendors of Lima, Peru, met.")], 0, vocabularies)
    assert found["pe"].weight() < said["pe"].weight() / 2
