"""Learning from an index: its postings are the matrix, so every engine teaches the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import scipy  # its parts are imported when they are first used: few who search learn

from index.meaning.lookalikes import lookalikes
from index.meaning.model import KEYWORDS, Learned
from index.meaning.space import axes, rarity

LEAST = 30
"""Fewer works than this teach nothing."""

WORDS = 300_000  # those that the most works hold
TAUGHT = 50_000
"""The space is made of at most so many works, evenly taken: more of the same teach it nothing new,
and what it costs grows with them. All works get their place in it. Judged."""

PLACED = 30_000  # words that get a place in the space: two works hold them, and not nearly all
TAUGHT_BY = (("title", 3.0), ("body", 1.0))  # fields, and what a word counts there as a keyword

K1, B = 1.2, 0.75  # as for ranking: see index.answering.evaluation


Matrix = tuple[
    Sequence[str],
    npt.NDArray[np.int64],
    npt.NDArray[np.int32],
    npt.NDArray[np.floating[Any]],
]
"""Terms; and for each posting the place of its term, its work, and how often it is there."""


class Source(Protocol):
    """What is asked of an open index."""

    def lexicon(self, field: str, prefix: str) -> Iterable[tuple[str, int]]: ...

    def matrix(self, field: str) -> Matrix: ...

    def norms(self, field: str) -> npt.NDArray[np.float32]: ...


def learn(source: Source, works: Sequence[str]) -> Learned | None:
    """What these works, in the order of their numbers, teach; None where they are too few."""
    if len(works) < LEAST:
        return None
    words = _words(source)
    plain, weighted = _matrices(source, words, len(works))
    holders = np.diff(plain.tocsc().indptr)
    placed = _placed(holders, len(works))
    damped = plain[:, placed].astype(np.float32)
    damped.data = (1 + np.log(damped.data)).astype(np.float32)
    rows = _unit(damped @ scipy.sparse.diags(rarity(holders[placed], len(works))))
    found_axes = axes(rows[:: -(-len(works) // TAUGHT)])
    keywords, weights = _keywords(weighted, holders, len(works))
    return Learned(
        words,
        holders.astype(np.int32),
        len(works),
        placed.astype(np.int32),
        found_axes.astype(np.float16),
        works,
        np.asarray(rows @ found_axes).astype(np.float16),
        keywords,
        weights,
        lookalikes(words),
        {word: number for number, word in enumerate(words)},
    )


def _words(source: Source) -> list[str]:
    counts: dict[str, int] = {}
    for field, _ in TAUGHT_BY:
        for term, count in source.lexicon(field, ""):
            counts[term] = counts.get(term, 0) + count
    if len(counts) > WORDS:
        counts = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS])
    return sorted(counts)


def _matrices(
    source: Source, words: Sequence[str], works: int
) -> tuple[scipy.sparse.csr_matrix, scipy.sparse.csr_matrix]:
    """Works by words: frequencies, and frequencies weighted by field and length."""
    number_of = {word: number for number, word in enumerate(words)}
    rows: list[npt.NDArray[np.int32]] = []
    columns: list[npt.NDArray[np.int32]] = []
    counts: list[npt.NDArray[np.floating[Any]]] = []
    weights: list[npt.NDArray[np.floating[Any]]] = []
    for field, weight in TAUGHT_BY:
        damped = weight / (1 - B + B * source.norms(field))
        terms, which, found, frequency = source.matrix(field)
        numbers = np.fromiter((number_of.get(term, -1) for term in terms), np.int32, len(terms))
        column = numbers[which]
        known = column >= 0
        if not known.all():
            column, found, frequency = column[known], found[known], frequency[known]
        rows.append(found)
        columns.append(column)
        counts.append(frequency)
        weights.append((frequency * damped[found]).astype(np.float32))
    places = (np.concatenate(rows), np.concatenate(columns))
    shape = (works, len(words))
    return (
        scipy.sparse.csr_matrix((np.concatenate(counts), places), shape=shape),
        scipy.sparse.csr_matrix((np.concatenate(weights), places), shape=shape),
    )


def _placed(holders: npt.NDArray[np.int64], works: int) -> npt.NDArray[np.int64]:
    shared = np.flatnonzero((holders >= 2) & (holders <= works * 0.9))
    if len(shared) > PLACED:
        best = np.argsort(-holders[shared], kind="stable")[:PLACED]
        shared = np.sort(shared[best])
    return shared


def _keywords(
    weighted: scipy.sparse.csr_matrix, holders: npt.NDArray[np.int64], works: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
    """The words that weigh most in each work, by BM25F."""
    rare = np.log(1 + (works - holders + 0.5) / (holders + 0.5))
    numbers = np.full((works, KEYWORDS), -1, np.int32)
    weights = np.zeros((works, KEYWORDS), np.float16)
    for work in range(works):
        span = slice(weighted.indptr[work], weighted.indptr[work + 1])
        words, count = weighted.indices[span], weighted.data[span]
        weight = rare[words] * count * (K1 + 1) / (K1 + count)
        best = np.argsort(-weight, kind="stable")[:KEYWORDS]
        numbers[work, : len(best)] = words[best]
        weights[work, : len(best)] = weight[best]
    return numbers, weights


def _unit(matrix: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (scipy.sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix).tocsr()
