"""A list that people put in order."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.viewmodels import Link


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
