"""The engine in Whoosh: embedded, one folder, nothing to run beside it.

Whoosh keeps postings, positions and text, safely committed; analysis, matching, ranking, facets and
excerpts are ours, and so are the same on every engine.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from index.answering import inside, spelling
from index.answering.answer import answer
from index.answering.evaluation import Evaluation
from index.answering.sense import is_stale, learned_from, like
from index.document import Document
from index.engine import IndexInfo, IndexUnusable, SearchError
from index.engines.whoosh.errors import reading, writing
from index.engines.whoosh.lessons import keep, lesson, recall
from index.engines.whoosh.shelf import ABOUT, WAIT, DiskShelf, MemoryShelf, Shelf, let_go
from index.engines.whoosh.snapshot import Facts, Snapshot, latest, stamp
from index.engines.whoosh.writing import Change, change
from index.fields import SCHEMA_VERSION
from index.meaning import Learned
from index.query import Node, Query
from index.results import Hit, PageMatches, Results, Term

ATTEMPTS = 5


class WhooshEngine:
    """A SearchEngine in the folder `path`, or in memory where that is None.

    `languages` are those that documents are expected in, the site's first language first; `wait`
    is how many seconds a change waits for another writer.
    """

    def __init__(
        self,
        path: Path | None,
        languages: Sequence[str],
        vocabulary_version: str = "",
        wait: float = WAIT,
    ) -> None:
        self._shelf: Shelf = DiskShelf(path, wait) if path else MemoryShelf()
        self._languages = tuple(dict.fromkeys(languages))
        self._vocabulary_version = vocabulary_version
        self._reading = threading.RLock()  # a snapshot serves one thread at a time
        self._snapshot: Snapshot | None = None
        self._verified: set[str] = set()
        self._taught = ""  # the state that was last found to need no learning
        self._lesson: tuple[tuple[str, int], Learned | None] | None = None

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable."""
        with self._open() as snapshot:
            return answer(snapshot, self._languages, query)

    def update(self, documents: Iterable[Document]) -> None:
        """Add, or replace by id; seen by the next search. Raises IndexBusy, IndexNotWritten."""
        with self._shelf.writing():
            if self._shelf.exists():
                self._change(documents)
            else:
                self._build(documents)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget these; an unknown id is no error. Raises IndexBusy, IndexNotWritten."""
        with self._shelf.writing():
            if self._shelf.exists():
                self._change(removed=ids)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build beside, verify, then swap in. Raises IndexBusy, IndexNotWritten."""
        with self._shelf.writing():
            self._build(documents)

    def learn(self) -> bool:
        """Learn anew from the texts, if enough of them came or changed since; whether it did.

        Raises IndexUnusable, IndexBusy, IndexNotWritten.
        """
        with self._open() as snapshot:
            name = snapshot.generation
            if self._taught == snapshot.name or not is_stale(snapshot):
                self._taught = snapshot.name
                return False
        learned = self._lesson_of(name)  # of a snapshot of its own: searches go on meanwhile
        with self._shelf.writing(), self._writing():
            if learned is None or self._shelf.current() != name:
                return False
            storage = self._shelf.storage(name)
            keep(storage, learned)
            self._shelf.settle(storage)
        return True

    def like(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Works most like this one, in any language. Raises IndexUnusable."""
        with self._open() as snapshot:
            return like(snapshot, id, limit)

    def terms(self, prefix: str, limit: int) -> Sequence[Term]:
        """Words of the library that begin so, the most held first. Raises IndexUnusable."""
        with self._open() as snapshot:
            return spelling.terms(snapshot, prefix, limit)

    def inside(
        self, id: str, edition: str, tree: Node, first: int = 0, limit: int = 0
    ) -> Sequence[PageMatches]:
        """The pages of one edition that answer best, in order. Raises IndexUnusable."""
        with self._open() as snapshot:
            number = snapshot.number(id)
            if number is None:
                return ()
            evaluation = Evaluation(snapshot, self._languages)
            return inside.matches(evaluation, number, edition, tree, first, limit)

    def ids(self) -> frozenset[str]:
        """Every document in the index. Raises IndexUnusable."""
        with self._open() as snapshot:
            return frozenset(work.id for work in snapshot.works)

    def info(self) -> IndexInfo:
        """Raises IndexUnusable."""
        with self._open() as snapshot:
            return IndexInfo(
                "whoosh",
                snapshot.name,
                SCHEMA_VERSION,
                self._vocabulary_version,
                len(snapshot.works),
                self._shelf.bytes(),
            )

    def close(self) -> None:
        """Let go of files; the engine is not used after."""
        with self._reading:
            if self._snapshot:
                self._snapshot.close()
                self._snapshot = None

    def _change(self, documents: Iterable[Document] = (), removed: Iterable[str] = ()) -> None:
        with self._writing():
            storage = self._shelf.storage(self._shelf.current())
            self._check(storage)
        change(storage, self._shelf.where, self._languages, documents, removed)
        with self._writing():
            self._shelf.settle(storage)

    def _build(self, documents: Iterable[Document]) -> None:
        with self._writing():
            name = self._shelf.fresh()
        try:
            with self._writing():
                storage = self._shelf.storage(name)
                self._create(storage)
            given = change(storage, self._shelf.where, self._languages, documents)
            learned = self._lesson_of(name)
            with self._writing():
                if learned is not None:
                    keep(storage, learned)
                self._shelf.settle(storage)
                self._verify(name, given)
                self._shelf.switch(name)
        except BaseException:
            self._shelf.discard(name)
            raise

    def _lesson_of(self, name: str) -> Learned | None:
        """What a generation teaches."""
        with reading(self._shelf.where):
            snapshot = self._read(name, {})
            try:
                return learned_from(snapshot)
            finally:
                snapshot.close()

    def _create(self, storage: Any) -> None:
        Change.create(storage)
        with storage.create_file(ABOUT) as file:
            file.write(json.dumps(self._about()).encode())

    def _about(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "vocabulary_version": self._vocabulary_version,
            "languages": list(self._languages),
        }

    def _check(self, storage: Any) -> dict[str, Any]:
        with storage.open_file(ABOUT) as file:
            about: dict[str, Any] = json.loads(bytes(file.read()))
        for key, ours in self._about().items():
            if about.get(key) != ours:
                raise IndexUnusable(
                    f"The index in {self._shelf.where} was made with {key.replace('_', ' ')} "
                    f"{about.get(key)!r}, and {ours!r} is asked for. Rebuild it."
                )
        return about

    def _verify(self, name: str, given: set[str]) -> None:
        snapshot = self._read(name, {})
        found = [work.id for work in snapshot.works]
        snapshot.close()
        if len(found) != len(given) or set(found) != given:
            raise IndexUnusable(
                f"The new index holds {len(found)} documents where {len(given)} were given; "
                "the one before is still in use."
            )

    @contextmanager
    def _open(self) -> Iterator[Snapshot]:
        with self._reading, reading(self._shelf.where):
            yield self._current()

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self._shelf.where)

    def _current(self) -> Snapshot:
        """The newest snapshot, opened anew when anything was committed since."""
        for attempt in range(ATTEMPTS):
            try:
                name = self._shelf.current()
                storage = self._shelf.storage(name)
                now = stamp(name, latest(storage), lesson(storage))
                if self._snapshot is None or self._snapshot.name != now:
                    self._reopen(name)
                break
            except (FileNotFoundError, NameError):
                # A commit removed a file between our learning of it and opening it.
                if attempt == ATTEMPTS - 1:
                    raise
        if self._snapshot is None:
            raise SearchError("no snapshot")
        return self._snapshot

    def _reopen(self, name: str) -> None:
        snapshot = self._read(name, self._snapshot.facts if self._snapshot else {})
        if self._snapshot:
            self._snapshot.close()
        self._snapshot = snapshot

    def _learned(self, name: str, storage: Any) -> Learned | None:
        """What was learned last from a generation, read once."""
        key = (name, lesson(storage))
        if self._lesson is None or self._lesson[0] != key:
            self._lesson = (key, recall(storage))
        return self._lesson[1]

    def _read(self, name: str, kept: Facts) -> Snapshot:
        storage = self._shelf.storage(name)
        try:
            self._check(storage)
            self._shelf.verify(storage, self._verified)
            return Snapshot(storage, name, kept, self._learned(name, storage))
        except BaseException:
            let_go(storage)
            raise
