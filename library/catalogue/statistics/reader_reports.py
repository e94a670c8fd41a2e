"""Mistakes that readers report, until staff close them.

A report is words, the page they are about, a language and a day. Who wrote it, when on that day and
from where is not kept. Its edition is its place: where works are joined or parted it goes along.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from library.catalogue.changes import history
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import schema

LONGEST = 500  # characters of a report that are kept
READ = 2_000  # characters that are looked at
MOST = 20  # open reports of one edition: what a stranger may pile up must end somewhere
MOST_A_DAY = 500  # of the whole library
CLOSED = "report closed"  # what the history calls it


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader reported; page: counted from 1."""

    id: int
    resource: str
    edition: str
    page: int
    words: str
    language: str  # of the site as it was read
    day: date


def clean(words: str) -> str:
    """What is kept of a report: one line of printable text, not more than is useful.

    A telephone number stays: a wrong one is among the mistakes that matter most.
    """
    shown = "".join(letter if letter.isprintable() else " " for letter in words[:READ])
    line = " ".join(shown.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def record(
    writer: Writer, edition: str, page: int, words: str, language: str, day: date | None = None
) -> bool:
    """Keep a report, once where it was sent twice; False where too many are open already."""
    conn, table, words = writer.conn, schema.reports, clean(words)
    if not words:
        return False
    mine = table.c.edition == edition
    same = mine & (table.c.page == page) & (table.c.words == words)
    if conn.scalar(select(table.c.id).where(same).limit(1)) is not None:
        return True
    written = (day or datetime.now(UTC).date()).isoformat()
    for among, most in ((mine, MOST), (table.c.day == written, MOST_A_DAY)):
        if (conn.scalar(select(func.count()).select_from(table).where(among)) or 0) >= most:
            return False
    values = {"edition": edition, "page": page, "words": words, "language": language}
    conn.execute(insert(table).values(day=written, **values))
    return True


def reported(conn: Connection) -> frozenset[str]:
    """The resources of which a report is open."""
    table, editions = schema.reports, schema.editions
    query = select(editions.c.resource).join(table, table.c.edition == editions.c.id).distinct()
    return frozenset(conn.scalars(query))


def of(conn: Connection, resources: Collection[str]) -> dict[str, list[Report]]:
    """The open reports of resources, in the order of their pages."""
    table, editions = schema.reports, schema.editions
    query = (
        select(table, editions.c.resource)
        .join(editions, table.c.edition == editions.c.id)
        .where(editions.c.resource.in_(list(resources)))
        .order_by(table.c.edition, table.c.page, table.c.id)
    )
    found: dict[str, list[Report]] = {}
    for row in conn.execute(query):
        day = date.fromisoformat(row.day)
        report = Report(row.id, row.resource, row.edition, row.page, row.words, row.language, day)
        found.setdefault(row.resource, []).append(report)
    return found


def close(writer: Writer, id_: int, *, by: str) -> str:
    """Close a report, which stays in the history; its resource, "" where it is closed already."""
    conn, table, editions = writer.conn, schema.reports, schema.editions
    query = (
        select(table, editions.c.resource)
        .join(editions, table.c.edition == editions.c.id)
        .where(table.c.id == id_)
    )
    row = conn.execute(query).one_or_none()
    if row is None:
        return ""
    conn.execute(delete(table).where(table.c.id == id_))
    before = {"page": row.page, "report": row.words, "date": row.day}
    history.note(conn, by=by, action=CLOSED, subject=row.resource, before=before)
    return str(row.resource)
