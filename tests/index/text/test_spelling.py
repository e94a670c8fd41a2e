"""What may be meant by a mistyped word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text.spelling import Listed, Near, distance, distances, near

LETTERS = "abcñब\U0001f600"  # of one byte of UTF-8 to four

LEXICON = Listed(
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
    assert near([LEXICON], typed)[0].printed == meant


@pytest.mark.parametrize("typed", ["xx", "12345", "qwertyuiop", "fxr", "workers" * 3])
def test_what_is_like_nothing(typed: str) -> None:
    assert near([LEXICON], typed) == []


def test_a_word_is_not_near_itself() -> None:
    assert [other.folded for other in near([LEXICON], "workers")] == ["worker"]


def slow(a: str, b: str) -> int:
    """Optimal string alignment straight from its recurrence."""
    if not a or not b:
        return len(a) + len(b)
    best = min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, slow(a[2:], b[2:]) + 1)
    return best


@settings(deadline=None)
@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(0, 3))
def test_distance_is_that_of_the_recurrence(a: str, b: str, most: int) -> None:
    wanted = slow(a, b)
    assert distance(a, b, most) == (wanted if wanted <= most else None)
    assert distances(a, [b], most) == [distance(a, b, most)]


@settings(deadline=None)
@given(
    st.text(LETTERS, min_size=1, max_size=5),
    st.lists(st.text(LETTERS, min_size=1, max_size=5), max_size=12, unique=True),
    st.integers(1, 2),
)
def test_no_word_that_is_near_is_passed_over(typed: str, words: list[str], most: int) -> None:
    """The columns of lengths and letters leave out only what the distance would leave out."""
    found = {folded for folded, _, _ in Listed((word, word, 1) for word in words).like(typed, most)}
    assert {word for word in words if slow(typed, word) <= most} <= found <= set(words)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(LETTERS, min_size=1, max_size=6), st.integers(1, 9)), max_size=9))
def test_a_word_of_several_parts_is_one(words: list[tuple[str, int]]) -> None:
    """However the words are dealt out to parts, each is as often there as in all of them."""
    rows = [(word, word.upper() if works > 4 else word, works) for word, works in words]
    whole = near([Listed(rows)], "abca")
    for parts in range(1, 4):
        assert near([Listed(rows[part::parts]) for part in range(parts)], "abca") == whole
    for other in whole:
        assert other.works == sum(works for word, works in words if word == other.folded)


def test_the_form_that_most_works_print_is_shown() -> None:
    parts = [Listed([("paso", "Paso", 3)]), Listed([("paso", "paso", 2), ("paso", "PASO", 4)])]
    assert near(parts, "paos") == [Near("paso", "PASO", 9, near(parts, "paos")[0].cost)]


def test_there_may_be_no_word_at_all() -> None:
    assert near([], "paos") == near([Listed([])], "paos") == []


def test_very_long_words_are_compared_too() -> None:
    long = "ab" * 200
    assert [other.folded for other in near([Listed([(long, long, 1)])], f"{long}a")] == [long]
