"""Files that come in."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.contexts import Frame, Link
from library.web.staff.contexts import DeskFrame, Option


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A file that came in: where it stands, why, and what can be done."""

    name: str
    facts: tuple[str, ...]
    state: str
    why: str
    message: str  # as the worker said it, with the remedy
    work: Link | None
    again: str
    give_up: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file of which a part has come."""

    name: str
    state: str
    touched: str
    give_up: str


@dataclass(frozen=True, slots=True)
class Sender:
    """What the script that sends files a piece at a time needs of a page."""

    script: str
    begin: str
    page: str  # this one: to ask whether somebody is signed in
    words: str  # JSON
    unfinished: tuple[Unfinished, ...]


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    upload: str
    sender: Sender
    limit: str
    statuses: tuple[Option, ...]
    problems: tuple[str, ...]
    stored: tuple[str, ...]
    waiting: str
    look: str
    arrivals: tuple[ArrivalRow, ...]
    older: Link | None
