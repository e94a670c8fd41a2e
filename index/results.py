"""What comes out of an index: values, with spans and never HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Span = tuple[int, int]  # start and end of a stretch of text, in characters


class Place(NamedTuple):
    """Where something stands on a page: in which of its pieces (index.inversion.cut), counted from
    1, and how many characters of that are before it, white space made single."""

    piece: int
    before: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A few words of one page, with the spans that answer the question."""

    edition: str
    language: str
    page: int
    text: str
    marks: tuple[Span, ...] = ()
    place: Place | None = None  # of its first mark


@dataclass(frozen=True, slots=True)
class Hit:
    """One work found; `excerpts` holds at most three, the best page first.

    `filed` holds the labels, as (facet, value), that answered for words that the work lacks.
    """

    id: str
    score: float
    excerpts: tuple[Excerpt, ...] = ()
    filed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and how many works each facet value would give.

    `counts[facet][value]` counts works among those that match the words and all that narrows,
    leaving out the facet's own choices where its operator is *any*. That of a value in
    `query.without` says how many works more there would be if it were not left out. Works without
    any value are counted under fields.NOT_STATED. A value that would give nothing is absent.
    `counts["year"]` is keyed by the year as text and leaves out the chosen years. `partial` says
    that no work of the library holds all that was asked for, so that these hold only some of the
    words. `names` are the other names, as (language, words), that were looked for beside the words
    typed and are in the library.

    `more` are works that do not hold all that was asked, only some of the words, words much like
    them, or others of such meaning; they fill the last page. `elsewhere` are works in languages
    that the question is not in, found by what the texts teach. Neither is counted in `total` or
    `counts`.

    `granted` are the values of `query.wished` that narrow these results.

    `left_out` are words, beginnings and phrases that were not looked up, as they were typed: all of
    them would have been too much work.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str | None = None
    partial: bool = False
    names: tuple[tuple[str, str], ...] = ()
    more: tuple[Hit, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    granted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def every(self) -> tuple[Hit, ...]:
        """Hits, and what stands beside them."""
        return (*self.hits, *self.more, *self.elsewhere)


@dataclass(frozen=True, slots=True)
class PageMatches:
    """A page of one edition that answers: how many matches (index.text.together) begin on it, and a
    few of its words."""

    page: int
    count: int
    text: str = ""  # "" where no excerpt was asked for
    marks: tuple[Span, ...] = ()
    place: Place | None = None  # of the first mark


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the library as people would type it, and how many works hold it."""

    text: str
    count: int
