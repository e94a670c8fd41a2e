"""How often works were opened, read and downloaded, and the library searched: by day, by nobody.

A line is a day, what was done, with which edition and in which language, and how often. After a
year the days of a month become one line, so that the table stays small and tells even less.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from sqlalchemy import Connection, Label, delete, func, select
from sqlalchemy.sql import ColumnElement

from library.catalogue.storage import schema
from library.catalogue.storage.upsert import add

Kind = Literal["opened", "read", "downloaded", "searched"]
KINDS: tuple[Kind, ...] = get_args(Kind)

BY_DAY = 400  # days that are kept as days; older ones as months


class Counted(NamedTuple):
    """What is counted as one line."""

    day: str  # ISO 8601
    kind: Kind
    resource: str = ""
    edition: str = ""
    language: str = ""


class Read(NamedTuple):
    """A resource and how often it was opened, its pages read, its files downloaded."""

    resource: str
    opened: int
    read: int
    downloaded: int


def record(conn: Connection, counted: Mapping[Counted, int]) -> None:
    """Add these numbers to what was counted before."""
    lines = [{**key._asdict(), "times": times} for key, times in sorted(counted.items())]
    add(conn, schema.counts, lines)


def fold(conn: Connection, today: date) -> int:
    """Make months of the days that are older than a year; how many lines went into others."""
    table = schema.counts
    oldest = (today - timedelta(days=BY_DAY)).replace(day=1).isoformat()
    old = (table.c.day < oldest) & (func.substr(table.c.day, 9, 2) != "01")
    month = func.substr(table.c.day, 1, 8).op("||")("01")
    key = (month.label("day"), table.c.kind, table.c.resource, table.c.edition, table.c.language)
    rows = conn.execute(
        select(*key, func.sum(table.c.times).label("times")).where(old).group_by(*key)
    ).all()
    if not rows:
        return 0
    gone = conn.execute(delete(table).where(old)).rowcount
    add(conn, table, [dict(row._mapping) for row in rows])
    return gone


def most_read(conn: Connection, since: str, limit: int) -> list[Read]:
    """The works read and downloaded most from a day on; those joined meanwhile count as one."""
    table, resource = schema.counts, _resource()
    kinds: tuple[Kind, ...] = ("opened", "read", "downloaded")
    sums = [_sum(kind).label(kind) for kind in kinds]
    query = (
        select(resource.label("resource"), *sums)
        .select_from(table)
        .outerjoin(schema.editions, schema.editions.c.id == table.c.edition)
        .outerjoin(schema.slugs, schema.slugs.c.slug == table.c.resource)
        .where(table.c.day >= since, table.c.kind != "searched")
        .group_by(resource)
        .order_by((_sum("read") + _sum("downloaded")).desc(), _sum("opened").desc(), resource)
        .limit(limit)
    )
    return [Read(row.resource, row.opened, row.read, row.downloaded) for row in conn.execute(query)]


def by_language(conn: Connection, since: str) -> dict[str, dict[str, int]]:
    """How often each kind was counted from a day on, by language: {language: {kind: times}}."""
    return _by(conn, schema.counts.c.language.label("of"), since)


def by_day(conn: Connection, since: str) -> dict[str, dict[str, int]]:
    """The same by day: {day: {kind: times}}."""
    return _by(conn, schema.counts.c.day.label("of"), since)


def totals(conn: Connection, since: str = "") -> dict[str, int]:
    """How often each kind was counted from a day on."""
    table = schema.counts
    query = select(table.c.kind, func.sum(table.c.times)).where(table.c.day >= since)
    return {kind: int(times) for kind, times in conn.execute(query.group_by(table.c.kind))}


def _by(conn: Connection, of: Label[str], since: str) -> dict[str, dict[str, int]]:
    table = schema.counts
    query = (
        select(of, table.c.kind, func.sum(table.c.times))
        .where(table.c.day >= since)
        .group_by(of, table.c.kind)
        .order_by(of)
    )
    counts: dict[str, dict[str, int]] = {}
    for key, kind, times in conn.execute(query):
        counts.setdefault(key, {})[kind] = int(times)
    return counts


def _sum(kind: Kind) -> ColumnElement[int]:
    table = schema.counts
    return func.coalesce(func.sum(table.c.times).filter(table.c.kind == kind), 0)


def _resource() -> ColumnElement[str]:
    """Where what was counted is now: with its edition, or where its resource was joined to."""
    return func.coalesce(
        schema.editions.c.resource, schema.slugs.c.resource, schema.counts.c.resource
    )
