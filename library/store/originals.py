"""Files as they arrived, kept for ever under their SHA-256: `originals/ab/cd/<checksum>`."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from library.core import leases, permissions
from library.core.errors import Empty, InputError, NotUsable, StorageFull, TooLarge, Unreadable
from library.core.resource import Stored
from library.store import contained_files
from library.store.contained_files import Place
from library.store.protocol import CHUNK

SETTLERS = 8  # files that are brought to the disk at once
LARGEST = 500 * 1024 * 1024  # bytes; a book of photographs, not a film
FULL = (errno.ENOSPC, errno.EDQUOT)  # what a system says of a disk that takes no more


def path_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256[2:4] / sha256


def picture_path(folder: Path, sha256: str, page: int, *, small: bool = False) -> Path:
    """Where the picture of a page (from 1) of an original is kept, once it is drawn.

    small: the one for cards.
    """
    return folder / sha256[:2] / sha256 / (f"{page}.small.webp" if small else f"{page}.webp")


def checksum(path: Path, place: Place | None = None) -> tuple[str, int]:
    """SHA-256 and size in bytes of a file. Raises Unreadable, Empty, TooLarge.

    place: where it was found; then no link is followed that has come there since.
    """
    digest, size = hashlib.sha256(), 0
    with opened(path, place) as file:
        while chunk := read(file, path):
            digest.update(chunk)
            size += len(chunk)
            if size > LARGEST:
                raise _too_large(shown(path))
    if not size:
        raise _empty(shown(path))
    return digest.hexdigest(), size


def put(folder: Path, source: Path, place: Place | None = None) -> Stored:
    """Store a copy of a file; when this returns, a power cut cannot lose it.

    place: where the file was found, as for `checksum`.

    Raises Unreadable, Empty, TooLarge for the file, StorageFull, NotUsable for the store.
    """
    sha256, size = checksum(source, place)
    if held(folder, sha256, size):
        return Stored(sha256, size, new=False)
    return _copy(folder, source, place)


def bring_back(folder: Path, source: Path, sha256: str) -> None:
    """Put an original in the place of one that is damaged or gone, from the originals of a copy.

    Raises Unreadable where it is not whole there either, StorageFull, NotUsable.
    """
    incoming = Incoming(folder, sha256)
    try:
        with opened(path_of(source, sha256)) as file:
            while piece := read(file, path_of(source, sha256)):
                incoming.write(piece)
        stored = incoming.told()
        if stored.sha256 != sha256:
            raise Unreadable("file unread", file=sha256, detail="it is damaged there too")
        incoming.bring_to_disk()
        for made in incoming.name(stored):
            settle(made)
    finally:
        incoming.discard()


def held(folder: Path, sha256: str, size: int) -> bool:
    """Whether there is an original of this checksum and of so many bytes.

    It is as if it had just come: until it is noted who needs it, nobody sets it aside.
    """
    path = path_of(folder, sha256)
    if not path.is_file():
        return False
    with claiming(folder):
        with suppress(OSError):  # in a copy on a disk that is only read, or of another account
            os.utime(path)
        return path.is_file() and path.stat().st_size == size


@contextmanager
def claiming(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Nobody sets originals aside meanwhile; alone: nobody finds one to be there already."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def put_all(
    folder: Path, sources: Sequence[tuple[Path, Place | None]]
) -> list[Stored | InputError]:
    """Store copies of files; when this returns, a power cut cannot lose one of them.

    Each folder is brought to the disk once for all of them. Of a file that cannot be stored the
    reason stands in its place. Raises StorageFull, NotUsable, as `put`; then none of them may be
    there.
    """
    results: list[Stored | InputError] = []
    arriving: list[tuple[int, Incoming]] = []
    try:
        for source, place in sources:
            incoming = Incoming(folder, shown(source))
            arriving.append((len(results), incoming))
            try:
                with opened(source, place) as file:
                    while piece := read(file, source):
                        incoming.write(piece)
                results.append(incoming.told())
            except InputError as error:
                results.append(error)
        fresh: list[tuple[Incoming, Stored]] = []
        for number, incoming in arriving:
            stored = results[number]
            if not isinstance(stored, Stored):
                continue
            if held(folder, stored.sha256, stored.bytes):
                results[number] = replace(stored, new=False)
            else:
                fresh.append((incoming, stored))
        # Side by side: a disk that is asked for several things at once does them together.
        with ThreadPoolExecutor(SETTLERS, thread_name_prefix="settler") as pool:
            list(pool.map(lambda one: one[0].bring_to_disk(), fresh))
            named: dict[Path, None] = {}
            for incoming, stored in fresh:
                named |= dict.fromkeys(incoming.name(stored))
            with storing(folder):
                list(pool.map(settle, named))
    finally:
        for _, incoming in arriving:
            incoming.discard()
    return results


class Incoming:
    """A file that is being stored, piece by piece. Nothing of it stays unless it is kept."""

    def __init__(self, folder: Path, name: str) -> None:
        """name: what the file is called where it comes from, for messages. Raises StorageFull."""
        self._folder = folder
        self._name = name
        self._digest = hashlib.sha256()
        self._bytes = 0
        with storing(folder):
            incoming = folder / "incoming"
            make(incoming)
            handle, part = tempfile.mkstemp(prefix=f"{leases.me()}:", suffix=".part", dir=incoming)
        self._part = Path(part)
        self._file = os.fdopen(handle, "wb")

    def write(self, piece: bytes) -> None:
        """Raises TooLarge, StorageFull, NotUsable."""
        self._bytes += len(piece)
        if self._bytes > LARGEST:
            raise _too_large(self._name)
        self._digest.update(piece)
        with storing(self._folder):
            self._file.write(piece)

    def keep(self) -> Stored:
        """When this returns, a power cut cannot lose it. Raises Empty, StorageFull, NotUsable."""
        stored = self.told()
        self.bring_to_disk()
        return adopt(self._folder, self._part, stored.sha256, stored.bytes)

    def told(self) -> Stored:
        """What was written, which may still be lost. Raises Empty."""
        if not self._bytes:
            raise _empty(self._name)
        return Stored(self._digest.hexdigest(), self._bytes, new=True)

    def bring_to_disk(self) -> None:
        """When this returns, its bytes cannot be lost, though it has no name yet."""
        with storing(self._folder):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def name(self, stored: Stored) -> tuple[Path, ...]:
        """Give what is on the disk its place; the folders that are still to be brought there."""
        with storing(self._folder):
            return _place(self._folder, self._part, stored.sha256)

    def closed(self) -> Path:
        """Where its bytes are, which may still be lost. Raises StorageFull, NotUsable."""
        with storing(self._folder):
            self._file.close()
        return self._part

    def discard(self) -> None:
        """Leave nothing of it, unless it is kept already. Safe to repeat."""
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)


def adopt(folder: Path, part: Path, sha256: str, size: int) -> Stored:
    """Give a file that is whole on this disk its place; when this returns, it cannot be lost.

    Safe to repeat: one that has its place already needs no `part`. Raises Empty, StorageFull,
    NotUsable.
    """
    with storing(folder):
        if held(folder, sha256, size):
            part.unlink(missing_ok=True)
            return Stored(sha256, size, new=False)
        for made in _place(folder, part, sha256):
            settle(made)
    return Stored(sha256, size, new=True)


def _place(folder: Path, part: Path, sha256: str) -> tuple[Path, ...]:
    """Give a file its place; the folders to settle until that cannot be lost."""
    final = path_of(folder, sha256)
    part.chmod(permissions.narrowed(0o440))
    final.parent.mkdir(parents=True, exist_ok=True)
    part.replace(final)
    return final.parent, final.parent.parent, folder


def _copy(folder: Path, source: Path, place: Place | None) -> Stored:
    with opened(source, place) as file:
        incoming = Incoming(folder, shown(source))
        try:
            while piece := read(file, source):
                incoming.write(piece)
            return incoming.keep()
        finally:
            incoming.discard()


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


def opened(path: Path, place: Place | None = None) -> BinaryIO:
    """A file to be stored. place: where it was found. Raises Unreadable."""
    try:
        return contained_files.opened(path, place)
    except contained_files.NotAFile as error:
        raise Unreadable("file is a device", file=shown(path)) from error
    except FileNotFoundError as error:
        raise Unreadable("file gone", file=shown(path)) from error
    except PermissionError as error:
        raise Unreadable("file forbidden", file=shown(path)) from error
    except IsADirectoryError as error:
        raise Unreadable("file is a folder", file=shown(path)) from error
    except OSError as error:
        if place and error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise Unreadable("file is a link", file=shown(path)) from error
        raise _unreadable(path, error) from error


def read(file: BinaryIO, path: Path) -> bytes:
    """The next piece of a file to be stored. Raises Unreadable."""
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return Unreadable("file unread", file=shown(path), detail=error.strerror or str(error))


def _too_large(name: str) -> TooLarge:
    return TooLarge("file too large", file=name, megabytes=LARGEST >> 20)


def _empty(name: str) -> Empty:
    return Empty("empty", file=name)


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageFull("originals full", folder=str(folder)) from error
        raise NotUsable(
            "originals not written", folder=str(folder), detail=error.strerror or str(error)
        ) from error


def room(folder: Path, floor: int, size: int) -> None:
    """Raises StorageFull where so many bytes more leave less than the floor free."""
    with suppress(FileNotFoundError):
        if shutil.disk_usage(folder).free - floor < size:
            raise StorageFull("uploads full")


def make(folder: Path) -> None:
    """Make a folder, and those on the way to it, so that they survive a power cut."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.is_dir()]
    folder.mkdir(parents=True, exist_ok=True)
    for parent in missing:
        settle(parent.parent)


def settle(folder: Path) -> None:
    """Make a rename in this folder, or what was written to this file, survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
