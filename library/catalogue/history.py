"""What staff changed: who, when, before and after. Only ever added to.

Each entry's hash is of the entry and of the hash before it, so that one that was altered, put in
or taken out breaks all that follow; the number of the last is kept apart, so that the end cannot
be cut off unseen. The database refuses to alter entries; the hashes tell when it was made to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from library.catalogue import rows, tables
from library.errors import Changed
from library.resource import JSON

BEGINNING = "0" * 64
HEAD = "history"  # the row of the table of states that holds the number of the last entry
COMMAND_LINE = "command line"
LIBRARY = "library"  # what the library does by itself
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """One entry. `before` and `after` hold what was changed, and no more."""

    id: int
    at: datetime
    by: str
    action: str
    subject: str
    before: JSON
    after: JSON
    undoes: int | None
    hash: str


def note(
    conn: Connection,
    *,
    by: str,
    action: str,
    subject: str,
    before: JSON | None = None,
    after: JSON | None = None,
    undoes: int | None = None,
) -> int:
    """Add an entry, in the transaction of what it tells of; its number."""
    table, state = tables.history, tables.state
    last = conn.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1))
    held = last.one_or_none()
    values: JSON = {
        "id": held.id + 1 if held else 1,
        "at": rows.now(),
        "by": by,
        "action": action,
        "subject": subject,
        "before": before or {},
        "after": after or {},
        "undoes": undoes,
    }
    conn.execute(insert(table).values(**values, hash=_hash(values, held.hash if held else "")))
    conn.execute(delete(state).where(state.c.name == HEAD))
    conn.execute(insert(state).values(name=HEAD, number=values["id"], time=values["at"]))
    number: int = values["id"]
    return number


def entry(conn: Connection, id_: int) -> Change | None:
    row = conn.execute(select(tables.history).where(tables.history.c.id == id_)).one_or_none()
    return _change(row) if row else None


def entries(
    conn: Connection, limit: int, *, subjects: Iterable[str] = (), before: int | None = None
) -> list[Change]:
    """The newest entries, of these subjects if any, from before this number if given."""
    table = tables.history
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    wanted = list(subjects)
    if wanted:
        query = query.where(table.c.subject.in_(wanted))
    if before is not None:
        query = query.where(table.c.id < before)
    return [_change(row) for row in conn.execute(query)]


def last(conn: Connection, subject: str) -> int:
    """The number of the last entry of a subject, 0 when there is none: its version."""
    table = tables.history
    return conn.scalar(select(func.max(table.c.id)).where(table.c.subject == subject)) or 0


def expect(conn: Connection, subject: str, version: int | None) -> None:
    """Raises Changed where a subject is not at this version any more. None: whichever it is at."""
    if version is not None and last(conn, subject) != version:
        raise Changed("Somebody else has changed this meanwhile.", "Look at it and say it again.")


def undone(conn: Connection, ids: Iterable[int]) -> frozenset[int]:
    """Those of these entries that later ones undo."""
    table = tables.history
    return frozenset(conn.scalars(select(table.c.undoes).where(table.c.undoes.in_(list(ids)))))


def count(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(tables.history)) or 0


def faults(conn: Connection) -> Iterator[str]:
    """What is wrong with the chain: the first entry not as it was made, or a missing end."""
    table, state = tables.history, tables.state
    before, number = "", 0
    while True:
        query = select(table).where(table.c.id > number).order_by(table.c.id).limit(_BATCH)
        found = conn.execute(query).all()
        if not found:
            break
        for row in found:
            values = {key: value for key, value in row._mapping.items() if key != "hash"}
            if row.id != number + 1:
                yield f"entry {number + 1} is missing"
                return
            if row.hash != _hash(values, before):
                yield f"entry {row.id} was altered, or one before it"
                return
            before, number = row.hash, row.id
    held = conn.scalar(select(state.c.number).where(state.c.name == HEAD)) or 0
    if held != number:
        yield f"there should be {held} entries, and there are {number}"


def _hash(values: JSON, before: str) -> str:
    told = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before or BEGINNING}\n{told}".encode()).hexdigest()


def _change(row: Row[Any]) -> Change:
    values = dict(row._mapping)
    return Change(**{**values, "at": datetime.fromisoformat(row.at)})
