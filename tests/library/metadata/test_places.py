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


def test_an_acronym_that_the_document_gives_a_meaning_is_no_place(
    vocabularies: Vocabularies,
) -> None:
    text = "La principal responsable del cuidado (PRC) respondió. Cada PRC cuida a tres."
    found, _ = places.signed([Page(1, text)], 0, vocabularies)
    assert "cn" not in found
    spelt = "Vendors of the United Arab Emirates (UAE) met. The UAE has a law."
    found, _ = places.signed([Page(1, spelt)], 0, vocabularies)
    assert found["ae"].kinds["name"] == 3


@pytest.mark.parametrize("text", ["CONOZCA SUS DERECHOS", "PROTEJA SUA CUT E SEU CORPO"])
def test_a_word_in_a_line_of_capitals_is_no_acronym(text: str, vocabularies: Vocabularies) -> None:
    assert list(places.signs(text, vocabularies)) == []


def test_who_pays_for_a_guide_says_little_of_where_it_is_at_home(
    vocabularies: Vocabularies,
) -> None:
    text = "Guide of the vendors of Accra.\nPrinted with the support of the embassy of Norway."
    found, _ = places.signed([Page(1, text)], 0, vocabularies)
    assert found["no"].weight() < found["gh"].weight()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Call +55 11 3456 7890", "br"),
        ("Tel.: (+254) 20 123 4567", "ke"),
        ("A economia e o gênero: a equipe fez o planejamento e o treinamento.", "br"),
        ("A economia e o género: a equipa fez o planeamento e o registo.", "pt"),
        ("Coworkers at the labor center organized in their neighborhood.", "us"),
    ],
)
def test_numbers_to_call_and_ways_of_writing_are_signs(
    text: str, place: str, vocabularies: Vocabularies
) -> None:
    found, _ = places.signed([Page(1, text)], 0, vocabularies)
    assert place in found


def test_a_spelling_that_two_countries_share_is_no_sign(vocabularies: Vocabularies) -> None:
    text = "The labour centre and the labor center organised the organized in colour and color."
    assert places.signed([Page(1, text)], 0, vocabularies)[0] == {}


@pytest.mark.parametrize("text", ["visit t.co/abc and https://bit.co", "https://young.fm"])
def test_short_addresses_are_no_country(text: str, vocabularies: Vocabularies) -> None:
    assert list(places.signs(text, vocabularies)) == []


def test_two_regions_of_one_name(vocabularies: Vocabularies) -> None:
    found = {place for place, *_ in places.signs("women of the Arab region", vocabularies)}
    assert found == {"western-asia", "northern-africa"}


def test_countries_named_alike_are_rivals(vocabularies: Vocabularies) -> None:
    text = "Delegates came from Ghana. Delegates came from Peru. Delegates came from Nepal."
    found = concepts.tallied([Page(1, text)], "A meeting", "meeting.txt", "en", vocabularies)
    measures = concepts.measured("place", found, vocabularies)
    assert measures["gh"]["rivals"] == 2
    assert measures["gh"]["majority"] == 0


def test_countries_of_one_short_list_are_no_rivals(vocabularies: Vocabularies) -> None:
    text = "Women of Guatemala, El Salvador and Honduras.\nGuatemala. El Salvador. Honduras."
    found = concepts.tallied([Page(1, text)], "Women", "women.txt", "en", vocabularies)
    measures = concepts.measured("place", found, vocabularies)
    assert measures["gt"]["rivals"] == measures["hn"]["rivals"] == 0
    assert measures["gt"]["majority"] == 1
    many = "In Ghana, Peru, Nepal, Kenya, Chile and India people met."
    found = concepts.tallied([Page(1, many)], "A meeting", "m.txt", "en", vocabularies)
    assert concepts.measured("place", found, vocabularies)["gh"]["rivals"] == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("les couturières de Côte d'Ivoire", "ci"),
        ("les couturières de Côte d’Ivoire", "ci"),
        ("les marchés de l'Afrique de l'ouest", "western-africa"),
        ("les syndicats d'Algérie", "dz"),
        ("las vendedoras de África occidental", "western-africa"),
    ],
)
def test_apostrophes_and_sides_of_the_world_as_people_write_them(
    text: str, place: str, vocabularies: Vocabularies
) -> None:
    assert [found for found, *_ in places.signs(text, vocabularies)] == [place]


def test_a_region_that_a_title_names_is_the_place(vocabularies: Vocabularies) -> None:
    text = "Les commerçantes de l'Afrique de l'Ouest se réunissent. Au Mali elles ont gagné."
    title = "Organiser les commerçantes en Afrique de l'Ouest"
    found = concepts.tallied([Page(1, text)], title, "a.txt", "fr", vocabularies)
    measures = concepts.measured("place", found, vocabularies)
    assert measures["western-africa"]["official"] == 1.0
