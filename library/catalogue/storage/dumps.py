"""A catalogue in PostgreSQL, copied into one file and made from it again by its own programs.

`pg_dump` sees the moment that a transaction of ours sees, by its exported snapshot
(https://www.postgresql.org/docs/15/app-pgdump.html): what was read in it is what is in the file.
The password goes by the environment, which other accounts of a computer cannot read.
"""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from library.catalogue.storage import upgrades
from library.catalogue.storage.faults import translated
from library.core.errors import NotUsable, UsageError

_SIGNATURE = b"PGDMP"  # what a file of the custom format begins with
_MAY_NOT = "42501"  # https://www.postgresql.org/docs/15/errcodes-appendix.html


def dump(conn: Connection, address: str, target: Path) -> None:
    """Copy all that a transaction sees of its database into a file. Raises NotUsable, UsageError.

    address: of that database, as the settings name it.
    """
    moment = conn.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    url = make_url(address)
    words = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}")
    _run("pg_dump", url, *words, f"--file={target}")


def is_dump(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SIGNATURE)) == _SIGNATURE


def put_back(address: str, source: Path) -> None:
    """Make an empty database what was dumped. Raises NotUsable, UsageError."""
    words = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", make_url(address), *words, str(source))


def is_taken(address: str) -> bool:
    """Whether there is a catalogue in a database already. Raises NotUsable."""
    engine = create_engine(address, hide_parameters=True, poolclass=NullPool)
    with translated(engine):
        return bool(upgrades.revision(engine))


@contextmanager
def beside(address: str) -> Iterator[str]:
    """The address of an empty database on the same server, which is dropped afterwards.

    Raises UsageError where its user may not make one, NotUsable.
    """
    url = make_url(address)
    name = f"library_drill_{secrets.token_hex(6)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with translated(engine), closing(_Server(engine)) as server:
        try:
            server.say(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") != _MAY_NOT:
                raise
            command = f"psql -c 'ALTER ROLE \"{url.username}\" CREATEDB'"
            raise UsageError("drill database", name=url.username or "", command=command) from error
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            server.say(f'DROP DATABASE "{name}" WITH (FORCE)')


class _Server:
    """What is said to a server outside of any transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def say(self, statement: str) -> None:
        with self._engine.connect() as conn:
            conn.exec_driver_sql(statement)

    def close(self) -> None:
        self._engine.dispose()


def _run(program: str, url: URL, *words: str) -> None:
    """Run a program of PostgreSQL on a database."""
    where = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    try:
        done = subprocess.run(
            [program, f"--dbname={where}", *words],
            env=_environment(url),
            capture_output=True,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as error:
        raise UsageError("database program missing", name=program) from error
    if done.returncode:
        told = " ".join(done.stderr.split())[:500]
        raise NotUsable("database program failed", name=program, detail=told)


def _environment(url: URL) -> Mapping[str, str]:
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    return {**os.environ, **secret, "PGCONNECT_TIMEOUT": "15"}
