"""Which documents of a library may be one work in two languages: candidates, for staff to judge.

A translation keeps numbers, names and addresses; those that few documents have say most
(inverse document frequency, squared, as a cosine of two documents). Headings and length agree
too, and the dates in the words where they say the day. Of each document only its best match in a
language is a candidate, and only if it is that document's best as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from library.alike import Shape

CANDIDATE = 0.3  # tried on court papers and handbook pages: benchmarks/README.md
COMMON = 60  # documents with an anchor beyond which it says nothing
LEAST = 3  # anchors that two documents share

Marked = tuple[str, Shape, npt.NDArray[np.int64]]


def pairs(documents: Sequence[Marked]) -> list[tuple[str, str, float]]:
    """Candidates with their score from 0 to 1, the surest first."""
    documents = [document for document in documents if len(document[2])]
    if len(documents) < 2:
        return []
    languages = {shape.language for _, shape, _ in documents}
    number = {language: place for place, language in enumerate(sorted(languages))}
    spoken = np.array([number[shape.language] for _, shape, _ in documents])
    anchors = np.concatenate([held for _, _, held in documents])
    holders = np.repeat(np.arange(len(documents)), [len(held) for _, _, held in documents])
    order = np.lexsort((holders, anchors))
    anchors, holders = anchors[order], holders[order]
    starts = np.flatnonzero(np.r_[True, anchors[1:] != anchors[:-1]])
    weights: dict[tuple[int, int], float] = {}
    shared: dict[tuple[int, int], int] = {}
    norms = np.zeros(len(documents))
    for start, end in pairwise([*starts.tolist(), len(anchors)]):
        if end - start < 2:
            continue
        group = holders[start:end]
        tongues = spoken[group]
        if (tongues == tongues[0]).all():
            continue  # what no translation has tells nothing of translations
        weight = float(np.log(len(documents) / (end - start))) ** 2
        norms[group] += weight
        if end - start > COMMON:
            continue
        for place, one in enumerate(group.tolist()):
            for other in group[place + 1 :][tongues[place + 1 :] != tongues[place]].tolist():
                weights[one, other] = weights.get((one, other), 0.0) + weight
                shared[one, other] = shared.get((one, other), 0) + 1
    scores = {
        (one, other): _score(
            weight / float(np.sqrt(norms[one] * norms[other])),
            shared[one, other],
            documents[one][1],
            documents[other][1],
        )
        for (one, other), weight in weights.items()
        if weight and shared[one, other] >= LEAST and _one_day(documents[one], documents[other])
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
