"""What a catalogue holds of its works, as rows of plain values: out, and into an empty one.

People, sessions and what waits to be done are not among them; neither is the history, which names
staff. A table is given before those that refer to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Float,
    Integer,
    func,
    insert,
    select,
    update,
)

from library.catalogue.storage import mapping, schema
from library.catalogue.storage.moment import VOCABULARY

TABLES = (
    "originals", "resources", "slugs", "concepts", "editions", "pages", "statements", "versions",
    "works", "departed", "series_places", "collections", "collection_items", "vocabulary",
    "imported", "imported_names", "imported_values", "terms",
)  # fmt: skip
_AT_ONCE = 200

Row = dict[str, Any]


def every(conn: Connection) -> Iterator[tuple[str, Row]]:
    """Each row with its table, in an order that stays the same."""
    for name in TABLES:
        table = schema.metadata.tables[name]
        query = select(table).order_by(*table.primary_key.columns)
        for row in conn.execution_options(yield_per=_AT_ONCE).execute(query):
            yield name, dict(row._mapping)


def is_empty(conn: Connection) -> bool:
    """Whether there is no work, and nothing that tells of one."""
    return not any(
        conn.scalar(select(func.count()).select_from(schema.metadata.tables[name]))
        for name in ("originals", "resources", "collections", "terms")
    )


def put(conn: Connection, name: str, rows: Sequence[Row]) -> None:
    """Put rows into a table. Raises ValueError for what none of ours would be."""
    if name not in TABLES:
        raise ValueError(name)
    table = schema.metadata.tables[name]
    for row in rows:
        if row.keys() - set(table.columns.keys()):
            raise ValueError(f"{name}: {sorted(row)}")
        for column in table.columns:
            if column.name in row and not _fits(row[column.name], column.type):
                raise ValueError(f"{name}.{column.name}")
    if rows:
        conn.execute(insert(table), list(rows))


def settle(conn: Connection) -> list[str]:
    """After rows were put: vocabularies are looked at again. The editions not laid out yet."""
    table, editions = schema.state, schema.editions
    if conn.scalar(select(func.count()).select_from(schema.vocabulary)):
        changed = update(table).where(table.c.name == VOCABULARY)
        if not conn.execute(changed.values(number=table.c.number + 1)).rowcount:
            conn.execute(insert(table).values(name=VOCABULARY, number=1, time=mapping.now()))
    return list(conn.scalars(select(editions.c.id).where(editions.c.laid_out.is_(False))))


def _fits(value: object, kind: object) -> bool:
    if value is None or isinstance(kind, JSON):
        return True
    if isinstance(kind, Boolean):
        return isinstance(value, bool)
    if isinstance(kind, Integer | BigInteger):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(kind, Float):
        return isinstance(value, int | float)
    return isinstance(value, str)
