"""Putting a resource right."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.blocks import Piece
from library.web.contexts import Frame, Link
from library.web.staff.contexts import ChangeRow, DeskFrame, Option


@dataclass(frozen=True, slots=True)
class Said:
    """What the file said of a field, or what was guessed, and where it stands."""

    who: str
    value: str
    sure: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the form; just one of `line`, `text` and `options` is not None."""

    name: str
    label: str
    ours: bool  # whether it is staff's word
    was: str
    said: tuple[Said, ...]
    line: str | None = None
    text: str | None = None
    hint: str = ""
    options: tuple[Option, ...] | None = None
    ticks: bool = False  # several options may be chosen
    adding: str = ""  # the name of the field in which more are named
    added: str = ""
    known: str = ""  # the id of the list of what may be named
    direction: str = "auto"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    heading: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class KnownList:
    """Labels that a field proposes while one types."""

    id: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    back: Link
    action: str
    version: str
    groups: tuple[Group, ...]
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
