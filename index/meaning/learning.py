"""Learning from an index: its postings are the matrix, so every engine teaches the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.meaning.lookalikes import lookalikes
from index.meaning.model import KEYWORDS, Learned, Words, marks_of
from index.meaning.space import Array, axes, rarity

if TYPE_CHECKING:
    import scipy  # loaded where something is learned: who searches never needs it

LEAST = 30
"""Fewer works than this teach nothing."""

WORDS = 300_000  # those that the most works hold
TAUGHT = 50_000
"""The space is made of at most so many works, evenly taken: more of the same teach it nothing new,
and what it costs grows with them. All works get their place in it. Judged."""

PLACED = 30_000  # words that get a place in the space: two works hold them, and not nearly all
TAUGHT_BY = (("title", 3.0), ("body", 1.0))  # fields, and what a word counts there as a keyword

K1, B = 1.2, 0.75  # as for ranking: see index.answering.evaluation


BLOCK = 5_000  # works whose postings are in memory together


class Matrix(Protocol):
    """All postings of a field, by the places of its terms."""

    holders: npt.NDArray[np.integer[Any]]  # of each term, how many works hold it, about

    def named(self, places: npt.NDArray[np.int64]) -> list[str]:
        """The terms at these places."""
        ...

    def of(
        self, first: int, last: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Of the works from one number to before another: for each posting the place of its term,
        its work, and how often it stands there."""
        ...


class Source(Protocol):
    """What is asked of an open index."""

    def matrix(self, field: str) -> Matrix: ...

    def norms(self, field: str) -> npt.NDArray[np.float32]: ...


def learn(source: Source, works: Sequence[str]) -> Learned | None:
    """What these works, in the order of their numbers, teach; None where they are too few."""
    if len(works) < LEAST:
        return None
    taught = _Taught(source, len(works))
    words = taught.words
    holders = taught.holders()
    placed = _placed(holders, len(works))
    step = -(-len(works) // TAUGHT)
    keywords, weights = [], []
    rows: list[scipy.sparse.csr_matrix] = []
    rare = rarity(holders[placed], len(works))
    for first, plain, weighted in taught.blocks():
        numbers, weight = _keywords(weighted, holders, len(works))
        keywords.append(numbers)
        weights.append(weight)
        rows.append(_rows(plain, placed, rare)[-first % step :: step])
    stacked = _stacked(rows, len(placed))
    found_axes = axes(stacked)
    vectors = [
        np.asarray(own @ found_axes).astype(np.float16)
        for own in (
            [stacked]
            if step == 1
            else (_rows(plain, placed, rare) for _, plain, _ in taught.blocks())
        )
    ]
    return Learned(
        Words.of(words),
        holders.astype(np.int32),
        len(works),
        placed.astype(np.int32),
        found_axes.astype(np.float16),
        marks_of(works),
        np.concatenate(vectors),
        np.concatenate(keywords),
        np.concatenate(weights),
        lookalikes(words),
    )


class _Taught:
    """Works by words, some works at a time: all at once would be most of a library."""

    def __init__(self, source: Source, works: int) -> None:
        self._works = works
        self._fields = [(source.matrix(field), weight) for field, weight in TAUGHT_BY]
        self._damped = [weight / (1 - B + B * source.norms(field)) for field, weight in TAUGHT_BY]
        chosen = [_commonest(postings.holders) for postings, _ in self._fields]
        named = [
            postings.named(places)
            for (postings, _), places in zip(self._fields, chosen, strict=True)
        ]
        counts: dict[str, int] = {}
        for (postings, _), places, terms in zip(self._fields, chosen, named, strict=True):
            for term, count in zip(terms, postings.holders[places].tolist(), strict=True):
                counts[term] = counts.get(term, 0) + count
        if len(counts) > WORDS:
            counts = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS])
        self.words = sorted(counts)
        number_of = {word: number for number, word in enumerate(self.words)}
        self._numbers = []  # for each field, of the term at each place; -1 for one left out
        for (postings, _), places, terms in zip(self._fields, chosen, named, strict=True):
            numbers = np.full(len(postings.holders), -1, np.int32)
            numbers[places] = np.fromiter(
                (number_of.get(term, -1) for term in terms), np.int32, len(terms)
            )
            self._numbers.append(numbers)

    def holders(self) -> npt.NDArray[np.int64]:
        """How many works hold each word."""
        import scipy

        total = np.zeros(len(self.words), np.int64)
        for first in range(0, self._works, BLOCK):
            rows, columns, counts, _ = self._postings(first)
            plain = scipy.sparse.csr_matrix((counts, (rows, columns)), shape=self._shape(first))
            total += np.bincount(plain.indices, minlength=len(self.words))
        return total

    def blocks(self) -> Iterator[tuple[int, scipy.sparse.csr_matrix, scipy.sparse.csr_matrix]]:
        """The first of some works, and how often they say each word; then weighted by field and
        length."""
        import scipy

        for first in range(0, self._works, BLOCK):
            rows, columns, counts, weights = self._postings(first)
            shape = self._shape(first)
            plain = scipy.sparse.csr_matrix((counts, (rows, columns)), shape=shape)
            yield first, plain, scipy.sparse.csr_matrix((weights, (rows, columns)), shape=shape)

    def _shape(self, first: int) -> tuple[int, int]:
        return min(BLOCK, self._works - first), len(self.words)

    def _postings(
        self, first: int
    ) -> tuple[
        npt.NDArray[np.int32],
        npt.NDArray[np.int32],
        npt.NDArray[np.float32],
        npt.NDArray[np.float32],
    ]:
        rows, columns, counts, weights = [], [], [], []
        for (postings, _), numbers, damped in zip(
            self._fields, self._numbers, self._damped, strict=True
        ):
            places, found, frequency = postings.of(first, first + BLOCK)
            column = numbers[places]
            known = column >= 0
            if not known.all():
                column, found, frequency = column[known], found[known], frequency[known]
            rows.append(found - np.int32(first))
            columns.append(column)
            counts.append(frequency)
            weights.append((frequency * damped[found]).astype(np.float32))
        return (
            np.concatenate(rows),
            np.concatenate(columns),
            np.concatenate(counts),
            np.concatenate(weights),
        )


def _commonest(holders: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """The places of the WORDS terms that the most works hold, ascending; of equals the first."""
    if len(holders) <= WORDS:
        return np.arange(len(holders))
    least = np.partition(holders, -WORDS)[-WORDS]
    above = np.flatnonzero(holders > least)
    equal = np.flatnonzero(holders == least)[: WORDS - len(above)]
    return np.sort(np.concatenate((above, equal)))


def _rows(
    plain: scipy.sparse.csr_matrix, placed: npt.NDArray[np.int64], rare: Array
) -> scipy.sparse.csr_matrix:
    """Each work as its words weigh, by those that have a place; of length one."""
    made = plain[:, placed].astype(np.float32)
    made.data = ((1 + np.log(made.data)) * rare[made.indices]).astype(np.float32)
    lengths = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    made.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(made.indptr))
    return made


def _stacked(rows: list[scipy.sparse.csr_matrix], columns: int) -> scipy.sparse.csr_matrix:
    """All of these rows in one matrix; nothing is left of the list."""
    import scipy

    held = np.concatenate([np.diff(part.indptr) for part in rows])
    data = np.concatenate([part.data for part in rows])
    indices = np.concatenate([part.indices for part in rows])
    rows.clear()
    starts = np.concatenate(([0], np.cumsum(held)))
    return scipy.sparse.csr_matrix((data, indices, starts), shape=(len(held), columns))


def _placed(holders: npt.NDArray[np.int64], works: int) -> npt.NDArray[np.int64]:
    shared = np.flatnonzero((holders >= 2) & (holders <= works * 0.9))
    if len(shared) > PLACED:
        best = np.argsort(-holders[shared], kind="stable")[:PLACED]
        shared = np.sort(shared[best])
    return shared


def _keywords(
    weighted: scipy.sparse.csr_matrix, holders: npt.NDArray[np.int64], works: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
    """The words that weigh most in each of the works that are rows, of `works` in all, by BM25F."""
    rare = np.log(1 + (works - holders + 0.5) / (holders + 0.5))
    numbers = np.full((weighted.shape[0], KEYWORDS), -1, np.int32)
    weights = np.zeros((weighted.shape[0], KEYWORDS), np.float16)
    for work in range(weighted.shape[0]):
        span = slice(weighted.indptr[work], weighted.indptr[work + 1])
        words, count = weighted.indices[span], weighted.data[span]
        weight = rare[words] * count * (K1 + 1) / (K1 + count)
        best = np.argsort(-weight, kind="stable")[:KEYWORDS]
        numbers[work, : len(best)] = words[best]
        weights[work, : len(best)] = weight[best]
    return numbers, weights
