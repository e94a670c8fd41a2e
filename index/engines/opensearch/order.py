"""The order of works: the server's, and of the best candidates ours.

The server's score is that of the words by a field in which each stands as often as it weighs
(schema.WEIGHED), and of words side by side. Of the DEPTH best of it the order is as on every
engine, but for what hangs on works that are not among them; from there on it is the server's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

import numpy as np

from index.answering import labels, pieces, proximity, variants
from index.answering.answer import Order
from index.answering.budget import Leaf
from index.answering.evaluation import OFTEN
from index.answering.ranking import asked_words
from index.engines.opensearch import schema
from index.engines.opensearch.asked import Ask, Served, labelled
from index.engines.opensearch.documents import Candidate
from index.engines.opensearch.terms import at_one_place, in_order
from index.engines.opensearch.view import View, whole
from index.engines.opensearch.window import OfWindow, Window
from index.engines.opensearch.works import Clause, Works
from index.fields import ALIKE, EXACT, FILED_WEIGHT, LIFT, NAME_WEIGHT
from index.inversion import SURFACE
from index.query import Everything, Prefix, Query, Word
from index.results import Hit
from index.text import analysis, matching
from index.text.syntax import words

DEPTH = 200
"""So many of the best by the server's score are looked at more closely."""

CLOSEST = 50  # works, by what was learned, that are looked at beside: so many at least
FED = 5  # of the best works, that tell what a question is about
SPARE = 30  # works more than there is room for, which hold some of the words
TOGETHER, MOST = 400, 800  # words that a beginning stands for, by which it is scored
WEIGHING = 250  # clauses that weigh: what is found, and what is not, stand beside them
GAIN = 2.2 * FILED_WEIGHT / (1.2 + FILED_WEIGHT)  # what being filed counts, by its rarity

NEWEST = [{"year": {"order": "desc", "missing": "_last"}}, {"added": "desc"}, {"id": "asc"}]
TITLE = [{"by_title": "asc"}, {"id": "asc"}]


class ServedOrder:
    """Works in the order a question asks for, and pages of them; they are known by a number."""

    def __init__(self, evaluation: Served, query: Query, left: Works, ask: Ask) -> None:
        """ask: who asks the server."""
        self._ask = ask
        self.evaluation = evaluation
        self.view = cast(View, evaluation.view)
        self.query = query
        self.left = left
        self.size = max(query.size, 0)
        self.first = (max(query.page, 1) - 1) * self.size
        self.asks = query.tree != Everything()
        self.ranked = self.asks and query.sort == "relevance"
        self._beyond: list[str] = []  # of the page, works that are behind the candidates
        self._page: list[str] = []
        self._order: Order | None = None
        self._ids: list[str] = []  # works without a place in the window, by numbers behind it

    def foreseen(self, rest: Works) -> Iterator[Mapping[str, Any]]:
        """What is asked for the first page, whatever else is answered."""
        if self.ranked and self.size and self.first < DEPTH:
            yield whole(self._best())
            if self.query.beyond and self.query.page <= 1 and self._wanted:
                yield whole(self._some(rest))

    def _best(self) -> Mapping[str, Any]:
        return {**self._asked(self.left), "size": DEPTH}

    def _some(self, rest: Works) -> Mapping[str, Any]:
        """The best of other works, more than there may be room for."""
        return {**self._asked(rest, some=True), "size": min(self.size + SPARE, DEPTH)}

    def beyond(self, rest: int, total: int) -> tuple[Sequence[int], Sequence[int]]:
        """Brings the candidates; of those that do not answer as was asked, what `Order` says."""
        query = self.query
        room = self.first + self.size - max(total, self.first)
        opening = query.page <= 1
        wanted = bool(self.ranked and query.beyond and self.size and (room > 0 or opening))
        found: list[Candidate] = []
        if self.ranked:
            if total and self.first < DEPTH and self.size:
                found = self.view.found(self._best(), self._ask)
            behind = max(self.first, DEPTH)
            if self.first + self.size > behind and total > behind:
                self._beyond = self._listed(behind, self.first + self.size - behind)
        elif self.size and self.first < total:
            self._page = self._listed(self.first, self.size)
        others: list[Candidate] = []
        if wanted:
            others = self._others(cast(Works, rest), room, found)
        shown = self._page or self._beyond
        known = {one.id for one in (*found, *others)}
        if query.excerpts or len(shown) <= DEPTH:
            pages = self.view.these([id for id in shown[:DEPTH] if id not in known])
        else:
            pages = []
        window = Window(self.view, [*found, *others, *pages])
        asking = OfWindow(window, self.evaluation.languages, self.evaluation.apart)
        self._order = Order(asking, query, (1 << len(found)) - 1)
        others_bits = ((1 << len(others)) - 1) << len(found)
        return self._order.beyond(others_bits, total) if wanted else ([], [])

    def hits(self) -> Sequence[int]:
        order = self._made
        if not self.ranked:
            return [self._number(id) for id in self._page]
        near = order.hits() if self.first < DEPTH and self.size else []
        return [*near, *(self._number(id) for id in self._beyond)]

    def shown(self, *several: Sequence[int]) -> Sequence[tuple[Hit, ...]]:
        order = self._made
        size = order.state.size
        if self.query.excerpts:
            cast(Window, order.state).tell(
                number for numbers in several for number in numbers if number < size
            )
        made = []
        for numbers in several:
            here = iter(order.shown([number for number in numbers if number < size])[0])
            made.append(
                tuple(
                    next(here) if number < size else Hit(self._ids[number - size], 0.0)
                    for number in numbers
                )
            )
        return made

    @property
    def _made(self) -> Order:
        if self._order is None:
            raise LookupError("what is beyond is asked for first")
        return self._order

    def _number(self, id: str) -> int:
        order = self._made
        number = order.state.number(id)
        if number is None:
            self._ids.append(id)
            return order.state.size + len(self._ids) - 1
        return number

    def _others(self, rest: Works, room: int, found: Sequence[Candidate]) -> list[Candidate]:
        """Works beside those that answer, which hold some of the words or lie close."""
        others: list[Candidate] = []
        if self._wanted:  # though there is no room: the best of all tell what a question is about
            others = self.view.found(self._some(rest), self._ask)
        count = min(max(room + SPARE, CLOSEST), DEPTH)
        near = self._close(found or others, count)
        known = {one.id for one in (*found, *others)}
        return others + self.view.these([id for id in near if id not in known], rest)

    def _close(self, best: Sequence[Candidate], count: int) -> list[str]:
        """Works that lie close to what is asked for, or to the works that say it best."""
        lesson = self.view.lesson
        if lesson is None:
            return []
        window = Window(self.view, best[:FED])
        place = np.zeros(lesson.vectors.shape[1], np.float32)
        if window.sense is not None:
            asked = window.sense.query(asked_words(self.evaluation.languages, self.query.tree))
            if asked is not None:
                place += asked / max(float(np.linalg.norm(asked)), 1e-9)
            own = window.sense.vectors
            place += (own / np.maximum(np.linalg.norm(own, axis=1), 1e-9)[:, None]).sum(0) / FED
        if not place.any():
            return []
        return lesson.nearest(place, count)

    # The server's order

    def _listed(self, first: int, count: int) -> list[str]:
        """Identifiers from one place on, however deep."""
        if self.ranked:
            body: dict[str, Any] = self._asked(self.left)
        else:
            by = TITLE if self.query.sort == "title" else NEWEST
            body = {"query": self.left.query, "sort": by}
        body |= {"stored_fields": ["_id"], "track_total_hits": False}
        ids: list[str] = []
        at = 0
        after: list[Any] | None = None
        while at < first + count:
            size = min(schema.DEEPEST, first + count - at)
            more = {"search_after": after} if after else {}
            hits = self.view.ask({**body, **more, "size": size})
            found = hits["hits"]["hits"]
            ids += [hit["_id"] for hit in found[max(0, first - at) :]]
            at += len(found)
            if len(found) < size:
                break
            after = found[-1]["sort"]
        return ids

    def _asked(self, among: Works, *, some: bool = False) -> dict[str, Any]:
        """The best of some works. some: only those that hold any of what is looked for."""
        query: dict[str, Any] = {"bool": {"filter": [among.query], "should": self._wanted}}
        if some:
            query["bool"]["minimum_should_match"] = 1
        lifts = [
            {"filter": labelled(facet, (value,)), "weight": LIFT}
            for facet, values in self.query.lifted.items()
            for value in values
        ]
        functions = [{"field_value_factor": {"field": "trust"}}]
        scored: dict[str, Any] = {
            "function_score": {"query": query, "functions": functions, "boost_mode": "multiply"}
        }
        if lifts:
            scored = {
                "function_score": {
                    "query": scored,
                    "functions": [{"weight": 1.0}, *lifts],
                    "score_mode": "sum",
                    "boost_mode": "multiply",
                }
            }
        body: dict[str, Any] = {"query": scored, "sort": [{"_score": "desc"}, *NEWEST]}
        said = labels.unlabelled(self.query.tree)
        if not some and said != self.query.tree and not self.evaluation.is_long(self.query.tree):
            # Those that are only filed under what is asked come behind.
            beside = type(self.evaluation)(self.view, self.evaluation.languages)
            saying = cast(Works, beside.matched(said)).query
            body["query"] = {
                "bool": {
                    "must": [scored],
                    "should": [{"constant_score": {"filter": saying, "boost": 1000.0}}],
                }
            }
        return body

    @cached_property
    def _wanted(self) -> list[Clause]:
        """What is looked for, with what each of it counts."""
        tree = self.query.tree
        leaves = [*dict.fromkeys(self.evaluation._scored(tree))]
        clauses: list[Clause] = []
        typed = Counter(words(tree))
        beside = pieces.beside(tree)
        for leaf in leaves:
            often = typed.get(leaf, 1) ** OFTEN
            if beside > 1 and not analysis.is_unspaced(leaf.text):
                often *= beside
            clauses += (_boosted(clause, often) for clause in self._scoring(leaf))
        for triple in pieces.triples(tree):
            clauses += self._scoring(triple)
        for run in proximity.runs(tree):
            for left, right in pairwise(run[: proximity.LONGEST]):
                if pieces.is_part(left) and pieces.is_part(right):
                    continue
                clauses += self._side_by_side(left, right)
        for leaf in leaves:  # last: of many, these are left out
            clauses += self._looking_like(leaf)
        return clauses[:WEIGHING]

    def _scoring(self, leaf: Leaf) -> Iterator[Clause]:
        evaluation = self.evaluation
        if isinstance(leaf, Prefix):
            terms = [term for term, _ in evaluation.expansions(leaf)]
            field = schema.LOOKED_UP.get(leaf.field, SURFACE)
            for first in range(0, min(len(terms), MOST), TOGETHER):
                some = at_one_place(terms[first : first + TOGETHER])
                yield {"match": {field: {"query": some}}}
            return
        ways = matching.ways(leaf, evaluation.languages)
        field = leaf.field
        for way in ways:
            if len(way) == 1 and field != schema.AUTHOR:
                asked = {"query": at_one_place(way[0])}
                yield {"match": {field or schema.WEIGHED: asked}}
            else:
                yield {"match_phrase": {field or "body": {"query": in_order(way)}}}
                if not field:
                    yield {"match_phrase": {"title": {"query": in_order(way), "boost": 2.0}}}
        if not isinstance(leaf, Word):
            return
        for together in leaf.together:
            yield from self._scoring(Word(together, leaf.field))
        for slots in self.view.chosen(leaf.names) if leaf.names else ():
            named: dict[str, Any] = {"query": in_order(slots), "boost": NAME_WEIGHT}
            yield {"match_phrase": {"body": named}}
            yield {"match_phrase": {"title": named}}
        if leaf.also:
            rarity = evaluation._rare(self.view.known(("filed", leaf.also)))
            filed = self.view.meant(("filed", leaf.also)).query
            yield _constant(filed, GAIN * rarity)
        if not leaf.field:
            printed = [term for term, _ in self.view.printed(leaf)][:TOGETHER]
            if printed:
                yield {"match": {SURFACE: {"query": at_one_place(printed), "boost": EXACT}}}

    def _looking_like(self, leaf: Leaf) -> Iterator[Clause]:
        alike = ALIKE * self.evaluation.one_language
        if isinstance(leaf, Word) and not leaf.field:
            for term, likeness in variants.lookalikes(self.evaluation, leaf).items():
                own: dict[str, Any] = {"query": at_one_place((term,)), "boost": alike * likeness**2}
                yield {"match": {schema.WEIGHED: own}}

    def _side_by_side(self, left: Word, right: Word) -> Iterator[Clause]:
        ways = [matching.ways(word, self.evaluation.languages)[:1] for word in (left, right)]
        if all(ways):
            order = in_order((*ways[0][0], *ways[1][0]))
            yield {"match_phrase": {"body": {"query": order, "boost": proximity.PAIR / 2}}}
            near = {"query": order, "slop": proximity.WITHIN, "boost": proximity.NEAR / 2}
            yield {"match_phrase": {"body": near}}


def _constant(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": max(float(boost), 1e-6)}}


def _boosted(clause: Clause, times: float) -> Clause:
    """A clause that counts so many times as much."""
    if times == 1:
        return clause
    return {"bool": {"should": [clause], "boost": times}}
