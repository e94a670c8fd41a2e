"""What needs a person."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A resource that needs a person; reasons: as they are sent, and as they are said."""

    id: str
    link: Link
    status: str
    file: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be said of a pair."""

    verdict: str
    one: str
    other: str
    label: str


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
    previous: Link | None
    next: Link | None
