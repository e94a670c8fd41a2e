"""Dates as spreadsheets rewrite them: `15/05/2019`, `May-19`, `2019-05-15 00:00:00`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

from library.core.resource import PartialDate
from library.sheets.cells import months

_TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?$")


def readings(text: str) -> frozenset[PartialDate]:
    """Every date that a text may mean; none where it is no date, several where nobody can tell."""
    bare = _TIME.sub("", text.strip())
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", bare):
            return frozenset((PartialDate.parse(bare),))
    parts = [part for part in re.split(r"[\s./,-]+", bare) if part]
    return frozenset(_of(parts))


def same(text: str, known: PartialDate | None) -> bool:
    """Whether a text may mean a known date: a month comes back as its first day."""
    if known is None:
        return False
    partial_dates = readings(text)
    if known.month is not None and known.day is None:
        return known in partial_dates or PartialDate(known.year, known.month, 1) in partial_dates
    return known in partial_dates


def _of(parts: list[str]) -> Iterator[PartialDate]:
    named = [months().get(part.casefold().rstrip(".")) for part in parts]
    numbers = [int(part) if part.isdecimal() and len(part) <= 4 else None for part in parts]
    if any(n is None and m is None for n, m in zip(numbers, named, strict=True)):
        return
    month = next((m for n, m in zip(numbers, named, strict=True) if n is None and m), None)
    rest = [(n, part) for n, part in zip(numbers, parts, strict=True) if n is not None]
    if month is not None and len(rest) == 1:
        yield from (PartialDate(year, month) for year in _years(*rest[0]))
    elif month is not None and len(rest) == 2:
        for day, other in (rest, rest[::-1]):
            yield from _days(other, month, day[0])
    elif month is None and len(rest) == 3:
        first, second, third = rest
        yield from _days(first, second[0], third[0])  # 2019/05/15
        yield from _days(third, second[0], first[0])  # 15/05/2019
        yield from _days(third, first[0], second[0])  # 5/15/2019
    elif month is None and len(rest) == 2:
        for (number, _), year in ((rest[0], rest[1]), (rest[1], rest[0])):
            if number <= 12 and len(year[1]) == 4:
                yield from (PartialDate(full_year, number) for full_year in _years(*year) if number)


def _days(year: tuple[int, str], month: int, day: int) -> Iterator[PartialDate]:
    for full_year in _years(*year):
        with suppress(ValueError):
            date(full_year, month, day)
            yield PartialDate(full_year, month, day)


def _years(number: int, written: str) -> Iterator[int]:
    if len(written) == 4 and number:
        yield number
    elif len(written) == 2:  # 19 is 2019, and 57 may be 1957
        yield 1900 + number
        if 2000 + number <= datetime.now(UTC).year + 1:
            yield 2000 + number
