from __future__ import annotations

import pytest

from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


def found(vocabularies: Vocabularies, text: str, language: str, *facets: str) -> list[list[str]]:
    """Facet, id and words of each mention, its offsets checked."""
    mentions = list(vocabularies.mentions(text, language))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.words
    return [[m.facet, m.id, m.words] for m in mentions if m.facet in facets]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "In Ivory Coast, street vendors and waste-\npickers met; hawkers spoke.",
            [
                ["group", "street-vendors", "street vendors"],
                ["group", "waste-pickers", "waste-\npickers"],
                ["group", "street-vendors", "hawkers"],
                ["place", "ci", "Ivory Coast"],
            ],
        ),
        (
            "es",
            "Las trabajadores(as) del hogar y los pepenadores de México.",
            [
                ["group", "domestic-workers", "trabajadores(as) del hogar"],
                ["group", "waste-pickers", "pepenadores"],
                ["place", "mx", "México"],
            ],
        ),
        (
            "fr",
            "Les marchandes ambulantes et l’employée de maison en Côte d'Ivoire",
            [
                ["group", "street-vendors", "marchandes ambulantes"],
                ["group", "domestic-workers", "employée de maison"],
                ["place", "ci", "Côte d'Ivoire"],
            ],
        ),
        (
            "pt",
            "Catadoras e camelôs do Brasil; feirantes de Moçambique",
            [
                ["group", "waste-pickers", "Catadoras"],
                ["group", "street-vendors", "camelôs"],
                ["group", "street-vendors", "feirantes"],
                ["place", "br", "Brasil"],
                ["place", "mz", "Moçambique"],
            ],
        ),
        (
            "ar",
            "ـ الباعة المتجولين والعمال المنزليين في المغرب",
            [
                ["group", "street-vendors", "الباعة المتجولين"],
                ["group", "domestic-workers", "والعمال المنزليين"],
                ["place", "ma", "المغرب"],
            ],
        ),
        (
            "hi",
            "भारत में घरेलू कामगारों और कचरा बीनने वालों का संगठन",
            [
                ["group", "domestic-workers", "घरेलू कामगारों"],
                ["group", "waste-pickers", "कचरा बीनने वालों"],
                ["place", "in", "भारत"],
            ],
        ),
    ],
)
def test_groups_and_places_are_found_where_they_stand(
    vocabularies: Vocabularies, language: str, text: str, expected: list[list[str]]
) -> None:
    assert found(vocabularies, text, language, "group", "place") == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "CONTACT US about fine china, and turkey."),  # no capital, no country
        ("en", "They met in New Mexico beside the Gulf of Mexico."),
        ("es", "Reunión de las delegadas"),  # and not the island
        ("fr", "Réunion du comité"),
        ("ar", "تقرير مالي سنوي والدعم المالي"),  # financial, and not Mali
    ],
)
def test_what_only_looks_like_a_place_is_none(
    vocabularies: Vocabularies, language: str, text: str
) -> None:
    assert found(vocabularies, text, language, "place") == []


def test_a_name_that_is_also_a_persons_says_little(vocabularies: Vocabularies) -> None:
    weights = {m.id: m.weight for m in vocabularies.mentions("Jordan and Kenya", "en")}
    assert weights["jo"] < weights["ke"] == 1.0


def test_a_comma_or_an_empty_line_parts_two_words(vocabularies: Vocabularies) -> None:
    assert found(vocabularies, "the waste, pickers", "en", "group") == []
    assert found(vocabularies, "the waste\n\n\n\n\npickers", "en", "group") == []


def test_labels_of_another_language_are_not_looked_for(vocabularies: Vocabularies) -> None:
    assert found(vocabularies, "clasificador", "en", "group") == []


def test_a_text_of_unknown_language_is_read_in_all(vocabularies: Vocabularies) -> None:
    text = "catadores, street vendors, العمال المنزليين, pepenadora"
    ids = [id for _, id, _ in found(vocabularies, text, "", "group")]
    assert ids == ["waste-pickers", "street-vendors", "domestic-workers", "waste-pickers"]


def test_places_are_named_in_languages_the_library_does_not_speak(
    vocabularies: Vocabularies,
) -> None:
    assert found(vocabularies, "Wafanyakazi wa Uhispania", "sw", "place") == [
        ["place", "es", "Uhispania"]
    ]
