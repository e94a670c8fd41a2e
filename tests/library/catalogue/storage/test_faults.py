"""What a database says went wrong is said as what it is; only damage leads to a backup.

Each error is provoked in a real database: a code that is only written down proves nothing.
"""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.storage import faults, schema, sqlite
from library.core.errors import (
    Busy,
    CatalogueDamaged,
    LibraryError,
    NotWritable,
    OutOfMemory,
    StorageFull,
    Unreachable,
)
from library.core.settings import Settings
from tests import needs

pytestmark = needs.SQLITE

SECRET = "salary of my employer"
BACKUP = "library restore"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    patient = [one for one in sqlite.PRAGMAS if not one.startswith("busy_timeout")]
    monkeypatch.setattr(sqlite, "PRAGMAS", (*patient, "busy_timeout=20"))
    return tmp_path


@pytest.fixture
def catalogue(home: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=home), make=True)
    yield made
    made.close()


def run(*statements: str) -> Callable[[Catalogue], None]:
    def do(catalogue: Catalogue) -> None:
        with catalogue.write() as writer:
            for one in statements:
                writer.conn.exec_driver_sql(one)

    return do


def locked(catalogue: Catalogue) -> None:
    with closing(sqlite3.connect(path_of(catalogue), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run("DELETE FROM slugs")(catalogue)


def table_in_use(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        store(writer.conn, "a" * 64)
        store(writer.conn, "b" * 64)
        held = writer.conn.connection.driver_connection
        assert held is not None
        reading = held.execute("SELECT * FROM originals")
        next(reading)
        try:
            writer.conn.exec_driver_sql("DROP TABLE originals")
        finally:
            reading.close()


def full(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        writer.conn.exec_driver_sql("PRAGMA max_page_count=1")
        writer.conn.exec_driver_sql("CREATE TABLE large (words)")
        writer.conn.exec_driver_sql("INSERT INTO large VALUES (zeroblob(20000000))")


def read_only(catalogue: Catalogue) -> None:
    url = f"sqlite:///file:{path_of(catalogue)}?mode=ro&uri=true"
    with closing(open_catalogue_at(url)) as other:
        run("DELETE FROM slugs")(other)


def not_there(catalogue: Catalogue) -> None:
    run("ATTACH '/nowhere/at/all.sqlite' AS other")(catalogue)


def refused_by_the_disk(catalogue: Catalogue) -> None:
    """A file may not grow beyond a limit: the write fails as on a broken disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with catalogue.write() as writer:
            writer.conn.exec_driver_sql("CREATE TABLE large (words)")
            writer.conn.exec_driver_sql("INSERT INTO large VALUES (zeroblob(20000000))")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def broken_inside(catalogue: Catalogue) -> None:
    settle(catalogue)
    path = path_of(catalogue)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    with catalogue.read() as conn:
        conn.exec_driver_sql("SELECT * FROM slugs").all()


def no_database(catalogue: Catalogue) -> None:
    settle(catalogue)
    path_of(catalogue).write_bytes(b"This is a letter, not a database. " * 500)
    catalogue.slugs()


def twice(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for _ in range(2):
            store(writer.conn, SECRET)


def too_many(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        marks = ",".join("?" * 300_000)
        conn.exec_driver_sql(f"SELECT 1 WHERE 1 IN ({marks})", tuple(range(300_000)))


def wrong_number(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        conn.exec_driver_sql("SELECT ?, ?", (SECRET,))


def closed(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        held = conn.connection.driver_connection
        assert held is not None
        held.close()
        conn.exec_driver_sql("SELECT 1")


def too_big(catalogue: Catalogue) -> None:
    run("SELECT length(zeroblob(2000000000) || zeroblob(2000000000))")(catalogue)


@dataclass(frozen=True)
class Case:
    provoke: Callable[[Catalogue], None]
    becomes: type[LibraryError] | None  # None: a fault of ours
    name: str = ""  # what SQLite calls it


CASES = {
    "locked": Case(locked, Busy, "SQLITE_BUSY"),
    "table in use": Case(table_in_use, Busy, "SQLITE_LOCKED"),
    "full": Case(full, StorageFull, "SQLITE_FULL"),
    "read only": Case(read_only, NotWritable, "SQLITE_READONLY"),
    "not to be changed": Case(run("PRAGMA query_only=ON", "DELETE FROM slugs"), NotWritable),
    "not there": Case(not_there, NotWritable, "SQLITE_CANTOPEN"),
    "disk refuses": Case(refused_by_the_disk, CatalogueDamaged, "SQLITE_IOERR"),
    "broken inside": Case(broken_inside, CatalogueDamaged, "SQLITE_CORRUPT"),
    "no database": Case(no_database, CatalogueDamaged, "SQLITE_NOTADB"),
    "unique": Case(twice, None, "SQLITE_CONSTRAINT_PRIMARYKEY"),
    "no such table": Case(run("SELECT * FROM elsewhere"), None, "SQLITE_ERROR"),
    "wrong SQL": Case(run("SELEC 1"), None, "SQLITE_ERROR"),
    "too many variables": Case(too_many, None, "SQLITE_ERROR"),
    "wrong number of them": Case(wrong_number, None),
    "closed": Case(closed, None),
    "too big": Case(too_big, None, "SQLITE_TOOBIG"),
    # Words that stand in an error of ours are no reason: it is the code that counts.
    "named locked": Case(run("SELECT * FROM locked"), None, "SQLITE_ERROR"),
    "named full": Case(run('SELECT "disk is full readonly" FROM malformed'), None, "SQLITE_ERROR"),
}


@pytest.mark.parametrize("name", CASES)
def test_each_is_said_as_what_it_is(catalogue: Catalogue, name: str) -> None:
    case = CASES[name]
    with pytest.raises(case.becomes or DBAPIError) as raised:
        case.provoke(catalogue)
    error = raised.value
    below = error.__cause__ if isinstance(error, LibraryError) else error
    assert isinstance(below, DBAPIError)
    assert case.name in str(getattr(below.orig, "sqlite_errorname", ""))
    if isinstance(error, LibraryError):
        assert type(error) is case.becomes
        assert error.exit_code == 3
        assert error.remedy
        assert (BACKUP in error.remedy) == (case.becomes is CatalogueDamaged)
    assert SECRET not in str(error)


def test_what_was_committed_is_there_after_each_that_is_no_damage(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        store(writer.conn, "kept")
    for case in CASES.values():
        if case.becomes is not CatalogueDamaged and case.provoke is not closed:
            with pytest.raises((LibraryError, DBAPIError)):
                case.provoke(catalogue)
    catalogue.close()  # what a PRAGMA set goes with its connection
    assert catalogue.faults() == []
    with catalogue.read() as conn:
        assert conn.exec_driver_sql("SELECT sha256 FROM originals").all() == [("kept",)]


def test_too_little_memory(home: Path, catalogue: Catalogue) -> None:
    """In a process of its own: SQLite lets nobody take such a limit back."""
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from library.catalogue import open_catalogue\n"
        "from library.core.errors import OutOfMemory\n"
        "from library.core.settings import Settings\n"
        "catalogue = open_catalogue(Settings(home=Path(sys.argv[1])))\n"
        "try:\n    with catalogue.read() as conn:\n"
        "        conn.exec_driver_sql('PRAGMA hard_heap_limit=2000000')\n"
        "        conn.exec_driver_sql('SELECT length(hex(zeroblob(9000000)))').all()\n"
        "except OutOfMemory as error:\n    print(error)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(home)], cwd=needs.ROOT, capture_output=True, text=True
    )
    assert "not enough memory" in ended.stdout, ended.stderr
    assert OutOfMemory.exit_code == 3


def test_every_connection_in_use(catalogue: Catalogue) -> None:
    with closing(open_catalogue_at(f"sqlite:///{path_of(catalogue)}")) as other:
        engine = other._engine
        engine.pool._timeout = 0.01  # type: ignore[attr-defined]
        held = [engine.connect() for _ in range(15)]
        with pytest.raises(Busy), other.read():
            pass
        for one in held:
            one.close()


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        ("08006", Unreachable),
        ("57P01", Unreachable),
        ("28P01", NotWritable),
        ("40001", Busy),
        ("53300", Busy),
        ("53100", StorageFull),
        ("42501", NotWritable),
        ("XX001", CatalogueDamaged),
        ("58030", CatalogueDamaged),
        ("23505", None),  # unique_violation
        ("42601", None),  # syntax_error
        ("", None),
    ],
)
def test_states_of_a_database_server(state: str, becomes: type[LibraryError] | None) -> None:
    error = sqlite3.OperationalError("the disk is full and locked")
    error.sqlstate = state  # type: ignore[attr-defined]  # as the drivers of PostgreSQL have it
    kind = faults.kind_of(error)
    assert (type(kind("here", state)) if kind else None) is becomes


def store(conn: Connection, sha256: str) -> None:
    row = {"sha256": sha256, "bytes": 1, "media_type": "", "filename": "", "added": ""}
    conn.execute(insert(schema.originals), row)


def path_of(catalogue: Catalogue) -> Path:
    return Path(catalogue._engine.url.database or "")


def open_catalogue_at(url: str) -> Catalogue:
    return open_catalogue(Settings(database=url), make="mode=ro" in url)


def settle(catalogue: Catalogue) -> None:
    """Everything in the one file, and nobody holding a page of it."""
    with closing(sqlite3.connect(path_of(catalogue))) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    catalogue.close()
