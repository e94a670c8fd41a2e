"""Checksums of what is catalogued: a bit that turns on the disk is found, also in a text.

SQLite verifies how its pages hang together and not what stands in them. So triggers note which rows
a transaction touches, whoever writes; at its end each of those gets a sum of what it says. A row
whose sum is not right was changed by no transaction. This is for rot: who changes rows on purpose
is told by the chain of the history. Only SQLite is asked: a server of databases has its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

# Of each table: what a row is named by, and the columns that say something. A migration that
# changes a line of this, or such a column, needs no more: sums are made anew after each.
SUMMED = {
    "pages": ("edition||'/'||number", "edition number label text blocks language"),
    "editions": (
        "id",
        "id resource sha256 language title summary authors date rights source_url filename pages",
    ),
    "resources": ("id", "id status work publisher series since until reason successor"),
    "statements": ("id", "id edition field source value evidence said"),
    "concepts": ("resource||'/'||facet||'/'||concept", "resource facet concept position"),
    "collections": ("slug", "slug title summary position desk"),
    "slugs": ("slug", "slug resource current"),
    "originals": ("sha256", "sha256 bytes media_type filename"),
    "users": ("id", "id name key role password disabled"),
}


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows of a table that were looked at: how many, the last of them, and those that are wrong."""

    looked: int
    last: int
    wrong: tuple[str, ...]


def sum_of(*values: object) -> int:
    """The sum of a row: 64 bits."""
    made = hashlib.blake2b(digest_size=8)
    for value in values:
        held = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        made.update(b"%s %d " % (type(value).__name__.encode(), len(held)))
        made.update(held)
    return int.from_bytes(made.digest(), "big", signed=True)


def install(conn: Connection) -> None:
    """Note from now on what transactions touch; all sums are to be made anew."""
    if not _is_ours(conn):
        return
    for table, (named, columns) in SUMMED.items():
        for event in ("insert", f"update of {columns.replace(' ', ', ')}", "delete"):
            verb = event.partition(" ")[0]
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS touched_{table}_{verb}")
            rows = (["NEW"] if verb != "delete" else []) + (["OLD"] if verb != "insert" else [])
            noted = "; ".join(
                f"INSERT INTO touched (name, subject, place) "  # noqa: S608 - names are ours
                f"VALUES ('{table}', {_of(row, named)}, {row}.rowid)"
                for row in rows
            )
            conn.exec_driver_sql(
                f"CREATE TRIGGER touched_{table}_{verb} AFTER {event.upper()} ON {table} "
                f"BEGIN {noted}; END"
            )
    conn.exec_driver_sql("DELETE FROM sums")
    conn.exec_driver_sql("DELETE FROM touched")


def settle(conn: Connection) -> None:
    """Bring the sums of all rows up to date that this transaction touched."""
    if not _is_ours(conn):
        return
    for (table,) in conn.exec_driver_sql("SELECT DISTINCT name FROM touched WHERE id > 0").all():
        if table not in SUMMED:
            continue
        named, columns = SUMMED[table]
        conn.exec_driver_sql(
            "DELETE FROM sums WHERE name = ? AND subject IN "
            "(SELECT subject FROM touched WHERE name = ?)",
            (table, table),
        )
        conn.exec_driver_sql(
            f"INSERT OR REPLACE INTO sums (name, subject, sum) SELECT '{table}', "  # noqa: S608
            f"CAST({named} AS TEXT), sum_of({columns.replace(' ', ', ')}) FROM {table} "
            f"WHERE rowid IN (SELECT place FROM touched WHERE name = '{table}')"
        )
        conn.exec_driver_sql("DELETE FROM touched WHERE name = ?", (table,))


def verify(conn: Connection, table: str, after: int, limit: int) -> Slice:
    """Hold the next rows of a table against their sums; one without a sum is not judged."""
    if not _is_ours(conn):
        return Slice(0, after, ())
    rows = conn.exec_driver_sql(
        f"SELECT held.rowid, {_of('held', SUMMED[table][0])} AS subject, sums.sum IS NOT NULL AND "  # noqa: S608
        f"sums.sum <> sum_of({_columns(table, 'held')}) FROM {table} AS held "
        f"LEFT JOIN sums ON sums.name = '{table}' AND sums.subject = "
        f"{_of('held', SUMMED[table][0])} WHERE held.rowid > ? ORDER BY held.rowid LIMIT ?",
        (after, limit),
    ).all()
    wrong = tuple(str(subject) for _, subject, bad in rows if bad)
    return Slice(len(rows), rows[-1][0] if rows else after, wrong)


def lost(conn: Connection, table: str) -> list[str]:
    """The rows of a table that have a sum and are there no more, though nobody took them away."""
    if not _is_ours(conn):
        return []
    there = f"SELECT CAST({SUMMED[table][0]} AS TEXT) FROM {table}"  # noqa: S608
    query = f"SELECT subject FROM sums WHERE name = ? AND subject NOT IN ({there}) LIMIT 1000"  # noqa: S608
    return list(conn.exec_driver_sql(query, (table,)).scalars())


def add_missing(conn: Connection, table: str, limit: int) -> int:
    """Make sums of rows that have none, as after an upgrade; of how many."""
    if not _is_ours(conn):
        return 0
    named = SUMMED[table][0]
    return conn.exec_driver_sql(
        f"INSERT INTO sums (name, subject, sum) SELECT '{table}', {_of('held', named)}, "  # noqa: S608
        f"sum_of({_columns(table, 'held')}) FROM {table} AS held LEFT JOIN sums "
        f"ON sums.name = '{table}' AND sums.subject = {_of('held', named)} "
        "WHERE sums.sum IS NULL LIMIT ?",
        (limit,),
    ).rowcount


def wrong(conn: Connection, limit: int = 1000) -> Iterator[tuple[str, str]]:
    """Every row that is not as it was written: its table and its name. Reads all of them."""
    for table in SUMMED:
        after = 0
        while (looked := verify(conn, table, after, limit)).looked:
            yield from ((table, subject) for subject in looked.wrong)
            after = looked.last
        yield from ((table, subject) for subject in lost(conn, table))


def _is_ours(conn: Connection) -> bool:
    return conn.dialect.name == "sqlite"


def _of(row: str, named: str) -> str:
    """What a row is named by, with the columns of this row, as text."""
    parts = [part if part.startswith("'") else f"{row}.{part}" for part in named.split("||")]
    return f"CAST({'||'.join(parts)} AS TEXT)"


def _columns(table: str, row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in SUMMED[table][1].split())
