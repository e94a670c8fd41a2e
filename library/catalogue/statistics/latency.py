"""How long searches take, day by day, as a histogram; their shapes, and none of their words.

The steps of the histogram grow by the square root of two from a millisecond on, so that any
quantile read from it is within a fifth of what was measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, select

from library.catalogue.storage import schema
from library.catalogue.storage.upsert import add

BUCKETS = 31  # up to 32 seconds; the last one holds all that took longer
MOST_TERMS = 6  # longer questions are one shape
KEPT = 90  # days


class Timed(NamedTuple):
    """What is counted as one line: the shape of a search, and how long it took."""

    day: str  # ISO 8601
    engine: str
    terms: int
    phrase: bool
    narrowed: bool
    bucket: int


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds in which half, 95 and 99 of a hundred searches were answered."""

    searches: int
    median: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class Shape:
    """Searches of one shape."""

    terms: int
    phrase: bool
    narrowed: bool
    speed: Speed


def bucket(milliseconds: float) -> int:
    """The first step that is not shorter."""
    if milliseconds <= 1:
        return 0
    return min(BUCKETS, math.ceil(2 * math.log2(milliseconds) - 1e-9))


def upper(bucket: int) -> float:
    """The longest time of a step, in milliseconds."""
    return float(2 ** (bucket / 2))


def record(conn: Connection, timed: Mapping[Timed, int]) -> None:
    """Add these numbers, and let go of days long past."""
    add(conn, schema.durations, [{**key._asdict(), "times": n} for key, n in sorted(timed.items())])
    newest = max((key.day for key in timed), default="")
    if newest:
        oldest = date.fromisoformat(newest) - timedelta(days=KEPT)
        table = schema.durations
        conn.execute(delete(table).where(table.c.day < oldest.isoformat()))


def speed(conn: Connection, since: str, engine: str) -> Speed:
    """How fast an engine answered from a day on."""
    table = schema.durations
    query = (
        select(table.c.bucket, func.sum(table.c.times))
        .where(table.c.day >= since, table.c.engine == engine)
        .group_by(table.c.bucket)
    )
    return _speed({step: int(n) for step, n in conn.execute(query)})


def by_day(conn: Connection, since: str) -> list[tuple[str, Speed]]:
    """How fast searches of each day were answered, the oldest day first."""
    table = schema.durations
    query = (
        select(table.c.day, table.c.bucket, func.sum(table.c.times))
        .where(table.c.day >= since)
        .group_by(table.c.day, table.c.bucket)
        .order_by(table.c.day)
    )
    days: dict[str, dict[int, int]] = {}
    for day, step, times in conn.execute(query):
        days.setdefault(day, {})[step] = int(times)
    return [(day, _speed(steps)) for day, steps in days.items()]


def shapes(conn: Connection, since: str, engine: str, limit: int) -> list[Shape]:
    """The shapes of searches that took an engine longest, the slowest first."""
    table = schema.durations
    key = (table.c.terms, table.c.phrase, table.c.narrowed)
    query = (
        select(*key, table.c.bucket, func.sum(table.c.times))
        .where(table.c.day >= since, table.c.engine == engine)
        .group_by(*key, table.c.bucket)
    )
    counts: dict[tuple[int, bool, bool], dict[int, int]] = {}
    for terms, phrase, narrowed, step, times in conn.execute(query):
        counts.setdefault((terms, bool(phrase), bool(narrowed)), {})[step] = int(times)
    rows = [Shape(*shape, _speed(steps)) for shape, steps in counts.items()]
    return sorted(rows, key=lambda shape: (-shape.speed.p95, -shape.speed.searches))[:limit]


def steps(conn: Connection, engine: str, day: str) -> list[tuple[float, int]]:
    """The histogram of a day: up to how many milliseconds, and how many searches in that step."""
    counts = _held(conn, engine, day)
    return [(upper(step), counts.get(step, 0)) for step in range(BUCKETS + 1)]


def seconds(conn: Connection, engine: str, day: str) -> float:
    """About how long the searches of a day took together: each as the middle of its step."""
    counts = _held(conn, engine, day)
    total = sum(n * (upper(step) + (upper(step - 1) if step else 0)) for step, n in counts.items())
    return round(total / 2000, 3)


def _held(conn: Connection, engine: str, day: str) -> dict[int, int]:
    table = schema.durations
    query = (
        select(table.c.bucket, func.sum(table.c.times))
        .where(table.c.engine == engine, table.c.day == day)
        .group_by(table.c.bucket)
    )
    return {step: int(n) for step, n in conn.execute(query)}


def quantile(steps: Mapping[int, int], share: float) -> float:
    """The time within which `share` of the searches were answered, in milliseconds.

    Between the ends of a step it is taken to be where an even spread would have it.
    """
    wanted, seen = share * sum(steps.values()), 0
    ordered: Sequence[int] = sorted(steps)
    for step in ordered:
        if steps[step] and seen + steps[step] >= wanted:
            lower = upper(step - 1) if step else 0.0
            return lower + (upper(step) - lower) * (wanted - seen) / steps[step]
        seen += steps[step]
    return 0.0


def _speed(steps: Mapping[int, int]) -> Speed:
    return Speed(
        sum(steps.values()), *(round(quantile(steps, share), 1) for share in (0.5, 0.95, 0.99))
    )
