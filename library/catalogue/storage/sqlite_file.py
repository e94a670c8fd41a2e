"""The file of a SQLite catalogue, looked at before SQLite opens it.

SQLite takes a file of zero bytes for a new database, and a missing one too. To it that is right;
here it would be a library that has lost everything and says that all is well. The format of the
header: https://www.sqlite.org/fileformat.html, section 1.3.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from library.core.errors import NotUsable
from library.core.messages import Message

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes
LOG = "-wal"


def path_of(database: str) -> Path:
    """Where the file of a database is, by the path or the URI (`file:…?mode=ro`) that names it.

    The form of the URI: https://www.sqlite.org/uri.html.
    """
    if not database.startswith("file:"):
        return Path(database)
    return Path(unquote(urlsplit(database).path))


def look(path: Path) -> None:
    """Raises NotUsable for a file that is empty, cut short, or no catalogue. It stays as it is."""
    try:
        with path.open("rb") as file:
            header, size = file.read(HEADER), os.fstat(file.fileno()).st_size
    except OSError as error:
        raise NotUsable(
            "catalogue unread", where=str(path), detail=error.strerror or str(error)
        ) from error
    if not size:
        raise refused(path, Message("catalogue is empty"))
    if not header.startswith(MAGIC[: len(header)]):
        raise refused(path, Message("catalogue is no database"))
    if whole := _whole(header):
        logged = _size(path.with_name(path.name + LOG))
        if size < min(whole, HEADER) or (size < whole and not logged):
            raise refused(path, Message("catalogue is cut short", {"size": size, "whole": whole}))
    if not _is_catalogue(path):
        raise refused(path, Message("catalogue is of something else"))


def lost(path: Path, originals: Path) -> None:
    """Raises NotUsable where a catalogue is missing and something of its library is there."""
    if os.path.lexists(path):
        raise NotUsable("catalogue no file", where=str(path))
    if _size(path.with_name(path.name + LOG)):
        raise refused(path, Message("catalogue is a log"))
    lost_beside(path, originals)


def lost_beside(where: object, originals: Path) -> None:
    """Raises NotUsable where no catalogue is and originals are: they belong to one."""
    if any(originals.glob("??/??/*")):
        raise NotUsable(
            "catalogue lost",
            where=str(where),
            originals=str(originals),
            command=f"mv {originals} KEPT && library ingest KEPT",
        )


def refused(path: Path, fault: Message) -> NotUsable:
    """What is said of a catalogue that cannot be used, with what to do."""
    folder = path.parent
    return NotUsable(
        "catalogue unusable",
        where=str(path),
        fault=fault,
        command=f"mkdir {folder}/aside && mv {path}* {folder}/aside/ && library restore SRC",
    )


def make(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a new catalogue whole, or not at all, unless somebody else is quicker.

    fill: makes the tables in a file, and closes it. Raises NotUsable.
    """
    part = path.with_name(f"{path.name}.new-{secrets.token_hex(8)}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o660))
        fill(part)
        _place(part, path)
    except OSError as error:
        raise NotUsable(
            "catalogue not made", where=str(path), detail=error.strerror or str(error)
        ) from error
    finally:
        for end in ("", LOG, "-shm", "-journal"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def _place(part: Path, path: Path) -> None:
    _settle(part)
    with suppress(FileExistsError):  # another process made one meanwhile, as whole as this
        try:
            os.link(part, path)
        except PermissionError:  # a file system without links
            if not path.exists():
                part.replace(path)
    _settle(path.parent)


def _settle(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_catalogue(path: Path) -> bool:
    """Whether a database has our tables. One that cannot be asked is left to who opens it."""
    named = "SELECT count(*) FROM sqlite_master WHERE name IN ('resources', 'originals')"
    uri = f"{path.absolute().as_uri()}?mode=ro"
    # Of a damaged one the error itself may be no text.
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(sqlite3.connect(uri, uri=True)) as conn,
    ):
        if conn.execute(named).fetchone()[0] < 2:
            return False
        return bool(conn.execute("SELECT count(*) FROM alembic_version").fetchone()[0])
    return True


def _whole(header: bytes) -> int:
    """Bytes that the file should have at least; 0 where the header does not say."""
    if len(header) < HEADER:
        return HEADER
    if header[24:28] != header[92:96]:
        return 0
    size = int.from_bytes(header[16:18], "big")
    return (65536 if size == 1 else size) * int.from_bytes(header[28:32], "big")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
