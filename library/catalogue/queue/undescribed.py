"""Editions that are found by their words and are still to be described: what that needs of them.

A row is there for as long as its task is owed; with it goes what a file said of itself, which is
kept nowhere else until there are statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from library.catalogue.storage import schema
from library.core.errors import InputError, by_reason
from library.core.messages import message_of, messages_of
from library.core.resource import JSON, Heading, Said

KIND = "describe"  # of the outbox's tasks; their subjects are editions
_TOGETHER = 500  # below every database's limit on the values of one statement


@dataclass(frozen=True, slots=True)
class Undescribed:
    """An edition, the arrival it came with, what its file says, and why it was not read whole."""

    edition: str
    arrival: int
    said: Said
    problem: InputError | None


def keep(conn: Connection, undescribed: Undescribed) -> None:
    """Note that an edition is still to be described, in place of what was noted before."""
    drop(conn, undescribed.edition)
    problem = undescribed.problem
    conn.execute(
        insert(schema.undescribed).values(
            edition=undescribed.edition,
            arrival=undescribed.arrival,
            said=_packed(undescribed.said),
            problem=[problem.reason, problem.message.json()] if problem else [],
        )
    )


def of(conn: Connection, edition: str) -> Undescribed | None:
    """What is noted of an edition that is still to be described."""
    table = schema.undescribed
    row = conn.execute(select(table).where(table.c.edition == edition)).one_or_none()
    if row is None:
        return None
    problem: InputError | None = None
    if row.problem:
        message = message_of(row.problem[1])
        problem = by_reason(row.problem[0])(message.code, **message.values)
    return Undescribed(row.edition, row.arrival, _said(row.said), problem)


def among(conn: Connection, editions: Iterable[str]) -> frozenset[str]:
    """Those of these editions that are still to be described."""
    table, wanted = schema.undescribed, list(editions)
    found: set[str] = set()
    for start in range(0, len(wanted), _TOGETHER):
        some = wanted[start : start + _TOGETHER]
        found.update(conn.scalars(select(table.c.edition).where(table.c.edition.in_(some))))
    return frozenset(found)


def drop(conn: Connection, edition: str) -> None:
    """An edition is described, or is another file now."""
    table = schema.undescribed
    conn.execute(delete(table).where(table.c.edition == edition))


def move(conn: Connection, edition: str, to: str) -> None:
    """What is noted of an edition is noted of another, that has its words now."""
    table = schema.undescribed
    drop(conn, to)
    conn.execute(update(table).where(table.c.edition == edition).values(edition=to))


def _packed(said: Said) -> JSON:
    return {
        "fields": dict(said.fields),
        "outline": [[line.title, line.page, line.level] for line in said.outline],
        "pages": said.pages,
        "unread": [message.json() for message in said.unread],
    }


def _said(packed: JSON) -> Said:
    return Said(
        fields=packed["fields"],
        outline=tuple(Heading(*line) for line in packed["outline"]),
        pages=packed["pages"],
        unread=messages_of(packed["unread"]),
    )
