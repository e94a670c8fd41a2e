"""Files that come in."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.error_text import Sentence
from library.web.staff.viewmodels import DeskFrame, Option
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class ScanForm:
    """Reading a scan once more, in languages that the worker can read; none: it cannot."""

    action: str
    languages: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """A file that came in: where it stands, why, and what can be done."""

    id: str
    mark: str  # of all that is shown of it: another when anything changes
    name: str
    facts: tuple[str, ...]
    state: str
    aim: str  # what it is to take the place of
    why: str
    said: tuple[Sentence, ...]  # of it when it was read, with what to do
    work: Link | None  # what it became
    again: str
    give_up: str
    scan: ScanForm | None


@dataclass(frozen=True, slots=True)
class ArrivalFragment:
    """One row, as the stream sends it."""

    row: ArrivalRow
    token: str


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
    sha256: str  # the address of the checksum's script, fetched where the browser has none
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
    script: str
    stream: str  # where changes come from; "" for older ones
    arrivals: tuple[ArrivalRow, ...]
    older: Link | None
