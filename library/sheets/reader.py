"""A table as it was sent: bytes of some spreadsheet in, rows by column out, faults by cell."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from library.core.errors import InputError
from library.sheets.cells import divided, plain, unguarded
from library.sheets.columns import COLUMNS, OTHER_NAMES, SEVERAL

MOST_ROWS = 50_000
LARGEST = 32 << 20  # bytes

What = Literal[
    "column", "cells", "text",
    "no key", "no edition", "no resource", "which edition", "several files", "twice", "conflict",
    "concept", "language", "date", "which date", "address", "duration", "status", "day", "year",
    "successor", "standing", "work", "no title", "one value", "ours",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell. row: as the spreadsheet counts them; 0 for the whole table.

    value: what was written; near: what may have been meant, or what it is about.
    """

    row: int
    column: str
    what: What
    value: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number and its cells by column, those that say something."""

    number: int
    cells: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """What was sent. columns: those that are known; others: those that are left out."""

    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    others: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> Table:
    """Read CSV or JSON. Raises InputError for what is no table at all."""
    if len(content) > LARGEST:
        raise InputError("table too large")
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise InputError("table of a program")
    text = _text(content)
    if text.lstrip()[:1] in ("[", "{"):
        return _of_json(text)
    return _of_csv(text)


def _text(content: bytes) -> str:
    marks = {
        codecs.BOM_UTF8: "utf-8-sig",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
    encoding = next((name for mark, name in marks.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("table in another encoding") from error


def _of_csv(text: str) -> Table:
    first, _, rest = text.partition("\n")
    separator = re.fullmatch(r"sep=(.)\s*", first.strip())
    delimiter = separator[1] if separator else max(",;\t|", key=_outside_quotes(first).count)
    after = 1 if separator else 0  # spreadsheets count that line too
    try:
        rows = list(
            csv.reader(io.StringIO(rest if separator else text, newline=""), delimiter=delimiter,
                       strict=True)
        )  # fmt: skip
    except csv.Error as error:
        raise InputError("table csv", detail=str(error)) from error
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise InputError("table empty")
    names = [_name(cell) for cell in rows[0]]
    head, faults, others = _head(names)
    lines = []
    for number, row in enumerate(rows[1:], start=2 + after):
        if len(row) > len(names) and any(cell.strip() for cell in row[len(names) :]):
            extra = next(cell for cell in row[len(names) :] if cell.strip())
            faults.append(Fault(number, "", "cells", extra[:60]))
        cells = {
            head[place]: told_cell
            for place, cell in enumerate(row[: len(names)])
            if place in head and (told_cell := _cell(head[place], cell))
        }
        if cells:
            lines.append(Line(number, cells))
    return _made(head.values(), lines, others, faults)


def _of_json(text: str) -> Table:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("table json", detail=str(error)) from error
    if isinstance(rows, dict):
        rows = [rows]
    if not all(isinstance(row, dict) for row in rows):
        raise InputError("table without rows")
    every = dict.fromkeys(_name(str(key)) for row in rows for key in row)
    head, faults, others = _head(list(every))
    known = set(head.values())
    lines = []
    for number, row in enumerate(rows, start=1):
        cells: dict[str, str | tuple[str, ...]] = {}
        for key, value in row.items():
            name = _name(str(key))
            if name not in known or value in (None, "", []):
                continue
            if isinstance(value, list) and name in SEVERAL:
                cells[name] = tuple(v for item in value if (v := plain(str(item))))
            elif isinstance(value, (str, int, float)):
                parts = tuple(divided(str(value))) if name in SEVERAL else plain(str(value))
                cells[name] = parts
            else:
                faults.append(Fault(number, name, "text", str(value)[:60]))
        cells = {name: value for name, value in cells.items() if value}
        if cells:
            lines.append(Line(number, cells))
    return _made(head.values(), lines, others, faults)


def _made(
    columns: Iterable[str],
    lines: Sequence[Line],
    others: Sequence[str],
    faults: Sequence[Fault],
) -> Table:
    if len(lines) > MOST_ROWS:
        raise InputError("table too many", number=len(lines), most=MOST_ROWS)
    return Table(tuple(columns), tuple(lines), tuple(others), tuple(faults))


def _head(names: Sequence[str]) -> tuple[dict[int, str], list[Fault], list[str]]:
    """Place → column; what is nearly one, which is a fault; and what is none, which is left out."""
    head: dict[int, str] = {}
    faults: list[Fault] = []
    others: list[str] = []
    for place, name in enumerate(names):
        if name in COLUMNS:
            if name in head.values():
                faults.append(Fault(1, name, "column", name))
            head[place] = name
        elif name:
            near = difflib.get_close_matches(name[:100], COLUMNS, n=1, cutoff=0.8)
            if near:
                faults.append(Fault(1, name, "column", name, tuple(near)))
            else:
                others.append(name)
    return head, faults, others


def _name(written: str) -> str:
    bare = re.sub(r"[\s-]+", "_", unguarded(written.strip().lstrip("\ufeff"))).casefold()
    return OTHER_NAMES.get(bare, bare)


def _cell(name: str, written: str) -> str | tuple[str, ...]:
    text = unguarded(written.strip())
    return tuple(divided(text)) if name in SEVERAL else plain(text)


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)
