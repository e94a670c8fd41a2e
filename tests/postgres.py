"""A PostgreSQL server of one's own, and a database in it for each home of a test.

Where `LIBRARY_TEST_DATABASE=postgresql`, settings that name no database name one of these, so that
the same tests try both. It listens on a socket in its own folder alone, and ends with the process.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from library.catalogue import open_catalogue
from library.catalogue.storage import upgrades
from library.core.settings import Settings
from tests import needs

P = ParamSpec("P")

BLANK = "blank"  # a library in which nothing is: the others are copies of it
COPY = "catalogue.database"  # in a home: its own database, or that of the home it is copied from
PATIENT = 12  # times that a database is tried to be made
OURS = "postgresql+psycopg://library@/"
OPTIONS = (
    "fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off",
    "max_connections=200", "shared_buffers=32MB", "listen_addresses=",
)  # fmt: skip


@cache
def programs() -> Path:
    """Where the newest PostgreSQL of Debian, or that on the path, has its programs."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return (versions[-1] if versions else needs.command("initdb")).parent


@cache
def server() -> Path:
    """The folder of the socket of a server, begun when first asked for."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    user = _unprivileged()
    options: dict[str, Any] = {}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    folder.chmod(0o755)
    data = folder / "data"
    # Its own language orders texts otherwise than their bytes do: what hangs on that shows.
    made = [programs() / "initdb", "-D", data, "-U", "library", "-A", "trust", "-E", "UTF8",
            "--no-sync", "--data-checksums", "--locale-provider=icu", "--icu-locale=en-US",
            "--locale=C.UTF-8"]  # fmt: skip
    subprocess.run(made, check=True, capture_output=True, cwd=folder, **options)
    settings = [word for option in OPTIONS for word in ("-c", option)]
    with (folder / "log").open("wb") as log:
        begun = subprocess.Popen(
            [programs() / "postgres", "-D", data, "-k", folder, *settings],
            stdout=log, stderr=log, cwd=folder, preexec_fn=_end_with_who_began_it, **options,
        )  # fmt: skip
    atexit.register(begun.wait)
    atexit.register(begun.send_signal, signal.SIGQUIT)
    asked = [programs() / "pg_isready", "-q", "-h", folder]
    while subprocess.run(asked, check=False).returncode:
        if begun.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        time.sleep(0.05)
    return folder


def _end_with_who_began_it() -> None:
    """Let a server end at once when the tests do, however they end (prctl(2))."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG


def url_of(name: str) -> str:
    """The address of a database of this name."""
    return f"{OURS}{name}?host={server()}"


def name_of(home: Path, whose: str = "home") -> str:
    """What the database of a home is called."""
    return f"{whose}_{hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:20]}"


@cache
def _server() -> Engine:
    engine = create_engine(url_of("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    atexit.register(engine.dispose)
    return engine


def execute(statement: str) -> None:
    """Do something with the server itself, outside of any transaction."""
    with _server().connect() as conn:
        conn.exec_driver_sql(statement)


def make(name: str, template: str = "template0") -> None:
    """Make a database, of another one if that is named.

    Who closed that other one may still be leaving: the server waits five seconds for them, which is
    not always enough on a machine that has much to do.
    """
    for _ in range(PATIENT):
        with contextlib.suppress(OperationalError):
            execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            return
    execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@cache
def blank() -> str:
    """The name of a library in which nothing is, migrated once for all tests."""
    make(BLANK)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), database=url_of(BLANK))
        open_catalogue(settings, make=True, in_server=True).close()
    return BLANK


def empty(home: Path) -> Settings:
    """Settings of a home whose database is there and empty."""
    home.mkdir(parents=True, exist_ok=True)
    name = name_of(home, "own")
    make(name)
    return Settings(home=home, database=url_of(name))


def library(home: Path) -> Settings:
    """Settings of a home that is a library in which nothing is."""
    name = name_of(home, "own")
    make(name, blank())
    return Settings(home=home, database=url_of(name))


def of_a_file(home: Path) -> Settings:
    """Settings of a home that keeps its catalogue in a file, whatever else is tried."""
    home.mkdir(parents=True, exist_ok=True)
    made = Settings(home=home, database="sqlite:///:memory:")
    object.__setattr__(made, "database", "")
    open_catalogue(made, make=True).close()
    return made


def engine_of(settings: Settings) -> Engine:
    return create_engine(settings.database_url, poolclass=NullPool)


def revision_of(settings: Settings) -> str:
    engine = engine_of(settings)
    try:
        return upgrades.revision(engine)
    finally:
        engine.dispose()


def ask(query: str, values: dict[str, str]) -> object:
    """One value that the server itself tells."""
    with _server().connect() as conn:
        return conn.exec_driver_sql(query, values).scalar_one()


@contextlib.contextmanager
def instead_of_sqlite() -> Iterator[None]:
    """Settings that name no database name one of this server, made when it is first opened."""
    known: dict[str, Path] = {}
    made: set[str] = set()

    def naming(
        init: Callable[Concatenate[Settings, P], None],
    ) -> Callable[Concatenate[Settings, P], None]:
        def begin(self: Settings, *args: P.args, **kwargs: P.kwargs) -> None:
            init(self, *args, **kwargs)
            if not self.database or self.database.startswith(OURS + "home_"):
                name = name_of(self.home)
                known[name] = self.home
                object.__setattr__(self, "database", url_of(name))

        return begin

    def have(dialect: Any, record: Any, words: list[Any], options: dict[str, Any]) -> None:
        name = options.get("dbname", "")
        if name not in known or name in made:
            return
        mark = known[name] / COPY
        copied = mark.read_text() if mark.is_file() else blank()
        if copied != name:
            make(name, copied)
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text(name)
        made.add(name)

    init = Settings.__init__
    Settings.__init__ = naming(init)  # type: ignore[method-assign]
    event.listen(Engine, "do_connect", have)
    yield
    event.remove(Engine, "do_connect", have)
    Settings.__init__ = init  # type: ignore[method-assign]


def _unprivileged() -> pwd.struct_passwd | None:
    """Whose server it is to be: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")
