"""What the catalogue keeps of people at the staff desk: functions of a connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from library.catalogue.storage import mapping, schema
from library.core.resource import Role

IDLE = 12 * 3600.0  # seconds without a request after which a session is over
LONGEST = 14 * 86400.0  # seconds after which it is over in any case
REMEMBERED = 400 * 86400.0  # seconds that a browser is known: browsers keep no cookie longer
BROWSERS = 20  # of an account
NOTED = 60.0  # seconds between notes of when a session was last used


@dataclass(frozen=True, slots=True)
class User:
    """An account of the staff desk."""

    id: int
    name: str
    role: Role
    disabled: bool
    added: datetime
    signed_in: datetime | None  # the last time


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in."""

    id: int
    user: User
    agent: str
    began: datetime
    seen: datetime


def add(conn: Connection, name: str, key: str, role: Role, password: str) -> User:
    """A new account; password: as it is kept. The key must be free."""
    table = schema.users
    conn.execute(
        insert(table).values(
            name=name,
            key=key,
            role=role,
            password=password,
            disabled=False,
            added=mapping.now(),
            signed_in="",
        )
    )
    made = named(conn, key)
    assert made is not None
    return made[0]


def named(conn: Connection, key: str) -> tuple[User, str] | None:
    """The account with this folded name, and its password as it is kept."""
    row = conn.execute(select(schema.users).where(schema.users.c.key == key)).one_or_none()
    return (_user(row), row.password) if row else None


def user(conn: Connection, id_: int) -> User | None:
    row = conn.execute(select(schema.users).where(schema.users.c.id == id_)).one_or_none()
    return _user(row) if row else None


def every(conn: Connection) -> list[User]:
    """All accounts, by name."""
    table = schema.users
    return [_user(row) for row in conn.execute(select(table).order_by(table.c.key))]


def count(conn: Connection) -> int:
    """How many accounts there are."""
    return conn.scalar(select(func.count()).select_from(schema.users)) or 0


def set_password(conn: Connection, id_: int, password: str) -> None:
    conn.execute(update(schema.users).where(schema.users.c.id == id_).values(password=password))


def set_role(conn: Connection, id_: int, role: Role) -> None:
    conn.execute(update(schema.users).where(schema.users.c.id == id_).values(role=role))


def set_disabled(conn: Connection, id_: int, disabled: bool) -> None:
    """A disabled account can do nothing, and is signed out everywhere."""
    conn.execute(update(schema.users).where(schema.users.c.id == id_).values(disabled=disabled))
    if disabled:
        end_sessions(conn, id_)
        forget_browsers(conn, id_)


def begin_session(conn: Connection, id_: int, digest: str, agent: str) -> None:
    """Note a browser that signed in, by the checksum of its token; those long over are let go."""
    table, moment = schema.sessions, mapping.now()
    conn.execute(delete(table).where(_is_over()))
    conn.execute(
        insert(table).values(digest=digest, user=id_, agent=agent, began=moment, seen=moment)
    )
    conn.execute(update(schema.users).where(schema.users.c.id == id_).values(signed_in=moment))


def session(conn: Connection, digest: str) -> Session | None:
    """The session of a token, if it is not over and its account not disabled."""
    table = schema.sessions
    row = conn.execute(select(table).where(table.c.digest == digest, ~_is_over())).one_or_none()
    holder = user(conn, row.user) if row else None
    return _session(row, holder) if row and holder and not holder.disabled else None


def note_seen(conn: Connection, id_: int) -> None:
    table = schema.sessions
    conn.execute(update(table).where(table.c.id == id_).values(seen=mapping.now()))


def sessions(conn: Connection, holder: User) -> list[Session]:
    """The sessions of an account, the one used last first."""
    table = schema.sessions
    query = select(table).where(table.c.user == holder.id, ~_is_over())
    return [_session(row, holder) for row in conn.execute(query.order_by(table.c.seen.desc()))]


def end_sessions(
    conn: Connection, user_id: int, *, only: int | None = None, besides: int | None = None
) -> None:
    """End sessions of an account: all, one, or all but one."""
    table = schema.sessions
    ended = delete(table).where(table.c.user == user_id)
    if only is not None:
        ended = ended.where(table.c.id == only)
    if besides is not None:
        ended = ended.where(table.c.id != besides)
    conn.execute(ended)


def renew_session(conn: Connection, id_: int, digest: str) -> None:
    """Know a session by another token from now on."""
    table = schema.sessions
    conn.execute(update(table).where(table.c.id == id_).values(digest=digest))


def know(conn: Connection, user_id: int, digest: str) -> None:
    """Note a browser that an account was signed in from; the oldest of too many are let go."""
    table = schema.browsers
    conn.execute(delete(table).where(table.c.known < _ago(REMEMBERED)))
    conn.execute(insert(table).values(digest=digest, user=user_id, known=mapping.now()))
    newest = select(table.c.id).where(table.c.user == user_id).order_by(table.c.id.desc())
    kept = conn.scalars(newest.limit(BROWSERS)).all()
    conn.execute(delete(table).where(table.c.user == user_id, table.c.id.not_in(kept)))


def is_known(conn: Connection, key: str, digest: str) -> bool:
    """Whether an account, by its folded name, was signed in from a browser."""
    table = schema.browsers
    query = select(table.c.id).join(schema.users, schema.users.c.id == table.c.user)
    query = query.where(
        table.c.digest == digest, schema.users.c.key == key, table.c.known >= _ago(REMEMBERED)
    )
    return conn.scalar(query) is not None


def forget_browsers(conn: Connection, user_id: int) -> None:
    conn.execute(delete(schema.browsers).where(schema.browsers.c.user == user_id))


def end_every_session(conn: Connection) -> None:
    """Sign everybody out, everywhere."""
    conn.execute(delete(schema.sessions))


def _is_over() -> ColumnElement[bool]:
    table = schema.sessions
    return (table.c.seen < _ago(IDLE)) | (table.c.began < _ago(LONGEST))


def _ago(seconds: float) -> str:
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    return moment.isoformat(timespec="microseconds")


def _user(row: Row[Any]) -> User:
    return User(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        disabled=row.disabled,
        added=datetime.fromisoformat(row.added),
        signed_in=datetime.fromisoformat(row.signed_in) if row.signed_in else None,
    )


def _session(row: Row[Any], holder: User) -> Session:
    return Session(
        id=row.id,
        user=holder,
        agent=row.agent,
        began=datetime.fromisoformat(row.began),
        seen=datetime.fromisoformat(row.seen),
    )
