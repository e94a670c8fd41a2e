"""How often somebody may try to sign in: limits that grow, by account and by address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from library.catalogue.storage import schema

FORGOTTEN = 86400.0  # seconds after the last attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """Some attempts are free; after each one more, the wait is twice as long, up to a longest."""

    kind: str
    free: int
    first: float  # seconds
    longest: float

    def wait(self, number: int) -> float:
        """Seconds to wait after so many attempts."""
        if number < self.free:
            return 0.0
        return float(min(self.longest, self.first * 2.0 ** min(number - self.free, 30)))


# Anybody can lock an account by guessing at it, so its longest wait is short; an address is one
# person's or one office's, and guesses at many accounts.
ACCOUNT = Limit("account", free=5, first=30.0, longest=900.0)
ADDRESS = Limit("address", free=20, first=30.0, longest=3600.0)

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
        number = known[digest].number + 1 if digest in known else 1
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


def succeeded(conn: Connection, account: Subject, address: Subject) -> None:
    """The attempt was good: the account's are forgotten, and of the address's this one."""
    forget(conn, account)
    table, digest = schema.attempts, _digest(*address)
    conn.execute(
        update(table).where(table.c.subject == digest).values(number=table.c.number - 1, until="")
    )


def forget(conn: Connection, subject: Subject) -> None:
    table = schema.attempts
    conn.execute(delete(table).where(table.c.subject == _digest(*subject)))


def _digest(limit: Limit, name: str) -> str:
    # People type their password where the name belongs; neither is kept as it was typed.
    return hashlib.sha256(f"{limit.kind} {name}".encode()).hexdigest()


def _text(moment: datetime, later: float = 0.0) -> str:
    return (moment + timedelta(seconds=later)).isoformat(timespec="microseconds")
