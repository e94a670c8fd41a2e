"""What the catalogue keeps of files that browsers send a piece at a time."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from library.catalogue.storage import mapping, schema
from library.core.resource import Status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is about to send, as their browser tells."""

    key: str  # made by the browser, once for each file it sends
    name: str
    bytes: int
    modified: str  # milliseconds since 1970, "" when it does not tell
    status: Status
    replaces: str = ""  # the edition whose place it is to take


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is being sent, or has come whole and is an arrival."""

    id: str
    name: str
    bytes: int
    status: Status
    replaces: str
    offset: int  # bytes that are safe on the disk
    sha256: str  # once it has come whole
    arrival: int | None
    touched: datetime

    @property
    def complete(self) -> bool:
        return self.arrival is not None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an upload that is a file of the store."""

    offset: int
    bytes: int
    sha256: str


def begin(conn: Connection, user: int, wanted: Wanted) -> Upload:
    """A new upload of an account."""
    table = schema.uploads
    id_, moment = secrets.token_urlsafe(18), mapping.now()
    conn.execute(
        insert(table).values(
            **asdict(wanted), id=id_, user=user, offset=0, sha256="", began=moment, touched=moment
        )
    )
    made = held(conn, user, id_)
    assert made is not None
    return made


def held(conn: Connection, user: int, id_: str) -> Upload | None:
    """An upload of this account, of no other."""
    table = schema.uploads
    row = conn.execute(select(table).where(table.c.id == id_, table.c.user == user)).one_or_none()
    return _upload(row) if row else None


def begun(conn: Connection, user: int, key: str) -> Upload | None:
    """The upload that a browser began with this key: its answer may have been lost."""
    table = schema.uploads
    query = select(table).where(table.c.user == user, table.c.key == key)
    row = conn.execute(query).one_or_none()
    return _upload(row) if row else None


def known(conn: Connection, user: int, wanted: Wanted) -> Upload | None:
    """The last upload of an account of what seems the same file, for the same use."""
    table = schema.uploads
    query = (
        select(table)
        .where(
            table.c.user == user,
            table.c.name == wanted.name,
            table.c.bytes == wanted.bytes,
            table.c.modified == wanted.modified,
            table.c.replaces == wanted.replaces,
        )
        .order_by(table.c.began.desc())
    )
    row = conn.execute(query).first()
    return _upload(row) if row else None


def goes_on(conn: Connection, id_: str, wanted: Wanted) -> None:
    """It is sent on: under what it is to become now."""
    _update(conn, id_, status=wanted.status)


def grown(conn: Connection, id_: str, offset: int) -> bool:
    """Note how much of an upload is safe; whether it is still there."""
    return _update(conn, id_, offset=offset)


def add_piece(conn: Connection, id_: str, piece: Piece) -> bool:
    """Note a piece that is safe in the store, at the end of what came; whether it fits there."""
    table = schema.uploads
    grown = (
        update(table)
        .where(table.c.id == id_, table.c.offset == piece.offset, table.c.sha256 == "")
        .values(offset=piece.offset + piece.bytes, touched=mapping.now())
    )
    if not conn.execute(grown).rowcount:
        return False
    conn.execute(insert(schema.upload_pieces).values(upload=id_, **asdict(piece)))
    return True


def pieces(conn: Connection, id_: str) -> list[Piece]:
    """The pieces of an upload that are in the store, in their order."""
    table = schema.upload_pieces
    query = select(table).where(table.c.upload == id_).order_by(table.c.offset)
    return [Piece(row.offset, row.bytes, row.sha256) for row in conn.execute(query)]


def whole(conn: Connection, id_: str, sha256: str) -> bool:
    """Note that an upload came whole, under its checksum; whether it is still there."""
    return _update(conn, id_, sha256=sha256)


def arrived(conn: Connection, id_: str, arrival: int) -> None:
    _update(conn, id_, arrival=arrival)


def unfinished(conn: Connection, user: int) -> list[Upload]:
    """What an account has begun to send and not finished, the last touched first."""
    table = schema.uploads
    query = select(table).where(table.c.user == user, table.c.arrival.is_(None))
    return [_upload(row) for row in conn.execute(query.order_by(table.c.touched.desc()))]


def count(conn: Connection, user: int) -> int:
    """How many uploads of an account are not finished."""
    table = schema.uploads
    query = select(func.count()).where(table.c.user == user, table.c.arrival.is_(None))
    return conn.scalar(query) or 0


def forget(conn: Connection, id_: str) -> None:
    conn.execute(delete(schema.uploads).where(schema.uploads.c.id == id_))


def forget_old(conn: Connection, seconds: float) -> list[str]:
    """Forget the uploads nobody has touched for so long; their ids."""
    table = schema.uploads
    before = (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat(timespec="microseconds")
    old = list(conn.scalars(select(table.c.id).where(table.c.touched < before)))
    conn.execute(delete(table).where(table.c.id.in_(old)))
    return old


def every(conn: Connection) -> frozenset[str]:
    """The ids of all that are not finished."""
    table = schema.uploads
    return frozenset(conn.scalars(select(table.c.id).where(table.c.arrival.is_(None))))


def _update(conn: Connection, id_: str, **values: object) -> bool:
    table = schema.uploads
    changed = update(table).where(table.c.id == id_).values(**values, touched=mapping.now())
    return conn.execute(changed).rowcount > 0


def _upload(row: Row[Any]) -> Upload:
    return Upload(
        id=row.id,
        name=row.name,
        bytes=row.bytes,
        status=Status(row.status),
        replaces=row.replaces,
        offset=row.offset,
        sha256=row.sha256,
        arrival=row.arrival,
        touched=datetime.fromisoformat(row.touched),
    )
