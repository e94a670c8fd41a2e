"""What is held, for figures: which resource has which value, and what came in when.

A few plain queries give pairs of a resource and a value; sets of them are counted in memory, since
a work in three languages, or under a topic and the one above it, counts once.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from library.catalogue.storage import schema
from library.core.resource import LISTED, Status

Pair = tuple[str, str]  # a resource, and a value it has


def of_status(conn: Connection, statuses: Iterable[Status] = LISTED) -> frozenset[str]:
    """The resources that stand so, those without an edition left out."""
    works, editions = schema.resources, schema.editions
    query = (
        select(works.c.id)
        .where(works.c.status.in_(list(statuses)))
        .where(select(editions.c.id).where(editions.c.resource == works.c.id).exists())
    )
    return frozenset(conn.scalars(query))


def pairs(conn: Connection, facet: str) -> list[Pair]:
    """Each resource with each value it has of a facet, of its year, or of its status."""
    works, editions, concepts = schema.resources, schema.editions, schema.concepts
    if facet == "language":
        columns = editions.c.resource, editions.c.language
        query = select(*columns).where(editions.c.language != "").distinct()
    elif facet == "year":
        newest = func.substr(func.max(editions.c.date), 1, 4)
        query = (
            select(editions.c.resource, newest)
            .where(editions.c.date != "")
            .group_by(editions.c.resource)
        )
    elif facet == "status":
        query = select(works.c.id, works.c.status)
    else:
        query = select(concepts.c.resource, concepts.c.concept).where(concepts.c.facet == facet)
    return [(resource, value) for resource, value in conn.execute(query)]


def months(conn: Connection) -> list[tuple[str, int, int]]:
    """How many files and resources came in each month (2026-05), whatever became of them."""
    files, works = schema.editions, schema.resources
    by_month: dict[str, list[int]] = {}
    for place, table in enumerate((files, works)):
        month = func.substr(table.c.added, 1, 7)
        for name, number in conn.execute(select(month, func.count()).group_by(month)):
            by_month.setdefault(name, [0, 0])[place] = number
    return [(month, *by_month[month]) for month in sorted(by_month)]  # type: ignore[misc]


def opened(conn: Connection, since: str) -> frozenset[str]:
    """Resources that anybody opened, read or downloaded from a day on."""
    counts, editions = schema.counts, schema.editions
    present = func.coalesce(editions.c.resource, counts.c.resource)
    query = (
        select(present)
        .select_from(counts)
        .outerjoin(editions, editions.c.id == counts.c.edition)
        .where(counts.c.day >= since, counts.c.kind != "searched")
        .distinct()
    )
    return frozenset(conn.scalars(query))
