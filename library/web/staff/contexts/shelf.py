"""Lists of resources, one resource, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.contexts import Frame, Link, Paging
from library.web.staff.contexts import ChangeRow, DeskFrame, Option


@dataclass(frozen=True, slots=True)
class Held:
    """A resource as one line of a list."""

    link: Link
    status: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    words: str
    statuses: tuple[Option, ...]
    count: str
    held: tuple[Held, ...]
    paging: Paging | None


@dataclass(frozen=True, slots=True)
class StandingForm:
    """Who may see a resource: as it is, or as it was just written."""

    action: str
    version: str
    statuses: tuple[Option, ...]
    until: str
    reason: str
    successor: str
    review_by: str
    law_year: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    language: str
    direction: str
    status: str
    public: Link | None
    files: tuple[Link, ...]
    edit: Link
    more: tuple[Link, ...]  # its files, and its picture
    standing: StandingForm
    changes: tuple[ChangeRow, ...]
    history: Link
