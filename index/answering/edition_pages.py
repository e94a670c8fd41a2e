"""Where in one edition a question is answered: page by page, with how often."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from index.answering import pages, synonyms
from index.answering.evaluation import Evaluation
from index.answering.state import positions_at
from index.inversion import stemming
from index.query import Node, Prefix, Word
from index.results import PageMatches, Place, Span
from index.text import matching, together
from index.text.excerpts import excerpt_of
from index.text.syntax import words


def matches(
    evaluation: Evaluation, number: int, edition: str, tree: Node, first: int, limit: int
) -> tuple[PageMatches, ...]:
    """The pages of an edition where a match begins, in order: where as many of the words asked for
    stand together as anywhere in it.

    `limit` of them, from the `first` on, have an excerpt.
    """
    tree = evaluation.planned(tree)
    layout = evaluation.state.layout(np.array([number], np.int32))
    starts = positions_at(layout.starts).tolist()
    standing = _standing(evaluation, number, tree)
    by_page: dict[int, list[together.Stretch]] = defaultdict(list)
    piece_of: dict[int, int] = {}  # first position of a stretch → the piece it stands in
    for leaf, stretches in standing.items():
        for start, end in stretches:
            piece = bisect_right(starts, start) - 1
            of, _, page = layout.rows[layout.pages[piece]]
            if of == edition:
                by_page[page].append(together.Stretch(start, end, frozenset((leaf,))))
                piece_of[start] = piece
    found = {page: together.merged(by_page[page]) for page in sorted(by_page)}
    enough = max(map(together.most, found.values()), default=0)
    counts: dict[int, int] = {}
    pieces: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for page, here in found.items():
        for begin, last in together.matches(here, enough):
            counts[page] = counts.get(page, 0) + 1
            together_here = (leaf for one in here[begin : last + 1] for leaf in one.leaves)
            pieces[page][piece_of[here[begin].start]].update(together_here)
    made = []
    for place, page in enumerate(counts):
        text: str = ""
        spans: tuple[Span, ...] = ()
        where: Place | None = None
        if first <= place < first + limit:
            best = min(pieces[page], key=lambda piece: (-len(pieces[page][piece]), piece))
            spoken = stemming(layout.rows[layout.pages[best]][1], evaluation.languages)
            words_of = evaluation.state.piece(number, best)
            text, spans, before = excerpt_of(words_of, tree, (spoken,) if spoken else ())
            where = None if before is None else Place(layout.on_page(best), before)
        made.append(PageMatches(page, counts[page], text, spans, where))
    return tuple(made)


def _standing(
    evaluation: Evaluation, number: int, tree: Node
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """For each leaf, where in the body of a work it stands: first and last position, in words."""
    asked = words(tree)
    telling = [
        leaf
        for leaf in dict.fromkeys(asked)
        if not leaf.field and matching.is_telling(leaf, asked, evaluation.languages)
    ]
    stretches: dict[int, list[tuple[int, int]]] = {}
    own = np.array([number], np.int32)
    for place, leaf in enumerate(telling):
        if isinstance(leaf, Prefix):
            wanted: list[matching.Way] = [(pages.stems(evaluation, leaf),)]
        else:
            wanted = [*matching.ways_together(leaf, evaluation.languages)]
        if isinstance(leaf, Word) and leaf.names:
            wanted += synonyms.names_of(evaluation, leaf.names).slots
        stretches[place] = [
            (start, start + len(way) - 1)
            for way in wanted
            for start in positions_at(evaluation.places("body", way, own)).tolist()
        ]
    return stretches
