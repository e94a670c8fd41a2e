"""Words that share their letters: other forms of a word that no stemmer joins.

Words are compared by their groups of three letters, as in McNamee and Mayfield, "Character N-Gram
Tokenization for European Language Text Retrieval" (2004), but in the vocabulary and not in every
text: "reciclador" is near "reciclaje", whatever the language, and a vocabulary is small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.columns.arrays import distinct

LETTERS = 3
SHORTEST = 4  # letters: shorter words look like too many
LIKE = 0.4
"""Words less alike than this (a cosine) are left apart. Given."""

MOST = 10

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lookalikes:
    """Groups of letters, ascending, and for each the words (by number) that hold it."""

    groups: Ints
    starts: Ints  # one more than groups
    words: npt.NDArray[np.int32]
    lengths: npt.NDArray[np.float32]  # of each word as a vector of its groups

    def of(self, word: str) -> list[tuple[int, float]]:
        """The words most like this one, as (number, cosine), the likest first."""
        asked = sorted(set(_groups(word)))
        if len(word) < SHORTEST or not len(self.groups):
            return []
        at = self.groups.searchsorted(asked)
        likeness = np.zeros(len(self.lengths), np.float32)
        own = 0.0
        rarest = self._rarity(1)
        held: list[tuple[float, npt.NDArray[np.int32]]] = []
        for group, place in zip(asked, at.tolist(), strict=True):
            if place == len(self.groups) or self.groups[place] != group:
                own += rarest**2
                continue
            holding = self.words[self.starts[place] : self.starts[place + 1]]
            weight = self._rarity(len(holding)) ** 2
            own += weight
            likeness[holding] += weight
            held.append((weight, holding))
        # Who shares only groups of so little weight is not alike enough, however short it is.
        little = LIKE**2 * own * 0.99
        looked_at = []
        for weight, holding in sorted(held, key=lambda one: one[0]):
            little -= weight
            if little <= 0:
                looked_at.append(holding)
        if not looked_at:
            return []
        words = np.concatenate(looked_at)
        # A word is at least as long as what it shares: most are left out by that alone.
        words = words[likeness[words] >= np.float32(LIKE**2 * own * 0.99)]
        alike = likeness[words] / (self.lengths[words] * own**0.5)
        near = distinct(words[alike >= LIKE])
        alike = likeness[near] / (self.lengths[near] * own**0.5)
        best = (-alike).argsort(kind="stable")[: MOST + 1]
        return [*zip(near[best].tolist(), alike[best].tolist(), strict=True)]

    def _rarity(self, holding: int) -> float:
        return math.log(1 + len(self.lengths) / holding)


def lookalikes(words: Sequence[str]) -> Lookalikes:
    """Words, ready to be compared."""
    keys, numbers = _all_groups(words)
    order = np.argsort(keys, kind="stable")
    keys, by_group = keys[order], numbers[order]
    del order, numbers
    if len(keys):  # a word that holds a group twice holds it
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (by_group[1:] != by_group[:-1])
        keys, by_group = keys[fresh], by_group[fresh]
    distinct, counts = np.unique(keys, return_counts=True)
    del keys
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    squares = np.square(np.log(1 + len(words) / counts)) if len(counts) else np.zeros(0)
    lengths = np.bincount(by_group, np.repeat(squares, counts), len(words))
    return Lookalikes(distinct, starts, by_group, np.sqrt(lengths).astype(np.float32))


def _all_groups(words: Sequence[str]) -> tuple[Ints, npt.NDArray[np.int32]]:
    """The groups of all words, as `_groups` makes them of one, and of each group the word."""
    text = "\n".join(("", *words, ""))  # what stands between words is the end of both
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    held = np.fromiter(map(len, words), np.int64, len(words))
    is_end = np.zeros(len(letters), bool)
    is_end[0] = True
    is_end[np.cumsum(held + 1)] = True
    letters[is_end] = 1
    middle = np.flatnonzero(~is_end)
    numbers = np.repeat(np.arange(len(words), dtype=np.int32), held)
    keys = letters[middle - 1] << 42 | letters[middle] << 21 | letters[middle + 1]
    return keys, numbers


def _groups(word: str) -> Iterator[int]:
    """Each group of letters of a word and its ends, as a number."""
    letters = [1, *map(_letter, word), 1]
    for at in range(len(letters) - LETTERS + 1):
        yield _number(letters[at : at + LETTERS])


def _number(letters: Iterable[int]) -> int:
    number = 0
    for letter in letters:
        number = number << 21 | letter
    return number


@lru_cache(4096)
def _letter(letter: str) -> int:
    return ord(letter)
