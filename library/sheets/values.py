"""What a cell gives a field, checked as staff's words are everywhere else."""

from __future__ import annotations

from library.core.errors import InputError
from library.metadata.staff_statements import CONCEPTS, near, staff
from library.sheets import dates
from library.sheets.cells import NONE
from library.sheets.columns import SEVERAL
from library.sheets.reader import What
from library.vocabularies import Vocabularies

Cell = str | tuple[str, ...]


class Wrong(Exception):
    """A cell makes no sense in its column."""

    def __init__(self, what: What, value: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.value = value
        self.near = near


def checked(name: str, cell: Cell, vocabularies: Vocabularies) -> Cell:
    """The value that a cell gives a field; concepts by their identifiers. Raises Wrong."""
    values = (cell,) if isinstance(cell, str) else cell
    if NONE in values:
        if len(values) > 1:
            raise Wrong("one value", NONE)
        return () if name in SEVERAL else ""
    results = [_one(name, value, vocabularies) for value in values]
    return tuple(dict.fromkeys(results)) if name in SEVERAL else "".join(results)


def _one(name: str, text: str, vocabularies: Vocabularies) -> str:
    if name == "date":
        return _date(text)
    if name not in (*CONCEPTS, "language", "source_url", "duration"):
        return text
    try:
        [statement] = staff({name: [text] if name in SEVERAL else text}, vocabularies)
    except (InputError, ValueError):
        if name in ("source_url", "duration"):
            raise Wrong("address" if name == "source_url" else "duration", text) from None
        alike = near(name, text, vocabularies) if name in CONCEPTS else []
        raise Wrong("concept" if name in CONCEPTS else "language", text, tuple(alike)) from None
    return statement.value if isinstance(statement.value, str) else statement.value[0]


def _date(text: str) -> str:
    readings = sorted(map(str, dates.readings(text)))
    if not readings:
        raise Wrong("date", text)
    if len(readings) > 1:
        raise Wrong("which date", text, tuple(readings[:4]))
    return readings[0]
