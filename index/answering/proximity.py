"""How near to each other the words of a question stand: evidence for a work, and for its pages.

Pairs of neighbouring words of the question, in order and merely near, after the sequential
dependence model of Metzler and Croft, "A Markov Random Field Model for Term Dependencies" (2005);
the longest run of it that a text repeats, for which function words count too: they are what tells
a sentence from its words; and the stretch of the text that answers best, so that a page about a
thing is not lost in a book that is about much else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from index.answering import pieces
from index.answering.evaluation import K1, Evaluation
from index.answering.leaves import Bodies
from index.answering.state import (
    NOWHERE,
    SPAN,
    WORK,
    Array,
    B,
    Numbers,
    Places,
    positions_at,
    within,
    works_at,
)
from index.columns.arrays import numbered
from index.fields import DENSEST
from index.query import And, Node, Or, Word
from index.text import matching

AMONG = 100
"""So many of the best works are looked at more closely."""

PAIR = 0.4
"""What two words side by side count, as a share of what they count apart. Given."""

NEAR = 0.2
"""What two words count that stand near each other in any order, as such a share. Given."""

WITHIN = 8  # words apart, to be near; literature

STRETCH = 0.15
"""What each pair of the longest run counts beside, as such a share, for each pair beyond one:
three words together say little, a sentence nearly everything. Given."""

LONGEST = 24  # words of a question that are looked at

BOTH = 1.5
"""What the words of a work and of its best stretch count together, beside how near they stand.
Given."""

Pieces = list[tuple[float, Places]]
"""What each piece of evidence weighs, and where in the bodies of some works it stands."""


def added(evaluation: Evaluation, tree: Node, numbers: Numbers, scores: Array) -> tuple[Array, int]:
    """What the nearness of words adds to the scores of these works, which are BOTH times those by
    their words; and how many words of the question, one after the other, the work says that repeats
    the most of it. `numbers` are ascending.
    """
    repeated = 0
    standing = _Standing(evaluation, Bodies(evaluation, numbers))
    evidence_of = _densest(evaluation, tree, numbers, standing, scores)
    damping = _damping(evaluation.state.norms("body")[numbers])
    for words, places, rare in _runs_of(evaluation, tree, standing):
        repeated = max(repeated, _repeated(places))
        if all(map(pieces.is_part, words)):  # their triples tell
            continue
        rare = [0.0 if pieces.is_part(word) else own for word, own in zip(words, rare, strict=True)]
        telling = [at for at, word in enumerate(words) if _tells(evaluation, word, words)]
        for weight, where in _close(places, rare, telling, words):
            often = _often(where, numbers)
            evidence_of += weight * (K1 + 1) * often / (damping + often)
        # Words in the order asked are no chance, however long the work is.
        for weight, where in _ordered(places, rare):
            often = _often(where, numbers)
            evidence_of += weight * (K1 + 1) * often / (K1 + often)
        run = _longest(places, rare, numbers)
        if run is not None:
            evidence_of += run[0] * (K1 + 1) * run[1] / (K1 + run[1])
    return evidence_of, repeated


def evidence(evaluation: Evaluation, tree: Node, bodies: Bodies) -> Pieces:
    """The words of a question that stand side by side in some works; and for each work the longest
    run of them."""
    pieces: Pieces = []
    for _, places, rare in _runs_of(evaluation, tree, _Standing(evaluation, bodies)):
        pieces += _ordered(places, rare)
        pieces += _runs_found(places, rare)
    return pieces


class _Standing:
    """Where words stand in some works, looked up once."""

    def __init__(self, evaluation: Evaluation, bodies: Bodies) -> None:
        self._evaluation = evaluation
        self._bodies = bodies
        self._known: dict[Word, Places] = {}

    def of(self, word: Word) -> Places:
        if word not in self._known:
            ways = matching.ways(word, self._evaluation.languages)
            self._known[word] = self._bodies.standing(ways)
        return self._known[word]


def _damping(norms: Array) -> Array:
    damping: Array = K1 * (1 - B + B * norms.astype(np.float64))
    return damping


def _often(places: Places, numbers: Numbers) -> Array:
    """How many of these places each of the works has."""
    at = np.searchsorted(numbers, works_at(places))
    often: Array = np.bincount(at, minlength=len(numbers)).astype(np.float64)
    return often


def _runs_of(
    evaluation: Evaluation, tree: Node, standing: _Standing
) -> Iterator[tuple[Sequence[Word], list[Places], list[float]]]:
    """Each run of words with where they stand and how rare they are."""
    for run in runs(tree):
        words = run[:LONGEST]
        rare = [evaluation.rarity_of(word) for word in words]
        yield words, [standing.of(word) for word in words], rare


def _tells(evaluation: Evaluation, word: Word, words: Sequence[Word]) -> bool:
    return matching.is_telling(word, words, evaluation.languages)


def runs(node: Node) -> Iterator[list[Word]]:
    """Words asked for one after the other."""
    match node:
        case And(nodes):
            run: list[Word] = []
            for inner in nodes:
                if isinstance(inner, Word) and not inner.field:
                    run.append(inner)
                    continue
                if len(run) > 1:
                    yield run
                run = []
                yield from runs(inner)
            if len(run) > 1:
                yield run
        case Or(nodes):
            for inner in nodes:
                yield from runs(inner)
        case _:
            return


def _ordered(places: Sequence[Places], rare: Sequence[float]) -> Iterator[tuple[float, Places]]:
    """Pairs that stand side by side."""
    for step, (left, right) in enumerate(pairwise(rare)):
        at = _beside(places[step], places[step + 1])
        if len(at):
            yield PAIR * (left + right) / 2, at


def _beside(left: Places, right: Places) -> Places:
    """The places in `left` with one of `right` behind."""
    if not len(left) or not len(right):
        return NOWHERE
    if len(left) <= len(right):
        return left[within(left + 1, right)]
    return right[within(right - 1, left)] - 1


@dataclass(frozen=True, slots=True)
class _Runs:
    """Stretches of a question that are repeated, longest ones only, and where each begins.

    Of each work all that weigh as much as its heaviest, which `beyond` tells how many pairs more
    than one it has.
    """

    starts: Places
    weight: Array
    beyond: npt.NDArray[np.int64]


def _heaviest(places: Sequence[Places], rare: Sequence[float]) -> _Runs | None:
    """The heaviest runs of each work."""
    pairs: list[Places] = []
    weights: list[Array] = []
    steps: list[Array] = []
    for step, (left, right) in enumerate(pairwise(rare)):
        at = _beside(places[step], places[step + 1])
        if len(at):
            pairs.append(at - step)
            weights.append(np.full(len(at), (left + right) / 2))
            steps.append(np.full(len(at), step))
    if not pairs:
        return None
    starts, which = numbered(np.concatenate(pairs))
    weight: npt.NDArray[Any] = np.bincount(which, np.concatenate(weights))
    count: npt.NDArray[Any] = np.bincount(which)
    opening = np.full(len(starts), len(places))
    np.minimum.at(opening, which, np.concatenate(steps))
    works = works_at(starts + opening)  # a run may begin before the first word of a work
    edges = np.flatnonzero(np.concatenate(([True], works[1:] != works[:-1])))
    group = np.repeat(np.arange(len(edges)), np.diff(np.append(edges, len(works))))
    best = np.maximum.reduceat(weight, edges)
    heaviest = np.flatnonzero(weight == best[group])
    # What is beyond one pair is told by the first that was met.
    met = heaviest[np.lexsort((starts[heaviest], opening[heaviest], group[heaviest]))]
    firsts = met[np.concatenate(([True], group[met][1:] != group[met][:-1]))]
    beyond = count[firsts] - 1
    chosen = heaviest[beyond[group[heaviest]] > 0]
    at = starts[chosen] + opening[chosen]
    return _Runs(at, weight[chosen], beyond[group[chosen]])


def _longest(
    places: Sequence[Places], rare: Sequence[float], numbers: Numbers
) -> tuple[Array, Array] | None:
    """For each of the works, what its longest run weighs, and how often it stands there."""
    runs = _heaviest(places, rare)
    if runs is None or not len(runs.starts):
        return None
    weight = np.zeros(len(numbers))
    weight[np.searchsorted(numbers, works_at(runs.starts))] = STRETCH * runs.beyond * runs.weight
    return weight, _often(runs.starts, numbers)


def _runs_found(places: Sequence[Places], rare: Sequence[float]) -> Pieces:
    """The longest runs of each work: what they weigh is the same for all of one work."""
    runs = _heaviest(places, rare)
    if runs is None or not len(runs.starts):
        return []
    works = works_at(runs.starts)
    edges = np.flatnonzero(np.concatenate(([True], works[1:] != works[:-1])))
    found = []
    for first, last in pairwise([*edges.tolist(), len(works)]):
        weight = STRETCH * int(runs.beyond[first]) * float(runs.weight[first])
        found.append((weight, np.sort(runs.starts[first:last])))
    return found


def _repeated(places: Sequence[Places]) -> int:
    """How many words any work says one after the other, as they were asked."""
    longest = 0
    before, running = NOWHERE, NOWHERE  # places of the last word, and words that end there
    for at in places:
        now = np.ones(len(at), np.int64)
        if len(before) and len(at):
            behind = np.searchsorted(before, at - 1)
            behind[behind == len(before)] = 0
            goes_on = before[behind] == at - 1
            now[goes_on] += running[behind[goes_on]]
        before, running = at, now
        longest = max(longest, int(now.max(initial=0)))
    return longest


def _close(
    places: Sequence[Places],
    rare: Sequence[float],
    telling: Sequence[int],
    words: Sequence[Word],
) -> Iterator[tuple[float, Places]]:
    """Pairs of telling words that stand near each other."""
    for left, right in pairwise(telling):
        if words[left] != words[right] and len(places[left]) and len(places[right]):
            at = _near(places[left], places[right])
            if len(at):
                yield NEAR * (rare[left] + rare[right]) / 2, at


def _near(left: Places, right: Places) -> Places:
    """The places in `left` with one of `right` near: works are further apart than that."""
    after = np.searchsorted(right, left)
    last = len(right) - 1
    apart = np.minimum(
        np.abs(right[np.clip(after - 1, 0, last)] - left),
        np.abs(right[np.clip(after, 0, last)] - left),
    )
    near: Places = left[apart <= WITHIN]
    return near


def _densest(
    evaluation: Evaluation,
    tree: Node,
    numbers: Numbers,
    standing: _Standing,
    scores: Array,
) -> Array:
    """What the stretch of each work that answers best adds to what the whole of it counts.

    BM25 of the stretch, a stretch being the text, as a share of that of the whole body: so a work's
    title, and words in other forms, count for a long work as they do for one of one stretch.
    """
    state = evaluation.state
    whole = np.zeros(len(numbers))
    damping = _damping(state.norms("body")[numbers])
    short = _damping(state.shares[numbers])
    stretches: list[Places] = []
    values: list[Array] = []
    asked = [*_words(tree)]
    for word in asked:
        if not _tells(evaluation, word, asked):
            continue
        rarity = evaluation.rarity_of(word)
        places = standing.of(word)
        if not len(places):
            continue
        often = _often(places, numbers)
        whole += rarity * (K1 + 1) * often / (damping + often)
        stretch = (works_at(places) << WORK) | (positions_at(places) // SPAN)
        edges = np.flatnonzero(np.concatenate(([True], stretch[1:] != stretch[:-1])))
        count = np.diff(np.append(edges, len(stretch)))
        stretch = stretch[edges]
        own = short[np.searchsorted(numbers, works_at(stretch))]
        stretches.append(stretch)
        said: Array = rarity * (K1 + 1) * count / (own + count)
        values.append(said)
    share = np.ones(len(numbers))
    if stretches:
        distinct, which = numbered(np.concatenate(stretches))
        sums = np.bincount(which, np.concatenate(values))
        best = np.zeros(len(numbers))
        np.maximum.at(best, np.searchsorted(numbers, works_at(distinct)), sums)
        long = (state.facts.length("body")[numbers] > SPAN) & (best > 0)
        share[long] = best[long] / whole[long]
    return scores[numbers].astype(np.float64) * BOTH * DENSEST * (share - 1)


def _words(node: Node) -> Iterable[Word]:
    match node:
        case Word() if not node.field:
            return (node,)
        case And(nodes) | Or(nodes):
            return tuple(dict.fromkeys(word for inner in nodes for word in _words(inner)))
        case _:
            return ()
