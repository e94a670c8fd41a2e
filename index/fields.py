"""The one table every engine is built from: what is searched, what narrows, what weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 3
"""Raised whenever documents must be indexed anew to be found as this code expects."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of words. `weight` multiplies its part of the score; 1 is the body's."""

    name: str
    weight: float


FIELDS = (
    TextField("title", 4.0),
    TextField("headings", 2.0),
    TextField("summary", 1.5),
    TextField("author", 1.5),
    TextField("body", 1.0),
)


DOUBT = 0.25
"""What a work whose words cannot be trusted at all loses of its score: of two that answer as well,
the one that was read well comes first."""

LABEL_WEIGHT = 2.0
"""What a label that answers for a word counts, in words of the body."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow.

    operator: `all` where a work has many values and each choice narrows further; `any` where
    choices are alternatives. order: by `count`, by `label`, or as the vocabulary lists them
    (`scheme`). shown: how many values stand before the rest is folded away. nested: whether its
    values stand under those above them, as countries under their regions.
    """

    name: str
    operator: Literal["all", "any"]
    order: Literal["count", "label", "scheme"]
    shown: int = 8
    nested: bool = False


FACETS = (
    Facet("topic", "all", "count"),
    Facet("group", "all", "count"),
    Facet("audience", "any", "scheme"),
    Facet("use", "any", "scheme"),
    Facet("kind", "any", "count"),
    Facet("place", "all", "count", nested=True),
    Facet("language", "any", "count"),
)

FACET = {facet.name: facet for facet in FACETS}

YEAR = Facet("year", "any", "label")
"""Narrows as a facet does, by years as text; a range of years is one more choice of it."""

NARROWING = {facet.name: facet for facet in (*FACETS, YEAR)}
"""All that a query's chosen and excluded values can be of."""

NOT_STATED = "none"
"""The value, of every facet and of the year, of works that have none there."""
