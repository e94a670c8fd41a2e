"""Where a resource stands: who may see it, since when, until when and why.

Each change is one transaction with its history and the outbox. Readers are kept from what they may
not see by the catalogue's own questions, whatever the index still holds.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from sqlalchemy import Connection, or_, select, update

from library.catalogue.changes import history
from library.catalogue.resources import harvest, queries
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import UsageError
from library.core.resource import JSON, LISTED, Standing, Status

ACTION = "status"
LONGEST_REASON = 1000  # characters


def today() -> str:
    """The day in UTC: an embargo ends at its midnight."""
    return datetime.now(UTC).date().isoformat()


def of(conn: Connection, resource: str) -> Standing | None:
    table = schema.resources
    row = conn.execute(select(table).where(table.c.id == resource)).one_or_none()
    return mapping.standing_of(row) if row else None


def put(
    writer: Writer,
    resource: str,
    wanted: Standing,
    *,
    by: str,
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """Let a resource stand so; whether that is a change.

    version: the number of the last change that whoever wants it has seen. Raises Changed, and
    UsageError for what cannot be.
    """
    conn, table = writer.conn, schema.resources
    standing = of(conn, resource)
    if standing is None:
        raise UsageError("resource unknown", id=resource)
    wanted = checked(conn, resource, wanted)
    before, after = told(standing), told(wanted)
    if before == after:
        return False
    history.expect(conn, resource, version)
    values = {**asdict(wanted), "since": mapping.now()}
    if standing.status is wanted.status:
        values["since"] = standing.since
    conn.execute(update(table).where(table.c.id == resource).values(**values))
    writer.touch(resource)
    if standing.status in LISTED and wanted.status not in LISTED:
        harvest.depart(conn, resource)
    changed = [name for name in after if after[name] != before[name]]
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=resource,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        undoes=undoes,
    )
    return True


def over(conn: Connection) -> list[str]:
    """What was embargoed until today, or an earlier day."""
    table = schema.resources
    query = select(table.c.id).where(
        table.c.status == Status.EMBARGOED, table.c.until != "", table.c.until <= today()
    )
    return list(conn.scalars(query))


def end_embargoes(writer: Writer) -> int:
    """Publish what was embargoed until today; how many."""
    ended = over(writer.conn)
    for resource in ended:
        standing = of(writer.conn, resource)
        if standing is not None:
            public = replace(standing, status=Status.PUBLISHED)
            put(writer, resource, public, by=history.LIBRARY)
    return len(ended)


def withdrawn(conn: Connection, key: str) -> Standing | None:
    """The standing of a withdrawn resource, by an address of it or its id."""
    table, id_ = schema.resources, queries.resource_of_slug(conn, key)
    row = conn.execute(
        select(table).where(
            table.c.status == Status.WITHDRAWN, or_(table.c.id == id_, table.c.id == key)
        )
    ).first()
    return mapping.standing_of(row) if row else None


def absorbed(conn: Connection, goes: str, stays: str) -> None:
    """What the one took the place of, the other has taken the place of now."""
    table = schema.resources
    further = conn.scalar(select(table.c.successor).where(table.c.id == goes)) or ""
    led = table.c.successor == goes
    conn.execute(update(table).where(led, table.c.id == stays).values(successor=further))
    conn.execute(update(table).where(led, table.c.id != stays).values(successor=stays))


def checked(conn: Connection, resource: str, wanted: Standing) -> Standing:
    """The standing with what belongs to its status and nothing else. Raises UsageError."""
    status = wanted.status
    reason = " ".join(wanted.reason.split()) if status is Status.WITHDRAWN else ""
    until = wanted.until if status is Status.EMBARGOED else ""
    successor = wanted.successor if status is Status.SUPERSEDED else ""
    if status is Status.WITHDRAWN and not reason:
        raise UsageError("withdrawal without reason")
    if len(reason) > LONGEST_REASON:
        raise UsageError("reason too long", most=LONGEST_REASON)
    if status is Status.EMBARGOED and _day(until) <= today():
        raise UsageError("embargo over")
    if status is Status.SUPERSEDED:
        _leads_on(conn, resource, successor)
    if wanted.review_by:
        _day(wanted.review_by)
    if wanted.law_year is not None and not 1000 <= wanted.law_year <= date.today().year + 1:
        raise UsageError("law year", year=str(wanted.law_year))
    return replace(wanted, reason=reason, until=until, successor=successor, since="")


def _leads_on(conn: Connection, resource: str, successor: str) -> None:
    """Raises UsageError where what takes its place is not there, or leads back to it."""
    seen, table = {resource}, schema.resources
    id_ = successor
    while id_:
        if id_ in seen:
            raise UsageError("successor itself")
        seen.add(id_)
        row = conn.execute(select(table).where(table.c.id == id_)).one_or_none()
        if row is None:
            break
        id_ = row.successor
    if not successor or of(conn, successor) is None:
        raise UsageError("successor missing")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError("day", text=text) from None


def told(standing: Standing) -> JSON:
    """A standing as the history keeps it."""
    values = asdict(standing)
    del values["since"]
    return values
