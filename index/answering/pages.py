"""The best pages of the works on screen, and a few words from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from index.answering import proximity, synonyms
from index.answering.evaluation import K1, Evaluation
from index.answering.state import NOWHERE, Array, Layout, Numbers, Places, works_at
from index.fields import NAME_WEIGHT
from index.inversion import stemming, surface_of
from index.query import Node, Prefix, Word
from index.results import Excerpt
from index.text import analysis, matching
from index.text.excerpts import excerpt
from index.text.syntax import words

PAGES = 3
EXPANSIONS = 50

Evidence = list[tuple[float, Places]]
"""For each word asked for, how rare it is and where it stands in the bodies of some works."""


def excerpts(
    evaluation: Evaluation, tree: Node, numbers: Sequence[int]
) -> dict[int, tuple[Excerpt, ...]]:
    """Work → at most PAGES excerpts, the best page first."""
    works = np.unique(np.array(numbers, np.int32))
    evidence = _evidence(evaluation, tree, works)
    if not evidence:
        return {}
    found = _Found(evidence, evaluation.state.layout(works))
    return {
        number: tuple(_excerpt(evaluation, tree, number, *page) for page in pages)
        for number, pages in found.best().items()
    }


def languages(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> frozenset[str]:
    """The languages of the pages of these works that answer best."""
    works = np.unique(np.array(numbers, np.int32))
    evidence = _evidence(evaluation, tree, works)
    if not evidence:
        return frozenset()
    layout = evaluation.state.layout(works)
    weight: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for rarity, places in evidence:
        pages = layout.pages[layout.pieces(places)]
        for number, page in zip(works_at(places).tolist(), pages.tolist(), strict=True):
            weight[number][layout.rows[page][1]] += rarity
    spoken = {max(own, key=lambda language: own[language]) for own in weight.values()}
    return frozenset(spoken - {""})


def _evidence(evaluation: Evaluation, tree: Node, numbers: Numbers) -> Evidence:
    evidence: Evidence = []
    asked = words(tree)
    for leaf in dict.fromkeys(asked):
        if leaf.field or not matching.is_telling(leaf, asked, evaluation.languages):
            continue
        held = evaluation.held(leaf)
        holding = held.among(numbers)
        if not len(holding):
            continue
        if isinstance(leaf, Prefix):
            ways: Sequence[matching.Way] = [(stems(evaluation, leaf),)]
        else:
            ways = matching.ways_together(leaf, evaluation.languages)
        evidence.append((evaluation.rarity(held), evaluation.standing("body", ways, holding)))
        if isinstance(leaf, Word) and leaf.names:
            places = synonyms.places(evaluation, leaf, holding)
            evidence.append((NAME_WEIGHT * evaluation.rarity(held), places))
    holding = np.unique(np.concatenate([works_at(at) for _, at in evidence] or [NOWHERE]))
    evidence += proximity.evidence(evaluation, tree, holding.astype(np.int32))
    return [(rarity, places) for rarity, places in evidence if len(places)]


def stems(evaluation: Evaluation, leaf: Prefix) -> tuple[str, ...]:
    """The terms of the body that a prefix stands for, those that most works hold."""
    folded = (surface_of(term)[0] for term, _ in evaluation.expansions(leaf))
    distinct = islice(dict.fromkeys(folded), EXPANSIONS)
    return tuple(
        dict.fromkeys(t for word in distinct for t in analysis.variants(word, evaluation.languages))
    )


class _Found:
    """What the pieces and pages of some works count, by the evidence in them."""

    def __init__(self, evidence: Evidence, layout: Layout) -> None:
        self._layout = layout
        self._pieces = np.zeros(len(layout.starts))
        self._pages = np.zeros(len(layout.rows))
        for rarity, places in evidence:
            pieces = layout.pieces(places)
            _count(self._pieces, rarity, pieces)
            _count(self._pages, rarity, layout.pages[pieces])

    def best(self) -> dict[int, list[tuple[tuple[str, str, int], int]]]:
        """Work → its best pages, at most PAGES, each with its best piece."""
        layout = self._layout
        pieces = np.flatnonzero(self._pieces)
        pages = layout.pages[pieces]
        # The best piece of each page, the first of those that are as good.
        order = pieces[np.lexsort((pieces, -self._pieces[pieces], pages))]
        own = layout.pages[order]
        opening = np.concatenate(([True], own[1:] != own[:-1]))[: len(own)]
        pieces, pages = order[opening], own[opening]
        works = works_at(layout.starts[pieces])
        order = np.lexsort((pieces, -self._pages[pages], works))
        found: dict[int, list[tuple[tuple[str, str, int], int]]] = defaultdict(list)
        for number, page, piece in zip(
            works[order].tolist(), pages[order].tolist(), pieces[order].tolist(), strict=True
        ):
            if len(found[number]) < PAGES:
                found[number].append((layout.rows[page], piece - layout.first[number]))
        return found


def _count(total: Array, rarity: float, at: npt.NDArray[np.int64]) -> None:
    """Add to each of these what it counts, as often as it stands here."""
    often = np.bincount(at, minlength=len(total))
    here = np.flatnonzero(often)
    total[here] += rarity * (K1 + 1) * often[here] / (K1 + often[here])


def _excerpt(
    evaluation: Evaluation, tree: Node, number: int, page: tuple[str, str, int], piece: int
) -> Excerpt:
    edition, language, folio = page
    spoken = stemming(language, evaluation.languages)
    text, spans = excerpt(evaluation.state.piece(number, piece), tree, (spoken,) if spoken else ())
    return Excerpt(edition, language, folio, text, spans)
