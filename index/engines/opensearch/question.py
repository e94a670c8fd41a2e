"""What one question is answered with, where a server tells which works there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from index.answering.answer import beside
from index.answering.evaluation import Evaluation
from index.answering.facet_counts import Choices
from index.answering.state import State
from index.engines.opensearch.asked import Served, ServedChoices
from index.engines.opensearch.order import ServedOrder
from index.engines.opensearch.view import View
from index.engines.opensearch.works import Works
from index.query import Query


class Question:
    """An `Asking` of a view: what it foresees is asked of the server at once."""

    def __init__(self, view: View, languages: Sequence[str]) -> None:
        self.view = view
        self.state = cast(State, view)
        self._languages = languages
        self._answers: dict[str, Any] = {}  # of what was foreseen, by what was asked

    def evaluation(self, apart: int) -> Evaluation:
        return Served(self.view, self._languages, apart)

    def choices(self, query: Query) -> Choices:
        return ServedChoices(self.view, query, self._ask)

    def foresee(self, evaluation: Evaluation, choices: Choices, query: Query, matched: int) -> None:
        """Ask at once how many answer, for the best of them and others, and for all counts."""
        left, rest = choices.narrow(matched), beside(evaluation, choices, query, matched)
        bodies = [cast(ServedChoices, choices).asked(matched)[0]]
        bodies += self.order(evaluation, query, left).foreseen(cast(Works, rest))
        answers = self.view.at_once([matched, left], bodies)
        self._answers = dict(zip(map(_written, bodies), answers, strict=True))

    def order(self, evaluation: Evaluation, query: Query, left: int) -> ServedOrder:
        return ServedOrder(cast(Served, evaluation), query, cast(Works, left), self._ask)

    def _ask(self, body: Mapping[str, Any]) -> Any:
        known = self._answers.get(_written(body))
        return self.view.ask(body) if known is None else known


def _written(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True)
