"""The page whose picture stands for a resource on cards and its page; staff choose it, or none.

Where they have not, the first page does, if it has a picture worth showing.
"""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, select, update

from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import queries
from library.catalogue.resources.writer import Writer
from library.catalogue.storage import mapping, schema
from library.core.errors import UsageError
from library.core.resource import JSON, Cover

ACTION = "cover"
SMALL = "small"  # in a task's subject, after the page: the width of a card


def of(conn: Connection, resource: str) -> Cover | None:
    table = schema.resources
    row = conn.execute(select(table).where(table.c.id == resource)).one_or_none()
    return mapping.cover_of(row) if row else None


def put(
    writer: Writer,
    resource: str,
    cover: Cover | None,
    *,
    by: str,
    version: int | None = None,
    undoes: int | None = None,
) -> bool:
    """Let this page stand for a resource, None for no picture; whether that is a change.

    version: the number of the last change that whoever wants it has seen. Raises Changed, and
    UsageError for a page that the resource does not have.
    """
    conn, table = writer.conn, schema.resources
    resources = queries.resources(conn, [resource], public=False)
    if not resources:
        raise UsageError("resource unknown", id=resource)
    before = resources[0].cover
    if cover == before:
        return False
    history.expect(conn, resource, version)
    if cover:
        edition = next(
            (edition for edition in resources[0].editions if edition.id == cover.edition), None
        )
        if edition is None or not 1 <= cover.page <= edition.pages:
            raise UsageError("page unknown")
        tasks.owe(conn, "picture", [f"{edition.sha256}/{cover.page}/{SMALL}"])
    conn.execute(
        update(table)
        .where(table.c.id == resource)
        .values(cover_edition=cover.edition if cover else "", cover_page=cover.page if cover else 0)
    )
    writer.touch(resource)
    history.note(
        conn,
        by=by,
        action=ACTION,
        subject=resource,
        before=_told(before),
        after=_told(cover),
        undoes=undoes,
    )
    return True


def suggest(writer: Writer, edition: str) -> bool:
    """Let the first page of an edition stand for its resource, where staff have said nothing of a
    picture and it has none; whether that is so now."""
    conn, table = writer.conn, schema.resources
    held = schema.editions
    row = conn.execute(
        select(table.c.id, held.c.sha256)
        .join(held, held.c.resource == table.c.id)
        .where(held.c.id == edition, table.c.cover_edition == "")
    ).one_or_none()
    if row is None or history.has(conn, row.id, ACTION):
        return False
    tasks.owe(conn, tasks.PICTURE, [f"{row.sha256}/1/{SMALL}"])
    chosen = update(table).where(table.c.id == row.id)
    conn.execute(chosen.values(cover_edition=edition, cover_page=1))
    writer.revise()
    return True


def _told(cover: Cover | None) -> JSON:
    return asdict(cover) if cover else {"edition": "", "page": 0}
