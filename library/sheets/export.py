"""The catalogue as a table: one row for each edition, a batch in memory at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from library.batch.change import believed
from library.batch.preview import STANDING
from library.catalogue import Catalogue, Connection
from library.catalogue.changes import history
from library.catalogue.resources import corrections, queries
from library.catalogue.resources.corrections import OF_EDITION, OF_RESOURCE, Word
from library.core.resource import Edition, Resource
from library.sheets.cells import NONE, guarded, joined, plain
from library.sheets.columns import COLUMNS, OURS, SEVERAL, TEMPLATE, VERSION, WORK

BATCH = 200  # resources
BOM = "\ufeff"  # or spreadsheets take UTF-8 for something else

Cells = Mapping[str, str | tuple[str, ...]]
"""Column → value. Of a column of several, all of them."""


def csv_of(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[bytes]:
    """These resources as CSV in UTF-8 with a byte order mark, lines ended as RFC 4180 says."""
    yield _lines([COLUMNS], BOM)
    for part in _batches(catalogue, ids):
        yield _lines([[_cell(name, row[name]) for name in COLUMNS] for row in part])


def json_of(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[bytes]:
    """These resources as one JSON array, a row to a line; what is empty is left out."""
    between = "[\n"
    for part in _batches(catalogue, ids):
        for row in part:
            filled = {name: value for name, value in row.items() if value}
            yield (between + json.dumps(filled, ensure_ascii=False)).encode()
            between = ",\n"
    yield b"[]\n" if between == "[\n" else b"\n]\n"


def template() -> bytes:
    """An empty table with the columns that people fill in."""
    return _lines([TEMPLATE], BOM)


def rows_of(conn: Connection, ids: Sequence[str]) -> Iterator[tuple[Resource, Edition, Cells]]:
    """Each edition of these resources with its row."""
    resources = queries.resources(conn, ids, public=False)
    corrected = corrections.said(
        conn, [edition.id for resource in resources for edition in resource.editions]
    )
    versions = history.versions(conn, [resource.id for resource in resources])
    successors = queries.resources(
        conn,
        [resource.standing.successor for resource in resources if resource.standing.successor],
        public=False,
    )
    slugs = {successor.id: successor.slug for successor in successors}
    for resource in resources:
        work = _of_work(resource, [corrected[edition.id] for edition in resource.editions], slugs)
        for edition in resource.editions:
            words = corrected[edition.id]
            ours = [*work[OURS], *(name for name in OF_EDITION if name in words)]
            yield (
                resource,
                edition,
                {
                    "id": resource.id,
                    "edition": edition.id,
                    "file": edition.filename,
                    **{name: of_edition(edition, name, words) for name in OF_EDITION},
                    **work,
                    WORK: plain(str(words.get(WORK) or "")),
                    OURS: tuple(ours),
                    VERSION: str(versions.get(resource.id, 0)),
                },
            )


def of_edition(edition: Edition, name: str, words: Mapping[str, Word]) -> str | tuple[str, ...]:
    """What is believed of a field of an edition, as a cell; NONE where staff say so."""
    value = getattr(edition, name)
    if name == "authors":
        return tuple(plain(item) for item in value) or _refused(name, [words])
    return plain(str(value or "")) or _refused(name, [words])


def of_work(
    resource: Resource, name: str, words: Sequence[Mapping[str, Word]]
) -> str | tuple[str, ...]:
    """What is believed of a field of a work, as a cell."""
    values = tuple(plain(item) for item in believed(resource, name))
    return (values if name in SEVERAL else "".join(values)) or _refused(name, words)


def standing_cell(resource: Resource, name: str, slugs: Mapping[str, str]) -> str:
    """Where a resource stands, as a cell; what took its place, by its address."""
    value = getattr(resource.standing, name)
    return slugs.get(value, value) if name == "successor" else plain(str(value or ""))


def _of_work(
    resource: Resource, words: Sequence[Mapping[str, Word]], slugs: Mapping[str, str]
) -> dict[str, str | tuple[str, ...]]:
    cells = {name: of_work(resource, name, words) for name in OF_RESOURCE}
    ours = tuple(name for name in OF_RESOURCE if any(name in word for word in words))
    standing = {name: standing_cell(resource, name, slugs) for name in STANDING}
    return {**cells, **standing, OURS: ours}


def _refused(name: str, words: Sequence[Mapping[str, Word]]) -> str | tuple[str, ...]:
    empty = any(name in word for word in words)
    if name in SEVERAL:
        return (NONE,) if empty else ()
    return NONE if empty else ""


def _batches(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[list[Cells]]:
    for start in range(0, len(ids), BATCH):
        with catalogue.read() as conn:
            yield [cells for _, _, cells in rows_of(conn, ids[start : start + BATCH])]


def _cell(name: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else joined(value)
    # Days and years stand as they are: people type them so, and they are read as they come back.
    return text if name in ("date", "until", "review_by", "law_year", VERSION) else guarded(text)


def _lines(rows: Sequence[Sequence[str]], before: str = "") -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return (before + made.getvalue()).encode()
