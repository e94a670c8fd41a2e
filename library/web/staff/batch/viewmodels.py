"""Many resources at once: what is asked of them, what it would change, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.resources.edit_viewmodels import KnownList
from library.web.staff.viewmodels import DeskFrame, Difference, Option
from library.web.viewmodels import Frame, Link, Paging


@dataclass(frozen=True, slots=True)
class PartField:
    """One field of the form: what to do with it, and the value, typed or chosen."""

    name: str
    label: str
    hows: tuple[Option, ...]
    value: str = ""
    known: str = ""  # the list of values that are offered while typing
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class ManyPage:
    """What is to become of what was chosen."""

    frame: Frame
    desk: DeskFrame
    heading: str
    count: str
    back: Link
    action: str
    group: str  # where "these are editions of one work" is sent; "" where that cannot be asked
    picks: tuple[str, ...]
    search: str
    parts: tuple[PartField, ...]
    statuses: tuple[Option, ...]
    until: str
    reason: str
    successor: str
    collections: tuple[Option, ...]
    collection_hows: tuple[Option, ...]
    lists: tuple[KnownList, ...]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One resource: what would change of it, or why it cannot."""

    link: Link
    status: str
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell of a table, and what to do."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What would change, before anything does."""

    frame: Frame
    desk: DeskFrame
    heading: str
    lines: tuple[str, ...]  # how many would change, are so already, cannot
    faults: tuple[Fault, ...]
    more_faults: str
    unknown: tuple[str, ...]  # rows for files that are not in the library
    more_unknown: str
    rows: tuple[PlannedRow, ...]
    refused: tuple[PlannedRow, ...]
    more_refused: str
    paging: Paging | None
    action: str  # does it; "" where there is nothing to do
    seal: str
    confirm: str
    drop: str
    back: Link


@dataclass(frozen=True, slots=True)
class WholePage:
    """A change of many that was made."""

    frame: Frame
    desk: DeskFrame
    heading: str
    lines: tuple[str, ...]
    undo: str
    left: tuple[Link, ...]
    left_line: str
    rows: tuple[PlannedRow, ...]
    paging: Paging | None
    back: Link
