"""A file that takes the place of an edition's own, and one that is brought back.

Both are arrivals that name the edition: the worker reads the file, and only then, in one
transaction, it takes the place. The address, the language and staff's words stay; the file before
is kept. A file that cannot be read whole changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from library.catalogue.arrivals import actions
from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.queue import tasks
from library.catalogue.queue.tasks import Arrival, Seen
from library.catalogue.resources import queries
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import schema
from library.core.errors import Changed, InputError, UsageError
from library.core.resource import Edition, Outcome, Statement, Status, Stored

ACTION = "file replaced"
BACK = "version asked back"
_LATEST = 20  # arrivals looked at


@dataclass(frozen=True, slots=True)
class Version:
    """A file that an edition was made of; until when, and who put another in its place."""

    sha256: str
    filename: str
    bytes: int
    until: datetime
    by: str  # "" for one that was saved over it in a folder


def versions(conn: Connection, edition: str) -> list[Version]:
    """The kept files whose place was taken by an edition's own, the last one first."""
    table, originals = schema.versions, schema.originals
    query = (
        select(table, originals.c.filename, originals.c.bytes)
        .join(originals, originals.c.sha256 == table.c.sha256)
        .where(table.c.edition == edition)
        .order_by(table.c.at.desc(), table.c.sha256)
    )
    return [
        Version(row.sha256, row.filename, row.bytes, datetime.fromisoformat(row.at), row.by)
        for row in conn.execute(query)
    ]


def came(conn: Connection, edition: Edition) -> tuple[datetime | None, str]:
    """When an edition's file came in, and who brought it; None and "" where nobody noted it."""
    table = schema.arrivals
    query = (
        select(table.c.arrived, table.c.by)
        .where(table.c.sha256 == edition.sha256)
        .order_by(table.c.id.desc())
    )
    row = conn.execute(query).first()
    return (datetime.fromisoformat(row.arrived), row.by) if row else (None, "")


def aimed(conn: Connection, edition: Edition) -> list[Seen]:
    """Arrivals that are to take an edition's place and have not, the newest first.

    Of those that are in the library as something else already, only the very last is told.
    """
    table = schema.arrivals
    query = select(table.c.id).where(table.c.replaces == edition.id).order_by(table.c.id.desc())
    every = [tasks.seen_one(conn, id_) for id_ in conn.scalars(query.limit(_LATEST))]
    arrivals = []
    for place, arrival in enumerate(filter(None, every)):
        twin = arrival.arrival.outcome is Outcome.DUPLICATE and not place
        open_ = arrival.arrival.outcome in (None, Outcome.FAILED)
        if (open_ and arrival.arrival.reason != actions.GIVEN_UP) or twin:
            arrivals.append(arrival)
    return arrivals


def bring_back(writer: Writer, edition: str, sha256: str, *, by: str) -> None:
    """Let a kept file be read and take the place again. Raises UsageError for one that is none."""
    conn = writer.conn
    by_hash = {version.sha256: version for version in versions(conn, edition)}
    now = queries.edition(conn, edition)
    if now is None or sha256 not in by_hash:
        raise UsageError("version unknown")
    waits = [seen for seen in aimed(conn, now) if not seen.arrival.outcome]
    if any(seen.arrival.sha256 == sha256 for seen in waits):
        raise UsageError("version awaited")
    _ask(writer, edition, by_hash[sha256], by=by, undoes=None)


def undo(writer: Writer, change: Change, *, by: str) -> None:
    """Bring back the file before, where the one that took its place is there still. Raises Changed.

    It is read by the worker, and takes the place when it has been.
    """
    edition, before, after = (change.after["edition"], change.before, change.after)
    now = queries.edition(writer.conn, edition)
    by_hash = {version.sha256: version for version in versions(writer.conn, edition)}
    if now is None or now.sha256 != after["sha256"] or before["sha256"] not in by_hash:
        raise Changed("changed since")
    _ask(writer, edition, by_hash[before["sha256"]], by=by, undoes=change.id)


def place_of(conn: Connection, arrival: Arrival) -> Edition | None:
    """The edition whose place an arrival is to take, None where it is to have its own.

    Raises InputError where that edition is not there any more.
    """
    if not arrival.replaces:
        return None
    edition = queries.edition(conn, arrival.replaces)
    if edition is None:
        raise InputError("arrival place gone")
    return edition


def fitted(
    conn: Connection, place: Edition, new: Edition, problem: InputError | None
) -> tuple[Edition, tuple[Statement, ...]]:
    """An edition as it takes a place, and what is said of it by putting it there.

    The address holds the language, and stays: who puts a file there says what it is in. Raises
    InputError for one that was read in part and was not there before, and for one in a language
    that another edition of the work has.
    """
    if (problem or new.pages_expected) and new.sha256 not in queries.versions(conn, place.id):
        kind = type(problem) if problem else InputError
        raise kind("arrival place whole")
    if not place.language:
        table = schema.editions
        mine = select(table.c.resource).where(table.c.id == place.id).scalar_subquery()
        taken = select(table.c.id).where(
            table.c.resource == mine, table.c.language == new.language, table.c.id != place.id
        )
        if conn.scalar(taken):
            raise InputError("arrival place language", language=new.language)
        return new, ()
    table_ = schema.statements
    statements = select(table_.c.id).where(
        table_.c.edition == place.id, table_.c.source == "staff", table_.c.field == "language"
    )
    if new.language == place.language or conn.scalar(statements) is not None:
        return replace(new, language=place.language), ()
    return replace(new, language=place.language), (Statement("language", place.language, "staff"),)


def note(writer: Writer, before: Edition, filename: str, sha256: str, *, by: str) -> None:
    """Add to the history that a file took the place of an edition's own."""
    history.note(
        writer.conn,
        by=by,
        action=ACTION,
        subject=writer.resource_of(before.id),
        before={"filename": before.filename, "sha256": before.sha256},
        after={"filename": filename, "sha256": sha256, "edition": before.id},
    )


def _ask(writer: Writer, edition: str, version: Version, *, by: str, undoes: int | None) -> None:
    stored = Stored(version.sha256, version.bytes, new=False)
    path = actions.place(by, version.filename)
    actions.bring(
        writer, stored, path, version.filename, Status.DRAFT, by=by, replaces=edition, told=False
    )
    history.note(
        writer.conn,
        by=by,
        action=BACK,
        subject=writer.resource_of(edition),
        after={"filename": version.filename, "sha256": version.sha256},
        undoes=undoes,
    )
