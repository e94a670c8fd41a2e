"""Facets, by bit sets: what each chosen value leaves, and how many works every other would give."""

from __future__ import annotations

from collections.abc import Mapping

from index.answering.state import State
from index.fields import FACET, FACETS
from index.query import Query


class Choices:
    """The chosen values and years of one query, as bit sets."""

    def __init__(self, state: State, query: Query) -> None:
        self.state = state
        self.sets = {
            facet: self._chosen(facet, values)
            for facet, values in query.chosen.items()
            if facet in FACET and values
        }
        self.years = state.everything
        if query.years:
            self.years = 0
            for year, bits in state.years.items():
                if year in query.years:
                    self.years |= bits

    def narrow(self, matched: int, without: str = "") -> int:
        """What the choices leave of `matched`; without the facet, or "year", of that name."""
        if without != "year":
            matched &= self.years
        for facet, bits in self.sets.items():
            if facet != without:
                matched &= bits
        return matched

    def counts(self, matched: int) -> Mapping[str, Mapping[str, int]]:
        """Facet → value → works, as results.Results says."""
        counted: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            base = self.narrow(matched, facet.name if facet.operator == "any" else "")
            counted[facet.name] = _count(base, self.state.labels.get(facet.name, {}))
        base = self.narrow(matched, "year")
        counted["year"] = _count(base, {str(y): b for y, b in sorted(self.state.years.items())})
        return counted

    def _chosen(self, facet: str, values: frozenset[str]) -> int:
        labels = self.state.labels.get(facet, {})
        chosen = [labels.get(value, 0) for value in values]
        if FACET[facet].operator == "all":
            bits = self.state.everything
            for one in chosen:
                bits &= one
            return bits
        bits = 0
        for one in chosen:
            bits |= one
        return bits


def _count(base: int, values: Mapping[str, int]) -> dict[str, int]:
    return {value: count for value, bits in values.items() if (count := (base & bits).bit_count())}
