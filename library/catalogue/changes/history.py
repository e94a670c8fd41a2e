"""What staff changed: who, when, before and after. Only ever added to.

Each entry's hash is of the entry and of the hash before it, so that one that was altered, put in
or taken out breaks all that follow; the number of the last is kept apart, so that the end cannot
be cut off unseen. The database refuses to alter entries; the hashes tell when it was made to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from library.catalogue.storage import mapping, schema
from library.core.errors import Changed
from library.core.messages import Message
from library.core.resource import JSON

BEGINNING = "0" * 64
HEAD = "history"  # the row of the table of states that holds the number of the last entry
COMMAND_LINE = "command line"
MANY = "many"  # what stands for a change of many; its entries are numbered in it
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


@dataclass(frozen=True, slots=True)
class Note:
    """An entry to be made."""

    action: str
    subject: str
    before: JSON
    after: JSON
    undoes: int | None = None


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
    return note_all(conn, [Note(action, subject, before or {}, after or {}, undoes)], by=by)


def note_all(conn: Connection, notes: Sequence[Note], *, by: str) -> int:
    """Add entries in their order, in the transaction of what they tell of; the last one's number.

    One chain is made of thousands as of one, without asking the database for each link.
    """
    table, state = schema.history, schema.state
    newest = conn.execute(
        select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)
    ).one_or_none()
    number, seal, moment = (
        (newest.id, newest.hash, mapping.now()) if newest else (0, "", mapping.now())
    )
    made = []
    for change in notes:
        number += 1
        values: JSON = {
            "id": number,
            "at": moment,
            "by": by,
            "action": change.action,
            "subject": change.subject,
            "before": change.before,
            "after": change.after,
            "undoes": change.undoes,
        }
        seal = _hash(values, seal)
        made.append({**values, "hash": seal})
    if made:
        conn.execute(insert(table), made)
        conn.execute(delete(state).where(state.c.name == HEAD))
        conn.execute(insert(state).values(name=HEAD, number=number, time=moment))
    return number


def entry(conn: Connection, id_: int) -> Change | None:
    row = conn.execute(select(schema.history).where(schema.history.c.id == id_)).one_or_none()
    return _change(row) if row else None


def entries(
    conn: Connection, limit: int, *, subjects: Iterable[str] = (), before: int | None = None
) -> list[Change]:
    """The newest entries, of these subjects if any, from before this number if given."""
    table = schema.history
    query = select(table).order_by(table.c.id.desc()).limit(limit)
    wanted = list(subjects)
    if wanted:
        query = query.where(table.c.subject.in_(wanted))
    if before is not None:
        query = query.where(table.c.id < before)
    return [_change(row) for row in conn.execute(query)]


def folded(conn: Connection, limit: int, *, before: int | None = None) -> list[Change]:
    """The newest entries, those that are part of a change of many left to the entry that stands
    for the whole.
    """
    changes: list[Change] = []
    while len(changes) < limit:
        part = entries(conn, limit, before=before)
        for change in part:
            if before is not None and change.id >= before:
                continue
            changes.append(change)
            before = change.after["first"] if change.action == MANY else change.id
        if len(part) < limit:
            break
    return changes[:limit]


def last(conn: Connection, subject: str) -> int:
    """The number of the last entry of a subject, 0 when there is none: its version."""
    table = schema.history
    return conn.scalar(select(func.max(table.c.id)).where(table.c.subject == subject)) or 0


def has(conn: Connection, subject: str, action: str) -> bool:
    """Whether anybody ever did this to a subject."""
    table = schema.history
    done = select(table.c.id).where(table.c.subject == subject, table.c.action == action)
    return conn.execute(done.limit(1)).first() is not None


def versions(conn: Connection, subjects: Sequence[str]) -> dict[str, int]:
    """The number of the last entry of each of these subjects that has any."""
    table = schema.history
    numbers: dict[str, int] = {}
    for start in range(0, len(subjects), _BATCH // 2):
        part = subjects[start : start + _BATCH // 2]
        query = select(table.c.subject, func.max(table.c.id)).where(table.c.subject.in_(part))
        numbers |= {row[0]: row[1] for row in conn.execute(query.group_by(table.c.subject))}
    return numbers


def head(conn: Connection) -> int:
    """The number of the newest entry, 0 when there is none."""
    return conn.scalar(select(func.max(schema.history.c.id))) or 0


def expect(conn: Connection, subject: str, version: int | None) -> None:
    """Raises Changed where a subject is not at this version any more. None: whichever it is at."""
    if version is not None and last(conn, subject) != version:
        raise Changed("changed meanwhile")


def undone(conn: Connection, ids: Iterable[int]) -> frozenset[int]:
    """Those of these entries that later ones undo."""
    table, wanted = schema.history, list(ids)
    numbers: set[int] = set()
    for start in range(0, len(wanted), _BATCH // 2):
        part = wanted[start : start + _BATCH // 2]
        numbers.update(conn.scalars(select(table.c.undoes).where(table.c.undoes.in_(part))))
    return frozenset(numbers)


def undoing(conn: Connection, id_: int) -> Change | None:
    """The entry that undoes another, if there is one."""
    table = schema.history
    row = conn.execute(select(table).where(table.c.undoes == id_).limit(1)).one_or_none()
    return _change(row) if row else None


def between(conn: Connection, first: int, last: int, limit: int = 0) -> list[Change]:
    """The entries from one number to another, in their order; no more than `limit`, if given."""
    table = schema.history
    query = select(table).where(table.c.id >= first, table.c.id <= last).order_by(table.c.id)
    return [_change(row) for row in conn.execute(query.limit(limit) if limit else query)]


def count(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(schema.history)) or 0


def faults(conn: Connection) -> Iterator[Message]:
    """What is wrong with the chain: the first entry not as it was made, or a missing end."""
    table, state = schema.history, schema.state
    before, number = "", 0
    while True:
        query = select(table).where(table.c.id > number).order_by(table.c.id).limit(_BATCH)
        rows = conn.execute(query).all()
        if not rows:
            break
        for row in rows:
            values = {key: value for key, value in row._mapping.items() if key != "hash"}
            if row.id != number + 1:
                yield Message("history entry missing", {"number": number + 1})
                return
            if row.hash != _hash(values, before):
                yield Message("history altered", {"number": row.id})
                return
            before, number = row.hash, row.id
    recorded = conn.scalar(select(state.c.number).where(state.c.name == HEAD)) or 0
    if recorded != number:
        yield Message("history cut", {"number": number, "held": recorded})


def _hash(values: JSON, before: str) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{before or BEGINNING}\n{text}".encode()).hexdigest()


def _change(row: Row[Any]) -> Change:
    values = dict(row._mapping)
    return Change(**{**values, "at": datetime.fromisoformat(row.at)})
