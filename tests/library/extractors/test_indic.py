"""Syllables of India's scripts, from the order they look to the order they are spelt."""

from __future__ import annotations

import pytest

from library.extractors import indic
from library.extractors.cleanup import clean, joined


@pytest.mark.parametrize(
    ("looks", "spelt"),
    [
        ("িবশ্ব েয", "বিশ্ব যে"),  # vowel signs before their consonant
        ("পােসাটর্", "পাসোর্ট"),  # the hook of r, and the two halves of o
        ("সদসয্ও", "সদস্যও"),  # the second y
        ("তঁােদর", "তাঁদের"),  # the moon over a vowel sign
        ("ख़चर् के िलए", "ख़र्च के लिए"),
        ("वालाें", "वालों"),
        ("िंहसा", "हिंसा"),
    ],
)
def test_syllables_are_put_back(looks: str, spelt: str) -> None:
    assert indic.logical(looks) == spelt


def test_only_a_page_in_the_order_it_looks_is_turned() -> None:
    assert indic.is_visual(["িবশ্ব েয িবষেয় একমত"])
    assert not indic.is_visual(["বিশ্ব যে বিষয়ে একমত হয়েছে", "Words", ""])


def test_thai_is_composed_and_joined_without_spaces() -> None:
    assert clean("น\u0e4d\u0e49\u0e32 ท\u0e4d\u0e32") == "น้ำ ทำ"
    assert joined(["แรงงาน", "ข้ามชาติ", "189"]) == "แรงงานข้ามชาติ 189"
