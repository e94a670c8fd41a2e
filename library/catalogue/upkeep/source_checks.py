"""What is known of the addresses that documents came from: whether they still answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from library.catalogue.storage import mapping, schema
from library.core.resource import SourceState, Status

AGAIN = timedelta(days=30)  # after which one that answered is asked again
SOON = timedelta(days=1)  # and one that did not
SILENT_DAYS = 3  # days of silence, while others answered, after which a source is broken
CLOSED = (Status.WITHDRAWN, Status.SUPERSEDED)


def due(conn: Connection, limit: int, now: datetime | None = None) -> list[str]:
    """Addresses to ask, those never asked first, then those asked longest ago."""
    now = now or datetime.now(UTC)
    table, known = schema.editions, schema.sources
    good = known.c.state.in_((SourceState.WELL, SourceState.UNASKED))
    query = (
        select(table.c.source_url)
        .join(schema.resources, schema.resources.c.id == table.c.resource)
        .outerjoin(known, known.c.address == table.c.source_url)
        .where(table.c.source_url != "", schema.resources.c.status.not_in(CLOSED))
        .where(
            or_(
                known.c.address.is_(None),
                good & (known.c.asked < mapping.said(now - AGAIN)),
                ~good & (known.c.asked < mapping.said(now - SOON)),
            )
        )
        .group_by(table.c.source_url)
        .order_by(func.coalesce(func.min(known.c.asked), ""), table.c.source_url)
        .limit(limit)
    )
    return list(conn.scalars(query))


def every(conn: Connection) -> list[str]:
    """All addresses that documents came from."""
    table = schema.editions
    query = select(table.c.source_url).where(table.c.source_url != "").distinct()
    return list(conn.scalars(query.order_by(table.c.source_url)))


def resources(conn: Connection, address: str) -> list[str]:
    """The addresses (slugs) of the resources that came from there."""
    table, slugs = schema.editions, schema.slugs
    query = (
        select(slugs.c.slug)
        .join(table, table.c.resource == slugs.c.resource)
        .where(table.c.source_url == address, slugs.c.current)
    )
    return list(conn.scalars(query.distinct().order_by(slugs.c.slug)))


def answering(conn: Connection, besides: str) -> str:
    """A source that answered when it was last asked, the longest ago first; "" when none did."""
    table = schema.sources
    query = select(table.c.address).where(
        table.c.state == SourceState.WELL, table.c.address != besides
    )
    return conn.scalar(query.order_by(table.c.asked).limit(1)) or ""


def note(
    conn: Connection,
    address: str,
    state: SourceState,
    word: str,
    *,
    heard: bool = True,
    now: datetime | None = None,
) -> None:
    """Keep what came of asking an address.

    heard: whether another source answered meanwhile; silence counts only then, once a day: else
    our own line may be what is broken.
    """
    table, now = schema.sources, now or datetime.now(UTC)
    row = conn.execute(select(table).where(table.c.address == address)).one_or_none()
    days = 0
    if state is SourceState.SILENT:
        silent = row is not None and row.state == state
        days = row.days if row and silent else 0
        same_day = silent and row is not None and row.asked[:10] == mapping.said(now)[:10]
        days += heard and not (same_day and days)
    values = {"state": state, "word": word, "asked": mapping.said(now), "days": days}
    if row:
        conn.execute(update(table).where(table.c.address == address).values(**values))
    else:
        conn.execute(insert(table).values(address=address, **values))


def forget_unused(conn: Connection) -> None:
    """Keep nothing of addresses that no document names any more."""
    table = schema.sources
    named = select(schema.editions.c.source_url)
    conn.execute(delete(table).where(table.c.address.not_in(named)))


def broken(conn: Connection) -> Mapping[str, str]:
    """Addresses that do not answer any more, and the word for why (`404`, `no name`)."""
    table = schema.sources
    silent = (table.c.state == SourceState.SILENT) & (table.c.days >= SILENT_DAYS)
    query = select(table.c.address, table.c.word).where(
        or_(table.c.state == SourceState.GONE, silent)
    )
    return {row.address: row.word for row in conn.execute(query)}
