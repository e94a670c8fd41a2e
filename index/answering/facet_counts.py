"""Facets, by bit sets: what each chosen value leaves, and how many works every other would give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from weakref import WeakKeyDictionary

from index.answering.state import State
from index.fields import NARROWING, NOT_STATED, YEAR
from index.query import Query, Years

Values = Mapping[str, int]  # value → the works that have it
Label = tuple[str, str]  # facet, value

_known: WeakKeyDictionary[State, Mapping[str, Values]] = WeakKeyDictionary()


class Choices:
    """What narrows one query, as bit sets: for each facet, and for the year."""

    def __init__(self, state: State, query: Query) -> None:
        self.everything = state.everything
        self.values = self._values(state)
        self.chosen = {
            name: self._chosen(name, values)
            for name, values in query.chosen.items()
            if name in NARROWING and values
        }
        if query.years:
            span = self._span(state, query.years)
            self.chosen[YEAR.name] = self.chosen.get(YEAR.name, 0) | span
        self.without = {
            (name, value): self.values[name].get(value, 0)
            for name, values in query.without.items()
            if name in NARROWING
            for value in values
        }

    def narrow(self, matched: int, *, besides: str = "", letting: Label | None = None) -> int:
        """What is left of `matched`; besides the choices of one facet, letting one value in."""
        for name, bits in self.chosen.items():
            if name != besides:
                matched &= bits
        for label, bits in self.without.items():
            if label != letting:
                matched &= ~bits
        return matched

    def counts(self, matched: int) -> Mapping[str, Mapping[str, int]]:
        """Facet → value → works, as results.Results says."""
        counted: dict[str, dict[str, int]] = {}
        for name, facet in NARROWING.items():
            base = self.narrow(matched, besides=name if facet.operator == "any" else "")
            counted[name] = {
                value: count
                for value, bits in self.values[name].items()
                if (count := (base & bits).bit_count())
            }
        for (name, value), bits in self.without.items():
            more = self.narrow(matched, letting=(name, value)) & bits
            if more:
                counted[name][value] = more.bit_count()
        return counted

    def _values(self, state: State) -> Mapping[str, Values]:
        return _known.get(state) or _learn(state)

    def _span(self, state: State, years: Years) -> int:
        return _any(bits for year, bits in state.years.items() if year in years)

    def _chosen(self, name: str, values: frozenset[str]) -> int:
        chosen = [self.values[name].get(value, 0) for value in values]
        if NARROWING[name].operator == "any":
            return _any(chosen)
        return reduce(lambda left, bits: left & bits, chosen, self.everything)


def _learn(state: State) -> Mapping[str, Values]:
    """Facet → its values; a state never changes, so it is asked once."""
    _known[state] = values = {name: _values(state, name) for name in NARROWING}
    return values


def _values(state: State, name: str) -> Values:
    """The works under each value of a facet, or of each year, and those under none."""
    values: Values
    if name == YEAR.name:
        values = {str(year): bits for year, bits in sorted(state.years.items())}
    else:
        values = state.labels.get(name, {})
    return {**values, NOT_STATED: state.everything & ~_any(values.values())}


def _any(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)
