"""What a database says went wrong, by its code and never by its words, as an error of ours.

SQLite: a result code, whose low eight bits are the primary code (https://sqlite.org/rescode.html).
Database servers: an SQLSTATE of five characters (ISO/IEC 9075; PostgreSQL's appendix A).

Only a code that speaks of damage leads to a backup. A code that is not in these tables is a fault
of our own, such as a value that is there twice or SQL that is wrong: nothing is made of it here, so
that it is logged with its traceback, and told to whoever met it as what it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from library.core.errors import (
    Busy,
    CatalogueDamaged,
    LibraryError,
    NotWritable,
    OutOfMemory,
    StorageFull,
    Unreachable,
)

LINE = 300  # characters of what is said of a line that was lost

Kind = Callable[[str, str], LibraryError]  # of where it is, and what the database calls it


def busy(where: str, name: str) -> LibraryError:
    return Busy("catalogue busy", where=where)


def full(where: str, name: str) -> LibraryError:
    return StorageFull("catalogue full", where=where)


def not_writable(where: str, name: str) -> LibraryError:
    return NotWritable("catalogue not writable", where=where, name=name)


def not_opened(where: str, name: str) -> LibraryError:
    return NotWritable("catalogue not opened", where=where, name=name)


def memory(where: str, name: str) -> LibraryError:
    return OutOfMemory("catalogue memory", where=where, name=name)


def damaged(where: str, name: str) -> LibraryError:
    return CatalogueDamaged("catalogue damaged", where=where, name=name)


def unreachable(where: str, name: str) -> LibraryError:
    return Unreachable("catalogue unreachable", where=where, name=name)


NO_TEXT = "Could not decode to UTF-8"
"""What Python's module says of a text in which a bit was turned: it gives no code for that
(`_pysqlite_fetch_one_row` in Modules/_sqlite/cursor.c)."""

PRIMARY: Mapping[int, Kind] = {
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_LOCKED: busy,
    sqlite3.SQLITE_PROTOCOL: busy,  # the lock of the write-ahead log was not to be had
    sqlite3.SQLITE_FULL: full,
    sqlite3.SQLITE_READONLY: not_writable,
    sqlite3.SQLITE_PERM: not_writable,
    sqlite3.SQLITE_CANTOPEN: not_opened,
    sqlite3.SQLITE_IOERR: damaged,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
    sqlite3.SQLITE_FORMAT: damaged,
}
EXTENDED: Mapping[int, Kind] = {  # those that say something else than their primary code
    sqlite3.SQLITE_IOERR_SHMSIZE: full,  # no room for the index of the write-ahead log
    sqlite3.SQLITE_IOERR_BLOCKED: busy,
    sqlite3.SQLITE_IOERR_LOCK: busy,
    sqlite3.SQLITE_IOERR_ACCESS: not_opened,
}
STATES: Mapping[str, Kind] = {  # by the longest that an SQLSTATE begins with
    "08": unreachable,
    "57P0": unreachable,  # the server is being stopped, or is starting
    "28": not_opened,  # the user or the password is not known
    "40001": busy,
    "40P01": busy,
    "55P03": busy,
    "53": busy,  # too many connections
    "53100": full,
    "53200": memory,
    "25006": not_writable,
    "42501": not_writable,
    "58030": damaged,
    "XX001": damaged,
    "XX002": damaged,
}


def kind_of(error: BaseException) -> Kind | None:
    """What an error of a database driver stands for; None for a fault of our own."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and str(error).startswith(NO_TEXT):
        return damaged
    if code is not None:
        return EXTENDED.get(code) or PRIMARY.get(code & 0xFF)
    if _is_of_the_line(error):
        return unreachable
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None) or ""
    for length in range(len(state), 1, -1):
        if state[:length] in STATES:
            return STATES[state[:length]]
    return None


def _is_of_the_line(error: BaseException) -> bool:
    """Whether a server was not reached, refused the connection, or was lost: psycopg has no code
    for any of these (`libpq` keeps only the words), and for everything else it has one."""
    kind = type(error)
    ours = kind.__module__.partition(".")[0] == "psycopg" and kind.__name__ == "OperationalError"
    return ours and getattr(error, "sqlstate", None) is None


def name_of(error: BaseException) -> str:
    """What the database calls an error: SQLITE_FULL, 53100; of a line that was lost, its words."""
    if _is_of_the_line(error):
        return " ".join(str(error).split())[:LINE]
    name: str = getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or ""
    return name or type(error).__name__


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """What a database says of itself, said in our errors; a fault of our own passes as it is."""
    where = engine.url.database or "the database"
    try:
        yield
    except PoolTimeout as error:  # every connection of this process is in use
        raise busy(where, "pool") from error
    except UnicodeDecodeError as error:  # SQLite says what is damaged in words that are damaged too
        raise damaged(where, "SQLITE_CORRUPT") from error
    except MemoryError as error:  # what the driver makes of SQLITE_NOMEM
        raise memory(where, "SQLITE_NOMEM") from error
    except DBAPIError as error:
        kind = kind_of(error.orig) if error.orig else None
        if kind is None and error.connection_invalidated and engine.url.host:
            kind = unreachable  # the line to a server broke
        if kind is None:
            raise
        raise kind(where, name_of(error.orig) if error.orig else "") from error
