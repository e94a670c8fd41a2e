"""The site in a reader's language: which one, and that every one is whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from library.core.resource import Edition, PartialDate
from library.web import labels
from library.web.i18n import choose, direction, interfaces, own_name
from library.web.staff.frame import moment

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
    ("language", "sizes"),
    [
        ("en", ["870 KB", "2.1 MB", "1.4 GB"]),
        ("fr", ["870\u202fko", "2,1\u202fMo", "1,4\u202fGo"]),
        ("ar", ["870 كيلوبايت", "2.1 ميغابايت", "1.4 غيغابايت"]),
    ],
)
def test_sizes_are_said_in_the_units_of_the_language(language: str, sizes: list[str]) -> None:
    octets = (870_400, 2_140_000, 1_400_000_000)
    assert [SPOKEN[language].size(number) for number in octets] == sizes


def test_the_first_of_a_month_is_said_as_french_says_it() -> None:
    french, spanish = SPOKEN["fr"], SPOKEN["es"]
    assert french.date(PartialDate(2024, 3, 1)) == "1er mars 2024"
    assert french.date(PartialDate(2024, 3, 21)) == "21 mars 2024"
    assert french.date(PartialDate(2024, 3)) == "mars 2024"
    assert spanish.date(PartialDate(2024, 3, 1)) == "1 de marzo de 2024"
    first = datetime(2024, 3, 1, 14, 5, tzinfo=UTC)
    assert moment(first, french) == "1er mars 2024, 14:05 UTC"
    assert moment(first, SPOKEN["pt"]) == "1 de mar. de 2024 14:05 UTC"


def test_a_name_and_its_value_and_lists_have_the_signs_of_the_language() -> None:
    assert SPOKEN["en"].pair("Topic", "Wages") == "Topic: Wages"
    assert SPOKEN["fr"].pair("Thème", "Salaires") == "Thème\u00a0: Salaires"
    assert SPOKEN["en"].listed(["one", "two", "three"]) == "one, two, three"
    assert SPOKEN["ar"].listed(["واحد", "اثنان"]) == "واحد، اثنان"
    assert SPOKEN["fr"].listed([]) == ""


@pytest.mark.parametrize(
    ("language", "value", "apart"),
    [
        ("en", "living wage", False),
        ("fr", "2019-05-15", False),
        ("en", "الأجر", True),
        ("hi", "living wage", False),
        ("es", "salario, الأجر", True),
        ("ar", "الأجر", False),
        ("ar", "الحد الأدنى", False),
        ("ar", "1,250", False),
        ("ar", "living wage", True),
        ("ar", '"living wage" OR strike*', True),
        ("ar", "2019-05-15", True),
        ("ar", "-xyz", True),
        ("ar", "\u2068report.pdf\u2069", False),
        ("ar", "", False),
    ],
)
def test_what_may_run_the_other_way_is_isolated(language: str, value: str, apart: bool) -> None:
    said = SPOKEN[language].say("%(name)s: %(value)s", name="", value=value)
    assert said.endswith(f"\u2068{value}\u2069" if apart else value)
    counted = SPOKEN[language].plural(
        "“%(words)s”: found %(number)s time on this page.",
        "“%(words)s”: found %(number)s times on this page.",
        5,
        words=value,
    )
    assert (f"\u2068{value}\u2069" in counted) is apart
    assert "\u20685\u2069" not in counted


def test_a_number_stays_with_its_unit_beside_letters_of_the_other_direction() -> None:
    """Without isolates, TXT and the number of what it weighs are one run from left to right."""
    edition = Edition("1", "en", "A fund", "0" * 64, "text/plain", "fund.txt", 1_000, 1)
    assert labels.facts(edition, SPOKEN["ar"])[-1] == "\u2068TXT\u2069 \u20681 كيلوبايت\u2069"
    assert labels.facts(edition, SPOKEN["en"])[-1] == "TXT 1 KB"


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
