"""A series in the order that staff give it; of what they did not place, the newest comes first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from library.catalogue.changes import history
from library.catalogue.changes.history import Change
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import schema
from library.core.errors import Changed
from library.core.resource import LISTED, Status

ACTION = "series ordered"


def subject(series: str) -> str:
    """What the history calls a series."""
    return f"series {series}"


def order(conn: Connection, series: str, *, among: frozenset[Status] | None = None) -> list[str]:
    """The resources of a series in order; of these statuses, if any are named."""
    works, editions, places = schema.resources, schema.editions, schema.series_places
    query = (
        select(works.c.id)
        .join(editions, editions.c.resource == works.c.id)
        .outerjoin(places, (places.c.resource == works.c.id) & (places.c.series == series))
        .where(works.c.series == series, works.c.series != "")
        .group_by(works.c.id, places.c.position)
        .order_by(
            places.c.position.is_(None),
            places.c.position,
            func.max(editions.c.date).desc(),
            works.c.id,
        )
    )
    if among is not None:
        query = query.where(works.c.status.in_(among))
    return list(conn.scalars(query))


def is_ordered(conn: Connection, series: str) -> bool:
    """Whether staff have put a series in order."""
    places = schema.series_places
    query = select(places.c.resource).where(places.c.series == series).limit(1)
    return conn.scalar(query) is not None


def walk(conn: Connection, series: str, resource: str) -> tuple[int, list[str]]:
    """The place of a resource among those of its series that readers find, from 1, and those in
    their order. 0 where staff have not placed it.
    """
    ids = order(conn, series, among=LISTED)
    places = schema.series_places
    placed = select(places.c.resource).where(
        places.c.series == series, places.c.resource == resource
    )
    if conn.scalar(placed) is None or resource not in ids:
        return 0, ids
    return ids.index(resource) + 1, ids


def put(
    writer: Writer,
    series: str,
    wanted: Sequence[str],
    *,
    by: str,
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """Put a series in order; whether that is a change. What is not named comes after. Raises
    Changed.
    """
    conn = writer.conn
    before, ordered = order(conn, series), is_ordered(conn, series)
    named = [id_ for id_ in dict.fromkeys(wanted) if id_ in set(before)]
    after = [*named, *(id_ for id_ in before if id_ not in set(named))]
    if after == before and ordered:
        return False
    history.expect(conn, subject(series), version)
    _place(writer, series, after)
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=subject(series),
        before={"resources": before, "ordered": ordered},
        after={"resources": after, "ordered": True},
        undoes=undoes,
    )
    return True


def undo(writer: Writer, change: Change, *, by: str) -> None:
    """Let a series stand as before. Raises Changed where its order is another by now."""
    conn, series = writer.conn, change.subject.partition(" ")[2]
    now = order(conn, series)
    if now != change.after["resources"] or is_ordered(conn, series) != change.after["ordered"]:
        raise Changed("changed since")
    _place(writer, series, change.before["resources"] if change.before["ordered"] else [])
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=change.subject,
        before=change.after,
        after=change.before,
        undoes=change.id,
    )


def _place(writer: Writer, series: str, ids: Sequence[str]) -> None:
    places = schema.series_places
    writer.conn.execute(delete(places).where(places.c.series == series))
    if ids:
        writer.conn.execute(
            insert(places),
            [
                {"series": series, "resource": id_, "position": position}
                for position, id_ in enumerate(ids, start=1)
            ],
        )
    writer.revise()
