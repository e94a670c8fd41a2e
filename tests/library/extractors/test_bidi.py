"""Right-to-left lines come out as they are read."""

from __future__ import annotations

import pytest

from library.extractors.bidi import Placed, bracketed, is_right_to_left, logical

MIRROR = str.maketrans("()", ")(")


def printed(visual: str) -> list[Placed]:
    """Glyphs from left to right, ten units each, spaces as gaps."""
    return [
        Placed(sign, place * 10, place * 10 + 10)
        for place, sign in enumerate(visual)
        if sign != " "
    ]


@pytest.mark.parametrize(
    ("visual", "read"),
    [
        ("abc def", "abc def"),
        ("םלוע םולש", "שלום עולם"),
        ("2022 תנשל 9 קוח", "חוק 9 לשנת 2022"),
        ("ןוגרא ILO C189 הנמא", "אמנה ILO C189 ארגון"),
        ("(2019) קוח", "חוק (2019)"),
        (")2019( קוח", "חוק (2019)"),
        ("12.5% רכש", "שכר 12.5%"),
    ],
)
def test_the_order_of_reading(visual: str, read: str) -> None:
    assert bracketed([logical(printed(visual), 10)]) == [read]
    assert bracketed([logical(reversed(printed(visual)), 10)]) == [read]


def test_a_sum_runs_as_the_text_around_it() -> None:
    assert logical(printed("30 = 5 × 6"), 10, backward=True) == "6 × 5 = 30"
    assert logical(printed("30 = 5 × 6"), 10) == "30 = 5 × 6"
    assert logical(printed("a = 5 × 6"), 10, backward=True) == "a = 5 × 6"


def test_a_bracket_that_closes_on_another_line_is_turned_as_most_are() -> None:
    turned = bracketed(["قال »نعم« ثم", "»لا", "أدري« ثم", "A «word»"])
    assert turned == ["قال «نعم» ثم", "«لا", "أدري» ثم", "A «word»"]


def test_vowel_signs_follow_their_letter() -> None:
    glyphs = [Placed("\u064b", 1, 3), Placed("ا", 0, 5), Placed("ق", 5, 10)]
    assert logical(glyphs, 10) == "قا\u064b"


def test_a_ligature_keeps_its_own_order() -> None:
    assert logical([Placed("لا", 0, 10), Placed("س", 10, 20)], 10) == "سلا"


def test_what_only_fills_the_line_parts_no_words() -> None:
    assert logical([Placed("ب", 0, 10), Placed("", 10, 40), Placed("ا", 40, 50)], 10) == "اب"


def test_which_lines_run_backwards() -> None:
    assert is_right_to_left("قانون ILO")
    assert not is_right_to_left("the word قانون in English")
    assert not is_right_to_left("2019")
