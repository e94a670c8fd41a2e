"""Values of facets as addresses have them: `topic=wages`, `topic=-wages`, `topic=none`.

A minus stands before a value that is left out; no identifier begins with one. `none` asks for works
of which nothing is stated; no concept may be called so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from index.fields import FACET, NARROWING, NOT_STATED, YEAR
from index.query import Query

LEFT_OUT = "-"

Fault = Literal["value", "both", "year"]
Chosen = Mapping[str, frozenset[str]]


class Values(Protocol):
    """What is needed of the vocabularies."""

    def find(self, facet: str, text: str) -> str | None: ...

    def renamed(self, facet: str, id: str) -> str | None: ...


def narrowing_of(
    given: Mapping[str, list[str]], known: Values
) -> tuple[Chosen, Chosen, list[tuple[Fault, str, str]]]:
    """The values asked for, those left out, and (what, facet, value) for what made no sense.

    A value that is asked for and left out at once is left out.
    """
    chosen: dict[str, frozenset[str]] = {}
    without: dict[str, frozenset[str]] = {}
    faults: list[tuple[Fault, str, str]] = []
    for facet in NARROWING:
        wanted: set[str] = set()
        left_out: set[str] = set()
        for value in given.get(facet, []):
            minus, text = _parted(value)
            id_ = _value(facet, text, known)
            if id_ is None:
                faults.append(("year" if facet == YEAR.name else "value", facet, value))
            else:
                (left_out if minus else wanted).add(id_)
        faults += [("both", facet, id_) for id_ in sorted(wanted & left_out)]
        if wanted - left_out:
            chosen[facet] = frozenset(wanted - left_out)
        if left_out:
            without[facet] = frozenset(left_out)
    return chosen, without, faults


def written(query: Query, facet: str) -> list[str]:
    """What narrows a query in a facet, as addresses have it; the values left out stand last."""
    left_out = sorted(query.without.get(facet, ()))
    return [*sorted(query.chosen.get(facet, ())), *(f"{LEFT_OUT}{value}" for value in left_out)]


def renewed(parameters: Iterable[tuple[str, str]], known: Values) -> list[tuple[str, str]]:
    """The same parameters with each renamed concept under the identifier it has now."""
    return [(name, _renewed(name, value, known)) for name, value in parameters]


def _renewed(name: str, value: str, known: Values) -> str:
    minus, id_ = _parted(value)
    now = known.renamed(name, id_) if name in FACET else None
    return f"{minus}{now}" if now else value


def _value(facet: str, text: str, known: Values) -> str | None:
    """The identifier that is meant; None where there is none such."""
    if text.lower() == NOT_STATED:
        return NOT_STATED
    if facet != YEAR.name:
        return known.find(facet, text)
    plain = text.isdecimal() and len(text) <= 4 and int(text) > 0
    return str(int(text)) if plain else None


def _parted(value: str) -> tuple[str, str]:
    """The minus of a value that is left out, "" for another, and the value."""
    text = value.strip()
    plain = text.removeprefix(LEFT_OUT)
    return text[: len(text) - len(plain)], plain.strip()
