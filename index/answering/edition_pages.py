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
from index.results import PageMatches, Span
from index.text import matching
from index.text.excerpts import excerpt
from index.text.syntax import words

Stretch = tuple[int, int]  # first and last position, in words of the body


def matches(
    evaluation: Evaluation, number: int, edition: str, tree: Node, first: int, limit: int
) -> tuple[PageMatches, ...]:
    """The pages of an edition that hold the most of the words asked for, in order.

    `limit` of them, from the `first` on, have an excerpt.
    """
    tree = evaluation.planned(tree)
    layout = evaluation.state.layout(np.array([number], np.int32))
    starts = positions_at(layout.starts).tolist()
    standing, asked = _standing(evaluation, number, tree)
    found: dict[int, list[Stretch]] = defaultdict(list)
    leaves: dict[int, set[int]] = defaultdict(set)
    pieces: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for leaf, stretches in standing.items():
        for start, end in stretches:
            piece = bisect_right(starts, start) - 1
            of, _, page = layout.rows[layout.pages[piece]]
            if of == edition:
                found[page].append((start, end))
                leaves[page].add(leaf)
                pieces[page][piece].add(leaf)
    most = max(map(len, leaves.values()), default=0)
    enough = min(most, asked)
    made = []
    for place, page in enumerate(sorted(page for page in found if len(leaves[page]) >= enough)):
        text: str = ""
        spans: tuple[Span, ...] = ()
        if first <= place < first + limit:
            best = min(pieces[page], key=lambda piece: (-len(pieces[page][piece]), piece))
            spoken = stemming(layout.rows[layout.pages[best]][1], evaluation.languages)
            text, spans = excerpt(
                evaluation.state.piece(number, best), tree, (spoken,) if spoken else ()
            )
        made.append(PageMatches(page, _apart(found[page]), text, spans))
    return tuple(made)


def _standing(
    evaluation: Evaluation, number: int, tree: Node
) -> tuple[Mapping[int, Sequence[Stretch]], int]:
    """For each leaf, where in the body of a work it stands; and how many leaves were asked for."""
    asked = words(tree)
    telling = [
        leaf
        for leaf in dict.fromkeys(asked)
        if not leaf.field and matching.is_telling(leaf, asked, evaluation.languages)
    ]
    stretches: dict[int, list[Stretch]] = {}
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
    return stretches, len(telling)


def _apart(stretches: Sequence[Stretch]) -> int:
    """How many stretches there are once those that overlap are one, as they are when marked."""
    count, last = 0, -1
    for start, end in sorted(stretches, key=lambda stretch: (stretch[0], -stretch[1])):
        if start > last:
            count += 1
        last = max(last, end)
    return count
