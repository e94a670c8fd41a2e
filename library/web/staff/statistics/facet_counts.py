"""What is held under each value of a facet, and under two at once: as searching counts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.fields import FACET, FILED, NOT_STATED
from library.catalogue import Catalogue
from library.catalogue.statistics import holdings
from library.catalogue.statistics.holdings import Pair
from library.core.resource import LISTED, Status
from library.vocabularies import Vocabularies

Values = Mapping[str, frozenset[str]]  # value → the resources that have it

IN_ORDER = tuple(facet for facet in FILED if not FACET[facet].nested)
"""The facets of which every value is worth showing."""


@dataclass(frozen=True, slots=True)
class Table:
    """Two facets against each other: which values there are, and how many have both."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    both: Mapping[tuple[str, str], int]
    whole: Mapping[str, int]  # of each row, in whatever column


def held(catalogue: Catalogue, words: Vocabularies, facet: str, *, published: bool) -> Values:
    """The resources under each value. Those that have none are under NOT_STATED.

    A narrower concept counts under those above it too, as in the index.
    """
    among = LISTED if published and facet != "status" else frozenset(Status)
    with catalogue.snapshot() as snapshot:
        whole = snapshot.ask(holdings.of_status, among)
        pairs = snapshot.ask(holdings.pairs, facet)
    return _values(whole, pairs, words, facet)


def table(catalogue: Catalogue, words: Vocabularies, pair: str, spoken: tuple[str, ...]) -> Table:
    """The published works under each two values. spoken: languages that always have a column."""
    one, other = pair.split("-")
    rows = held(catalogue, words, one, published=True)
    columns = held(catalogue, words, other, published=True)
    first = [*words.order(one), *sorted(set(rows) - set(words.order(one)))]
    second = _columns(columns, words, other, spoken)
    return Table(
        rows=tuple(first),
        columns=tuple(second),
        both={
            (row, column): len(rows.get(row, frozenset()) & columns.get(column, frozenset()))
            for row in first
            for column in second
        },
        whole={row: len(rows.get(row, frozenset())) for row in first},
    )


def listed(values: Values, words: Vocabularies, facet: str) -> list[tuple[str, int]]:
    """The values to show, the fullest first; years and statuses in their order; zeros too, where
    a vocabulary is short enough to ask what is missing.
    """
    counts = {value: len(resources) for value, resources in values.items()}
    if facet == "year":
        return sorted(counts.items(), key=lambda entry: (entry[0] == NOT_STATED, entry[0]))
    if facet == "status":
        return [(status, counts.get(status, 0)) for status in Status]
    if facet in IN_ORDER:
        counts = {**dict.fromkeys(words.order(facet), 0), **counts}
    return sorted(counts.items(), key=lambda entry: (entry[0] == NOT_STATED, -entry[1], entry[0]))


def _columns(
    columns: Values, words: Vocabularies, facet: str, spoken: tuple[str, ...]
) -> list[str]:
    if facet == "language":
        others = {value for value in columns if value not in (*spoken, NOT_STATED)}
        fullest = sorted(others, key=lambda column: (-len(columns[column]), column))
        return [*spoken, *fullest, *([NOT_STATED] if columns.get(NOT_STATED) else [])]
    known = words.order(facet)
    return [*known, *sorted(set(columns) - set(known))]


def _values(
    whole: frozenset[str], pairs: list[Pair], words: Vocabularies, facet: str
) -> dict[str, frozenset[str]]:
    by_value: dict[str, set[str]] = {}
    above: dict[str, tuple[str, ...]] = {}  # worked out once for each value
    stated: set[str] = set()
    for resource, value in pairs:
        if resource not in whole:
            continue
        if value not in above:
            above[value] = words.expand(facet, [value]) or (value,)
        stated.add(resource)
        for broader in above[value]:
            by_value.setdefault(broader, set()).add(resource)
    unsaid = whole - stated
    if unsaid:
        by_value[NOT_STATED] = set(unsaid)
    return {value: frozenset(resources) for value, resources in by_value.items()}
