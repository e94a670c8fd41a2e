"""The engine in Whoosh: embedded, pure Python, one folder, nothing to run beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from index.answering.state import State
from index.columns.words import Stretches
from index.document import Document
from index.engines.errors import writing
from index.engines.generations import WAIT, Generations
from index.engines.local import ABOUT, EmbeddedEngine
from index.engines.whoosh.codec import opened
from index.engines.whoosh.snapshot import Snapshot, latest, stamp
from index.engines.whoosh.storages import Folders, MemoryShelf, Storages, let_go, missing
from index.engines.whoosh.writer import Change, change, tidy, toc

REMEMBERED = 50_000  # stretches of text from one change to the next: some 25 MB


class WhooshEngine(EmbeddedEngine):
    """A SearchEngine in the folder `path`, or in memory where that is None.

    `languages` are those that documents are expected in, the site's first language first; `wait`
    is how many seconds a change waits for another writer. `name` is what the index calls itself:
    an engine that a package builds on this one says its own, by which it is known how far it is.
    """

    def __init__(
        self,
        path: Path | None,
        languages: Sequence[str],
        vocabulary_version: str = "",
        wait: float = WAIT,
        name: str = "whoosh",
    ) -> None:
        languages = tuple(dict.fromkeys(languages))
        if path:
            shelf = Generations(path, wait)
            indexes = _Indexes(Folders(shelf), shelf.where, languages, name)
            super().__init__(shelf, indexes, languages, vocabulary_version)
        else:
            memory = MemoryShelf()
            indexes = _Indexes(memory, memory.where, languages, name)
            super().__init__(memory, indexes, languages, vocabulary_version)


class _Indexes:
    """The indexes of Whoosh, by the name of their generation."""

    def __init__(self, storages: Storages, where: str, languages: Sequence[str], name: str) -> None:
        self.name = name
        self._storages = storages
        self._where = where
        self._languages = languages
        self._verified: set[str] = set()
        self._stretches: Stretches | None = None

    def create(self, generation: str, about: bytes) -> None:
        storage = self._storages.storage(generation)
        try:
            Change.create(storage)
            with storage.create_file(ABOUT) as file:
                file.write(about)
        finally:
            let_go(storage)

    def about(self, generation: str) -> bytes:
        with missing(), self._storages.storage(generation).open_file(ABOUT) as file:
            return bytes(file.read())

    def stamp(self, generation: str) -> str:
        with missing():
            return stamp(generation, latest(self._storages.storage(generation)))

    def documents(self, generation: str) -> int:
        return sum(segment.doc_count() for segment in self._toc(generation).segments)

    def open(self, generation: str, before: State | None) -> Snapshot:
        storage = self._storages.storage(generation)
        last = self._toc(generation)
        names = [segment.file_name() for segment in last.segments]
        self._storages.verify(storage, names, self._verified)
        known = before.segments if isinstance(before, Snapshot) else {}
        with missing():
            segments = [
                (listed, known.get(listed.segment_id()) or opened(storage, listed))
                for listed in last.segments
            ]
        return Snapshot(stamp(generation, last.generation), segments)

    def is_whole(self, generation: str) -> bool:
        try:
            names = [segment.file_name() for segment in self._toc(generation).segments]
        except Exception:  # whatever a table of contents that is damaged makes of its reader
            return False
        return self._storages.is_whole(self._storages.storage(generation), names)

    def change(
        self, generation: str, documents: Iterable[Document] = (), removed: Iterable[str] = ()
    ) -> set[str]:
        """While a folder is brought in one change follows the other: what stretches of text say is
        remembered from one to the next, within bounds, unless a change failed."""
        storage = self._storages.storage(generation)
        stretches, self._stretches = self._stretches or Stretches(), None
        given = change(storage, self._where, self._languages, documents, removed, stretches)
        if len(stretches) <= REMEMBERED:
            self._stretches = stretches
        return given

    def settle(self, generation: str) -> None:
        storage = self._storages.storage(generation)
        self._storages.settle(storage)
        try:
            tidy(storage)
        finally:
            let_go(storage)

    def _toc(self, generation: str) -> Any:
        storage = self._storages.storage(generation)
        try:
            with missing():
                return toc(storage)
        finally:
            let_go(storage)

    def writing(self) -> AbstractContextManager[None]:
        return writing(self._where)
