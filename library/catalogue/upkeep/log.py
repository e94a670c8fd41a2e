"""What was done to keep the library well, and when; and which workers are alive.

Copies, trials of copies, and verifications are kept with what they found, the last few of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, select

from library.catalogue.storage import mapping, schema
from library.core import leases
from library.core.resource import JSON

Kind = Literal["backup", "drill", "chain", "check", "sums", "confined"]

KEPT = 20  # of each kind
ALIVE = 180.0  # seconds since a worker was last heard of
_WORKER = "worker "  # before its name, in the name of a state


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: when, whether it ended well, and what there is to tell of it."""

    at: datetime
    well: bool
    told: JSON


def note(conn: Connection, kind: Kind, *, well: bool, told: JSON) -> None:
    table = schema.upkeep
    conn.execute(insert(table).values(kind=kind, at=mapping.now(), well=well, told=told))
    kept = (
        select(table.c.id).where(table.c.kind == kind).order_by(table.c.id.desc()).limit(KEPT)
    ).subquery()
    conn.execute(delete(table).where(table.c.kind == kind, table.c.id.not_in(select(kept.c.id))))


def last(conn: Connection, kind: Kind, *, well: bool | None = None) -> Done | None:
    """The last of a kind, or the last that ended well or did not."""
    table = schema.upkeep
    query = select(table).where(table.c.kind == kind).order_by(table.c.id.desc()).limit(1)
    if well is not None:
        query = query.where(table.c.well == well)
    row = conn.execute(query).one_or_none()
    return Done(datetime.fromisoformat(row.at), row.well, row.told) if row else None


def beat(conn: Connection, worker: str) -> None:
    """Say that a worker lives."""
    _gone(conn, worker)
    named = {"name": f"{_WORKER}{worker}", "number": 1, "time": mapping.now()}
    conn.execute(insert(schema.state).values(**named))


def leave(conn: Connection, worker: str) -> None:
    """Say that a worker has ended, and forget those that were killed."""
    _gone(conn, worker)
    for other, _ in _workers(conn):
        if leases.dead(other):
            _gone(conn, other)


def workers(conn: Connection) -> list[datetime]:
    """When each worker that is alive, as far as can be told, was last heard of."""
    oldest = datetime.now(UTC) - timedelta(seconds=ALIVE)
    return [heard for name, heard in _workers(conn) if heard >= oldest and not leases.dead(name)]


def younger(conn: Connection, moment: datetime) -> tuple[int, int]:
    """How many originals came, and how many changes staff made, since a moment."""
    came, changed = schema.originals, schema.history
    since = moment.isoformat(timespec="microseconds")
    return (
        conn.scalar(select(func.count()).where(came.c.added > since)) or 0,
        conn.scalar(select(func.count()).where(changed.c.at > since)) or 0,
    )


def _gone(conn: Connection, worker: str) -> None:
    conn.execute(delete(schema.state).where(schema.state.c.name == f"{_WORKER}{worker}"))


def _workers(conn: Connection) -> list[tuple[str, datetime]]:
    table = schema.state
    query = select(table.c.name, table.c.time).where(table.c.name.startswith(_WORKER))
    return [
        (name.removeprefix(_WORKER), datetime.fromisoformat(time))
        for name, time in conn.execute(query)
    ]
