"""Words that may be meant by a mistyped one.

A noisy channel (Kernighan, Church and Gale, "A Spelling Correction Program Based on a Noisy Channel
Model", 1990): how often the library has a word, against how likely the slip is that makes of it
what was typed. A letter dropped, doubled or swapped with the next is one of few slips that a word
allows; a letter added or changed is one of many, so each of those is far less likely.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

ARBITRARY = 3.0  # of a letter added or changed: it could be any of some twenty, by their logarithm
FIRST = 1.5  # of a slip in the first letter, which people watch
SLIP = 6.0  # of each slip
SHORTEST = 3  # letters of a word that is put right
LONGEST = 255  # letters by which words are told apart: what is longer counts as so long
AT_A_TIME = 20_000  # words whose letters are looked at together: of a few megabytes
SURE = 4  # letters; in a shorter one only a letter dropped is

_LINE, _NUL = ord("\n"), 0


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the library that may be meant; `cost` is small for what is likely."""

    folded: str
    printed: str
    works: int
    cost: float


class WordList:
    """Words by their place in a list, told by few bytes each whether they may be near another.

    Of each word there are its length and a mask of its letters, in columns ordered by length; the
    words themselves stay where they are kept. A word that was typed is compared with those of about
    its length whose masks say that so few slips may part them: a hundred thousand in a millisecond.
    """

    __slots__ = ("begin", "masks", "places")

    def __init__(
        self, places: npt.NDArray[np.int32], masks: npt.NDArray[Any], begin: npt.NDArray[Any]
    ) -> None:
        """Of columns that were kept."""
        self.places = places
        self.masks = masks
        self.begin = begin

    @classmethod
    def of(cls, text: str) -> WordList:
        """text: lines of a word each; what stands behind NUL in a line is no part of it."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        ends = np.flatnonzero(points == _LINE)
        starts = np.concatenate((np.zeros(min(1, len(ends)), np.int64), ends[:-1] + 1))
        stops = ends.copy()
        behind = np.flatnonzero(points == _NUL)
        stops[np.searchsorted(ends, behind)] = behind
        lengths = np.minimum(stops - starts, LONGEST)
        masks = np.zeros(len(ends), np.uint64)
        filled = np.flatnonzero(lengths)
        for first in range(0, len(filled), AT_A_TIME):
            words = filled[first : first + AT_A_TIME]
            begin, end = starts[words[0]], ends[words[-1]]
            bits = np.uint64(1) << (points[begin:end] & np.uint32(63)).astype(np.uint64)
            bits = np.append(bits, np.uint64(0))  # the last word may end where they do
            edges = np.column_stack((starts[words], stops[words])).ravel() - begin
            masks[words] = np.bitwise_or.reduceat(bits, edges)[::2]
        order = np.argsort(lengths, kind="stable")
        begin = np.searchsorted(lengths[order], np.arange(LONGEST + 2))
        return cls(order.astype(np.int32), masks[order], begin)

    def __len__(self) -> int:
        return len(self.places)

    def like(self, typed: str, most: int) -> npt.NDArray[np.int32]:
        """The places of words that so many slips may part from what was typed, and of some more."""
        first, last = (max(0, min(LONGEST, len(typed) + slips)) for slips in (-most, most))
        among = slice(self.begin[first], self.begin[last + 1])
        # One slip changes at most two members of the set of letters.
        apart = np.bitwise_count(self.masks[among] ^ np.uint64(_letters(typed)))
        alike: npt.NDArray[np.int32] = self.places[among][apart <= 2 * most]
        return alike


class Words(Protocol):
    """The words of a library, or of a part of it."""

    def like(self, typed: str, most: int) -> Iterable[tuple[str, str, int]]:
        """(folded, as printed, about how many works hold it so) of each word that so many slips may
        part from what was typed, and of some more."""
        ...


class Listed:
    """Words that are held in memory, as (folded, as printed, how many works hold it so)."""

    def __init__(self, words: Iterable[tuple[str, str, int]]) -> None:
        self._words = tuple(words)
        self._list = WordList.of("".join(f"{folded}\n" for folded, _, _ in self._words))

    def like(self, typed: str, most: int) -> Iterator[tuple[str, str, int]]:
        return (self._words[place] for place in self._list.like(typed, most).tolist())


def near(parts: Iterable[Words], typed: str, most: int | None = None) -> list[Near]:
    """Other words that may be meant, the likeliest first; of two slips where one finds none.

    parts: the words of a library; one that several parts hold is one word.
    """
    parts = tuple(parts)
    for slips in range(1, (tolerance(typed) if most is None else most) + 1):
        if found := _at(parts, typed, slips):
            return sorted(found, key=lambda near: (near.cost, near.folded))
    return []


def _at(parts: Iterable[Words], typed: str, most: int) -> list[Near]:
    entries = [*chain.from_iterable(part.like(typed, most) for part in parts)]
    if len(typed) < SURE:
        entries = [entry for entry in entries if len(entry[0]) > len(typed)]
    near_by: dict[str, int] = {}
    printed: dict[str, dict[str, int]] = {}
    scores = _compared(typed, [folded for folded, _, _ in entries], most)
    for place in np.flatnonzero((scores > 0) & (scores <= most)).tolist():
        folded, form, works = entries[place]
        near_by[folded] = int(scores[place])
        forms = printed.setdefault(folded, {})
        forms[form] = forms.get(form, 0) + works
    found = []
    for folded, apart in near_by.items():
        works = sum(printed[folded].values())
        commonest = max((count, form) for form, count in printed[folded].items())[1]
        found.append(Near(folded, commonest, works, cost(typed, folded, apart, works)))
    return found


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


def distances(typed: str, words: Sequence[str], most: int) -> list[int | None]:
    """Letters added, dropped, changed or swapped between each word and what was typed; None where
    more than `most`.

    Optimal string alignment: Damerau's four slips, each place touched once.
    """
    return [apart if apart <= most else None for apart in _compared(typed, words, most).tolist()]


def _compared(typed: str, words: Sequence[str], most: int) -> npt.NDArray[np.uint32]:
    """The distance of each word; more than `most` where it is more."""
    if not words:
        return np.zeros(0, np.uint32)
    from rapidfuzz import process  # loaded when words are compared: few questions need it
    from rapidfuzz.distance import OSA

    scores = process.cdist(
        [typed], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint32, workers=1
    )
    own: npt.NDArray[np.uint32] = scores[0]
    return own


def distance(a: str, b: str, most: int) -> int | None:
    """The same for two words."""
    from rapidfuzz.distance import OSA

    apart = OSA.distance(a, b, score_cutoff=most)
    return apart if apart <= most else None
