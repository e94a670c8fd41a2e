"""What the library holds as staff look through it: every status, by title or file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from library.catalogue import reading, tables
from library.resource import Resource, Status


@dataclass(frozen=True, slots=True)
class Listed:
    """Some resources of how many."""

    total: int
    resources: tuple[Resource, ...]


def held(conn: Connection, *, status: Status | None, words: str, first: int, limit: int) -> Listed:
    """Resources from number `first` (from 0), those changed last first.

    status: only these; words: parts of a title or a file's name, or an identifier.
    """
    table, editions = tables.resources, tables.editions
    query = select(table.c.id)
    if status is not None:
        query = query.where(table.c.status == status)
    for word in words.split()[:8]:
        like = f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        named = select(editions.c.resource).where(
            or_(
                editions.c.title.ilike(like, escape="!"),
                editions.c.filename.ilike(like, escape="!"),
            )
        )
        query = query.where(or_(table.c.id == word, table.c.id.in_(named)))
    total = conn.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.order_by(table.c.changed.desc(), table.c.id).offset(first).limit(limit)
    ids = list(conn.scalars(query))
    return Listed(total, tuple(reading.resources(conn, ids, public=False)))


def by_status(conn: Connection) -> dict[Status, int]:
    """How many resources stand where."""
    table = tables.resources
    query = select(table.c.status, func.count()).group_by(table.c.status)
    return {Status(status): number for status, number in conn.execute(query)}
