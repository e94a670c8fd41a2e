"""Which files to ingest, and what staff wrote beside them: NAME.toml, metadata.csv, collections."""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from library.errors import InputError, Unreadable
from library.originals import shown

NOTE = 2**20  # bytes of what staff wrote beside a file, at most
SIDECAR = ".toml"
TABLE = "metadata.csv"
COLLECTIONS = "collections.toml"
IGNORED = {"thumbs.db", "desktop.ini", TABLE}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest, what staff say of it, and what is wrong with what they say."""

    path: Path
    fields: Mapping[str, object] = field(default_factory=dict)
    problem: InputError | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection as staff wrote it: its resources by `resource` key or file name."""

    slug: str
    title: str
    summary: str
    resources: tuple[str, ...]


def find(paths: Iterable[Path]) -> Iterator[Found]:
    """Every file in these files and folders, in an order that stays the same.

    Hidden files and staff's own notes are passed over. A path that is not there is yielded with
    its problem, so that the others go on.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.exists() or path.is_symlink():
            rows, problem = _table(path.parent)
            yield _with_sidecar(path, rows.get(path.name, {}), problem)
        else:
            yield Found(path, problem=Unreadable(f"{shown(path)} is not there.", "Was it moved?"))


def collections_in(paths: Iterable[Path]) -> Iterator[Listed]:
    """The collections written in these folders. Raises InputError for one that cannot be used."""
    for path in paths:
        file = path / COLLECTIONS
        if not file.is_file():
            continue
        for number, entry in enumerate(_toml(file).get("collection", ()), start=1):
            if not isinstance(entry, Mapping) or not entry.get("slug") or not entry.get("title"):
                raise InputError(
                    f"{shown(file)}: collection {number} has no slug or no title.", "Add them."
                )
            yield Listed(
                slug=str(entry["slug"]),
                title=str(entry["title"]),
                summary=str(entry.get("summary", "")),
                resources=tuple(str(one) for one in entry.get("resources", ())),
            )


def _in_folder(root: Path) -> Iterator[Found]:
    tables: dict[Path, tuple[dict[str, dict[str, object]], InputError | None]] = {}
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        tables[here] = _table(here)
        for name in sorted(names):
            if name.startswith(".") or name.lower() in IGNORED or name.endswith(SIDECAR):
                continue
            yield _told(root, here / name, tables)
    for error in unreadable:
        path = Path(error.filename or root)
        yield Found(
            path,
            problem=Unreadable(
                f"The folder {shown(path)} cannot be read: {error.strerror}.",
                "Is its disk still connected, and may this user read it?",
            ),
        )


def _told(
    root: Path,
    path: Path,
    tables: Mapping[Path, tuple[dict[str, dict[str, object]], InputError | None]],
) -> Found:
    fields: dict[str, object] = {}
    problem = None
    for folder in reversed([path.parent, *path.parent.parents]):
        if folder not in tables or not folder.is_relative_to(root):
            continue
        rows, wrong = tables[folder]
        fields |= rows.get(path.relative_to(folder).as_posix(), {})
        problem = problem or wrong
    return _with_sidecar(path, fields, problem)


def _with_sidecar(path: Path, fields: Mapping[str, object], problem: InputError | None) -> Found:
    for sidecar in (path.with_suffix(SIDECAR), path.with_name(path.name + SIDECAR)):
        if sidecar != path and sidecar.is_file():
            try:
                fields = {**fields, **_toml(sidecar)}
            except InputError as error:
                problem = problem or error
    return Found(path, fields, problem)


def _table(folder: Path) -> tuple[dict[str, dict[str, object]], InputError | None]:
    file = folder / TABLE
    if not file.is_file():
        return {}, None
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, dialect=_dialect(file), strict=True)
            return _rows(file, reader, list(reader)), None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problem = InputError(
            f"{shown(file)} cannot be read: {error}.",
            "Save it from the spreadsheet as CSV in UTF-8.",
        )
        return {}, problem
    except InputError as error:
        return {}, error


def _dialect(file: Path) -> type[csv.Dialect]:
    # Spreadsheets of half the world write semicolons; the first line tells.
    first = file.read_text("utf-8-sig").partition("\n")[0]
    delimiters = max(";,\t", key=first.count)

    class Written(csv.excel):
        delimiter = delimiters

    return Written


def _rows(
    file: Path, reader: csv.DictReader[str], rows: Sequence[dict[str, str]]
) -> dict[str, dict[str, object]]:
    if "file" not in (reader.fieldnames or ()):
        raise InputError(f"{shown(file)} has no column named file.", "Name its first column: file")
    return {
        row["file"].strip(): {
            key: value.strip()
            for key, value in row.items()
            if key and key != "file" and isinstance(value, str) and value.strip()
        }
        for row in rows
        if row["file"]
    }


def _toml(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > NOTE:
            raise InputError(f"{shown(file)} is too large for a note.", "Was it meant to be one?")
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{shown(file)} cannot be read: {error}.", "Correct that line.") from error
