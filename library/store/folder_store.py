"""A store that is a folder which several machines see: NFS, or a disk of a cluster.

A folder where nothing is mounted looks like an empty one. So a store has a mark, made once, and a
folder without it is left alone: else every original would seem lost, and new ones would be written
where the others are not.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from library.core import leases, permissions
from library.core.errors import Unreachable, Unreadable
from library.store import originals
from library.store.protocol import CHUNK, Facts
from library.store.ranges import Limited

MARK = "library-store"
PARTS = "incoming"
AGAIN = 20  # times that a folder is made which somebody else takes away as empty

_LINKLESS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


class FolderStore:
    """Files by name below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        return str(self._folder)

    def make(self) -> None:
        """Make the folder a store, where it is there. Raises Unreachable, NotUsable."""
        if not self._folder.is_dir():
            raise Unreachable("store folder missing", folder=self.where)
        with originals.storing(self._folder):
            (self._folder / MARK).touch()
            originals.settle(self._folder)

    def put(self, name: str, file: Path, *, replace: bool = False) -> bool:
        target = self._path(name)
        with originals.storing(self._folder):
            if target.is_file() and not replace:
                return False
            part = self._part()
            try:
                with file.open("rb") as source, part.open("wb") as copy:
                    shutil.copyfileobj(source, copy, CHUNK)
                return self._keep(part, target, replace=replace)
            finally:
                part.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        target = self._path(name)
        with originals.storing(self._folder):
            part = self._part()
            try:
                part.write_bytes(data)
                self._keep(part, target, replace=True)
            finally:
                part.unlink(missing_ok=True)

    def open(self, name: str, first: int = 0, size: int | None = None) -> BinaryIO:
        with self._reading(name):
            file = self._path(name).open("rb")
            file.seek(first)
            return file if size is None else Limited(file, size)

    def facts(self, name: str) -> Facts | None:
        with suppress(Unreadable), self._reading(name):
            known = self._path(name).stat()
            return Facts(known.st_size, max(known.st_mtime, known.st_ctime))
        return None

    def every(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        beginning = self._path(prefix)
        top = beginning if prefix.endswith("/") else beginning.parent
        for path in sorted(top.rglob("*")):
            name = path.relative_to(self._folder).as_posix()
            if name.startswith(prefix) and path.is_file() and (facts := self.facts(name)):
                yield name, facts

    def move(self, name: str, other: str) -> None:
        target = self._path(other)
        with self._reading(name):
            target.parent.mkdir(parents=True, exist_ok=True)
            self._path(name).replace(target)
            originals.settle(target.parent)

    def remove(self, name: str) -> None:
        path = self._path(name)
        with originals.storing(self._folder):
            path.unlink(missing_ok=True)
            with suppress(OSError):  # it still holds something
                path.parent.rmdir()

    def sweep(self) -> None:
        """Remove copies of processes of this machine that were killed."""
        for part in (self._folder / PARTS).glob("*.part"):
            if leases.dead(part.name.rpartition(":")[0]):
                part.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        """Raises Unreachable where this is no store, or its disk is not there."""
        if not (self._folder / MARK).is_file():
            raise Unreachable("store folder missing", folder=self.where)
        return self._folder / name

    def _part(self) -> Path:
        parts = self._folder / PARTS
        parts.mkdir(exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f"{leases.me()}:", suffix=".part", dir=parts)
        os.close(handle)
        return Path(part)

    def _keep(self, part: Path, target: Path, *, replace: bool) -> bool:
        part.chmod(permissions.narrowed(0o440))
        originals.settle(part)
        for again in range(AGAIN):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                if not self._named(part, target, replace=replace):
                    return False
                break
            except FileNotFoundError:  # an empty folder was taken away just now
                if again == AGAIN - 1:
                    raise
        for folder in target.parents:
            originals.settle(folder)
            if folder == self._folder:
                break
        return True

    def _named(self, part: Path, target: Path, *, replace: bool) -> bool:
        """Give a file its name; False where there is one already."""
        if replace:
            part.replace(target)
            return True
        try:
            os.link(part, target)  # of two machines, one is first
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _LINKLESS:
                raise
            part.replace(target)
        return True

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise Unreadable("stored file missing", name=name, where=self.where) from error
        except OSError as error:
            raise Unreachable(
                "store unreachable", where=self.where, detail=error.strerror or str(error)
            ) from error
