"""Days and months of a period, each of them, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from babel.dates import format_skeleton

from library.web.i18n import Interface

BY_DAY = 92  # days of a period that is shown day by day; longer ones by month


def days(since: str, until: date) -> list[str]:
    """Every day from one to another, as ISO 8601 has them."""
    first = date.fromisoformat(since)
    return [(first + timedelta(days=n)).isoformat() for n in range((until - first).days + 1)]


def months(first: str, until: date) -> list[str]:
    """Every month from that of a day or month on: 2026-05."""
    year, month = int(first[:4]), int(first[5:7])
    listed = []
    while (year, month) <= (until.year, until.month):
        listed.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return listed


def summed(by_day: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Counts of days as counts of months."""
    sums: dict[str, dict[str, int]] = {}
    for day, counts in by_day.items():
        month = sums.setdefault(day[:7], {})
        for kind, number in counts.items():
            month[kind] = month.get(kind, 0) + number
    return sums


def called(time: str, interface: Interface) -> str:
    """`May 2026` for a month, `May 3` for a day."""
    skeleton, moment = ("yMMM", f"{time}-01") if len(time) == 7 else ("MMMd", time)
    return str(format_skeleton(skeleton, date.fromisoformat(moment), locale=interface.locale))
