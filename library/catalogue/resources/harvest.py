"""The catalogue in the order it changed, for programs that keep a copy of it and come back.

A place in that order is the moment of a change and an id. Whatever changes meanwhile moves to the
end, so who goes on from a place misses nothing, however long they waited.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import merge
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, or_, select

from library.catalogue.storage import mapping, schema
from library.core.resource import LISTED


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A resource that changed, or departed: readers find it no more."""

    changed: str  # ISO 8601, UTC
    id: str
    departed: bool = field(default=False, compare=False)


COLLECTION = "collection"
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the catalogue: what is filed under any of these concepts of a facet, has an edition
    in any of these languages, or stands in any of these collections; without values in any there
    is, and without a facet all.
    """

    facet: str = ""
    values: tuple[str, ...] = ()


WHOLE = Part()


def depart(conn: Connection, resource: str) -> None:
    """Keep that a resource is found no more from this moment on."""
    table = schema.departed
    conn.execute(delete(table).where(table.c.resource == resource))
    conn.execute(insert(table).values(resource=resource, changed=mapping.now()))


def changes(
    conn: Connection,
    part: Part = WHOLE,
    *,
    after: tuple[str, str] = ("", ""),
    since: str = "",
    before: str = "",
    limit: int,
) -> list[Change]:
    """What changed, the longest ago first: after a place, from `since` on and before `before`.

    What departed is told whatever part it was in: a copy that never held it loses nothing.
    """
    works, gone = schema.resources, schema.departed
    here = select(works.c.changed, works.c.id).where(works.c.status.in_(LISTED), *_of(part))
    listed = _within(here, works.c.changed, works.c.id, after, since, before)
    back = select(works.c.id).where(works.c.id == gone.c.resource, works.c.status.in_(LISTED))
    away = select(gone.c.changed, gone.c.resource).where(~back.exists())
    departed = _within(away, gone.c.changed, gone.c.resource, after, since, before)
    told = (
        [Change(moment, id_) for moment, id_ in conn.execute(listed.limit(limit))],
        [Change(moment, id_, True) for moment, id_ in conn.execute(departed.limit(limit))],
    )
    return list(merge(*told))[:limit]


def change(conn: Connection, resource: str) -> Change | None:
    """When a resource last changed or departed; None of what readers could never find."""
    works, gone = schema.resources, schema.departed
    query = select(works.c.changed).where(works.c.id == resource, works.c.status.in_(LISTED))
    if moment := conn.scalar(query):
        return Change(moment, resource)
    moment = conn.scalar(select(gone.c.changed).where(gone.c.resource == resource))
    return Change(moment, resource, departed=True) if moment else None


def earliest(conn: Connection) -> str:
    """The moment before which nothing changed, "" where nothing is there."""
    works, gone = schema.resources, schema.departed
    first = (
        conn.scalar(select(func.min(works.c.changed)).where(works.c.status == status))
        for status in LISTED
    )
    return min(filter(None, (*first, conn.scalar(select(func.min(gone.c.changed))))), default="")


def _of(part: Part) -> list[ColumnElement[bool]]:
    """What a resource must be to be in a part."""
    works = schema.resources
    if not part.facet:
        return []
    if part.facet == COLLECTION:
        items = schema.collection_items
        owner, value, more = items.c.resource, items.c.collection, []
    elif part.facet == LANGUAGE:
        editions = schema.editions
        owner, value, more = editions.c.resource, editions.c.language, [editions.c.language != ""]
    else:
        table = schema.concepts
        owner, value, more = table.c.resource, table.c.concept, [table.c.facet == part.facet]
    if part.values:
        more.append(value.in_(part.values))
    return [select(owner).where(owner == works.c.id, *more).exists()]


def _within(
    query: Select[Any],
    moment: ColumnElement[str],
    id_: ColumnElement[str],
    after: tuple[str, str],
    since: str,
    before: str,
) -> Select[Any]:
    later = or_(moment > after[0], and_(moment == after[0], id_ > after[1]))
    query = query.where(moment >= after[0], later)  # the first alone is what an index answers
    if since:
        query = query.where(moment >= since)
    if before:
        query = query.where(moment < before)
    return query.order_by(moment, id_)
