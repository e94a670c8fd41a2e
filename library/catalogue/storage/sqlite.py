"""SQLite beneath the catalogue: how it is opened, and what it says of itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event

from library.catalogue.storage import sums

# Write-ahead logging lets readers read while one writes; FULL makes what was acknowledged survive
# a power cut; a database made by a stranger cannot run functions through its schema.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    "trusted_schema=OFF",
)


def prepare(engine: Engine) -> None:
    """A transaction that writes asks for the lock at its beginning."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        connection.create_function("sum_of", -1, sums.sum_of, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        # A writer asks for the lock at once: one that read first could only fail later.
        writes = conn.get_execution_options().get("write")
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def install(conn: Connection) -> None:
    """Sums of rows are made and kept from now on."""
    sums.install(conn)


def faults(conn: Connection) -> list[str]:
    lines = [row[0] for row in conn.exec_driver_sql("PRAGMA integrity_check")]
    broken = list(conn.exec_driver_sql("PRAGMA foreign_key_check"))
    return [line for line in lines if line != "ok"] + [f"a broken link: {row}" for row in broken]


def size(conn: Connection) -> int:
    """Bytes of the file, without its log."""
    query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(conn.exec_driver_sql(query).scalar_one())
