"""The best pages of the works on screen, and a few words from each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from index.answering import proximity, synonyms
from index.answering.evaluation import K1, Evaluation
from index.fields import NAME_WEIGHT
from index.inversion import stemming, surface_of
from index.query import Node, Prefix, Word
from index.results import Excerpt
from index.text import analysis, matching
from index.text.excerpts import excerpt
from index.text.syntax import words

PAGES = 3
EXPANSIONS = 50

Places = dict[int, list[tuple[float, list[int]]]]
"""Work → for each word asked for, how rare it is and where it stands in the body."""


def excerpts(
    evaluation: Evaluation, tree: Node, numbers: Sequence[int]
) -> dict[int, tuple[Excerpt, ...]]:
    """Work → at most PAGES excerpts, the best page first."""
    places = _places(evaluation, tree, numbers)
    return {number: tuple(_of_work(evaluation, tree, number, places[number])) for number in places}


def languages(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> frozenset[str]:
    """The languages of the pages of these works that answer best."""
    spoken = set()
    for number, places in _places(evaluation, tree, numbers).items():
        layout = evaluation.state.layout(number)
        weight: dict[str, float] = defaultdict(float)
        for rarity, starts in places:
            for start in starts:
                weight[layout.pages[bisect_right(layout.starts, start) - 1][1]] += rarity
        if weight:
            spoken.add(max(weight, key=lambda language: weight[language]))
    return frozenset(spoken - {""})


def _places(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> Places:
    places: Places = defaultdict(list)
    asked = words(tree)
    for leaf in dict.fromkeys(asked):
        if leaf.field or not matching.is_telling(leaf, asked, evaluation.languages):
            continue
        held = evaluation.held(leaf)
        holding = held.among(numbers)
        if isinstance(leaf, Prefix):
            ways: Sequence[matching.Way] = [(stems(evaluation, leaf),)]
        else:
            ways = matching.ways_together(leaf, evaluation.languages)
        for number, starts in evaluation.standing("body", ways, holding).items():
            places[number].append((evaluation.rarity(held), starts))
        if isinstance(leaf, Word) and leaf.names:
            for number, starts in synonyms.places(evaluation, leaf, holding).items():
                places[number].append((NAME_WEIGHT * evaluation.rarity(held), starts))
    near = proximity.evidence(evaluation, tree, list(places))
    for number in places:
        places[number] += near.get(number, ())
    return places


def stems(evaluation: Evaluation, leaf: Prefix) -> tuple[str, ...]:
    """The terms of the body that a prefix stands for, those that most works hold."""
    folded = (surface_of(term)[0] for term, _ in evaluation.expansions(leaf))
    distinct = islice(dict.fromkeys(folded), EXPANSIONS)
    return tuple(
        dict.fromkeys(t for word in distinct for t in analysis.variants(word, evaluation.languages))
    )


def _of_work(
    evaluation: Evaluation, tree: Node, number: int, places: list[tuple[float, list[int]]]
) -> list[Excerpt]:
    state = evaluation.state
    layout = state.layout(number)
    by_piece: dict[int, float] = defaultdict(float)
    by_page: dict[tuple[str, str, int], float] = defaultdict(float)
    for rarity, starts in places:
        pieces = Counter(bisect_right(layout.starts, start) - 1 for start in starts)
        pages: Counter[tuple[str, str, int]] = Counter()
        for piece, count in pieces.items():
            by_piece[piece] += rarity * (K1 + 1) * count / (K1 + count)
            pages[layout.pages[piece]] += count
        for page, count in pages.items():
            by_page[page] += rarity * (K1 + 1) * count / (K1 + count)
    best_piece: dict[tuple[str, str, int], int] = {}
    for piece in sorted(by_piece, key=lambda piece: (-by_piece[piece], piece)):
        best_piece.setdefault(layout.pages[piece], piece)
    best = sorted(by_page, key=lambda page: (-by_page[page], best_piece[page]))[:PAGES]
    made = []
    for page in best:
        edition, language, folio = page
        spoken = stemming(language, evaluation.languages)
        text, spans = excerpt(
            state.piece(number, best_piece[page]), tree, (spoken,) if spoken else ()
        )
        made.append(Excerpt(edition, language, folio, text, spans))
    return made
