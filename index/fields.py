"""The one table every engine is built from: what is searched, what narrows, what weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 5
"""Raised whenever documents must be indexed anew to be found as this code expects."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A field of words. `weight` multiplies its part of the score; 1 is the body's."""

    name: str
    weight: float


FIELDS = (
    TextField("title", 3.0),
    TextField("headings", 2.0),
    TextField("summary", 1.5),
    TextField("author", 1.5),
    TextField("body", 1.0),
)


EXACT = 0.2
"""What a word printed as it was typed counts, beside what it counts in any form."""

ALIKE = 0.7
"""What words count that share most of their letters with one typed, as a share of it."""

DENSEST = 0.6
"""What the stretch of a work that answers best counts, as a share of it and the whole work: that a
long book says every word somewhere is little evidence. Looked at with 1/3, 1/2 and 2/3 on 33 real
questions beside whole manuals, where more was better; no long collection was measured with it."""

MEANING = 1.0
"""What the closeness of a work to the question counts, learned from the library itself; 1 is the
score of the work that answers best by its words."""

FEEDBACK = 0.6
"""What the words of the works that answer best count, when others say them too."""

LIFT = 0.5
"""What a work gains, as a share of its score, that is of what the question's words name (its
language): enough to pass what answers half as well again. Judged, and
measured on no collection."""

DOUBT = 0.25
"""What a work whose words cannot be trusted at all loses of its score: of two that answer as well,
the one that was read well comes first."""

LABEL_WEIGHT = 2.0
"""What a label that answers for a word counts where the work says the word too, in words of the
body."""

FILED_WEIGHT = 0.1
"""What it counts where the work does not: less than one mention in all but the longest works."""

NAME_WEIGHT = 0.5
"""What another name of the thing asked for counts, as a share of the words typed."""


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
