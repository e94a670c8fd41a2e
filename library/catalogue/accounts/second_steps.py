"""What the catalogue keeps of second steps: functions of a connection."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from library.catalogue.storage import mapping, schema


@dataclass(frozen=True, slots=True)
class SecondStep:
    """secret: shared with an app; since: when it was first used, "" while it is only offered;
    used: the last span of time a code of which was taken; codes: recovery codes, as checksums."""

    user: int
    secret: str
    since: str
    used: int
    codes: tuple[str, ...]


def of(conn: Connection, user: int) -> SecondStep | None:
    table = schema.second_steps
    row = conn.execute(select(table).where(table.c.user == user)).one_or_none()
    return SecondStep(row.user, row.secret, row.since, row.used, tuple(row.codes)) if row else None


def offer(conn: Connection, user: int, secret: str) -> None:
    """A new secret, which counts once a code of it was given."""
    remove(conn, user)
    conn.execute(
        insert(schema.second_steps).values(user=user, secret=secret, since="", used=0, codes=[])
    )


def begin(conn: Connection, user: int, used: int, codes: tuple[str, ...]) -> None:
    table = schema.second_steps
    values = {"since": mapping.now(), "used": used, "codes": list(codes)}
    conn.execute(update(table).where(table.c.user == user).values(**values))


def take(conn: Connection, user: int, used: int) -> bool:
    """Note that a code of a span was used; False where one of it, or of a later one, was before."""
    table = schema.second_steps
    mine = update(table).where(table.c.user == user, table.c.used < used)
    return conn.execute(mine.values(used=used)).rowcount == 1


def keep_codes(conn: Connection, user: int, codes: tuple[str, ...]) -> None:
    table = schema.second_steps
    conn.execute(update(table).where(table.c.user == user).values(codes=list(codes)))


def remove(conn: Connection, user: int) -> None:
    conn.execute(delete(schema.second_steps).where(schema.second_steps.c.user == user))
