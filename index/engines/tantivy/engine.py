"""The engine in Tantivy: embedded, in Rust, one folder, nothing to run beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import tantivy

from index.answering.state import State
from index.document import Document
from index.engines import checksums
from index.engines.generations import WAIT, Generations
from index.engines.local import ABOUT, EmbeddedEngine
from index.engines.tantivy import schema
from index.engines.tantivy.errors import writing
from index.engines.tantivy.files import is_whole, stamp, verify
from index.engines.tantivy.snapshot import Snapshot
from index.engines.tantivy.writer import Change, change


class TantivyEngine(EmbeddedEngine):
    """A SearchEngine in the folder `path`.

    `languages` are those that documents are expected in, the site's first language first; `wait`
    is how many seconds a change waits for another writer.
    """

    def __init__(
        self,
        path: Path,
        languages: Sequence[str],
        vocabulary_version: str = "",
        wait: float = WAIT,
    ) -> None:
        languages = tuple(dict.fromkeys(languages))
        shelf = Generations(path, wait)
        super().__init__(shelf, _Indexes(shelf, languages), languages, vocabulary_version)


class _Indexes:
    """The indexes of Tantivy, by the name of their generation."""

    name = "tantivy"

    def __init__(self, shelf: Generations, languages: Sequence[str]) -> None:
        self._shelf = shelf
        self._languages = languages
        self._verified: set[str] = set()  # by whoever reads
        self._written: set[str] = set()  # by whoever writes, in another thread

    def create(self, generation: str, about: bytes) -> None:
        folder = self._shelf.folder(generation)
        Change.create(folder)
        (folder / ABOUT).write_bytes(about)
        checksums.sync(folder / ABOUT)

    def about(self, generation: str) -> bytes:
        return (self._shelf.folder(generation) / ABOUT).read_bytes()

    def stamp(self, generation: str) -> str:
        return stamp(self._shelf.folder(generation), generation)

    def documents(self, generation: str) -> int:
        index = tantivy.Index.open(str(self._shelf.folder(generation)))
        index.config_reader("manual")
        query = tantivy.Query.term_query(index.schema, schema.KIND, schema.WORK, "basic")
        searcher = index.searcher()
        return len(searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits)

    def open(self, generation: str, before: State | None) -> Snapshot:
        folder = self._shelf.folder(generation)
        verify(folder, self._verified)
        return Snapshot(folder, generation, before if isinstance(before, Snapshot) else None)

    def is_whole(self, generation: str) -> bool:
        return is_whole(self._shelf.folder(generation))

    def change(
        self, generation: str, documents: Iterable[Document] = (), removed: Iterable[str] = ()
    ) -> set[str]:
        folder = self._shelf.folder(generation)
        with self.writing():
            verify(folder, self._written)
        return change(folder, self._shelf.where, self._languages, documents, removed)

    def settle(self, generation: str) -> None:
        # Tantivy brings its files to the disk itself, with sums, before it lists them.
        checksums.sync(self._shelf.folder(generation))

    def writing(self) -> AbstractContextManager[None]:
        return writing(self._shelf.where)
