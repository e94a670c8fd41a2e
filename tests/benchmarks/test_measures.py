"""The measures of reading, on cases small enough to check by hand."""

from __future__ import annotations

import random

import pytest

from benchmarks import measures
from benchmarks.measures import Found


def slow_distance(first: str, second: str, swap: int) -> int:
    """The textbook recurrence; `swap` is what a substitution costs."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + swap * (a != b))
    return row[-1]


def test_ratio_of_known_words() -> None:
    assert measures.ratio("lewenstein", "levenshtein") == pytest.approx(2 * 9 / 21)
    assert measures.ratio("", "") == 1.0
    assert measures.ratio("abc", "") == 0.0


def test_distances_agree_with_the_recurrence() -> None:
    chance = random.Random(3)
    for _ in range(300):
        first, second = ("".join(chance.choices("abcd", k=chance.randrange(1, 80))) for _ in "12")
        total = len(first) + len(second)
        ratio = 1 - slow_distance(first, second, 2) / total
        assert measures.ratio(first, second) == pytest.approx(ratio)
        errors = min(1.0, slow_distance(first, second, 1) / len(first))
        assert measures.error_rate(first, second) == pytest.approx(errors)


def test_order_counts_pairs() -> None:
    a, b = "the first column of words", "another thing entirely"
    assert measures.order(f"{a} {b}", f"{a}\n{b}") == 1.0
    turned = measures.order(a + b, b + a)
    assert turned is not None
    assert 0.3 < turned < 0.7
    assert measures.order("short", "short") is None


def test_matched_counts_each_once() -> None:
    found = measures.matched(["a", "a", "b"], ["a", "b", "c"])
    assert found == Found(2, 3, 3)
    assert found.f1 == pytest.approx(2 / 3)
    assert Found().precision == Found().recall == Found().f1 == 1.0


def test_tables_alike() -> None:
    table = [["a", "b"], ["c", "d"]]
    assert measures.teds(table, table) == 1.0
    # One cell of seven nodes is missing, then one whole row with its two cells.
    assert measures.teds(table, [["a", "b"], ["c"]]) == pytest.approx(1 - 1 / 7)
    assert measures.teds(table, [["a", "b"]]) == pytest.approx(1 - 3 / 7)
    assert measures.teds([["abcd", "b"]], [["abcx", "b"]]) == pytest.approx(1 - 0.25 / 4)
    assert measures.tables([table, table], [table]) == 0.5
    assert measures.tables([], [table]) == 0.0
    assert measures.tables([], []) is None
