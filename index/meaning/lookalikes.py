"""Words that share their letters: other forms of a word that no stemmer joins.

Words are compared by their groups of three letters, as in McNamee and Mayfield, "Character N-Gram
Tokenization for European Language Text Retrieval" (2004), but in the vocabulary and not in every
text: "reciclador" is near "reciclaje", whatever the language, and a vocabulary is small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

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
        at = np.searchsorted(self.groups, asked)
        likeness = np.zeros(len(self.lengths), np.float32)
        own = 0.0
        rarest = self._rarity(1)
        for group, place in zip(asked, at.tolist(), strict=True):
            if place == len(self.groups) or self.groups[place] != group:
                own += rarest**2
                continue
            holding = self.words[self.starts[place] : self.starts[place + 1]]
            weight = self._rarity(len(holding)) ** 2
            own += weight
            likeness[holding] += weight
        likeness /= self.lengths * own**0.5
        near = np.flatnonzero(likeness >= LIKE)
        best = near[np.argsort(-likeness[near], kind="stable")][: MOST + 1]
        return [(int(number), float(likeness[number])) for number in best]

    def _rarity(self, holding: int) -> float:
        return float(np.log(1 + len(self.lengths) / holding))


def lookalikes(words: Sequence[str]) -> Lookalikes:
    """Words, ready to be compared."""
    groups: list[int] = []
    numbers: list[int] = []
    for number, word in enumerate(words):
        own = set(_groups(word))
        groups += own
        numbers += [number] * len(own)
    keys = np.array(groups, np.int64)
    order = np.argsort(keys, kind="stable")
    distinct, counts = np.unique(keys, return_counts=True)
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    by_group = np.array(numbers, np.int32)[order]
    squares = np.square(np.log(1 + len(words) / counts)) if len(counts) else np.zeros(0)
    lengths = np.zeros(len(words))
    np.add.at(lengths, by_group, np.repeat(squares, counts))
    return Lookalikes(distinct, starts, by_group, np.sqrt(lengths).astype(np.float32))


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
