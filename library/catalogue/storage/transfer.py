"""A whole catalogue, carried from one database into an empty one of another kind, row by row.

All of it goes along: accounts, the history with its chain, what waits to be done. What one kind of
database keeps for itself alone, such as the sums of rows, is made there.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, func, insert, select

from library.catalogue.storage import schema

OWN = ("sums", "touched")  # of SQLite
_AT_ONCE = 200


def carry(source: Connection, target: Connection) -> int:
    """Put every row of one catalogue into another that is new; how many."""
    carried = 0
    target.execute(delete(schema.state))  # all that the migrations put into a new one
    for table in schema.metadata.sorted_tables:
        if table.name in OWN:
            continue
        order = select(table).order_by(*table.primary_key.columns)
        rows = source.execution_options(yield_per=_AT_ONCE).execute(order)
        for some in rows.partitions(_AT_ONCE):
            target.execute(insert(table), [dict(row._mapping) for row in some])
            carried += len(some)
        _count_on(target, table)
    return carried


def _count_on(conn: Connection, table: Table) -> None:
    """Let numbers that a server gives begin after those that came along."""
    [*keys] = table.primary_key.columns
    if conn.dialect.name != "postgresql" or table.autoincrement_column is None:
        return
    named = func.pg_get_serial_sequence(table.name, keys[0].name)
    newest = conn.scalar(select(func.max(keys[0])))
    if newest and conn.scalar(select(named)):
        conn.scalar(select(func.setval(named, newest)))
