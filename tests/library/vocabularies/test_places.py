from __future__ import annotations

import pytest
from babel import localedata

from library.vocabularies import Vocabularies

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return Vocabularies.load(LANGUAGES)


@pytest.mark.parametrize(
    ("id", "language", "label"),
    [
        ("ke", "pt", "Quênia"),
        ("za", "fr", "Afrique du Sud"),
        ("eg", "ar", "مصر"),
        ("in", "hi", "भारत"),
        ("ci", "es", "Côte d’Ivoire"),
        ("cd", "en", "Democratic Republic of the Congo"),
        ("africa", "hi", "अफ़्रीका"),
        ("latin-america-and-the-caribbean", "es", "América Latina y el Caribe"),
        ("western-africa", "pt", "África Ocidental"),
    ],
)
def test_a_place_is_named_in_the_readers_language(
    vocabularies: Vocabularies, id: str, language: str, label: str
) -> None:
    assert vocabularies.label("place", id, language) == label


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("KE", "ke"),
        ("KEN", "ke"),
        ("404", "ke"),
        ("Kenia", "ke"),
        ("كينيا", "ke"),
        ("Ivory Coast", "ci"),
        ("Costa de Marfil", "ci"),
        ("cote d'ivoire", "ci"),
        ("USA", "us"),
        ("U.S.A.", "us"),
        ("EEUU", "us"),
        ("UK", "gb"),
        ("Burma", "mm"),
        ("Swaziland", "sz"),
        ("South Korea", "kr"),
        ("Turkey", "tr"),
        ("Viet Nam", "vn"),
        ("DRC", "cd"),
        ("Congo-Brazzaville", "cg"),
        ("Palestine", "ps"),
        ("West Africa", "western-africa"),
        ("América Latina", "latin-america-and-the-caribbean"),
        ("Micronesia", "fm"),
        ("China", "cn"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_the_names_people_write_find_a_place(
    vocabularies: Vocabularies, text: str, id: str | None
) -> None:
    assert vocabularies.find("place", text) == id


def test_a_country_stands_in_its_regions(vocabularies: Vocabularies) -> None:
    assert vocabularies.expand("place", ["gh", "bo"]) == (
        "gh",
        "western-africa",
        "africa",
        "bo",
        "south-america",
        "latin-america-and-the-caribbean",
    )


def test_every_country_stands_in_a_region(vocabularies: Vocabularies) -> None:
    territories = localedata.load("en", merge_inherited=False)["territories"]
    # Antarctica, islands of another country, unions, private and pseudo codes.
    apart = {"AC", "AQ", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN"}
    apart |= {"XA", "XB", "ZZ"}
    countries = {code.lower() for code in territories if len(code) == 2 and code not in apart}
    placed = {id for id in vocabularies.order("place") if vocabularies.broader("place", id)}
    assert countries <= placed


def test_a_region_lists_what_is_in_it(vocabularies: Vocabularies) -> None:
    assert "eastern-africa" in vocabularies.narrower("place", "africa")
    assert {"in", "bd", "np", "pk", "lk"} <= set(vocabularies.narrower("place", "southern-asia"))


def test_names_of_one_language_are_not_taken_for_preferred_ones_of_another() -> None:
    english = Vocabularies.load(("en",))
    assert english.label("place", "us", "es") == "Estados Unidos"
    assert english.label("place", "ke", "es") == "Kenia"
