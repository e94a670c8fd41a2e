"""What waits to be done, how much of each and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, and_, func, or_, select

from library.catalogue.queue.tasks import ATTEMPTS
from library.catalogue.storage import mapping, schema

ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class Backlog:
    """Work of one kind: `arrival`, or that of a task."""

    kind: str
    waiting: int  # what somebody is doing, too
    oldest: datetime | None
    stuck: int  # tried too often, and left for a person; not among those waiting


def backlogs(conn: Connection) -> list[Backlog]:
    """What waits, files that came in first; kinds of which nothing waits are left out."""
    came, table = schema.arrivals, schema.tasks
    arrived = _of(conn, ARRIVAL, came.c.outcome == "", came.c.arrived, came.c.attempts)
    kinds = conn.scalars(select(table.c.kind).distinct().order_by(table.c.kind)).all()
    tasks = [
        _of(conn, kind, table.c.kind == kind, table.c.added, table.c.attempts) for kind in kinds
    ]
    return [backlog for backlog in (arrived, *tasks) if backlog.waiting or backlog.stuck]


def _of(
    conn: Connection,
    kind: str,
    mine: ColumnElement[bool],
    since: Column[str],
    attempts: Column[int],
) -> Backlog:
    table = since.table
    # Tried for the last time and not given up on yet: somebody may be at it now.
    stuck = and_(attempts >= ATTEMPTS, or_(table.c.owner == "", table.c.until < mapping.now()))
    query = select(
        func.count().filter(~stuck), func.min(since).filter(~stuck), func.count().filter(stuck)
    ).where(mine)
    waiting, oldest, left = conn.execute(query).one()
    return Backlog(kind, waiting, datetime.fromisoformat(oldest) if oldest else None, left)


def added_bytes(conn: Connection, since: datetime, until: datetime) -> int:
    """Bytes of the originals that came between two moments."""
    table = schema.originals
    query = select(func.coalesce(func.sum(table.c.bytes), 0)).where(
        table.c.added >= since.isoformat(), table.c.added < until.isoformat()
    )
    return int(conn.scalar(query) or 0)


def stored(conn: Connection) -> tuple[int, int, datetime | None]:
    """How many originals there are, their bytes, and when the first one came."""
    table = schema.originals
    query = select(func.count(), func.coalesce(func.sum(table.c.bytes), 0), func.min(table.c.added))
    number, size, first = conn.execute(query).one()
    return number, int(size), datetime.fromisoformat(first) if first else None


def undescribed(conn: Connection) -> int:
    """How many documents are found by their words and still to be told what they are."""
    return conn.scalar(select(func.count()).select_from(schema.undescribed)) or 0
