"""Files as they arrived, kept for ever under their SHA-256: `originals/ab/cd/<checksum>`."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from library import leases
from library.errors import Empty, NotUsable, StorageFull, TooLarge, Unreadable

CHUNK = 1 << 20
LARGEST = 500 * 1024 * 1024  # bytes; a book of photographs, not a film


@dataclass(frozen=True, slots=True)
class Stored:
    """An original that is safe on the disk."""

    sha256: str
    bytes: int
    new: bool


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256[2:4] / sha256


def picture_path(folder: Path, sha256: str, page: int) -> Path:
    """Where the picture of a page (from 1) of an original is kept, once it is drawn."""
    return folder / sha256[:2] / sha256 / f"{page}.webp"


def checksum(path: Path) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file. Raises Unreadable, Empty, TooLarge."""
    digest, size = hashlib.sha256(), 0
    with _opened(path) as file:
        while chunk := _read(file, path):
            digest.update(chunk)
            size += len(chunk)
            if size > LARGEST:
                raise TooLarge(
                    f"{shown(path)} is larger than {LARGEST >> 20} MB.",
                    "Split it, or save it with smaller pictures.",
                )
    if not size:
        raise Empty(f"{shown(path)} is empty: 0 bytes.", "Copy it again from where it came from.")
    return digest.hexdigest(), size


def put(folder: Path, source: Path) -> Stored:
    """Store a copy of a file; when this returns, a power cut cannot lose it.

    Raises Unreadable, Empty, TooLarge for the file, StorageFull, NotUsable for the store.
    """
    sha256, size = checksum(source)
    target = path_of(folder, sha256)
    if target.is_file() and target.stat().st_size == size:
        return Stored(sha256, size, new=False)
    with _storing(folder):
        sha256, size = _copy(folder, source)
    return Stored(sha256, size, new=True)


def _copy(folder: Path, source: Path) -> tuple[str, int]:
    incoming = folder / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(prefix=f"{leases.me()}:", suffix=".part", dir=incoming)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as target, _opened(source) as file:
            while chunk := _read(file, source):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        part.chmod(0o440)
        final = path_of(folder, digest.hexdigest())
        final.parent.mkdir(parents=True, exist_ok=True)
        part.replace(final)
        for made in (final.parent, final.parent.parent, folder):
            _settle(made)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def verify(folder: Path, sha256: str) -> bool:
    """Whether the original is there and its bytes still have its checksum."""
    path = path_of(folder, sha256)
    try:
        return checksum(path)[0] == sha256
    except (Unreadable, Empty, TooLarge):
        return False


def sweep(folder: Path, older_than: float) -> int:
    """Remove copies that were never finished; how many.

    They are those of processes that have ended, and those last written before `older_than`
    (Unix seconds).
    """
    swept = 0
    for part in (folder / "incoming").glob("*.part"):
        with suppress(OSError):
            if leases.dead(part.name.rpartition(":")[0]) or part.stat().st_mtime < older_than:
                part.unlink()
                swept += 1
    return swept


def every(folder: Path) -> Iterator[str]:
    """The checksum of every original on the disk."""
    for path in sorted(folder.glob("??/??/*")):
        yield path.name


def shown(path: Path) -> str:
    """A file's name as it can be printed: newlines and broken characters escaped."""
    name = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def _opened(path: Path) -> BinaryIO:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise Unreadable(
                f"{shown(path)} is not a file but a device or a pipe.", "Leave it out."
            )
        return path.open("rb")
    except FileNotFoundError as error:
        raise Unreadable(f"{shown(path)} is not there any more.", "Was it moved?") from error
    except PermissionError as error:
        raise Unreadable(
            f"{shown(path)} may not be read by this user.", "Give read permission to it."
        ) from error
    except IsADirectoryError as error:
        raise Unreadable(f"{shown(path)} is a folder.", "Name the files in it.") from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(file: BinaryIO, path: Path) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable(
        f"{shown(path)} could not be read: {error.strerror}.", "Is its disk still connected?"
    )


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(
                f"The disk is full: nothing more fits into {folder}.",
                "Free some space and run the same command again; nothing stored was harmed.",
            ) from error
        raise NotUsable(
            f"The folder of originals cannot be written: {folder}: {error.strerror}.",
            "Run as the user who owns it, or mend its permissions.",
        ) from error


def _settle(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
