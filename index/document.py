"""What goes into an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Passage:
    """One page of one edition: the unit an excerpt points to."""

    edition: str
    language: str  # ISO 639 code of the page's words, "" when unknown
    page: int  # counted from 1
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One work, with everything that can find it.

    `labels` holds, for each facet, the identifiers the work is counted under.
    """

    id: str
    title: str
    summary: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int | None = None
    passages: tuple[Passage, ...] = ()
    language: str = ""  # of title and summary
    titles: tuple[tuple[str, str], ...] = ()  # (language, title) of the other editions
    authors: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()  # (language, heading)
    added: int = 0  # days since 1970-01-01, the order of "newest" within a year
    quality: float = 1.0  # how far its words can be trusted, 0 to 1: scans are read with errors
