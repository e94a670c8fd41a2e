"""Words that may be meant by a mistyped one.

A noisy channel (Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel
Model", 1990): how often the library has a word, against how likely the slip is that makes of it
what was typed. A letter dropped, doubled or swapped with the next is one of few slips that a word
allows; a letter added or changed is one of many, so each of those is far less likely.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

ARBITRARY = 3.0  # of a letter added or changed: it could be any of some twenty, by their logarithm
FIRST = 1.5  # of a slip in the first letter, which people watch
SLIP = 6.0  # of each slip
SHORTEST = 3  # letters of a word that is put right
SURE = 4  # letters; in a shorter one only a letter dropped is


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the library that may be meant; `cost` is small for what is likely."""

    folded: str
    printed: str
    works: int
    cost: float


class Lexicon:
    """Every word of a library, to compare what was typed with."""

    def __init__(self, words: Iterable[tuple[str, str, int]]) -> None:
        """words: (folded, as printed, how many works hold it)."""
        self._words: dict[str, tuple[str, int]] = {}
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for folded, printed, works in words:
            self._words[folded] = (printed, works)
            self._by_length[len(folded)].append((_letters(folded), folded))

    def __contains__(self, folded: object) -> bool:
        return folded in self._words

    def works(self, folded: str) -> int:
        """About how many works hold a word."""
        return self._words.get(folded, ("", 0))[1]

    def printed(self, folded: str) -> str:
        return self._words[folded][0]

    def near(self, typed: str, most: int | None = None) -> list[Near]:
        """Other words that may be meant, the likeliest first; of two slips where one finds none."""
        for slips in range(1, (tolerance(typed) if most is None else most) + 1):
            if found := self._at(typed, slips):
                return sorted(found, key=lambda near: (near.cost, near.folded))
        return []

    def _at(self, typed: str, most: int) -> list[Near]:
        letters = _letters(typed)
        near = []
        for length in range(len(typed) - most, len(typed) + most + 1):
            for own, folded in self._by_length.get(length, ()):
                # One slip changes at most two members of the set of letters.
                if (own ^ letters).bit_count() > 2 * most:
                    continue
                apart = distance(typed, folded, most)
                if apart and not (len(typed) < SURE and len(folded) <= len(typed)):
                    printed, works = self._words[folded]
                    near.append(Near(folded, printed, works, cost(typed, folded, apart, works)))
        return near


def cost(typed: str, meant: str, slips: int, works: int) -> float:
    """How unlikely it is that a word in so many works was meant."""
    slip = SLIP * slips - math.log(max(1, works))
    if slips == 1 and not _is_common(typed, meant):
        slip += ARBITRARY
    return slip + FIRST * (typed[0] != meant[0])


def _is_common(typed: str, meant: str) -> bool:
    """Whether one slip was a letter dropped, doubled, or swapped with the next."""
    if len(typed) < len(meant):
        return True
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), len(meant))
    if len(typed) > len(meant):
        return at > 0 and typed[at] == typed[at - 1]
    return typed[at : at + 2] == meant[at : at + 2][::-1]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def tolerance(word: str) -> int:
    """How many slips may be put right in a word: none in short ones, where all is near all."""
    if len(word) < SHORTEST or word.isdecimal():
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
