"""Words that may be meant by a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Vocabulary = Sequence[tuple[str, int, str, int]]
"""Folded word, its letters as a bit set, the word as printed, and how many works hold it."""


def vocabulary(words: Iterable[tuple[str, str, int]]) -> Vocabulary:
    """Words to compare with, from (folded, as printed, works)."""
    return [(folded, _letters(folded), printed, works) for folded, printed, works in words]


def nearest(typed: str, words: Vocabulary) -> list[str]:
    """Words as printed that may be meant, the likeliest first: few slips, then many works."""
    most = tolerance(typed)
    letters = _letters(typed)
    near = []
    for folded, held, printed, works in words:
        # One slip changes at most two members of the set of letters.
        if abs(len(folded) - len(typed)) > most or (held ^ letters).bit_count() > 2 * most:
            continue
        apart = distance(typed, folded, most)
        if apart:
            near.append((apart, -works, printed))
    return [printed for _, _, printed in sorted(near)]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def tolerance(word: str) -> int:
    """How many slips may be put right in a word: none in short ones, where all is near all."""
    if len(word) < 4 or word.isdecimal():
        return 0
    return 1 if len(word) < 7 else 2


def distance(a: str, b: str, most: int) -> int | None:
    """Letters added, dropped, changed or swapped between a and b; None when more than `most`.

    Optimal string alignment: Damerau's four slips, each place touched once.
    """
    if abs(len(a) - len(b)) > most:
        return None
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None
