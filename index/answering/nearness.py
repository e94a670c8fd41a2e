"""Words that stand together as they were asked: evidence for a work, and for the page of it.

Pairs of neighbouring words of the question, after the sequential dependence model of Metzler and
Croft, "A Markov Random Field Model for Term Dependencies" (2005), and the longest stretch of it
that a text repeats. Function words count here: they are what tells a sentence from its words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index import matching
from index.answering.evaluation import K1, Evaluation
from index.query import And, Node, Or, Word

AMONG = 60
"""So many of the best works are looked at more closely."""

PAIR = 0.2
"""What two words side by side count, as a share of what they count apart."""

STRETCH = 0.15
"""What each pair of the longest stretch counts beside, as such a share, for each pair beyond one:
three words together say little, a sentence nearly everything."""

LONGEST = 24  # words of a question that are looked at

Evidence = dict[int, list[tuple[float, list[int]]]]
"""Work → what each piece of evidence weighs, and where in the body it stands."""


def evidence(evaluation: Evaluation, tree: Node, numbers: Iterable[int]) -> Evidence:
    """The evidence in these works."""
    found: Evidence = defaultdict(list)
    wanted = list(numbers)
    for run in _runs(tree):
        words = run[:LONGEST]
        rare = [evaluation.rarity(evaluation.held(word)) for word in words]
        weights = [(left + right) / 2 for left, right in pairwise(rare)]
        places = [_places(evaluation, word, wanted) for word in words]
        for number in wanted:
            standing = [held.get(number) for held in places]
            found[number] += _of_work(standing, weights)
    return found


def score(pieces: Sequence[tuple[float, list[int]]]) -> float:
    """What evidence adds to a work's score: more of the same adds less and less."""
    return sum(weight * (K1 + 1) * len(at) / (K1 + len(at)) for weight, at in pieces)


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


def _places(evaluation: Evaluation, word: Word, numbers: Sequence[int]) -> dict[int, set[int]]:
    slots = matching.slots(word, evaluation.languages)
    if len(slots) != 1:
        starts = evaluation.places("body", slots, numbers) if slots else {}
        return {number: set(at) for number, at in starts.items()}
    found: dict[int, set[int]] = defaultdict(set)
    for term in slots[0]:
        for number, at in evaluation.state.positions("body", term, numbers).items():
            found[number].update(at)
    return found


def _of_work(
    standing: Sequence[set[int] | None], weights: Sequence[float]
) -> Iterator[tuple[float, list[int]]]:
    stretches: dict[int, float] = defaultdict(float)
    pairs: dict[int, list[int]] = defaultdict(list)
    for step, weight in enumerate(weights):
        left, right = standing[step], standing[step + 1]
        if not left or not right:
            continue
        at = [place for place in left if place + 1 in right]
        if at:
            yield PAIR * weight, at
        for place in at:
            stretches[place - step] += weight
            pairs[place - step].append(place)
    if not stretches:
        return
    longest = max(stretches.values())
    starts = [start for start, weight in stretches.items() if weight == longest]
    beyond = len(pairs[starts[0]]) - 1  # two words together are a pair; more are a stretch
    if beyond:
        yield STRETCH * beyond * longest, [pairs[start][0] for start in starts]
