"""What is asked of an index: a value that knows no engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Field = Literal["", "title", "author"]
Sort = Literal["relevance", "newest", "title"]

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every document: the tree of no words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; the engine analyses it.

    `also` holds labels, as (facet, value), that answer as well as the word does: a work that is
    counted under one of them matches, whatever words it uses. `names` holds other names of what is
    asked for, as (language, words): a text that says one of them matches, and counts for less.
    `written` holds other writings of the same word; `together` what it is with the words beside
    it, which answers where the word itself is not said.
    """

    text: str
    field: Field = ""
    also: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    written: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word's beginning, typed as `organi*`."""

    text: str
    field: Field = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together in this order."""

    text: str
    field: Field = ""


@dataclass(frozen=True, slots=True)
class Not:
    """Leaves out what `node` matches."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Every node must match; a `Not` among them subtracts."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any node may match."""

    nodes: tuple[Node, ...]


Node = Everything | Word | Prefix | Phrase | Not | And | Or


def once(node: Node) -> Node:
    """The same, without what is asked for a second time beside itself: it finds no more, and costs
    as much again wherever an excerpt is cut."""
    match node:
        case Not(inner):
            return Not(once(inner))
        case And(nodes) | Or(nodes):
            different = tuple(dict.fromkeys(map(once, nodes)))
            return different[0] if len(different) == 1 else type(node)(different)
        case _:
            return node


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included; None is open."""

    first: int | None = None
    last: int | None = None

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def __contains__(self, year: object) -> bool:
        if not isinstance(year, int):
            return False
        return (self.first is None or year >= self.first) and (
            self.last is None or year <= self.last
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A whole question: words as a tree, chosen facet values, years, order and page.

    `chosen` and `without` hold values by facet, or by "year"; a work that has one of those in
    `without` is not found, whatever else it has. fields.NOT_STATED is a value like any other.
    Works that have a value in `lifted` come before others that answer as well; they are no fewer.
    `wished` narrows as `chosen` does where that leaves something, and lifts where it does not.
    """

    tree: Node = Everything()
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: Years = Years()
    sort: Sort = "relevance"
    page: int = 1  # counted from 1
    size: int = PAGE_SIZE
    excerpts: bool = True  # whether hits show pages
    beyond: bool = True  # whether works are shown too that do not hold all that was asked
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lifted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wished: Mapping[str, frozenset[str]] = field(default_factory=dict)
    apart: int = 0  # telling words of the question that are not in the tree: they were values

    def has(self, facet: str, value: str) -> bool:
        return value in self.chosen.get(facet, frozenset())

    def toggle(self, facet: str, value: str) -> Query:
        """The same question with `value` asked for in `facet`, or no longer, from page 1."""
        chosen = _with(self.chosen, facet, self.chosen.get(facet, frozenset()) ^ {value})
        without = _with(self.without, facet, self.without.get(facet, frozenset()) - {value})
        return replace(self, chosen=chosen, without=without, page=1)

    def exclude(self, facet: str, value: str) -> Query:
        """The same question without works that have `value`, or with them again, from page 1."""
        chosen = _with(self.chosen, facet, self.chosen.get(facet, frozenset()) - {value})
        without = _with(self.without, facet, self.without.get(facet, frozenset()) ^ {value})
        return replace(self, chosen=chosen, without=without, page=1)


def _with(
    values: Mapping[str, frozenset[str]], facet: str, now: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    kept = {name: chosen for name, chosen in values.items() if name != facet}
    return {**kept, facet: now} if now else kept
