"""The best pages of the works on screen, and a few words from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.answering import proximity, synonyms
from index.answering.evaluation import K1, Evaluation
from index.answering.leaves import Bodies
from index.answering.state import Array, Layout, Places, within, works_at
from index.fields import NAME_WEIGHT
from index.inversion import stemming, surface_of
from index.query import Node, Prefix, Word
from index.results import Excerpt, Place
from index.text import analysis, matching
from index.text.excerpts import Standing, excerpt_at, excerpt_of, looked_for
from index.text.syntax import words

PAGES = 3
EXPANSIONS = 50

Evidence = list[tuple[float, Places]]
"""For each word asked for, how rare it is and where it stands in the bodies of some works."""


def excerpts(
    evaluation: Evaluation, tree: Node, numbers: Sequence[int]
) -> dict[int, tuple[Excerpt, ...]]:
    """Work → at most PAGES excerpts, the best page first."""
    bodies = Bodies(evaluation, np.unique(np.array(numbers, np.int32)))
    evidence = _evidence(evaluation, tree, bodies)
    if not evidence:
        return {}
    layout = evaluation.state.layout(bodies.numbers)
    best = _Found(evidence, layout).best()
    cutting = _Cutting(evaluation, tree, bodies, layout, best)
    return {number: tuple(map(cutting.excerpt, own)) for number, own in best.items()}


def languages(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> frozenset[str]:
    """The languages of the pages of these works that answer best."""
    bodies = Bodies(evaluation, np.unique(np.array(numbers, np.int32)))
    evidence = _evidence(evaluation, tree, bodies)
    if not evidence:
        return frozenset()
    layout = evaluation.state.layout(bodies.numbers)
    counted = np.zeros(len(layout.rows))  # of each page
    for rarity, places in evidence:
        pages = layout.pages[layout.pieces(places)]
        counted += rarity * np.bincount(pages, minlength=len(counted))
    weight: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for page in np.flatnonzero(counted).tolist():
        number, (_, language, _) = layout.of(page), layout.rows[page]
        weight[number][language] += float(counted[page])
    spoken = {max(own, key=lambda language: own[language]) for own in weight.values()}
    return frozenset(spoken - {""})


def _evidence(evaluation: Evaluation, tree: Node, bodies: Bodies) -> Evidence:
    evidence: Evidence = []
    asked = words(tree)
    for leaf in dict.fromkeys(asked):
        if leaf.field or not matching.is_telling(leaf, asked, evaluation.languages):
            continue
        held = evaluation.held(leaf)
        holding = held.among(bodies.numbers)
        if not len(holding):
            continue
        if isinstance(leaf, Prefix):
            ways: Sequence[matching.Way] = [(stems(evaluation, leaf),)]
        else:
            ways = matching.ways_together(leaf, evaluation.languages)
        evidence.append((evaluation.rarity(held), bodies.standing(ways)))
        if isinstance(leaf, Word) and leaf.names:
            places = synonyms.places(evaluation, leaf, holding)
            evidence.append((NAME_WEIGHT * evaluation.rarity(held), places))
    evidence = [(rarity, places) for rarity, places in evidence if len(places)]
    if not evidence:
        return []
    saying = np.unique(np.concatenate([works_at(places) for _, places in evidence]))
    for weight, places in proximity.evidence(evaluation, tree, bodies):
        if len(saying) < len(bodies.numbers):  # works that say but function words have no excerpt
            places = places[within(works_at(places), saying)]
        if len(places):
            evidence.append((weight, places))
    return evidence


def stems(evaluation: Evaluation, leaf: Prefix) -> tuple[str, ...]:
    """The terms of the body that a prefix stands for, those that most works hold."""
    folded = (surface_of(term)[0] for term, _ in evaluation.expansions(leaf))
    distinct = islice(dict.fromkeys(folded), EXPANSIONS)
    return tuple(
        dict.fromkeys(t for word in distinct for t in analysis.variants(word, evaluation.languages))
    )


class Shown(NamedTuple):
    """The best piece of a page: of which work; edition, language and page; which piece of the work,
    and which of those of the layout."""

    number: int
    row: tuple[str, str, int]
    piece: int
    at: int


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

    def best(self) -> dict[int, list[Shown]]:
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
        found: dict[int, list[Shown]] = defaultdict(list)
        for number, page, piece in zip(
            works[order].tolist(), pages[order].tolist(), pieces[order].tolist(), strict=True
        ):
            if len(found[number]) < PAGES:
                place = piece - layout.first[number]
                found[number].append(Shown(number, layout.rows[page], place, piece))
        return found


def _count(total: Array, rarity: float, at: npt.NDArray[np.int64]) -> None:
    """Add to each of these what it counts, as often as it stands here."""
    often = np.bincount(at, minlength=len(total))
    here = np.flatnonzero(often)
    total[here] += rarity * (K1 + 1) * often[here] / (K1 + often[here])


class _Cutting:
    """Excerpts of pieces, marked where the index says that what is asked for stands."""

    def __init__(
        self,
        evaluation: Evaluation,
        tree: Node,
        bodies: Bodies,
        layout: Layout,
        best: Mapping[int, Sequence[Shown]],
    ) -> None:
        self._evaluation = evaluation
        self._tree = tree
        self._layout = layout
        self._spoken = {
            language: stemming(language, evaluation.languages)
            for own in best.values()
            for _, (_, language, _), _, _ in own
        }
        self._standing: dict[str, tuple[Mapping[int, list[Standing]], bool] | None] = {}
        shown = np.zeros(len(layout.starts), bool)
        shown[[one.at for own in best.values() for one in own]] = True
        for spoken in {*self._spoken.values()}:
            asked = looked_for(tree, (spoken,) if spoken else ())
            self._standing[spoken] = asked and (
                _marked(asked[0], bodies, layout, shown),
                asked[1],
            )

    def excerpt(self, shown: Shown) -> Excerpt:
        """A few words of a piece."""
        edition, language, folio = shown.row
        spoken = self._spoken[language]
        languages_ = (spoken,) if spoken else ()
        text = self._evaluation.state.piece(shown.number, shown.piece)
        known = self._standing[spoken]
        if known is None:
            cut = excerpt_of(text, self._tree, languages_)
        else:
            standing, numbers = known
            cut = excerpt_at(text, standing.get(shown.at, ()), languages_, numbers=numbers)
        place = None if cut.before is None else Place(self._layout.on_page(shown.at), cut.before)
        return Excerpt(edition, language, folio, cut.text, cut.marks, place)


def _marked(
    asked: Sequence[tuple[int, tuple[matching.Way, ...]]],
    bodies: Bodies,
    layout: Layout,
    shown: npt.NDArray[np.bool_],
) -> Mapping[int, list[Standing]]:
    """Piece → what stands in it, of the pieces that are shown."""
    found: dict[int, list[Standing]] = defaultdict(list)
    for leaf, ways in asked:
        for way in ways:
            places = bodies.way(way)
            if not len(places):
                continue
            pieces = layout.pieces(places)
            here = np.flatnonzero(shown[pieces])
            firsts = places[here] - layout.starts[pieces[here]]
            for piece, first in zip(pieces[here].tolist(), firsts.tolist(), strict=True):
                found[piece].append(Standing(leaf, first, first + len(way) - 1, way[-1]))
    return found
