"""What may be meant by a mistyped word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.spelling import Lexicon, distance

LEXICON = Lexicon(
    [
        ("workers", "workers", 40),
        ("worker", "worker", 30),
        ("wonders", "wonders", 2),
        ("floor", "floor", 3),
        ("for", "for", 60),
        ("paso", "paso", 1),
        ("pays", "pays", 9),
        ("organizacion", "organización", 5),
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wrokers", "workers"),
        ("workkers", "workers"),
        ("flor", "floor"),  # a letter dropped is likelier than one added, though "for" is commoner
        ("paos", "paso"),  # and so is a swap than a change
        ("xorkers", "workers"),
        ("organizacoin", "organización"),
        ("oragnizacoin", "organización"),
    ],
)
def test_the_likeliest_comes_first(typed: str, meant: str) -> None:
    assert LEXICON.near(typed)[0].printed == meant


@pytest.mark.parametrize("typed", ["xx", "12345", "qwertyuiop", "fxr", "workers" * 3])
def test_what_is_like_nothing(typed: str) -> None:
    assert LEXICON.near(typed) == []


def test_a_word_is_not_near_itself() -> None:
    assert [near.folded for near in LEXICON.near("workers")] == ["worker"]


def slow(a: str, b: str) -> int:
    """Optimal string alignment straight from its recurrence."""
    if not a or not b:
        return len(a) + len(b)
    best = min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, slow(a[2:], b[2:]) + 1)
    return best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 3))
def test_distance_is_that_of_the_recurrence(a: str, b: str, most: int) -> None:
    wanted = slow(a, b)
    assert distance(a, b, most) == (wanted if wanted <= most else None)
