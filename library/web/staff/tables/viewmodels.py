"""Tables: to be had, to be sent, and those that wait to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame, Link


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
