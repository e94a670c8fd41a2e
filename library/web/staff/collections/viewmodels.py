"""Collections and series: made, filled, and put in order."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import ChangeRow, DeskFrame
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class OrderedRow:
    """One row. moves: what a button sends, its sign, and what it is called."""

    id: str
    link: Link
    note: str
    number: str
    field: str
    number_label: str
    moves: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    rows: tuple[OrderedRow, ...]
    label: str
    unsaved: str
    out: str  # what the button is called that takes a row out; "" where there is none
    more: str
    script: str


@dataclass(frozen=True, slots=True)
class CollectionsPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    list: Ordered
    order: str  # where the order is sent
    version: str
    make: str
    title: str
    summary: str
    series: Link


@dataclass(frozen=True, slots=True)
class OneCollectionPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    action: str
    version: str
    title: str
    summary: str
    course: bool
    note: str  # whether a folder's word on it still counts
    list: Ordered
    named: str  # what is to be put in, as it was written
    add: Link
    public: Link
    changes: tuple[ChangeRow, ...]
    back: Link


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Every series, or one in its order."""

    frame: Frame
    desk: DeskFrame
    heading: str
    every: tuple[Link, ...]
    action: str
    name: str  # of the one; "" where all are listed
    version: str
    list: Ordered
    changes: tuple[ChangeRow, ...]
    back: Link
