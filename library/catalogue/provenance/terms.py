"""What values of other libraries mean here: one table, which staff can change at the desk."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from library.catalogue.storage import mapping, schema

LONGEST = 300  # characters of a value that is looked up

Terms = dict[tuple[str, str], tuple[str, ...]]
"""(field, value as it is looked up) → concepts as `facet:id`; none: staff say it means nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """A value that came in, what staff say it means (None: nothing yet), and how many have it."""

    field: str
    key: str
    written: str
    targets: tuple[str, ...] | None
    works: int


def key(text: str) -> str:
    """A value as it is looked up: without capitals, in one spelling, one space between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST]


def every(conn: Connection) -> Terms:
    """All that staff said."""
    table = schema.terms
    return {(row.field, row.key): tuple(row.targets) for row in conn.execute(select(table))}


def put(conn: Connection, field: str, written: str, targets: Sequence[str], *, by: str) -> None:
    """Say what a value means from now on."""
    forget(conn, field, written)
    conn.execute(
        insert(schema.terms).values(
            field=field,
            key=key(written),
            written=written,
            targets=list(targets),
            by=by,
            at=mapping.now(),
        )
    )


def forget(conn: Connection, field: str, written: str) -> None:
    """Say no more what a value means."""
    table = schema.terms
    conn.execute(delete(table).where(table.c.field == field, table.c.key == key(written)))


def listed(conn: Connection, limit: int, *, waiting: bool) -> list[Term]:
    """Values that came in, those of most works first. waiting: those nobody has said of yet."""
    values, imported = schema.imported_values, schema.imported
    works = func.count(func.distinct(schema.editions.c.resource))
    query = (
        select(
            values.c.field,
            values.c.key,
            func.min(values.c.written).label("written"),
            works.label("works"),
        )
        .join(imported, imported.c.id == values.c.imported)
        .join(schema.editions, schema.editions.c.id == imported.c.edition)
        .group_by(values.c.field, values.c.key)
        .order_by(works.desc(), values.c.field, values.c.key)
    )
    said = every(conn)
    found = [
        Term(row.field, row.key, row.written, said.get((row.field, row.key)), row.works)
        for row in conn.execute(query)
    ]
    return [term for term in found if (term.targets is None) is waiting][:limit]


def works_with(conn: Connection, field: str, written: str) -> list[str]:
    """The resources that came with a value."""
    values, imported, editions = schema.imported_values, schema.imported, schema.editions
    query = (
        select(editions.c.resource)
        .join(imported, imported.c.edition == editions.c.id)
        .join(values, values.c.imported == imported.c.id)
        .where(values.c.field == field, values.c.key == key(written))
        .distinct()
        .order_by(editions.c.resource)
    )
    return list(conn.scalars(query))
