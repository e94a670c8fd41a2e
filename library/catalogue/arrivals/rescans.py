"""Scans that staff want to be read once more, and the languages that can be read from pictures.

The worker alone knows what its Tesseract has learnt: it writes that down here, so that the site,
on whatever machine, can offer just those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select

from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import queries
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import UsageError
from library.core.resource import NOISE, PICTURED, SCANNED

KIND = "ocr"
SEPARATOR = "/"  # in a task's subject, before the languages somebody asked for: "id/es+en"
ACTION = "scanned again"
_LEARNT = "scans in "  # before a language, in the name of a state


def tell_languages(conn: Connection, codes: Iterable[str]) -> None:
    """Keep which languages (ISO 639) can be read from pictures here."""
    table = schema.state
    conn.execute(delete(table).where(table.c.name.startswith(_LEARNT)))
    rows = [{"name": f"{_LEARNT}{code}", "number": 1, "time": mapping.now()} for code in codes]
    if rows:
        conn.execute(insert(table), rows)


def languages(conn: Connection) -> tuple[str, ...]:
    """The languages that can be read from pictures, as the last worker told."""
    table = schema.state
    query = select(table.c.name).where(table.c.name.startswith(_LEARNT)).order_by(table.c.name)
    return tuple(name.removeprefix(_LEARNT) for name in conn.scalars(query))


def with_scans(conn: Connection, editions: Sequence[str]) -> frozenset[str]:
    """Those of these editions that have a page whose words only a picture of it can give."""
    table = schema.pages
    pictured = or_(
        table.c.reader.startswith(SCANNED),
        table.c.reader.endswith(PICTURED),
        table.c.score < NOISE,
        func.trim(table.c.text) == "",
    )
    query = select(table.c.edition).where(table.c.edition.in_(editions), pictured).distinct()
    return frozenset(conn.scalars(query))


def owed(conn: Connection, editions: Sequence[str]) -> frozenset[str]:
    """Those of these editions whose scans wait to be read, or are being read."""
    waits = {subject.partition(SEPARATOR)[0] for subject in tasks.subjects(conn, KIND)}
    return frozenset(waits.intersection(editions))


def ask(writer: Writer, edition: str, codes: Sequence[str], *, by: str) -> str:
    """Owe that an edition's scans are read once more in these languages; the task's subject.

    All of them are tried on every page; staff's word on the document's own language stays as it
    is. Raises UsageError where there is no such edition, no language, or nothing to be read so.
    """
    conn = writer.conn
    kept = queries.edition(conn, edition)
    if kept is None or not codes or edition not in with_scans(conn, [edition]):
        raise UsageError("not scanned")
    subject = f"{edition}{SEPARATOR}{'+'.join(codes)}"
    left = [
        subject
        for subject in tasks.given_up(conn, KIND)
        if subject.partition(SEPARATOR)[0] == edition
    ]
    table = schema.tasks
    conn.execute(delete(table).where(table.c.kind == KIND, table.c.subject.in_(left)))
    tasks.owe(conn, KIND, [subject])
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=writer.resource_of(edition),
        after={"filename": kept.filename, "languages": list(codes)},
    )
    return subject
