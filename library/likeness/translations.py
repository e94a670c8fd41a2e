"""Which documents of a library may be one work in two languages: candidates, for staff to judge.

A translation keeps numbers, names and addresses; those that few documents have say most
(inverse document frequency, squared, as a cosine of two documents). Headings and length agree
too, and the dates in the words where they say the day. Of each document only its best match in a
language is a candidate, and only if it is that document's best as well.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from library.likeness.alike import Shape

CANDIDATE = 0.3  # tried on court papers and handbook pages: benchmarks/README.md
COMMON = 60  # documents with an anchor beyond which it says nothing
LEAST = 3  # anchors that two documents share

Marked = tuple[str, Shape, npt.NDArray[np.int64]]


def pairs(
    documents: Sequence[Marked], dismissed: Container[frozenset[str]] = frozenset()
) -> list[tuple[str, str, float]]:
    """Candidates with their score from 0 to 1, the surest first.

    dismissed: pairs known to be two works; a document may then be proposed with another.
    """
    documents = [document for document in documents if len(document[2])]
    if len(documents) < 2:
        return []
    languages = sorted({shape.language for _, shape, _ in documents})
    spoken = np.array([languages.index(shape.language) for _, shape, _ in documents])
    scores = {
        (one, other): _score(cosine, shared, documents[one][1], documents[other][1])
        for one, other, cosine, shared in _cosines([held for _, _, held in documents], spoken)
        if shared >= LEAST
        and _one_day(documents[one], documents[other])
        and frozenset((documents[one][0], documents[other][0])) not in dismissed
    }
    best: dict[tuple[int, int], float] = {}
    for (one, other), score in scores.items():
        for mine, theirs in ((one, other), (other, one)):
            key = mine, int(spoken[theirs])
            best[key] = max(best.get(key, 0.0), score)
    found = [
        (documents[one][0], documents[other][0], score)
        for (one, other), score in scores.items()
        if score >= CANDIDATE
        and score == best[one, int(spoken[other])] == best[other, int(spoken[one])]
    ]
    return sorted(found, key=lambda pair: (-pair[2], pair))


def _cosines(
    anchors: Sequence[npt.NDArray[np.int64]], spoken: npt.NDArray[np.int64]
) -> Iterator[tuple[int, int, float, int]]:
    """Pairs in two languages that share anchors: their places, their cosine, and how many."""
    total = len(anchors)
    flat = np.concatenate(anchors)
    holders = np.repeat(np.arange(total), [len(held) for held in anchors])
    order = np.lexsort((holders, flat))
    flat, holders = flat[order], holders[order]
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])
    sizes = np.diff(np.r_[starts, len(flat)])
    tongues = spoken[holders]
    # What is in one language only tells nothing of translations, and must not count as missing.
    told = np.minimum.reduceat(tongues, starts) != np.maximum.reduceat(tongues, starts)
    weights = np.where(told, np.log(total / sizes) ** 2, 0.0)
    norms = np.bincount(holders, weights=np.repeat(weights, sizes), minlength=total)
    keys, values = [np.empty(0, np.int64)], [np.empty(0)]
    for size in range(2, min(COMMON, total) + 1):
        chosen = told & (sizes == size)
        groups = holders[starts[chosen][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        one, other = groups[:, first].ravel(), groups[:, second].ravel()
        weight = np.repeat(weights[chosen], len(first))
        apart = spoken[one] != spoken[other]
        keys.append(one[apart] * total + other[apart])
        values.append(weight[apart])
    pairs, place = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.bincount(place, weights=np.concatenate(values), minlength=len(pairs))
    shared = np.bincount(place, minlength=len(pairs))
    for pair, weight, many in zip(pairs.tolist(), sums.tolist(), shared.tolist(), strict=True):
        one, other = divmod(pair, total)
        if weight:
            yield one, other, weight / float(np.sqrt(norms[one] * norms[other])), many


def _score(cosine: float, shared: int, one: Shape, other: Shape) -> float:
    """Anchors in common, weakened where headings or lengths differ, or anchors are few."""
    headings = _ratio(one.headings + 1, other.headings + 1)
    length = _ratio(one.text + 1, other.text + 1)
    return cosine * (2 + headings) / 3 * (1 + length) / 2 * float(1 - 0.5**shared)


def _one_day(one: Marked, other: Marked) -> bool:
    """Whether dates allow two to be one work: an order of June is no translation of one of May."""
    return one[1].day == other[1].day or not (one[1].day and other[1].day)


def _ratio(one: int, other: int) -> float:
    return min(one, other) / max(one, other)
