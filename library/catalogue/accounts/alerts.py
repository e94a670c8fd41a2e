"""Searches that readers asked to be told of by e-mail: an address, a question, a language; no more.

An address that is not confirmed within two days is forgotten, and so is one whose reader has had
enough. What is told of it is bounded: nobody can have strangers flooded with letters.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from library.catalogue.storage import mapping, schema

UNCONFIRMED = timedelta(days=2)
BETWEEN = timedelta(days=1)  # two letters of what is new
AGAIN = timedelta(minutes=10)  # after which a letter that was begun and not sent is begun anew
LONGEST = 1_500  # characters of a question
OPEN = 3  # of one address that wait to be confirmed
OF_ONE = 20  # of one address
OPEN_IN_ALL = 500
IN_ALL = 50_000


@dataclass(frozen=True, slots=True)
class Alert:
    """question: the parameters of a search, as its address has them; told: the moment until which
    its reader was told of what is new, None before the first letter."""

    token: str
    address: str
    question: str
    language: str
    confirmed: bool
    told: datetime | None


def ask(conn: Connection, address: str, question: str, language: str, now: datetime) -> bool:
    """Keep that somebody, who may not be the reader of that address, asked for letters to it.

    False where too many wait in the whole library. Nothing else is told apart: whether an address
    is known here is nobody's business.
    """
    table = schema.alerts
    mine = table.c.address == address
    waiting = table.c.confirmed.is_(False)
    if _number(conn, waiting) >= OPEN_IN_ALL or _number(conn) >= IN_ALL:
        return False
    same = conn.scalar(select(table.c.id).where(mine, table.c.question == question))
    if same or _number(conn, mine, waiting) >= OPEN or _number(conn, mine) >= OF_ONE:
        return True
    values = {"address": address, "question": question, "language": language, "confirmed": False}
    values |= {"token": secrets.token_urlsafe(32), "asked": mapping.said(now)}
    conn.execute(insert(table).values(told="", claimed="", **values))
    return True


def of(conn: Connection, token: str) -> Alert | None:
    table = schema.alerts
    row = conn.execute(select(table).where(table.c.token == token)).one_or_none()
    return _alert(row) if row else None


def confirm(conn: Connection, token: str, now: datetime) -> bool:
    """Its reader wants it: what comes in from now on is told; whether it is there."""
    table = schema.alerts
    mine = update(table).where(table.c.token == token, table.c.confirmed.is_(False))
    conn.execute(mine.values(confirmed=True, asked="", told=mapping.said(now), claimed=""))
    return of(conn, token) is not None


def end(conn: Connection, token: str) -> bool:
    """Forget it, and the address with it; whether it was there."""
    table = schema.alerts
    return conn.execute(delete(table).where(table.c.token == token)).rowcount > 0


def forget_unconfirmed(conn: Connection, now: datetime) -> int:
    """Forget addresses that were not confirmed in time; how many."""
    table = schema.alerts
    late = table.c.asked < mapping.said(now - UNCONFIRMED)
    return conn.execute(delete(table).where(table.c.confirmed.is_(False), late)).rowcount


def due(conn: Connection, now: datetime) -> Alert | None:
    """One whose reader is to be written to, or to be looked for news for."""
    table = schema.alerts
    query = select(table).where(*_due(now)).order_by(table.c.told).limit(1)
    row = conn.execute(query).one_or_none()
    return _alert(row) if row else None


def claim(conn: Connection, token: str, now: datetime) -> bool:
    """Begin to write; False where somebody else has begun."""
    table = schema.alerts
    mine = update(table).where(table.c.token == token, *_due(now))
    return conn.execute(mine.values(claimed=mapping.said(now))).rowcount == 1


def tell(conn: Connection, token: str, until: datetime) -> None:
    """Its reader was told of what is new until then, or was asked to confirm."""
    table = schema.alerts
    mine = update(table).where(table.c.token == token)
    conn.execute(mine.values(told=mapping.said(until), claimed=""))


def _due(now: datetime) -> Sequence[ColumnElement[bool]]:
    table = schema.alerts
    first = and_(table.c.confirmed.is_(False), table.c.told == "")
    news = and_(table.c.confirmed.is_(True), table.c.told <= mapping.said(now - BETWEEN))
    return or_(first, news), table.c.claimed <= mapping.said(now - AGAIN)


def _number(conn: Connection, *among: ColumnElement[bool]) -> int:
    return conn.scalar(select(func.count()).select_from(schema.alerts).where(*among)) or 0


def _alert(row: Row[Any]) -> Alert:
    told = row.told
    return Alert(
        row.token,
        row.address,
        row.question,
        row.language,
        row.confirmed,
        datetime.fromisoformat(told) if told else None,
    )
