"""The site in a reader's language: which one, and that every one is whole."""

from __future__ import annotations

import pytest

from library.core.resource import PartialDate
from library.web.i18n import choose, direction, interfaces, own_name

SPOKEN = interfaces(("en", "es", "fr", "pt", "ar", "hi"))


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        (None, "", "en"),
        (None, "es-BO,es;q=0.9,en;q=0.8", "es"),
        (None, "de, en;q=0.2, pt-BR;q=0.7", "pt"),
        (None, "sw, *;q=0.1", "en"),
        (None, "fr;q=0, ar;q=junk", "en"),
        ("ar", "es", "ar"),
        ("xx", "es", "es"),
    ],
)
def test_the_cookie_then_the_browser_then_the_library(
    cookie: str | None, accept: str, language: str
) -> None:
    assert choose(cookie, accept, SPOKEN).language == language


def test_only_languages_that_are_translated_are_offered() -> None:
    assert list(interfaces(("de", "fr", "en"))) == ["fr", "en"]
    assert list(interfaces(("de",))) == ["en"]


def test_plurals_follow_the_language() -> None:
    one, many = "%(number)s resource", "%(number)s resources"
    said = {language: [SPOKEN[language].plural(one, many, n) for n in (0, 1, 2, 5, 11, 100)]
            for language in ("en", "fr", "ar")}  # fmt: skip
    assert said["en"][:3] == ["0 resources", "1 resource", "2 resources"]
    assert said["fr"][:3] == ["0 ressource", "1 ressource", "2 ressources"]
    assert len(set(said["ar"])) == 6
    assert said["ar"][3] == "5 موارد"
    assert said["ar"][4] == "11 موردًا"


def test_a_date_says_as_much_as_is_known() -> None:
    english, spanish = SPOKEN["en"], SPOKEN["es"]
    assert english.date(PartialDate(2019)) == "2019"
    assert english.date(PartialDate(2019, 5)) == "May 2019"
    assert english.date(PartialDate(2019, 5, 15)) == "May 15, 2019"
    assert spanish.date(PartialDate(2019, 5, 15)) == "15 de mayo de 2019"


def test_sizes_are_those_of_a_data_plan() -> None:
    said = [SPOKEN["pt"].size(octets) for octets in (10, 870_400, 2_140_000, 31_000_000)]
    assert said == ["1 KB", "870 KB", "2,1 MB", "31 MB"]


@pytest.mark.parametrize(
    "language",
    [
        *("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi", "syr", "nqo"),
        *("ur-PK", "ur_PK", "AR", "az-Arab", "ms-Arab-MY", "pnb-Arab", "arc-Hebr", "ar-x-old"),
    ],
)
def test_languages_written_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    "language",
    ["en", "hi", "sw", "ku", "sd-Deva", "zh-Hant-TW", "sr-Latn", "xx", "xx-Zzzz", "", "-"],
)
def test_languages_written_from_left_to_right_and_what_nobody_knows(language: str) -> None:
    assert direction(language) == "ltr"


def test_own_names() -> None:
    assert [own_name(language) for language in ("es", "ar", "xx")] == ["Español", "العربية", "xx"]
