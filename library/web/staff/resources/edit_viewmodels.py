"""Putting a resource right."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.parts.blocks import Piece
from library.web.staff.review_queue.viewmodels import ReasonRow, ReportRow
from library.web.staff.viewmodels import ChangeRow, DeskFrame, Option
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class Said:
    """What the file said of a field, or what was guessed, and where it stands."""

    who: str  # and how sure it is
    value: str
    evidence: tuple[Link, ...]
    use: str = ""  # what the button that takes it sends; "" where it is what is believed
    key: str = ""  # that does the same
    values: str = ""  # as the form sends them, as JSON


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form; just one of `line`, `text` and `options` is not None."""

    name: str
    label: str
    place: str  # the address of the form, at this field
    anchor: str
    ours: bool  # whether it is staff's word
    was: str
    said: tuple[Said, ...]
    theirs: Said | None  # what somebody else put there while this form was written
    refuse: str  # what the button sends that empties it; "" where it is or cannot be empty
    of: str = ""  # the edition it is of, where there are several
    now: str = ""  # what it holds, in a line; "" for nothing
    guess: str = ""  # by whom that was said, and how sure it is; "" where it is staff's word
    unfolded: bool = False
    sight: Link | None = None  # the page it was read from; hint: its picture
    line: str | None = None
    text: str | None = None
    hint: str = ""
    options: tuple[Option, ...] | None = None
    ticks: bool = False  # several options may be chosen
    adding: str = ""  # the name of the field in which more are named
    adding_label: str = ""
    added: str = ""
    known: str = ""  # the id of the list of what may be named
    concepts: str = ""  # the address that knows labels in every language
    direction: str = "auto"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    heading: str  # "" where it needs none
    fields: tuple[FieldRow, ...]
    language: str = ""  # of the heading, where it is not the page's own


@dataclass(frozen=True, slots=True)
class KnownList:
    """Labels that a field proposes while one types."""

    id: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeysTold:
    """What the keys do, and what is said when one was pressed; shown where scripts run."""

    keys: str
    confirmed: str
    none: str
    leaving: str
    accepted: str
    refused: str
    used: str
    nothing: str


@dataclass(frozen=True, slots=True)
class InQueue:
    """Why a resource needs a person, and the way to those before and after it."""

    place: str
    reasons: tuple[ReasonRow, ...]
    reports: tuple[ReportRow, ...]
    close: str  # where reports are closed
    resource: str
    others: bool  # whether there are any


@dataclass(frozen=True, slots=True)
class Sight:
    """A page of the document, as a picture or by its first words."""

    page: Link  # hint: its picture
    words: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    file: str
    status: str
    back: Link
    action: str
    version: str
    script: str
    told: KeysTold
    groups: tuple[Group, ...]
    empty: tuple[FieldRow, ...]
    empty_line: str
    queue: InQueue | None
    sight: Sight
    lists: tuple[KnownList, ...]
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The words of one page of an edition, whatever its status, with evidence marked."""

    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    language: str
    direction: str
    pieces: tuple[Piece, ...]
    previous: Link | None
    next: Link | None
