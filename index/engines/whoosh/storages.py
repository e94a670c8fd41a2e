"""Storages of Whoosh, one for each generation: folders, or memory."""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
import shutil
import tempfile
import threading
import uuid
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from whoosh.filedb.filestore import FileStorage, RamStorage

from index.columns import arrays
from index.engine import IndexBusy, IndexUnusable
from index.engines import checksums
from index.engines.generations import WAIT, Generations
from index.engines.local import ABOUT


class Storages(Protocol):
    """Where the indexes of Whoosh are."""

    def storage(self, name: str) -> Any:
        """A storage of a generation, for one reader or writer; let_go() of it after."""
        ...

    def settle(self, storage: Any) -> None:
        """Make what was written survive a loss of power."""
        ...

    def verify(self, storage: Any, segments: Sequence[str], known: set[str]) -> None:
        """Compare files not yet `known` with their sums. Raises IndexUnusable."""
        ...

    def is_whole(self, storage: Any, segments: Sequence[str]) -> bool:
        """Whether every file is known to be what was written."""
        ...


class Folders:
    """Storages in the folders of generations."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations

    def storage(self, name: str) -> Any:
        """A storage that knows its open files."""
        return tracking(self._generations.folder(name))

    def settle(self, storage: Any) -> None:
        """Whoosh brings nothing to the disk itself; segments have been brought there before."""
        folder = Path(storage.folder)
        if not (folder / checksums.SUMS).exists():
            checksums.sync(folder / ABOUT)
        checksums.settle(folder, (".toc",))

    def verify(self, storage: Any, segments: Sequence[str], known: set[str]) -> None:
        """Compare files not yet `known` with their sums. Raises IndexUnusable."""
        folder = Path(storage.folder)
        checksums.verify(folder, known)
        for name in segments:
            if f"{folder.name}/{name}" not in known:
                with (folder / name).open("rb") as stream:
                    if not arrays.is_sound(stream):
                        raise IndexUnusable(f"{folder / name} is damaged. Rebuild the index.")
                known.add(f"{folder.name}/{name}")

    def is_whole(self, storage: Any, segments: Sequence[str]) -> bool:
        """Whether every file is known to be what was written."""
        try:
            self.verify(storage, segments, set())
        except (IndexUnusable, ValueError, LookupError, TypeError, OSError):
            return False
        return (Path(storage.folder) / checksums.SUMS).is_file()


class MemoryShelf:
    """Generations and their storages in memory: gone with the process."""

    where = "memory"

    def __init__(self) -> None:
        self._writers = threading.RLock()
        self._storages: dict[str, Any] = {}
        self._current = ""
        self._lessons: dict[str, tuple[int, bytes]] = {}
        # Whoosh would put temporary files of all indexes in memory into one shared folder.
        self._temporary = tempfile.mkdtemp(prefix="index-")
        weakref.finalize(self, shutil.rmtree, self._temporary, True)

    def exists(self) -> bool:
        return bool(self._current)

    def current(self) -> str:
        if not self._current:
            raise IndexUnusable("index empty")
        return self._current

    def seen(self) -> object:
        return None

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

    def verify(self, storage: Any, segments: Sequence[str], known: set[str]) -> None:
        """Nothing in memory is damaged by a disk."""

    def is_whole(self, storage: Any, segments: Sequence[str]) -> bool:
        return True

    def switch(self, name: str) -> None:
        self._current = name
        self._storages = {name: self._storages[name]}

    def bytes(self) -> int:
        return 0

    def lesson(self, name: str) -> int:
        return self._lessons.get(name, (0, b""))[0]

    def keep(self, name: str, content: builtins.bytes) -> None:
        self._lessons[name] = (self.lesson(name) + 1, content)

    def recall(self, name: str) -> builtins.bytes:
        return self._lessons.get(name, (0, b""))[1]

    @contextmanager
    def writing(self) -> Iterator[None]:
        if not self._writers.acquire(timeout=WAIT):
            raise IndexBusy("index busy", path=self.where)
        try:
            yield
        finally:
            self._writers.release()


def to_disk(file: Any) -> None:
    """Bring what was written to a file to the disk, where it is on one."""
    file.flush()
    with contextlib.suppress(io.UnsupportedOperation):
        os.fsync(file.fileno())


@contextmanager
def missing() -> Iterator[None]:
    """A file that is not there is a NameError in memory, and one by Whoosh; a slip of ours is not.

    Raises FileNotFoundError, as a folder does.
    """
    try:
        yield
    except NameError as error:
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace and str(trace.tb_frame.f_globals.get("__name__", "")).startswith("whoosh."):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(error)) from error
        raise


def let_go(storage: Any) -> None:
    """Close every file that was opened through a storage and not closed since."""
    for file in getattr(storage, "opened", ()):
        file.close()


def tracking(folder: Path) -> Any:
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
        made = tracking(folder / (name or uuid.uuid4().hex)).create()
        made.opened = storage.opened
        return made

    storage.open_file = lambda name, **more: opened(open_file(name, **more))
    storage.create_file = lambda name, **more: opened(create_file(name, **more))
    storage.temp_storage = temporary
    return storage
