"""PostgreSQL beneath the catalogue: it is made to behave as the catalogue is used to.

Readers see one moment (REPEATABLE READ), and may not write. Writers wait for each other by one
advisory lock, held until their transaction ends
(https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS): then what one has read
is still so when it writes, as under SQLite's `BEGIN IMMEDIATE`, and no task is taken twice, no
entry of the history has the number of another, and no key is found missing by two at once.

Texts are compared by their bytes, whatever language the database was made for (collation "C"): in
another one, moments, slugs and beginnings of words would be in another order than in Python.
PostgreSQL keeps no NUL in a text; in its place U+FFFD is kept, and looked for.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from library.catalogue.storage import schema

LOCK = int.from_bytes(b"library1", "big")
PATIENCE = "15s"  # that a writer waits for another one

_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_NO_NUL = "\ufffd"
_OTHER_ORDER = text(
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
    "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' "
    "AND c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(:tables) "
    "AND a.attnum > 0 AND NOT a.attisdropped "
    "AND a.attcollation NOT IN (0, '\"C\"'::regcollation) ORDER BY 1, 2"
)
_NEVER_ALTERED = """
CREATE OR REPLACE FUNCTION history_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER history_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON history
  FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()
"""
_SPOILT = text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
_INVALID = text(
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace"
)


def prepare(engine: Engine) -> None:
    """Transactions see one moment, and those that write wait for each other."""
    wait = f"SET LOCAL lock_timeout = '{PATIENCE}'; SELECT pg_advisory_xact_lock({LOCK})"

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:
        connection.adapters.register_dumper(str, _without_nul())

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        writes = conn.get_execution_options().get("write")
        conn.exec_driver_sql(wait if writes else _READ)


def install(conn: Connection) -> None:
    """Texts are in the order of their bytes, and the history cannot be altered."""
    tables = list(schema.metadata.tables)
    others = conn.execute(_OTHER_ORDER, {"tables": tables}).all()
    for table, columns in groupby(others, key=lambda row: row[0]):
        changes = ", ".join(
            f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"' for _, column, kind in columns
        )
        conn.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')
    conn.exec_driver_sql(_NEVER_ALTERED)


def faults(conn: Connection) -> list[str]:
    """Pages whose checksums were wrong, indexes that cannot be used, rows that name a lost one.

    A server tells of checksums where its cluster was made with them (`initdb --data-checksums`).
    """
    found = []
    if spoilt := conn.scalar(_SPOILT):
        found.append(f"pages whose checksum is wrong: {spoilt}")
    found += [f"an index that cannot be used: {name}" for name in conn.scalars(_INVALID)]
    for table in schema.metadata.sorted_tables:
        for key in table.foreign_keys:
            there = f'"{key.column.table.name}" there WHERE there."{key.column.name}"'
            here = f'held."{key.parent.name}"'
            lost = conn.exec_driver_sql(
                f'SELECT count(*) FROM "{table.name}" held WHERE {here} IS NOT NULL '  # noqa: S608
                f"AND NOT EXISTS (SELECT 1 FROM {there} = {here})"
            ).scalar_one()
            if lost:
                found.append(f"broken links: {lost} of {table.name}.{key.parent.name}")
    return found


def size(conn: Connection) -> int:
    return int(conn.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def is_of_something_else(conn: Connection) -> bool:
    """Whether a database without our tables has others."""
    query = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
    return bool(conn.exec_driver_sql(query).scalar_one())


def _without_nul() -> Any:
    """How psycopg is to hand texts over; it is loaded only where it is used."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", _NO_NUL) if "\0" in obj else obj)

    return WithoutNul
