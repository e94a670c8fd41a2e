"""What staff wrote beside documents: NAME.toml, metadata.csv and collections.toml, as text."""

from __future__ import annotations

import csv
import posixpath
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from library.core.errors import InputError
from library.core.resource import CollectionKind
from library.store.originals import shown

SIDECAR = ".toml"
TABLE = "metadata.csv"
COLLECTIONS = "collections.toml"
LONGEST = 2**20  # bytes of a note, at most

Row = dict[str, object]  # staff's word on one file, by field


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection as staff wrote it: its resources by `resource` key or file name."""

    slug: str
    title: str
    summary: str
    resources: tuple[str, ...]
    kind: CollectionKind = ""


def table(file: Path, text: str) -> dict[str, Row]:
    """Staff's word by file, each named by its place below the folder of the table.

    A name that leads out of that folder stays as it was written. Raises InputError.
    """
    try:
        reader = csv.DictReader(text.splitlines(keepends=True), dialect=_dialect(text), strict=True)
        return _rows(file, reader, list(reader))
    except csv.Error as error:
        raise InputError("note csv", file=shown(file), detail=str(error)) from error


def leads_out(name: str) -> bool:
    """Whether the name of a file in a table leads out of the folder that the table is in."""
    return name == ".." or name.startswith(("/", "../"))


def fields(file: Path, text: str) -> dict[str, Any]:
    """The fields of a note. Raises InputError."""
    if len(text) > LONGEST:
        raise InputError("note too long", file=shown(file))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("note toml", file=shown(file), detail=str(error)) from error


def collections(file: Path, text: str) -> Iterator[Listed]:
    """The collections that a file lists. Raises InputError for one that cannot be used."""
    for number, entry in enumerate(fields(file, text).get("collection", ()), start=1):
        if not isinstance(entry, Mapping) or not entry.get("slug") or not entry.get("title"):
            raise InputError("note of a collection", file=shown(file), number=number)
        yield Listed(
            slug=str(entry["slug"]),
            title=str(entry["title"]),
            summary=str(entry.get("summary", "")),
            kind="course" if entry.get("course") is True else "",
            resources=tuple(str(resource) for resource in entry.get("resources", ())),
        )


def _dialect(text: str) -> type[csv.Dialect]:
    # Spreadsheets of half the world write semicolons; the first line tells.
    first = text.partition("\n")[0]
    delimiters = max(";,\t", key=first.count)

    class Written(csv.excel):
        delimiter = delimiters

    return Written


def _rows(
    file: Path, reader: csv.DictReader[str], rows: Sequence[dict[str, str]]
) -> dict[str, Row]:
    if "file" not in (reader.fieldnames or ()):
        raise InputError("note without files", file=shown(file))
    return {
        posixpath.normpath(row["file"].strip()): {
            key: value.strip()
            for key, value in row.items()
            if key and key != "file" and isinstance(value, str) and value.strip()
        }
        for row in rows
        if row["file"]
    }
