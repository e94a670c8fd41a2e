"""The catalogue in a backup: one file, made and put back by whatever database it is kept in.

catalogue.sqlite   of SQLite: its own online copy; it is put back into either kind of database
catalogue.dump     of PostgreSQL: what pg_dump made; only such a server can read it
"""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.resources import queries
from library.catalogue.storage import dumps, transfer
from library.core.errors import NotUsable, UsageError
from library.core.settings import CATALOGUE, DUMP, NAMES, Settings
from library.store import originals

Counts = tuple[int, int, int]  # resources, editions, entries of the history


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copied catalogue holds: bytes of originals by checksum, and how much else."""

    originals: dict[str, int]
    counts: Counts


def name_of(settings: Settings) -> str:
    """What the catalogue of this library is called in a backup."""
    return DUMP if settings.in_server else CATALOGUE


def path_in(source: Path) -> Path:
    """The catalogue of a backup, whichever kind it is of."""
    held = [source / name for name in NAMES if (source / name).is_file()]
    return held[0] if held else source / CATALOGUE


def make(settings: Settings, catalogue: Catalogue, part: Path) -> Copy:
    """Copy the catalogue into a file; what was in it at that moment.

    Raises NotUsable, UsageError, and what a disk says.
    """
    if settings.in_server:
        with catalogue.read() as conn:
            dumps.dump(conn, settings.database_url, part)
            return Copy(dict(queries.originals(conn)), queries.amounts(conn))
    copy_database(settings.home / CATALOGUE, part)
    told = dataclasses.replace(settings, database=f"sqlite:///{part}")
    with closing(open_catalogue(told)) as copied, copied.read() as conn:
        return Copy(dict(queries.originals(conn)), queries.amounts(conn))


def refuse(settings: Settings) -> None:
    """Raises UsageError for a file of SQLite that the settings name somewhere else."""
    if settings.database and not settings.in_server:
        raise UsageError("backup of a file elsewhere", value=settings.database)


def put_back(settings: Settings, source: Path) -> None:
    """Make the catalogue of a library what a file of a backup holds; none is there yet.

    Raises UsageError, NotUsable, and what a disk says.
    """
    if not settings.in_server:
        if dumps.is_dump(source):
            raise UsageError("dump without a server", file=str(source))
        part = settings.home / f"{CATALOGUE}.part"
        shutil.copyfile(source, part)
        originals.settle(part)
        part.replace(settings.home / CATALOGUE)
        originals.settle(settings.home)
    elif dumps.is_dump(source):
        dumps.put_back(settings.database_url, source)
    else:
        _carry(settings, source)


def _carry(settings: Settings, source: Path) -> None:
    """Put a copy of a SQLite catalogue into a server, all of it or nothing."""
    # A copy of it is brought up to date: a backup stays as it is. In a home without originals a new
    # catalogue may be made.
    with tempfile.TemporaryDirectory(prefix=".carried-", dir=settings.home) as folder:
        home = Path(folder)
        shutil.copyfile(source, home / CATALOGUE)
        here = dataclasses.replace(settings, home=home, database=f"sqlite:///{home / CATALOGUE}")
        there = dataclasses.replace(settings, home=home)
        with (
            closing(open_catalogue(here)) as held,
            closing(open_catalogue(there, make=True, in_server=True)) as made,
            held.read() as conn,
            made.write() as writer,
        ):
            transfer.carry(conn, writer.conn)


@contextmanager
def somewhere(settings: Settings, source: Path, home: Path) -> Iterator[Settings]:
    """Settings of a library into which a backup can be tried out, and then let go of."""
    tried = dataclasses.replace(settings, home=home, database="", store="")
    if not dumps.is_dump(path_in(source)):
        yield tried
        return
    if not settings.in_server:
        raise UsageError("dump without a server", file=str(path_in(source)))
    with dumps.beside(settings.database_url) as address:
        yield dataclasses.replace(tried, database=address)


def counted(path: Path) -> Counts:
    """Resources, editions and entries of the history in a file; nothing is changed in it."""
    counts = []
    for table in ("resources", "editions", "history"):
        try:
            uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as conn:
                counts.append(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        except sqlite3.Error:  # damaged, or from before there was such a table
            counts.append(0)
    return counts[0], counts[1], counts[2]


def copy_database(source: Path, target: Path) -> None:
    """Raises NotUsable for a damaged one: the copy from before is worth more."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        try:
            fault = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            fault = str(error)
    if fault != "ok":
        target.unlink()
        raise NotUsable(
            "copy of a damaged catalogue",
            detail=fault,
            command=f"mkdir {source.parent}/aside && mv {source}* {source.parent}/aside/ "
            "&& library restore SRC",
        )
