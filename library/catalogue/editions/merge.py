"""A resource goes into another: no address of it is lost, and no name or place."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from library.catalogue.queue import tasks
from library.catalogue.resources import harvest, queries, status
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import schema
from library.core.errors import UsageError
from library.core.resource import LISTED, Resource


def absorb(writer: Writer, goes: str, stays: str) -> None:
    """Let a resource without editions go: its addresses, names and places lead to another."""
    conn, table = writer.conn, schema.slugs
    conn.execute(
        update(table).where(table.c.resource == goes).values(resource=stays, current=False)
    )
    if queries.resource_of_slug(conn, goes) is None:  # its identifier is an address of the API
        conn.execute(insert(table).values(slug=goes, resource=stays, current=False))
    _move_places(writer, goes, stays)
    status.absorbed(conn, goes, stays)
    works, resources = schema.works, schema.resources
    conn.execute(update(works).where(works.c.resource == goes).values(resource=stays))
    name, standing = conn.execute(
        select(resources.c.work, resources.c.status).where(resources.c.id == goes)
    ).one()
    if standing in LISTED:
        harvest.depart(conn, goes)
    conn.execute(delete(resources).where(resources.c.id == goes))
    if name is not None:
        conn.execute(insert(works).values(work=name, resource=stays))
    tasks.owe(conn, "index", [goes])  # it is found no more


def _move_places(writer: Writer, goes: str, stays: str) -> None:
    """In every collection the one stands where the other stood, and once."""
    conn, items = writer.conn, schema.collection_items
    with_both = select(items.c.collection).where(items.c.resource == stays)
    conn.execute(
        delete(items).where(
            items.c.resource == goes, items.c.collection.in_(with_both.scalar_subquery())
        )
    )
    conn.execute(update(items).where(items.c.resource == goes).values(resource=stays))


def same_readers(one: Resource, other: Resource) -> None:
    """Raises UsageError where readers may see only one of two."""
    if one.status is not other.status:
        raise UsageError("group status", statuses=f"{one.status}, {other.status}")
