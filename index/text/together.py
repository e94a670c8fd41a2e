"""Where the words of a question stand together: what counts as one match of it.

A text that says "workers" forty times does not answer "minimum wage of domestic workers" forty
times. A match is a stretch of at most REACH words that holds as many different words of the
question as any stretch of the text does; of a question of one word, that is every mention of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

REACH = 24
"""Words from the first to the last of a match: a sentence, or two short ones. Judged."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text that answer: the places of the first and last, and which of the
    question's words they are."""

    start: int
    end: int
    leaves: frozenset[int]


def merged(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in order, those that overlap as one."""
    made: list[Stretch] = []
    for one in sorted(stretches, key=lambda one: (one.start, -one.end)):
        if made and one.start <= made[-1].end:
            last = made[-1]
            made[-1] = Stretch(last.start, max(last.end, one.end), last.leaves | one.leaves)
        else:
            made.append(one)
    return tuple(made)


def most(stretches: Sequence[Stretch]) -> int:
    """How many different words of the question stand together anywhere. The stretches are merged,
    as those of `matches` are."""
    return max((len(leaves) for _, _, leaves in _windows(stretches)), default=0)


def matches(stretches: Sequence[Stretch], enough: int) -> tuple[tuple[int, int], ...]:
    """The first and last stretch of each match that holds `enough` different words, in order; none
    overlap, and each is as short as can be."""
    made: list[tuple[int, int]] = []
    free = 0  # the first stretch that is in no match yet
    best: tuple[int, int] | None = None  # the shortest of those that share a word
    for first, last, leaves in _windows(stretches):
        if len(leaves) < enough:
            continue
        first = max(first, free)
        while first < last and len(_leaves(stretches, first + 1, last)) >= enough:
            first += 1
        if len(_leaves(stretches, first, last)) < enough:
            continue
        if best and first > best[1]:
            made.append(best)
            best = None
        if best is None or _length(stretches, first, last) < _length(stretches, *best):
            best = (first, last)
        free = max(free, made[-1][1] + 1 if made else 0)
    return tuple(made if best is None else [*made, best])


def _length(stretches: Sequence[Stretch], first: int, last: int) -> int:
    return stretches[last].end - stretches[first].start


def _windows(stretches: Sequence[Stretch]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """For each stretch the longest window that it ends: first, last, and the words in it."""
    first = 0
    for last, one in enumerate(stretches):
        while first < last and one.end - stretches[first].start >= REACH:
            first += 1
        yield first, last, _leaves(stretches, first, last)


def _leaves(stretches: Sequence[Stretch], first: int, last: int) -> frozenset[int]:
    return frozenset().union(*(one.leaves for one in stretches[first : last + 1]))
