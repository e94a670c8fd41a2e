"""The best pages of the works on screen, and a few words from each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.answering import proximity, synonyms
from index.answering.evaluation import K1, Evaluation
from index.answering.leaves import Bodies
from index.answering.state import WORK, Array, Layout, Places, within, works_at
from index.columns.arrays import distinct
from index.fields import NAME_WEIGHT
from index.inversion import stemming, surface_of
from index.query import Node, Prefix, Word
from index.results import Excerpt, Place
from index.text import analysis, matching
from index.text.excerpts import Standing, excerpt_at, excerpt_of, looked_for
from index.text.syntax import words

PAGES = 3
LOOKED_AT = 24  # pages of a work, where the best are lists of sources
TRIED = 4  # pieces of a page
EXPANSIONS = 50

Evidence = list[tuple[float, Places]]
"""For each word asked for, how rare it is and where it stands in the bodies of some works."""


def excerpts(
    evaluation: Evaluation, tree: Node, numbers: Sequence[int]
) -> dict[int, tuple[Excerpt, ...]]:
    """Work → at most PAGES excerpts, the best page first."""
    bodies = Bodies(evaluation, distinct(np.array(numbers, np.int32)))
    evidence = _evidence(evaluation, tree, bodies)
    if not evidence:
        return {}
    layout = evaluation.state.layout(bodies.numbers)
    texts = _Texts(evaluation, layout)
    best = _Found(evidence, layout).best(texts.prose)
    cutting = _Cutting(evaluation, tree, bodies, layout, best, texts)
    return {number: tuple(map(cutting.excerpt, own)) for number, own in best.items()}


def languages(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> frozenset[str]:
    """The languages of those of these works that say what is asked for; of one in several, that of
    the pages that answer best."""
    among, asked = distinct(np.array(numbers, np.int32)), words(tree)
    saying: set[int] = set()
    for leaf in dict.fromkeys(asked):
        if not leaf.field and matching.is_telling(leaf, asked, evaluation.languages):
            saying.update(evaluation.held(leaf).among(among).tolist())
    alone = {number: evaluation.state.languages_of(number) for number in sorted(saying)}
    certain = {language for own in alone.values() if len(own) == 1 for language in own}
    several = [number for number, own in alone.items() if len(own) > 1]
    return frozenset({*certain, *_answering(evaluation, tree, several)} - {""})


def _answering(evaluation: Evaluation, tree: Node, numbers: Sequence[int]) -> set[str]:
    """The languages in which works of several answer best."""
    if not numbers:
        return set()
    bodies = Bodies(evaluation, distinct(np.array(numbers, np.int32)))
    evidence = _evidence(evaluation, tree, bodies)
    if not evidence:
        return set()
    layout = evaluation.state.layout(bodies.numbers)
    counted = np.zeros(len(layout.rows))  # of each page
    for rarity, places in evidence:
        pages = layout.pages[layout.pieces(places)]
        counted += rarity * np.bincount(pages, minlength=len(counted))
    weight: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for page in np.flatnonzero(counted).tolist():
        number, (_, language, _) = layout.of(page), layout.rows[page]
        weight[number][language] += float(counted[page])
    return {max(own, key=lambda language: own[language]) for own in weight.values()}


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
    saying = distinct(np.concatenate([works_at(places) for _, places in evidence]))
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


class _Texts:
    """The texts of pieces of a layout, each read once."""

    def __init__(self, evaluation: Evaluation, layout: Layout) -> None:
        self._state = evaluation.state
        self._layout = layout
        self._known: dict[int, str] = {}

    def of(self, piece: int) -> str:
        text = self._known.get(piece)
        if text is None:
            number = int(self._layout.starts[piece]) >> WORK
            text = self._state.piece(number, piece - self._layout.first[number])
            self._known[piece] = text
        return text

    def prose(self, piece: int) -> float:
        """How far it is running text."""
        number = int(self._layout.starts[piece]) >> WORK
        return self._state.prose(number, piece - self._layout.first[number])


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

    def best(self, prose: Callable[[int], float]) -> dict[int, list[Shown]]:
        """Work → its best pages, at most PAGES, each with its best piece; `prose` tells how far a
        piece is running text."""
        layout = self._layout
        pieces = np.flatnonzero(self._pieces)
        pages = layout.pages[pieces]
        works = works_at(layout.starts[pieces])
        # The best piece of each page first; the first of those that are as good.
        order = np.lexsort((pieces, -self._pieces[pieces], pages))
        pieces, pages, works = pieces[order], pages[order], works[order]
        edges = np.flatnonzero(np.concatenate(([True], pages[1:] != pages[:-1]))[: len(pages)])
        ends = np.append(edges[1:], len(pieces))
        # Of each work its best page first.
        order = np.lexsort((pieces[edges], -self._pages[pages[edges]], works[edges]))
        by_work: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, first, end in zip(
            works[edges[order]].tolist(),
            edges[order].tolist(),
            ends[order].tolist(),
            strict=True,
        ):
            by_work[number].append((first, end))
        found: dict[int, list[Shown]] = {}
        for number, own in by_work.items():
            found[number] = [
                Shown(number, layout.rows[layout.pages[at]], at - layout.first[number], at)
                for at in self._chosen(pieces, own, prose)
            ]
        return found

    def _chosen(
        self,
        pieces: npt.NDArray[np.int64],
        pages: Sequence[tuple[int, int]],
        prose: Callable[[int], float],
    ) -> list[int]:
        """The best pieces of the best pages of a work. `pages`, the best first, say which of
        `pieces` are theirs. A piece that is a list of sources or contents counts for less, and so
        does a page that has nothing better; only those that might be shown are looked at."""
        looked: list[tuple[float, int, int]] = []  # what a page counts, its place, its best piece
        for place, (first, end) in enumerate(pages[:LOOKED_AT]):
            own = pieces[first:end].tolist()
            whole = float(self._pages[self._layout.pages[own[0]]])
            if len(looked) >= PAGES and sorted(looked)[PAGES - 1][0] <= -whole:
                break
            best, worth = own[0], 0.0
            for piece in own[:TRIED]:
                said = float(self._pieces[piece])
                if said <= worth:
                    break
                if (counts := said * prose(piece)) > worth:
                    best, worth = piece, counts
            looked.append((-whole * worth / float(self._pieces[own[0]]), place, best))
        return [piece for _, _, piece in sorted(looked)[:PAGES]]


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
        texts: _Texts,
    ) -> None:
        self._texts = texts
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
        text = self._texts.of(shown.at)
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
