"""How near to each other the words of a question stand: evidence for a work, and for its pages.

Pairs of neighbouring words of the question, in order and merely near, after the sequential
dependence model of Metzler and Croft, "A Markov Random Field Model for Term Dependencies" (2005);
the longest run of it that a text repeats, for which function words count too: they are what tells
a sentence from its words; and the stretch of the text that answers best, so that a page about a
thing is not lost in a book that is about much else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.answering.evaluation import K1, Evaluation
from index.answering.leaves import B
from index.answering.state import Array
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

SPAN = 300  # words of a stretch of text, about a page; judged

Pieces = list[tuple[float, list[int]]]
"""What each piece of evidence weighs, and where in the body of one work it stands."""

Standing = dict[int, list[int]]  # work → where a word stands in its body


def added(
    evaluation: Evaluation, tree: Node, numbers: Sequence[int], scores: Array
) -> tuple[dict[int, float], int]:
    """What the nearness of words adds to the scores of these works, which are BOTH times those by
    their words; and how many words of the question, one after the other, the work says that repeats
    the most of it.
    """
    repeated = 0
    standing = _Places(evaluation, numbers)
    evidence_of = _densest(evaluation, tree, numbers, standing, scores)
    norms = evaluation.state.norms("body")
    for words, places, rare in _runs_of(evaluation, tree, standing):
        telling = [at for at, word in enumerate(words) if _tells(evaluation, word, words)]
        for number in numbers:
            at = [starts.get(number, []) for starts in places]
            repeated = max(repeated, _repeated(at))
            damping = K1 * (1 - B + B * float(norms[number]))
            for weight, where in _close(at, rare, telling, words):
                evidence_of[number] += weight * (K1 + 1) * len(where) / (damping + len(where))
            # Words in the order asked are no chance, however long the work is.
            for weight, where in _ordered(at, rare):
                evidence_of[number] += weight * (K1 + 1) * len(where) / (K1 + len(where))
    return evidence_of, repeated


def evidence(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> dict[int, Pieces]:
    """The words of a question that stand side by side, in each of these works."""
    pieces: dict[int, Pieces] = defaultdict(list)
    for _, places, rare in _runs_of(evaluation, tree, _Places(evaluation, numbers)):
        for number in numbers:
            pieces[number] += _ordered([starts.get(number, []) for starts in places], rare)
    return pieces


class _Places:
    """Where words stand in some works, looked up once."""

    def __init__(self, evaluation: Evaluation, numbers: Sequence[int]) -> None:
        self._evaluation = evaluation
        self._numbers = numbers
        self._known: dict[Word, Standing] = {}

    def of(self, word: Word) -> Standing:
        if word not in self._known:
            holders = self._evaluation.held(word).among(self._numbers)
            ways = matching.ways(word, self._evaluation.languages)
            self._known[word] = self._evaluation.standing("body", ways, holders)
        return self._known[word]


def _runs_of(
    evaluation: Evaluation, tree: Node, standing: _Places
) -> Iterator[tuple[Sequence[Word], list[Standing], list[float]]]:
    """Each run of words with where they stand and how rare they are."""
    for run in _runs(tree):
        words = run[:LONGEST]
        rare = [evaluation.rarity_of(word) for word in words]
        yield words, [standing.of(word) for word in words], rare


def _tells(evaluation: Evaluation, word: Word, words: Sequence[Word]) -> bool:
    return matching.is_telling(word, words, evaluation.languages)


def _runs(node: Node) -> Iterator[list[Word]]:
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
                yield from _runs(inner)
            if len(run) > 1:
                yield run
        case Or(nodes):
            for inner in nodes:
                yield from _runs(inner)
        case _:
            return


def _ordered(
    places: Sequence[Sequence[int]], rare: Sequence[float]
) -> Iterator[tuple[float, list[int]]]:
    """Pairs that stand side by side in one work, and its longest run of them."""
    sets = [set(at) for at in places]
    stretches: dict[int, float] = defaultdict(float)
    pairs: dict[int, list[int]] = defaultdict(list)
    for step, (left, right) in enumerate(pairwise(rare)):
        weight = (left + right) / 2
        at = [place for place in sets[step] if place + 1 in sets[step + 1]]
        if at:
            yield PAIR * weight, at
        for place in at:
            stretches[place - step] += weight
            pairs[place - step].append(place)
    if not stretches:
        return
    longest = max(stretches.values())
    starts = [start for start, weight in stretches.items() if weight == longest]
    beyond = len(pairs[starts[0]]) - 1  # two words together are a pair; more are a run
    if beyond:
        yield STRETCH * beyond * longest, [pairs[start][0] for start in starts]


def _repeated(places: Sequence[Sequence[int]]) -> int:
    """How many words one work says one after the other, as they were asked."""
    longest = 0
    running: dict[int, int] = {}  # place of the last word → words that end there
    for at in places:
        running = {place: running.get(place - 1, 0) + 1 for place in at}
        longest = max(longest, *running.values(), 0)
    return longest


def _close(
    places: Sequence[Sequence[int]],
    rare: Sequence[float],
    telling: Sequence[int],
    words: Sequence[Word],
) -> Iterator[tuple[float, list[int]]]:
    """Pairs of telling words that stand near each other in one work."""
    for left, right in pairwise(telling):
        if words[left] != words[right] and places[left] and places[right]:
            at = _near(places[left], places[right])
            if at:
                yield NEAR * (rare[left] + rare[right]) / 2, at


def _near(left: Sequence[int], right: Sequence[int]) -> list[int]:
    """The places in `left`, ascending, with one of `right` near."""
    ours, theirs = np.asarray(left), np.asarray(right)
    after = np.searchsorted(theirs, ours)
    last = len(theirs) - 1
    apart = np.minimum(
        np.abs(theirs[np.clip(after - 1, 0, last)] - ours),
        np.abs(theirs[np.clip(after, 0, last)] - ours),
    )
    near: list[int] = ours[apart <= WITHIN].tolist()
    return near


def _densest(
    evaluation: Evaluation,
    tree: Node,
    numbers: Sequence[int],
    standing: _Places,
    scores: Array,
) -> dict[int, float]:
    """What the stretch of each work that answers best adds to what the whole of it counts.

    BM25 of the stretch, a stretch being the text, as a share of that of the whole body: so a work's
    title, and words in other forms, count for a long work as they do for one of one stretch.
    """
    stretches: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    whole: dict[int, float] = defaultdict(float)
    shares, norms = _shares(evaluation), evaluation.state.norms("body")
    for word in _words(tree):
        if not _tells(evaluation, word, [*_words(tree)]):
            continue
        rarity = evaluation.rarity_of(word)
        for number, places in standing.of(word).items():
            damping = K1 * (1 - B + B * float(norms[number]))
            whole[number] += rarity * (K1 + 1) * len(places) / (damping + len(places))
            damping = K1 * (1 - B + B * float(shares[number]))
            for stretch, count in Counter(place // SPAN for place in places).items():
                stretches[number][stretch] += rarity * (K1 + 1) * count / (damping + count)
    best = {number: max(sums.values()) for number, sums in stretches.items()}
    lengths = [work.lengths.get("body", 0) for work in evaluation.state.works]
    share = {number: best[number] / whole[number] for number in best if lengths[number] > SPAN}
    return {
        number: float(scores[number]) * BOTH * DENSEST * (share.get(number, 1.0) - 1)
        for number in numbers
    }


def _shares(evaluation: Evaluation) -> Array:
    """For each work, the length of its stretches as a share of the average stretch."""
    lengths = np.array([w.lengths.get("body", 0) for w in evaluation.state.works], np.float32)
    own = lengths / np.maximum(np.ceil(lengths / SPAN), 1)
    filled = own[own > 0]
    return own / (filled.mean() if filled.size else np.float32(1))


def _words(node: Node) -> Iterable[Word]:
    match node:
        case Word() if not node.field:
            return (node,)
        case And(nodes) | Or(nodes):
            return tuple(dict.fromkeys(word for inner in nodes for word in _words(inner)))
        case _:
            return ()
