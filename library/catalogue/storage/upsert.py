"""Numbers that several processes add to, in one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def add(conn: Connection, table: Table, lines: Sequence[dict[str, object]]) -> None:
    """Add `times` of each line to the row of its key, or make that row.

    Two processes that do so at once both count, since the database adds.
    """
    if not lines:
        return
    made = INSERTS[conn.dialect.name](table)
    keys = [column.name for column in table.primary_key]
    made = made.on_conflict_do_update(
        index_elements=keys, set_={"times": table.c.times + made.excluded.times}
    )
    conn.execute(made, list(lines))
