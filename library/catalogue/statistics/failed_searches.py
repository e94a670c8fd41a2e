"""What the library could not give: words readers asked staff for, and words that found nothing.

A line is words, a language, a day and how often. Who asked, when on that day, from where and what
else they looked for is not kept, so nobody can be told from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from library.catalogue.changes import history
from library.catalogue.storage import mapping, schema

Kind = Literal["asked", "missed"]

LONGEST: Mapping[str, int] = {"asked": 400, "missed": 120}  # characters that are kept
KEPT = 400  # days
MOST = 1000  # different lines of a kind in a day: a stranger must not fill the disk
READ = 2_000  # characters that are looked at: what is kept, and what is taken out of it
_TELEPHONE = re.compile(r"\d[\d\s().+-]*+")
_SHORTEST = 7  # characters of a telephone number: fewer are a year, an amount or an article


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Words in one language, how often they came, and on which days first and last."""

    words: str
    language: str
    times: int
    first: date
    last: date


def clean(words: str, kind: Kind) -> str:
    """What is kept of words typed: no addresses or telephone numbers, not more than is useful."""
    words = _TELEPHONE.sub(_hidden, words[:READ])
    words = " ".join(word for word in words.split() if "@" not in word)
    if kind == "missed":
        words = words.casefold()
    return words if len(words) <= LONGEST[kind] else words[: LONGEST[kind]].rsplit(" ", 1)[0]


def _hidden(number: re.Match[str]) -> str:
    """A telephone number made a word that is left out as an address is."""
    end = len(number[0].rstrip("().+- \t\n\r\f\v\xa0"))
    return f"@{number[0][end:]}" if end >= _SHORTEST else number[0]


def record(
    conn: Connection, kind: Kind, words: str, language: str, day: date | None = None
) -> bool:
    """Count words once more for a day; whether they were kept."""
    table = schema.unanswered
    words, day = clean(words, kind), day or datetime.now(UTC).date()
    if not words:
        return False
    key = (
        (table.c.kind == kind)
        & (table.c.words == words)
        & (table.c.language == language)
        & (table.c.day == day.isoformat())
    )
    if conn.execute(update(table).where(key).values(times=table.c.times + 1)).rowcount:
        return True
    of_day = select(func.count()).where(table.c.kind == kind, table.c.day == day.isoformat())
    if (conn.scalar(of_day) or 0) >= MOST:
        return False
    line = {"kind": kind, "words": words, "language": language, "day": day.isoformat(), "times": 1}
    conn.execute(insert(table).values(line))
    oldest = (day - timedelta(days=KEPT)).isoformat()
    conn.execute(delete(table).where(table.c.day < oldest))
    return True


def listed(conn: Connection, kind: Kind, limit: int) -> list[Unanswered]:
    """What was asked for or found nothing, the most often first."""
    table = schema.unanswered
    times = func.sum(table.c.times)
    query = (
        select(
            table.c.words,
            table.c.language,
            times.label("times"),
            func.min(table.c.day).label("first"),
            func.max(table.c.day).label("last"),
        )
        .where(table.c.kind == kind)
        .group_by(table.c.words, table.c.language)
        .order_by(times.desc(), func.max(table.c.day).desc(), table.c.words)
        .limit(limit)
    )
    return [
        Unanswered(
            row.words,
            row.language,
            int(row.times),
            date.fromisoformat(row.first),
            date.fromisoformat(row.last),
        )
        for row in conn.execute(query)
    ]


PASSED_OVER = "passed over"  # what the history calls it


def passed_over(conn: Connection) -> frozenset[tuple[str, str]]:
    """(words, language) that no concept is to answer, as staff said."""
    table = schema.passed_over
    return frozenset((row.words, row.language) for row in conn.execute(select(table)))


def pass_over(
    conn: Connection,
    words: str,
    language: str,
    *,
    by: str,
    again: bool = False,
    undoes: int | None = None,
) -> bool:
    """Say that words need no concept, or `again` that they may; whether that is a change."""
    table = schema.passed_over
    if ((words, language) in passed_over(conn)) is not again:
        return False
    if again:
        same = (table.c.words == words) & (table.c.language == language)
        conn.execute(delete(table).where(same))
    else:
        conn.execute(insert(table).values(words=words, language=language, by=by, at=mapping.now()))
    history.note(
        conn, by=by, action=PASSED_OVER, subject=f"search {language}/{words}", undoes=undoes
    )
    return True
