"""What needs a person."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.error_text import Sentence
from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why a resource needs a person: as it is sent, as it is named, and what was said of it."""

    name: str
    label: str
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A mistake that a reader reported: where, in which words, and on which day."""

    id: str
    place: Link
    words: str
    day: str


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A resource that needs a person."""

    id: str
    link: Link
    status: str
    file: str
    reasons: tuple[ReasonRow, ...]
    reports: tuple[ReportRow, ...] = ()
    left: tuple[str, ...] = ()  # the reasons for which it may be left as it is


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said of a pair."""

    verdict: str
    one: str
    other: str
    label: str
    warning: str = ""  # what to know before it is done, where there is no way back


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two editions that look alike, and what may be said of them."""

    kind: str
    share: str
    first: Link
    second: Link
    facts: tuple[str, ...]
    pages: tuple[Link, ...]
    shared: str
    silent: str  # what they have in common where they share no names
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A resource or a pair."""

    work: WorkRow | None = None
    pair: PairRow | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    frame: Frame
    desk: DeskFrame
    heading: str
    count: str
    items: tuple[QueueItem, ...]
    pair: str
    leave: str
    close: str
    previous: Link | None
    next: Link | None
