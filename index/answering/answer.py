"""A whole question answered from one state of an index, or by what a server tells of it.

An embedded engine has a state of all works. A server finds, counts, narrows and sorts, and gives
candidates: sets of works are questions to it, and the closer look is at a state of the candidates.
What is done for a question is the same; `Asking` is what differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Protocol

import numpy as np

from index.answering import budget, labels, pages, proximity, ranking, spelling, synonyms
from index.answering.evaluation import Evaluation
from index.answering.facet_counts import Choices
from index.answering.facts import Ints
from index.answering.state import Array, State, mask_of, numbers_of
from index.columns.arrays import distinct
from index.fields import LIFT
from index.query import Everything, Query, once
from index.results import Hit, Results
from index.text.syntax import loosened

Values = Mapping[str, frozenset[str]]  # by facet

CLOSE = 0.25
"""A work that holds no word of the question is shown when what was learned says so much for it; the
most it can say is 1.6. Chosen on adi, where one work that answers shares no word with its question
and lies below 0.3; with less, nothing more is found there."""

ELSEWHERE = 10  # so many of them at most
BEHIND = 1000.0  # more than any score
ANSWERING = 10  # the pages of so many of the best works tell what language was asked in


class Ordering(Protocol):
    """Works in the order a question asks for."""

    def beyond(self, rest: int, total: int) -> tuple[Sequence[int], Sequence[int]]:
        """Works that do not answer as was asked: to fill the page, and in other languages."""
        ...

    def hits(self) -> Sequence[int]:
        """The page that is asked for; asked after `beyond`."""
        ...

    def shown(self, *several: Sequence[int]) -> Sequence[tuple[Hit, ...]]:
        """Works as they are shown, each of the sequences apart."""
        ...


class Asking(Protocol):
    """What one question is answered with."""

    state: State

    def evaluation(self, apart: int) -> Evaluation: ...

    def choices(self, query: Query) -> Choices: ...

    def foresee(self, evaluation: Evaluation, choices: Choices, query: Query, matched: int) -> None:
        """Told of what is going to be asked, so that a server can be asked for it at once."""
        ...

    def order(self, evaluation: Evaluation, query: Query, left: int) -> Ordering: ...


class _OfAll:
    """A state of all works at hand."""

    def __init__(self, state: State, languages: Sequence[str]) -> None:
        self.state = state
        self._languages = languages

    def evaluation(self, apart: int) -> Evaluation:
        return Evaluation(self.state, self._languages, apart)

    def choices(self, query: Query) -> Choices:
        return Choices(self.state, query)

    def foresee(self, evaluation: Evaluation, choices: Choices, query: Query, matched: int) -> None:
        """All is at hand."""

    def order(self, evaluation: Evaluation, query: Query, left: int) -> Ordering:
        return Order(evaluation, query, left)


def answer(state: State, languages: Sequence[str], query: Query) -> Results:
    """What is found, how it can be narrowed, and what may have been meant."""
    return answered(_OfAll(state, languages), query)


def answered(asking: Asking, query: Query) -> Results:
    """The same, by whatever tells which works there are."""
    state = asking.state
    evaluation = asking.evaluation(query.apart)
    choices = asking.choices(query)
    typed = query.tree
    tree, left_out = budget.affordable(evaluation, evaluation.planned(typed))
    query = replace(query, tree=tree)
    matched = evaluation.matched(query.tree)
    granted: Values = {}
    if query.wished:
        query, granted = _granted(state, query, choices.narrow(matched))
        choices = asking.choices(query)
    asking.foresee(evaluation, choices, query, matched)
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
    order = asking.order(evaluation, query, left)
    rest = beside(evaluation, choices, query, matched)
    more, elsewhere = order.beyond(rest, total)
    hits, others, foreign = order.shown(order.hits(), more, elsewhere)
    return Results(
        total,
        hits,
        choices.counts(matched),
        suggestion,
        bool(total) and partial,
        synonyms.looked_for(evaluation, query.tree),
        others,
        foreign,
        granted,
        left_out,
    )


def beside(evaluation: Evaluation, choices: Choices, query: Query, matched: int) -> int:
    """The works that do not answer as was asked, and that nothing asked leaves out."""
    return choices.narrow(evaluation.allowed(query.tree)) & ~matched


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


class Order:
    """Works in the order a question asks for, and pages of them."""

    def __init__(self, evaluation: Evaluation, query: Query, left: int) -> None:
        self.evaluation = evaluation
        self.state = evaluation.state
        self.facts = evaluation.state.facts
        self.query = query
        self.size = max(query.size, 0)
        self.first = (max(query.page, 1) - 1) * self.size
        self.numbers = numbers_of(left)
        self.asks = query.tree != Everything()
        self.words = np.zeros(self.state.size, np.float32)
        self.scores: Array = self.words
        self.learned: Array = self.words
        self.ranked = False  # whether `numbers` are still to be put in the order of `scores`
        if query.sort == "title":
            self.numbers = self.numbers[np.argsort(self.facts.by_title[self.numbers])]
        elif query.sort == "newest" or not self.asks:
            self.numbers = self.numbers[np.argsort(self.facts.by_newest[self.numbers])]
        else:
            self._rank()

    def hits(self) -> list[int]:
        """The page that is asked for."""
        if self.ranked:
            return self._first(self.numbers, self.first + self.size)[self.first :]
        page: list[int] = self.numbers[self.first : self.first + self.size].tolist()
        return page

    def beyond(self, rest: int, total: int) -> tuple[list[int], list[int]]:
        """Of works that do not answer as was asked: those that hold some of the words, words
        like them, or lie close in meaning, to fill the last page; and, on the first page, those
        close in meaning that are in other languages than the question.
        """
        query = self.query
        room = self.first + self.size - max(total, self.first)
        opening = query.page <= 1
        if not self.asks or not self.size or not (room > 0 or opening):
            return [], []
        if not query.beyond or query.sort != "relevance":
            return [], []
        others = numbers_of(rest)
        fitting = (self.words[others] > 0) | (self.learned[others] >= CLOSE)
        others = others[fitting]
        elsewhere = self._elsewhere(others) if opening else []
        more: list[int] = []
        if room > 0:
            left_out = set(elsewhere)
            best = self._first(others, room + len(elsewhere))
            more = [number for number in best if number not in left_out][:room]
        return more, elsewhere

    def _elsewhere(self, others: Ints) -> list[int]:
        evaluation, tree = self.evaluation, self.query.tree
        close = others[self.learned[others] >= CLOSE]
        if not len(close):
            return []
        asked = pages.languages(evaluation, tree, _best(self.words, ANSWERING).tolist())
        spoken = self.state.labels.get("language", {})
        said = reduce(or_, spoken.values(), 0)
        ours = reduce(or_, (spoken.get(language, 0) for language in asked), 0)
        return self._first(close[mask_of(said & ~ours, self.state.size)[close]], ELSEWHERE)

    def _rank(self) -> None:
        evaluation, tree = self.evaluation, self.query.tree
        self.words = evaluation.scores(tree)
        ours = _best(self.words[self.numbers], proximity.AMONG, least=False)
        among = distinct(
            np.concatenate((_best(self.words, proximity.AMONG), self.numbers[ours]))
        ).astype(np.int32)
        added, repeated = proximity.added(evaluation, tree, among, self.words)
        self.words *= proximity.BOTH  # of all works, also those that are not looked at closely
        self.words[among] += added.astype(np.float32)
        self.scores, self.learned = ranking.blended(
            self.state, evaluation.languages, tree, self.words, repeated
        )
        if self.query.lifted:
            self.scores = self.scores * self._lift()
        self.ranked = True

    def _lift(self) -> Array:
        """For each work, by how much it is lifted."""
        gained = np.ones(self.state.size, np.float32)
        for facet, values in self.query.lifted.items():
            for value in values:
                bits = self.state.labels.get(facet, {}).get(value, 0)
                gained[mask_of(bits, self.state.size)] += LIFT
        return gained

    def _first(self, numbers: Ints, count: int) -> list[int]:
        """The best so many of these, the best first; those that are only filed under what is asked
        come behind."""
        weights = np.round(self.scores[numbers].astype(np.float64), 6)
        if behind := labels.filed(self.evaluation, self.query.tree):
            weights[mask_of(behind, self.state.size)[numbers]] -= BEHIND
        if 0 < count < len(numbers):
            chosen = np.flatnonzero(weights >= np.partition(weights, -count)[-count])
            numbers, weights = numbers[chosen], weights[chosen]
        order = np.lexsort((self.facts.by_newest[numbers], -weights))[:count]
        best: list[int] = numbers[order].tolist()
        return best

    def shown(self, *several: Sequence[int]) -> list[tuple[Hit, ...]]:
        """Works as they are shown, each of the sequences apart."""
        tree = once(self.query.tree)  # for ranking it counts how often a word was typed
        every = [number for numbers in several for number in numbers]
        excerpts = {}
        if every and self.query.excerpts:
            excerpts = pages.excerpts(self.evaluation, tree, every)
        return [
            tuple(
                Hit(
                    self.facts.ids[number],
                    round(float(self.scores[number]), 6),
                    excerpts.get(number, ()),
                    labels.labels(self.evaluation, tree, number),
                )
                for number in numbers
            )
            for numbers in several
        ]


def _best(scores: Array, count: int, *, least: bool = True) -> Ints:
    """The numbers of the best scores, of equals the first; least: only those above 0."""
    if len(scores) > 4 * count:
        edge = np.partition(scores, -count)[-count]
        above = np.flatnonzero(scores > edge)
        equal = np.flatnonzero(scores == edge)[: count - len(above)]
        at = np.sort(np.concatenate((above, equal)))
    else:
        at = np.arange(len(scores))
    at = at[np.argsort(-scores[at], kind="stable")][:count]
    return at[scores[at] > 0] if least else at
