"""Which originals were held against their checksums, and when: one after another, round and round.

A round takes a month, so that the disk is hardly used. What was overdue is caught up with first;
what was found damaged is looked at again every day, since somebody may have brought it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select

from library.catalogue.storage import mapping, schema

ROUND = timedelta(days=30)
AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Damage:
    """An original that is not what it was."""

    sha256: str
    filename: str
    fault: str  # missing, changed
    at: datetime
    resource: str | None  # whose file it is, unless a newer one took its place


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the round is: `fresh` of all originals were found whole within the last round."""

    originals: int
    fresh: int
    oldest: datetime | None  # when the one that waits longest was stored or last looked at
    damaged: tuple[Damage, ...]


def due(conn: Connection, now: datetime, limit: int = 1) -> list[str]:
    """Originals to look at now, up to `limit` where that many are overdue, else one or none."""
    table, checks = schema.originals, schema.fixity
    seen = func.coalesce(checks.c.at, table.c.added)
    beside = table.outerjoin(checks, checks.c.sha256 == table.c.sha256)
    again = (
        select(checks.c.sha256)
        .where(checks.c.fault != "", checks.c.at < _text(now - AGAIN))
        .order_by(checks.c.at)
        .limit(limit)
    )
    hashes = list(conn.scalars(again))
    if hashes:
        return hashes
    oldest = conn.execute(
        select(table.c.sha256, seen.label("seen"))
        .select_from(beside)
        .where(or_(checks.c.fault.is_(None), checks.c.fault == ""))
        .order_by(seen, table.c.sha256)
        .limit(limit)
    ).all()
    overdue = [row.sha256 for row in oldest if row.seen < _text(now - ROUND)]
    if overdue or not oldest:
        return overdue
    first = oldest[0]
    return [first.sha256] if first.seen < _text(now - AGAIN) and _is_time(conn, now) else []


def note(conn: Connection, results: Mapping[str, str]) -> None:
    """Keep what was found: "" for an original that is whole, else its fault."""
    table, now = schema.fixity, mapping.now()
    if not results:
        return
    conn.execute(delete(table).where(table.c.sha256.in_(list(results))))
    lines = [{"sha256": sha256, "at": now, "fault": fault} for sha256, fault in results.items()]
    conn.execute(insert(table), lines)


def progress(conn: Connection, now: datetime) -> Progress:
    table, checks = schema.originals, schema.fixity
    seen = func.coalesce(checks.c.at, table.c.added)
    fresh = func.count().filter(
        seen >= _text(now - ROUND), or_(checks.c.fault.is_(None), checks.c.fault == "")
    )
    total, whole, oldest = conn.execute(
        select(func.count(), fresh, func.min(seen)).select_from(
            table.outerjoin(checks, checks.c.sha256 == table.c.sha256)
        )
    ).one()
    return Progress(
        total, whole, datetime.fromisoformat(oldest) if oldest else None, tuple(damaged(conn))
    )


def damaged(conn: Connection) -> list[Damage]:
    """Originals that are missing or changed, as far as anybody looked."""
    table, checks, editions = schema.originals, schema.fixity, schema.editions
    query = (
        select(table.c.sha256, table.c.filename, checks.c.fault, checks.c.at, editions.c.resource)
        .join(checks, checks.c.sha256 == table.c.sha256)
        .outerjoin(editions, editions.c.sha256 == table.c.sha256)
        .where(checks.c.fault != "")
        .order_by(table.c.filename, table.c.sha256)
    )
    return [
        Damage(row.sha256, row.filename, row.fault, datetime.fromisoformat(row.at), row.resource)
        for row in conn.execute(query)
    ]


def _is_time(conn: Connection, now: datetime) -> bool:
    """Whether the next one is due, for all to have their turn within a round."""
    last = conn.scalar(select(func.max(schema.fixity.c.at)))
    number = conn.scalar(select(func.count()).select_from(schema.originals)) or 1
    return last is None or last < _text(now - ROUND / number)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
