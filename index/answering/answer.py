"""A whole question answered from one state of an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice
from operator import or_

import numpy as np

from index.answering import budget, labels, pages, proximity, ranking, spelling, synonyms
from index.answering.evaluation import Evaluation
from index.answering.facet_counts import Choices
from index.answering.state import Array, State, Work, mask_of, numbers_of
from index.fields import LIFT
from index.query import Everything, Query
from index.results import Hit, Results
from index.text.syntax import loosened

Values = Mapping[str, frozenset[str]]  # by facet

CLOSE = 0.25
"""A work that holds no word of the question is shown when what was learned says so much for it; the
most it can say is 1.6. Chosen on adi, where one work that answers shares no word with its question
and lies below 0.3; with less, nothing more is found there."""

ELSEWHERE = 10  # so many of them at most
ANSWERING = 10  # the pages of so many of the best works tell what language was asked in


def answer(state: State, languages: Sequence[str], query: Query) -> Results:
    """What is found, how it can be narrowed, and what may have been meant."""
    evaluation = Evaluation(state, languages, query.apart)
    choices = Choices(state, query)
    typed = query.tree
    tree, left_out = budget.affordable(evaluation, evaluation.planned(typed))
    query = replace(query, tree=tree)
    matched = evaluation.matched(query.tree)
    granted: Values = {}
    if query.wished:
        query, granted = _granted(state, query, choices.narrow(matched))
        choices = Choices(state, query)
    left = choices.narrow(matched)
    total = left.bit_count()
    partial = evaluation.partial
    if query.size < 1:  # only counted
        return Results(
            total,
            counts=choices.counts(matched),
            partial=bool(total) and partial,
            granted=granted,
            left_out=left_out,
        )
    suggestion = spelling.suggestion(evaluation, typed, matched)
    if not matched:
        # For what holds some of the words.
        tree, left_out = budget.affordable(evaluation, evaluation.planned(loosened(typed)))
        query = replace(query, tree=tree)
    order = _Order(evaluation, query, left)
    hits = order.hits()
    rest = choices.narrow(evaluation.allowed(query.tree)) & ~matched
    more: tuple[Hit, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    if query.beyond and query.sort == "relevance":
        more, elsewhere = order.beyond(rest, total)
    return Results(
        total,
        hits,
        choices.counts(matched),
        suggestion,
        bool(total) and partial,
        synonyms.looked_for(evaluation, query.tree),
        more,
        elsewhere,
        granted,
        left_out,
    )


def _granted(state: State, query: Query, left: int) -> tuple[Query, Values]:
    """A question whose wishes narrow it where they leave something, and lift where not; and those
    that narrow. left: the works there are without them."""
    granted: dict[str, frozenset[str]] = {}
    lifted = dict(query.lifted)
    for facet, values in query.wished.items():
        sets = state.labels.get(facet, {})
        bits = reduce(or_, (sets.get(value, 0) for value in values), 0)
        if left & bits and facet not in query.chosen:
            granted[facet] = values
            left &= bits
        else:
            lifted[facet] = lifted.get(facet, frozenset()) | values
    return replace(query, chosen={**query.chosen, **granted}, lifted=lifted), granted


class _Order:
    """Works in the order a question asks for, and pages of them."""

    def __init__(self, evaluation: Evaluation, query: Query, left: int) -> None:
        self.evaluation = evaluation
        self.works = evaluation.state.works
        self.query = query
        self.size = max(query.size, 0)
        self.first = (max(query.page, 1) - 1) * self.size
        self.numbers = numbers_of(left)
        self.asks = query.tree != Everything()
        self.words = np.zeros(len(self.works), np.float32)
        self.scores: Array = self.words
        self.learned: Array = self.words
        if query.sort == "title":
            self.numbers.sort(key=lambda n: (self.works[n].title, self.works[n].id))
        elif query.sort == "newest" or not self.asks:
            self.numbers.sort(key=lambda n: _newest(self.works[n]))
        else:
            self._rank()

    def hits(self) -> tuple[Hit, ...]:
        """The page that is asked for."""
        return self._shown(self.numbers[self.first : self.first + self.size])

    def beyond(self, rest: int, total: int) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
        """Of works that do not answer as was asked: those that hold some of the words, words
        like them, or lie close in meaning, to fill the last page; and, on the first page, those
        close in meaning that are in other languages than the question.
        """
        room = self.first + self.size - max(total, self.first)
        opening = self.query.page <= 1
        if not self.asks or not self.size or not (room > 0 or opening):
            return (), ()
        fitting = (self.words > 0) | (self.learned >= CLOSE)
        others = self._sorted([number for number in numbers_of(rest) if fitting[number]])
        elsewhere = self._elsewhere(others) if opening else []
        return (
            self._shown([n for n in others if n not in elsewhere][: max(room, 0)]),
            self._shown(elsewhere),
        )

    def _elsewhere(self, others: Sequence[int]) -> list[int]:
        evaluation, tree = self.evaluation, self.query.tree
        best = np.argsort(-self.words, kind="stable")[:ANSWERING]
        asked = pages.languages(evaluation, tree, [n for n in best.tolist() if self.words[n] > 0])
        close = (n for n in others if self.learned[n] >= CLOSE and self._is_foreign(n, asked))
        return list(islice(close, ELSEWHERE))

    def _rank(self) -> None:
        evaluation, tree = self.evaluation, self.query.tree
        self.words = evaluation.scores(tree)
        best = np.argsort(-self.words, kind="stable")[: proximity.AMONG]
        among = dict.fromkeys(n for n in best.tolist() if self.words[n] > 0)
        ours = sorted(self.numbers, key=lambda n: -self.words[n])[: proximity.AMONG]
        among |= dict.fromkeys(ours)
        added, repeated = proximity.added(evaluation, tree, list(among), self.words)
        self.words *= proximity.BOTH  # of all works, also those that are not looked at closely
        for number, more in added.items():
            self.words[number] += more
        self.scores, self.learned = ranking.blended(
            evaluation.state, evaluation.languages, tree, self.words, repeated
        )
        self.scores = self.scores * self._lift()
        self.numbers = self._sorted(self.numbers)

    def _lift(self) -> Array:
        """For each work, by how much it is lifted."""
        gained = np.ones(len(self.works), np.float32)
        for facet, values in self.query.lifted.items():
            for value in values:
                bits = self.evaluation.state.labels.get(facet, {}).get(value, 0)
                gained[mask_of(bits, len(self.works))] += LIFT
        return gained

    def _sorted(self, numbers: Sequence[int]) -> list[int]:
        behind = labels.filed(self.evaluation, self.query.tree)

        def best(number: int) -> tuple[int, float, int, int, str]:
            score = -round(float(self.scores[number]), 6)
            return (behind >> number & 1, score, *_newest(self.works[number]))

        return sorted(numbers, key=best)

    def _is_foreign(self, number: int, asked: frozenset[str]) -> bool:
        languages = self.works[number].labels.get("language", ())
        return bool(languages) and asked.isdisjoint(languages)

    def _shown(self, numbers: Sequence[int]) -> tuple[Hit, ...]:
        tree = self.query.tree
        excerpts = pages.excerpts(self.evaluation, tree, numbers) if self.query.excerpts else {}
        return tuple(
            Hit(
                self.works[number].id,
                round(float(self.scores[number]), 6),
                excerpts.get(number, ()),
                labels.labels(self.evaluation, tree, number),
            )
            for number in numbers
        )


def _newest(work: Work) -> tuple[int, int, str]:
    """Newest first; without a year last; then the last added, then by id."""
    return (-work.year if work.year is not None else 1 << 30, -work.added, work.id)
