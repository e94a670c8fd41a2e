"""Which works answer a tree, as questions to a server: the same rules as over bit sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

from index.answering import facet_counts, pieces, proximity
from index.answering.evaluation import Evaluation
from index.answering.expansion import plain
from index.answering.facet_counts import Choices
from index.answering.leaves import _is_half
from index.answering.state import Held, State
from index.engines.opensearch import schema
from index.engines.opensearch.terms import in_order, sent
from index.engines.opensearch.works import NOBODY, Clause, Works, either
from index.fields import NARROWING, YEAR
from index.inversion import SURFACE
from index.query import Node, Phrase, Prefix, Query, Word, Years
from index.text import matching
from index.text.query_plan import planned
from index.text.syntax import words

MOST = 400
"""Clauses of a question; a server takes 1,024 in all (`indices.query.bool.max_clause_count`), and
what is found, what is not and what weighs stand in one."""

WRITTEN_OUT = 16  # terms of a list that the server writes out as clauses; of more it looks them up
NEARLY = 1e-5  # a sum of rarities, as a share, that the server's rounding may change


def any_of(field: str, terms: Iterable[str]) -> Clause:
    """Holding any of these terms in a field."""
    distinct = sorted({sent(term) for term in terms})
    return {"terms": {field: distinct}} if distinct else NOBODY


def labelled(facet: str, values: Iterable[str]) -> Clause:
    """Being under any of these values."""
    distinct = sorted(set(values))
    return {"terms": {f"label.{facet}": distinct}} if distinct else NOBODY


def saying(
    ways: Iterable[Sequence[matching.Slot]], fields: Sequence[str] = schema.SPOKEN
) -> Iterator[Clause]:
    """Saying something in any of these ways, in any of these fields."""
    single: dict[str, None] = {}
    for way in ways:
        if len(way) == 1:
            single |= dict.fromkeys(way[0])
        else:
            for field in fields:
                yield {"match_phrase": {field: in_order(way)}}
    if single:
        for field in fields:
            yield any_of(field, single)


def _written_out(clause: Clause) -> int:
    """How many clauses the server makes of one."""
    listed = [len(terms) for terms in clause.get("terms", {}).values()]
    return listed[0] if listed and listed[0] <= WRITTEN_OUT else 1


Ask = Callable[[Mapping[str, Any]], Any]  # a search, and what is answered


class Serving(Protocol):
    """Who asks the server, and remembers what it said."""

    languages: Sequence[str]
    works: int  # of the library
    everything: Works

    @property
    def labels(self) -> Any:
        """Facet → value → the works under it, each by `get`."""
        ...

    def ask(self, body: Mapping[str, Any]) -> Any:
        """What a search among works answers."""
        ...

    def sizes(self, sets: Sequence[Any]) -> list[int]: ...

    def at_once(self, sets: Sequence[Any], bodies: Sequence[Mapping[str, Any]] = ()) -> list[Any]:
        """What searches answer; in the same request, how many works some sets hold."""
        ...

    def meant(self, key: object) -> Works:
        """The works that hold what a key of `State.counted` says."""
        ...

    def to_look_up(self, words: Iterable[Word]) -> Iterable[str]:
        """What is looked up to tell which words look like some."""
        ...

    def of_terms(self, field: str, terms: Iterable[str]) -> Works: ...

    def look_up(self, words: Iterable[str]) -> None: ...

    def chosen(self, names: frozenset[tuple[str, str]]) -> Sequence[tuple[matching.Slot, ...]]: ...


class Found:
    """The works that hold a leaf."""

    __slots__ = ("bits",)

    def __init__(self, bits: Works) -> None:
        self.bits = bits


class Served(Evaluation):
    """One tree against all that a server holds. Sets are `Works`, with the operators of ints."""

    most_mistyped = 12  # each is looked for by itself

    def __init__(
        self, state: Serving | State, languages: Sequence[str] = (), apart: int = 0
    ) -> None:
        self.view = cast("Serving", state)
        super().__init__(cast(State, state), languages or self.view.languages, apart)
        self._counted: dict[Word | Prefix | Phrase, int] = {}

    def planned(self, tree: Node) -> Node:
        """As on any state; what is asked of the server for it, and what its cost is told by, is
        asked at once."""
        wanted: dict[str, None] = {}
        for answer in ({}, {"": 1}):  # what is looked up hangs on what is found

            def noting(folded: str, answer: Mapping[str, int] = answer) -> Mapping[str, int]:
                wanted[folded] = None
                return answer

            planned(tree, self.languages, noting)
        typed = [leaf for leaf in words(tree) if isinstance(leaf, Word)]
        self.view.look_up([*wanted, *self.view.to_look_up(typed)])
        made = super().planned(tree)
        terms = {
            term
            for leaf in words(made)
            if isinstance(leaf, Word | Phrase)
            for way in (*matching.ways(leaf, self.languages), matching.slots(leaf, self.languages))
            for slot in way
            for term in slot
        }
        of_terms = [self.view.of_terms("body", (term,)) for term in sorted(terms)]
        self.view.sizes([*of_terms, *map(self.view.meant, self._telling(made))])
        return made

    def _telling(self, tree: Node) -> Iterable[object]:
        """What tells how rare that is what is looked for, by keys of `State.counted`."""
        keys: dict[object, None] = {}
        for leaf in words(tree):
            keys[leaf] = None
            if isinstance(leaf, Word):
                keys[plain(leaf)] = None
                if leaf.names:
                    keys["names", leaf.names] = None
                if leaf.also:
                    keys["filed", leaf.also] = None
                if not leaf.field:
                    keys |= dict.fromkeys((name, leaf) for name in ("exact", "typed", "alike"))
        for run in proximity.runs(tree):
            keys |= dict.fromkeys(plain(word) for word in run[: proximity.LONGEST])
        keys |= dict.fromkeys(pieces.triples(tree))
        return keys

    def fits(self, leaf: Word | Prefix | Phrase, kept: Iterable[Word | Prefix | Phrase]) -> bool:
        return sum(map(self._parts, (leaf, *kept))) <= MOST

    def _parts(self, leaf: Word | Prefix | Phrase) -> int:
        """How many clauses a leaf is to the server, which writes out short lists of terms."""
        if leaf not in self._counted:
            self._counted[leaf] = sum(map(_written_out, self._clauses(leaf)))
        return self._counted[leaf]

    def held(self, leaf: Word | Prefix | Phrase) -> Held:
        """Only which works they are is known of what is held."""
        return cast(Held, Found(cast(Works, self.matched(leaf))))

    def matched(self, node: Node) -> int:
        if isinstance(node, Word | Prefix | Phrase):
            return cast(int, Works(self.view, (either([*self._clauses(node)]),)))
        return super().matched(node)

    def _clauses(self, leaf: Word | Prefix | Phrase) -> Iterator[Clause]:
        """What any work that holds a leaf meets one of."""
        if isinstance(leaf, Prefix):
            field = schema.LOOKED_UP.get(leaf.field, SURFACE)
            yield any_of(field, (term for term, _ in self.expansions(leaf)))
            return
        ways = matching.ways(leaf, self.languages)
        if not ways:
            return
        if isinstance(leaf, Word) and len(ways[0]) == 1 and _is_half(ways[0][0][0]):
            yield from self._clauses(Prefix(leaf.text, leaf.field))
        else:
            if leaf.field != schema.AUTHOR:
                yield from saying(ways, (leaf.field,) if leaf.field else schema.SPOKEN)
            if leaf.field in ("", schema.AUTHOR):  # names have no stems
                named = [tuple(slot[:1] for slot in way) for way in ways]
                yield from saying(named, (schema.AUTHOR,))
            for text in leaf.together if isinstance(leaf, Word) else ():
                yield from self._clauses(Word(text, leaf.field))
        if isinstance(leaf, Word):
            for facet, value in leaf.also:
                yield labelled(facet, (value,))
            if leaf.names:
                yield from saying(self.view.chosen(leaf.names))

    def _matched_enough(self, nodes: Sequence[Node], counted: Sequence[int], among: int) -> int:
        """The mass of a work is the score that the server gives it."""
        sets = [cast(Works, bits) for bits in counted]
        left = cast(Works, among)
        every = left
        for bits in sets:
            every = every & bits
        masses = [
            {"constant_score": {"filter": bits.query, "boost": self._rare(size)}}
            for bits, size in zip(sets, self.view.sizes(sets), strict=True)
            if size
        ]
        if not masses:
            self.partial = True
            return cast(int, Works(self.view, (NOBODY,)))
        mass = {"bool": {"should": masses, "filter": [left.query], "minimum_should_match": 1}}
        least = 0.0
        bodies = []
        if self.view.works > matching.ENOUGH:
            at = {"from": matching.ENOUGH - 1, "size": 1, "stored_fields": []}
            bodies.append({"query": mass, **at})
        for answer in self.view.at_once([every], bodies):
            hits = answer["hits"]["hits"]
            least = float(hits[0]["_score"]) if hits else 0.0
        if not self.view.sizes([every])[0]:
            self.partial = True
        enough = {"function_score": {"query": mass, "min_score": max(least * (1 - NEARLY), 1e-6)}}
        return cast(int, Works(self.view, (enough,)))


class ServedChoices(Choices):
    """What narrows one query, counted by the server."""

    def __init__(self, view: Serving, query: Query, ask: Ask) -> None:
        """ask: who asks the server."""
        self._view = view
        self._ask = ask
        super().__init__(cast(State, view), query)

    def _values(self, state: State) -> Mapping[str, facet_counts.Values]:
        return {name: cast(Any, self._view.labels.get(name)) for name in NARROWING}

    def _span(self, state: State, years: Years) -> int:
        span = {
            key: year
            for key, year in (("gte", years.first), ("lte", years.last))
            if year is not None
        }
        return cast(int, Works(self._view, ({"range": {YEAR.name: span}},)))

    def _narrowed(self, besides: str = "", letting: facet_counts.Label | None = None) -> Works:
        """Of all works, what is left."""
        every = cast(int, self._view.everything)
        return cast(Works, self.narrow(every, besides=besides, letting=letting))

    def asked(self, matched: int) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """One search that counts all facets; and under what each of them is counted."""
        asked: dict[str, Any] = {}
        bases: dict[str, str] = {}  # of each narrowing, by what it is called
        of: dict[str, str] = {}
        for name, facet in NARROWING.items():
            base = self._narrowed(besides=name if facet.operator == "any" else "")
            called = bases.setdefault(base.key, f"base{len(bases)}")
            own = asked.setdefault(called, {"filter": base.query, "aggs": {}})
            own["aggs"][name] = {"terms": {"field": f"label.{name}", "size": schema.VALUES}}
            of[name] = called
        for number, ((name, value), bits) in enumerate(self.without.items()):
            let_in = self._narrowed(letting=(name, value)) & bits
            asked[f"more{number}"] = {"filter": let_in.query}
        return {"size": 0, "query": cast(Works, matched).query, "aggs": asked}, of

    def counts(self, matched: int) -> Mapping[str, Mapping[str, int]]:
        """All facets in one question."""
        body, of = self.asked(matched)
        answer = self._ask(body)["aggregations"]
        counted = {
            name: {bucket["key"]: bucket["doc_count"] for bucket in answer[called][name]["buckets"]}
            for name, called in of.items()
        }
        for number, (name, value) in enumerate(self.without):
            if more := answer[f"more{number}"]["doc_count"]:
                counted[name][value] = more
        return counted
