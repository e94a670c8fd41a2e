"""How often somebody may try a password: limits that grow, by who tries, where from and on what.

Attempts are forgiven as time goes by, and by success.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, case, delete, func, insert, select, update

from library.catalogue.storage import schema

FORGOTTEN = 86400.0  # seconds after the last attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """Some attempts are free; after each one more, the wait is twice as long, up to a longest.

    Times are seconds; in each `forgiven` one attempt is forgotten.
    """

    kind: str
    free: int
    first: float
    longest: float
    forgiven: float

    def wait(self, number: int) -> float:
        """Seconds to wait after so many attempts."""
        if number < self.free:
            return 0.0
        return float(min(self.longest, self.first * 2.0 ** min(number - self.free, 30)))


# An account from one address: who guesses keeps nobody out who comes from elsewhere.
PAIR = Limit("pair", free=5, first=30.0, longest=900.0, forgiven=600.0)
# An account from all addresses together. Anybody can use this up, so its longest wait is short.
ACCOUNT = Limit("account", free=50, first=30.0, longest=300.0, forgiven=300.0)
# An address is one person's or an office's: thirty colleagues may mistype three times each.
ADDRESS = Limit("address", free=100, first=30.0, longest=3600.0, forgiven=60.0)
# A browser that an account was signed in from before: the others do not hold it up.
BROWSER = Limit("browser", free=10, first=30.0, longest=900.0, forgiven=600.0)
# Somebody who is signed in and asked for the password once more.
OWN = Limit("own", free=5, first=30.0, longest=900.0, forgiven=600.0)
# A second step: who comes so far knows the password.
CODE = Limit("code", free=8, first=30.0, longest=900.0, forgiven=600.0)

Subject = tuple[Limit, str]


def begin(conn: Connection, subjects: Iterable[Subject]) -> float:
    """Count an attempt, before it is looked at; the seconds to wait instead, if not 0.

    It counts as failed until `succeeded` says otherwise, so that guesses made side by side are
    all counted.
    """
    table, now = schema.attempts, datetime.now(UTC)
    conn.execute(delete(table).where(table.c.last < _text(now, -FORGOTTEN)))
    subject_digests = [(limit, _digest(limit, name)) for limit, name in subjects]
    known = {
        row.subject: row
        for row in conn.execute(
            select(table).where(table.c.subject.in_([digest for _, digest in subject_digests]))
        )
    }
    waits = [
        (datetime.fromisoformat(row.until) - now).total_seconds()
        for row in known.values()
        if row.until
    ]
    if waits and max(waits) > 0:
        return max(waits)
    for limit, digest in subject_digests:
        number = (_left(limit, known[digest], now) if digest in known else 0) + 1
        wait = limit.wait(number)
        values = {
            "number": number,
            "last": _text(now),
            "until": _text(now, wait) if wait else "",
        }
        if digest in known:
            conn.execute(update(table).where(table.c.subject == digest).values(**values))
        else:
            conn.execute(insert(table).values(subject=digest, **values))
    return 0.0


def succeeded(conn: Connection, own: Iterable[Subject], shared: Iterable[Subject]) -> None:
    """An attempt was good: those of who made it are forgotten, and of what is shared with others
    as many as these were."""
    table, mine = schema.attempts, [_digest(*subject) for subject in own]
    made = conn.scalar(select(func.max(table.c.number)).where(table.c.subject.in_(mine))) or 1
    conn.execute(delete(table).where(table.c.subject.in_(mine)))
    digests = [_digest(*subject) for subject in shared]
    left = case((table.c.number > made, table.c.number - made), else_=0)
    conn.execute(update(table).where(table.c.subject.in_(digests)).values(number=left, until=""))
    conn.execute(delete(table).where(table.c.subject.in_(digests), table.c.number == 0))


def forget(conn: Connection, subject: Subject) -> None:
    table = schema.attempts
    conn.execute(delete(table).where(table.c.subject == _digest(*subject)))


def _left(limit: Limit, row: Row[Any], now: datetime) -> int:
    """The attempts that are not forgiven yet."""
    gone = (now - datetime.fromisoformat(row.last)).total_seconds()
    return max(0, int(row.number) - int(gone // limit.forgiven))


def _digest(limit: Limit, name: str) -> str:
    # People type their password where the name belongs; neither is kept as it was typed.
    return hashlib.sha256(f"{limit.kind} {name}".encode()).hexdigest()


def _text(moment: datetime, later: float = 0.0) -> str:
    return (moment + timedelta(seconds=later)).isoformat(timespec="microseconds")
