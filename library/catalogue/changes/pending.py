"""What is asked of many resources, by a form or a table, until somebody has looked and says yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select

from library.catalogue.storage import mapping, schema
from library.core.resource import JSON

KEPT = timedelta(days=30)
"""How long something waits; nothing of the library depends on it."""

Kind = Literal["change", "table"]


@dataclass(frozen=True, slots=True)
class Pending:
    """Something asked for and not done. content: what, in the words of who asks."""

    id: int
    kind: Kind
    name: str
    by: str
    at: datetime
    content: JSON


def put(conn: Connection, kind: Kind, name: str, content: JSON, *, by: str) -> int:
    """Keep something until it is looked at; its number. What waited too long is let go."""
    table = schema.pending
    old = (datetime.now(UTC) - KEPT).isoformat(timespec="microseconds")
    conn.execute(delete(table).where(table.c.at < old))
    made = conn.execute(
        insert(table).values(kind=kind, name=name, by=by, at=mapping.now(), content=content)
    )
    key = made.inserted_primary_key
    assert key is not None
    number: int = key[0]
    return number


def get(conn: Connection, id_: int, kind: Kind) -> Pending | None:
    table = schema.pending
    row = conn.execute(select(table).where(table.c.id == id_, table.c.kind == kind)).one_or_none()
    return _pending(row) if row else None


def every(conn: Connection, kind: Kind) -> list[Pending]:
    """What waits, the newest first, without its content."""
    table = schema.pending
    query = select(table).with_only_columns(
        table.c.id, table.c.kind, table.c.name, table.c.by, table.c.at
    )
    query = query.where(table.c.kind == kind).order_by(table.c.id.desc())
    return [
        Pending(row.id, row.kind, row.name, row.by, datetime.fromisoformat(row.at), {})
        for row in conn.execute(query)
    ]


def drop(conn: Connection, id_: int) -> bool:
    """Let something go, because it is done or not wanted; whether it was there."""
    table = schema.pending
    return bool(conn.execute(delete(table).where(table.c.id == id_)).rowcount)


def _pending(row: Row[Any]) -> Pending:
    values = dict(row._mapping)
    return Pending(**{**values, "at": datetime.fromisoformat(row.at)})
