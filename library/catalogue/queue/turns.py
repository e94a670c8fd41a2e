"""Turns: what one of several machines does at a time, by a name; each ends by itself.

A folder on one disk has locks for this. Machines that share nothing but a catalogue and a store
have a row: who holds it, and until when. A holder goes on holding it while at work.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from library.catalogue.storage import mapping, schema
from library.core import leases


def take(conn: Connection, name: str, owner: str, seconds: float) -> bool:
    """Hold a name for so long, unless somebody else does who lives; whether it is held now."""
    table = schema.turns
    held = conn.execute(select(table).where(table.c.name == name)).one_or_none()
    if held and held.owner != owner and held.until > mapping.now() and not leases.dead(held.owner):
        return False
    facts = {"owner": owner, "until": _until(seconds)}
    if held:
        conn.execute(update(table).where(table.c.name == name).values(**facts))
    else:
        conn.execute(insert(table).values(name=name, **facts))
    return True


def take_anew(conn: Connection, name: str, owner: str, seconds: float) -> bool:
    """Hold a name for so long unless anybody did, whoever that was; whether it is held now."""
    if any_held(conn, name):
        return False
    return take(conn, name, owner, seconds)


def hold(conn: Connection, name: str, owner: str, seconds: float) -> bool:
    """Hold it for longer; whether it was still held."""
    table = schema.turns
    mine = (table.c.name == name, table.c.owner == owner)
    return conn.execute(update(table).where(*mine).values(until=_until(seconds))).rowcount > 0


def free(conn: Connection, name: str, owner: str) -> None:
    """Hold it no more."""
    table = schema.turns
    conn.execute(delete(table).where(table.c.name == name, table.c.owner == owner))


def any_held(conn: Connection, beginning: str) -> bool:
    """Whether anybody holds a name that begins so."""
    table = schema.turns
    mine = (table.c.name.startswith(beginning, autoescape=True), table.c.until > mapping.now())
    return conn.scalar(select(table.c.name).where(*mine).limit(1)) is not None


def free_the_dead(conn: Connection) -> None:
    """Let go of what processes of this machine held when they ended, and of what is over."""
    table = schema.turns
    conn.execute(delete(table).where(table.c.until < mapping.now()))
    owners = conn.scalars(select(table.c.owner).distinct()).all()
    gone = [owner for owner in owners if leases.dead(owner)]
    conn.execute(delete(table).where(table.c.owner.in_(gone)))


def _until(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="microseconds")
