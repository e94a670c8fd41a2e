"""Tables: to be had, to be sent, and those that wait to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.contexts import Frame, Link
from library.web.staff.contexts import DeskFrame


@dataclass(frozen=True, slots=True)
class Waiting:
    """A table that was sent and not taken yet."""

    link: Link
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a table, and what stands in it."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class TablesPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    downloads: tuple[Link, ...]
    send: str
    limit: str
    waiting: tuple[Waiting, ...]
    columns: tuple[ColumnRow, ...]
