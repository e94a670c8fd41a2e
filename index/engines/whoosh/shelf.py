"""Where generations of an index are kept: on disk, or in memory.

On disk, `current` names the generation that is searched:

    path/current                 a name, replaced by rename
    path/lock                    held by the one process that writes
    path/generations/NAME/       a Whoosh index, about.json and sums.json
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import threading
import time
import uuid
import weakref
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from whoosh.filedb.filestore import FileStorage, RamStorage

from index.engine import IndexBusy, IndexUnusable
from index.engines.whoosh.errors import writing as translated

ABOUT = "about.json"
SUMS = "sums.json"
WAIT = 5.0  # seconds to wait for another writer


class Shelf(Protocol):
    """Generations, one of them current."""

    where: str

    def current(self) -> str:
        """The name of the current generation. Raises IndexUnusable."""
        ...

    def storage(self, name: str) -> Any:
        """A storage of a generation, for one reader or writer; let_go() of it after."""
        ...

    def fresh(self) -> str:
        """The name of a generation to be, with nothing in it."""
        ...

    def discard(self, name: str) -> None:
        """Forget a generation that never came to be."""
        ...

    def settle(self, storage: Any) -> None:
        """Make what was written survive a loss of power."""
        ...

    def verify(self, storage: Any, known: set[str]) -> None:
        """Compare files not yet `known` with their sums. Raises IndexUnusable."""
        ...

    def switch(self, name: str) -> None:
        """Make a generation current."""
        ...

    def bytes(self) -> int: ...

    def writing(self) -> AbstractContextManager[None]:
        """A context in which nobody else writes. Raises IndexBusy."""
        ...

    def exists(self) -> bool: ...


class DiskShelf:
    """Generations in a folder, safe for one writer and many readers, in any processes."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        self.path = path
        self.where = str(path)
        self.wait = wait
        self._writers = threading.Lock()

    def exists(self) -> bool:
        return (self.path / "current").is_file()

    def current(self) -> str:
        try:
            name = (self.path / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            raise IndexUnusable(f"There is no index in {self.path}. Rebuild it.") from None
        if not name or name != Path(name).name:
            raise IndexUnusable(f"{self.path / 'current'} is damaged. Rebuild the index.")
        if not self._folder(name).is_dir():
            raise IndexUnusable(f"{self._folder(name)} is missing. Rebuild the index.")
        return name

    def storage(self, name: str) -> Any:
        return _tracking(self._folder(name))

    def fresh(self) -> str:
        self._prune()
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
        self._folder(name).mkdir(parents=True)
        return name

    def discard(self, name: str) -> None:
        shutil.rmtree(self._folder(name), ignore_errors=True)

    def settle(self, storage: Any) -> None:
        folder = Path(storage.folder)
        known = _sums(folder)
        if not known:
            _sync(folder / ABOUT)
        sums = {}
        for file in sorted(folder.iterdir()):
            if file.suffix not in (".seg", ".toc", ".npz") or not file.is_file():
                continue
            size = file.stat().st_size
            if known.get(file.name, (None,))[0] != size:
                _sync(file)
                known[file.name] = (size, _sum(file))
            sums[file.name] = known[file.name]
        _replace(folder / SUMS, json.dumps(sums))

    def verify(self, storage: Any, known: set[str]) -> None:
        folder = Path(storage.folder)
        for name, (size, crc) in _sums(folder).items():
            file = folder / name
            if f"{folder.name}/{name}" in known or not file.exists():
                continue
            if file.stat().st_size != size or _sum(file) != crc:
                raise IndexUnusable(f"{file} is damaged. Rebuild the index.")
            known.add(f"{folder.name}/{name}")

    def switch(self, name: str) -> None:
        before = self.path / "current"
        if before.exists():
            _replace(self.path / "previous", before.read_text("utf-8"))
        _sync(self._folder(name))
        _sync(self.path / "generations")
        _replace(before, name)
        self._prune()

    def bytes(self) -> int:
        folder = self._folder(self.current())
        return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock; the system lets go of it if this process dies."""
        if not self._writers.acquire(timeout=self.wait):
            raise IndexBusy(f"The index in {self.path} is being written to. Try again later.")
        try:
            with translated(self.where):
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
                    raise IndexBusy(
                        f"Another process is writing to the index in {self.path}. Try again later."
                    ) from None
                time.sleep(0.05)

    def _folder(self, name: str) -> Path:
        return self.path / "generations" / name

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


class MemoryShelf:
    """Generations in memory: gone with the process."""

    where = "memory"

    def __init__(self) -> None:
        self._writers = threading.RLock()
        self._storages: dict[str, Any] = {}
        self._current = ""
        # Whoosh would put temporary files of all indexes in memory into one shared folder.
        self._temporary = tempfile.mkdtemp(prefix="index-")
        weakref.finalize(self, shutil.rmtree, self._temporary, True)

    def exists(self) -> bool:
        return bool(self._current)

    def current(self) -> str:
        if not self._current:
            raise IndexUnusable("Nothing was indexed yet. Rebuild the index.")
        return self._current

    def storage(self, name: str) -> Any:
        return self._storages[name]

    def fresh(self) -> str:
        name = uuid.uuid4().hex
        storage = RamStorage()
        folder = Path(self._temporary) / name
        storage.temp_storage = lambda part=None: FileStorage(str(folder / str(part))).create()
        self._storages[name] = storage
        return name

    def discard(self, name: str) -> None:
        self._storages.pop(name, None)

    def settle(self, storage: Any) -> None:
        """Nothing in memory survives a loss of power."""

    def verify(self, storage: Any, known: set[str]) -> None:
        """Nothing in memory is damaged by a disk."""

    def switch(self, name: str) -> None:
        self._current = name
        self._storages = {name: self._storages[name]}

    def bytes(self) -> int:
        return 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        if not self._writers.acquire(timeout=WAIT):
            raise IndexBusy("The index is being written to. Try again later.")
        try:
            yield
        finally:
            self._writers.release()


def let_go(storage: Any) -> None:
    """Close every file that was opened through a storage and not closed since."""
    for file in getattr(storage, "opened", ()):
        file.close()


def _tracking(folder: Path) -> Any:
    """A storage of Whoosh that knows its open files: after an error it would not close them."""
    # Memory-mapped files would be kept open by every commit and every reopening.
    storage = FileStorage(str(folder), supports_mmap=False)
    storage.opened = []
    open_file, create_file = storage.open_file, storage.create_file

    def opened(made: Any) -> Any:
        storage.opened[:] = [file for file in storage.opened if not file.closed]
        storage.opened.append(made.raw_file())
        return made

    def temporary(name: str | None = None) -> Any:
        made = _tracking(folder / (name or uuid.uuid4().hex)).create()
        made.opened = storage.opened
        return made

    storage.open_file = lambda name, **more: opened(open_file(name, **more))
    storage.create_file = lambda name, **more: opened(create_file(name, **more))
    storage.temp_storage = temporary
    return storage


def _sums(folder: Path) -> dict[str, tuple[int, int]]:
    try:
        table = json.loads((folder / SUMS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {name: (size, crc) for name, (size, crc) in table.items()}


def _sum(file: Path) -> int:
    crc = 0
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            crc = zlib.crc32(chunk, crc)
    return crc


def _replace(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with beside.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync(file.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
