"""The moment the catalogue is at: two numbers, asked before every page, so asked cheaply.

SQLite says in a few microseconds whether anything was committed by others since the last time
(`PRAGMA data_version`, https://sqlite.org/pragma.html#pragma_data_version); only then are the
numbers read again. The connection that asks writes nothing, keeps no transaction open, and waits
for nobody: one of the moments at which SQLite would make it wait is answered with None, and who
asked reads them as everything else is read. So is every other database.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.engine import URL

from library.catalogue.storage import schema

REVISION = "revision"  # grows with every change that a reader could see
VOCABULARY = "vocabulary"  # counts what staff changed of the vocabularies

_NUMBERS = "SELECT name, number, time FROM state WHERE name IN (?, ?)"


@dataclass(frozen=True, slots=True)
class Moment:
    """`revision` grew last at `changed`; `vocabulary` is 0 where that is as its files say."""

    revision: int
    changed: datetime
    vocabulary: int


class Watch:
    """Tells the moment of one database; any thread may ask."""

    def __init__(self, url: URL) -> None:
        self._file = url.database if url.get_backend_name() == "sqlite" else None
        self._lock = threading.Lock()  # held for microseconds, never for somebody's search
        self._held: sqlite3.Connection | None = None
        self._version = -1
        self._moment: Moment | None = None

    def glimpse(self) -> Moment | None:
        """The moment, or None where it could not be told without waiting."""
        if not self._file:
            return None
        with self._lock:
            try:
                return self._look(self._file)
            except sqlite3.Error:
                self._let_go()
                return None

    def close(self) -> None:
        with self._lock:
            self._let_go()

    def _look(self, file: str) -> Moment | None:
        if self._held is None:
            known = file.startswith("file:")
            self._held = sqlite3.connect(
                # A file that is gone is not made.
                file if known else f"{Path(file).absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=0,
                isolation_level=None,
                check_same_thread=False,
            )
            weakref.finalize(self, self._held.close)
            self._held.execute("PRAGMA trusted_schema=OFF").close()
        cursor = self._held.cursor()
        try:
            [(version,)] = cursor.execute("PRAGMA data_version").fetchall()
            if self._moment is None or version != self._version:
                rows = cursor.execute(_NUMBERS, (REVISION, VOCABULARY)).fetchall()
                self._moment = _moment({name: (number, time) for name, number, time in rows})
                self._version = version  # older than the numbers at most: then they are read twice
        finally:
            cursor.close()
        return self._moment

    def _let_go(self) -> None:
        held, self._held, self._moment = self._held, None, None
        if held is not None:
            held.close()


def now(conn: Connection) -> Moment:
    """The moment that a connection sees."""
    table = schema.state
    query = select(table).where(table.c.name.in_((REVISION, VOCABULARY)))
    moment = _moment({row.name: (row.number, row.time) for row in conn.execute(query)})
    if moment is None:
        raise LookupError("the catalogue has no revision")
    return moment


def _moment(rows: dict[str, tuple[int, str]]) -> Moment | None:
    if REVISION not in rows:
        return None
    number, time = rows[REVISION]
    return Moment(number, datetime.fromisoformat(time), rows.get(VOCABULARY, (0, ""))[0])
