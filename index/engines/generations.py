"""Generations of an index in a folder: one is searched while the next is built beside it.

path/current                 a name, replaced by rename
path/previous                the one before, for slow readers
path/lock                    held by the one process that writes
path/generations/NAME/       a vendor's index, about.json and sums.json
"""

from __future__ import annotations

import builtins
import fcntl
import mmap
import re
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from index.engine import IndexBusy, IndexUnusable
from index.engines import checksums
from index.engines.errors import writing

_LESSON = re.compile(r"learned-(\d+)\.(?:columns|npz)")  # the latter before version 2 of a lesson

WAIT = 5.0  # seconds to wait for another writer
FINE = 2_500_000_000  # nanoseconds: no file system the library is used on has a coarser clock


class Shelf(Protocol):
    """Generations, one of them current."""

    where: str

    def exists(self) -> bool:
        """Whether any generation is current."""
        ...

    def current(self) -> str:
        """The name of the current generation. Raises IndexUnusable."""
        ...

    def seen(self) -> object:
        """What is the same as long as nothing was changed; None where that cannot be told yet."""
        ...

    def fresh(self) -> str:
        """The name of a generation to be, with nothing in it."""
        ...

    def discard(self, name: str) -> None:
        """Forget a generation that never came to be."""
        ...

    def switch(self, name: str) -> None:
        """Make a generation current."""
        ...

    def bytes(self) -> int:
        """What the current generation takes on disk."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """A context in which nobody else writes. Raises IndexBusy."""
        ...

    def lesson(self, name: str) -> int:
        """The number of what was last learned from a generation; 0 when nothing was."""
        ...

    def keep(self, name: str, content: builtins.bytes) -> None:
        """Keep what was learned from a generation, in place of what was before."""
        ...

    def recall(self, name: str) -> builtins.bytes | mmap.mmap:
        """What was last kept; nothing when nothing was."""
        ...


class Generations:
    """A shelf on disk, safe for one writer and many readers, in any processes."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self.path = path
        self.where = str(path)
        self.wait = wait
        self._writers = threading.Lock()
        self._pointed: tuple[tuple[int, int], str] | None = None  # when, and to which generation

    def exists(self) -> bool:
        """Whether any generation is current."""
        return (self.path / "current").is_file()

    def current(self) -> str:
        """The name of the current generation. Raises IndexUnusable."""
        try:
            name = (self.path / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            raise IndexUnusable("index missing", path=str(self.path)) from None
        if not name or name != Path(name).name:
            raise IndexUnusable("index damaged", file=str(self.path / "current"))
        if not self.folder(name).is_dir():
            raise IndexUnusable("index incomplete", file=str(self.folder(name)))
        return name

    def seen(self) -> object:
        """When the pointer and the folder it names were last changed: two looks instead of a list
        of all files. A change that is younger than the clock of a file system is fine may hide
        another."""
        try:
            return self._looked_at()
        except FileNotFoundError:
            return None

    def _looked_at(self) -> object:
        pointer = (self.path / "current").stat()
        known = self._pointed
        if known is None or known[0] != (pointer.st_mtime_ns, pointer.st_ino):
            known = self._pointed = (pointer.st_mtime_ns, pointer.st_ino), self.current()
        folder = self.folder(known[1]).stat()
        if time.time_ns() - max(folder.st_mtime_ns, pointer.st_mtime_ns) < FINE:
            return None
        return *known, folder.st_mtime_ns, folder.st_ino

    def folder(self, name: str) -> Path:
        """Where a generation is."""
        return self.path / "generations" / name

    def fresh(self) -> str:
        """The name of a generation to be, with nothing in it."""
        self._prune()
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
        self.folder(name).mkdir(parents=True)
        return name

    def discard(self, name: str) -> None:
        """Forget a generation that never came to be."""
        shutil.rmtree(self.folder(name), ignore_errors=True)

    def switch(self, name: str) -> None:
        """Make a generation current."""
        before = self.path / "current"
        if before.exists():
            checksums.replace(self.path / "previous", before.read_text("utf-8"))
        checksums.sync(self.folder(name))
        for folder in (self.path / "generations", self.path, self.path.parent):
            checksums.sync(folder)
        checksums.replace(before, name)
        self._prune()

    def bytes(self) -> int:
        """What the current generation takes on disk."""
        folder = self.folder(self.current())
        return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())

    def lesson(self, name: str) -> int:
        """The number of what was last learned from a generation; 0 when nothing was."""
        files = (_LESSON.fullmatch(file.name) for file in self.folder(name).iterdir())
        return max((int(match[1]) for match in files if match), default=0)

    def keep(self, name: str, content: builtins.bytes) -> None:
        """Keep what was learned from a generation, in place of what was before."""
        before = [one for one in self.folder(name).iterdir() if _LESSON.fullmatch(one.name)]
        checksums.replace(self._lesson(name, self.lesson(name) + 1), content)
        for file in before:
            file.unlink(missing_ok=True)

    def recall(self, name: str) -> builtins.bytes | mmap.mmap:
        """What was last kept, mapped into memory; nothing when nothing was."""
        try:
            with self._lesson(name, self.lesson(name)).open("rb") as file:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (FileNotFoundError, ValueError):  # none, or one of no bytes
            return b""

    def _lesson(self, name: str, number: int) -> Path:
        return self.folder(name) / f"learned-{number}.columns"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock; the system lets go of it if this process dies."""
        if not self._writers.acquire(timeout=self.wait):
            raise IndexBusy("index busy", path=str(self.path))
        try:
            with writing(self.where):
                self.path.mkdir(parents=True, exist_ok=True)
                lock = (self.path / "lock").open("a")
            with lock:
                self._lock(lock.fileno())
                yield
        finally:
            self._writers.release()

    def _lock(self, descriptor: int) -> None:
        until = time.monotonic() + self.wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise IndexBusy("index busy", path=str(self.path)) from None
                time.sleep(0.05)

    def _prune(self) -> None:
        """Remove what is neither current nor, for slow readers, the one before."""
        kept = set()
        for pointer in ("current", "previous"):
            if (self.path / pointer).exists():
                kept.add((self.path / pointer).read_text("utf-8").strip())
        if (self.path / "generations").is_dir():
            for folder in (self.path / "generations").iterdir():
                if folder.name not in kept:
                    shutil.rmtree(folder, ignore_errors=True)
