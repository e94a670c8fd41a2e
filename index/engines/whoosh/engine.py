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

from index.document import Document
from index.engine import IndexInfo, IndexUnusable, SearchError
from index.engines.whoosh import filing, inside, naming, nearness, pages, spelling
from index.engines.whoosh.counting import Choices
from index.engines.whoosh.errors import reading, writing
from index.engines.whoosh.evaluation import Evaluation
from index.engines.whoosh.shelf import ABOUT, WAIT, DiskShelf, MemoryShelf, Shelf, let_go
from index.engines.whoosh.snapshot import Facts, Snapshot, Work, latest, numbers_of, stamp
from index.engines.whoosh.writing import Change, change
from index.fields import SCHEMA_VERSION
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

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable."""
        with self._open() as snapshot:
            evaluation = Evaluation(snapshot, self._languages)
            choices = Choices(snapshot, query)
            matched = evaluation.matched(query.tree)
            answer = choices.narrow(matched)
            total = answer.bit_count()
            partial = evaluation.partial
            suggestion = spelling.suggestion(evaluation, query.tree, matched)
            hits = self._hits(evaluation, query, answer)
            return Results(
                total,
                hits,
                choices.counts(matched),
                suggestion,
                bool(total) and partial,
                naming.looked_for(evaluation, query.tree),
            )

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

    def _hits(self, evaluation: Evaluation, query: Query, answer: int) -> tuple[Hit, ...]:
        size = max(query.size, 0)
        first = (max(query.page, 1) - 1) * size
        if first >= answer.bit_count() or not size:
            return ()
        works = evaluation.snapshot.works
        scores = evaluation.scores(query.tree)
        numbers = list(numbers_of(answer))
        if query.sort == "title":
            numbers.sort(key=lambda n: (works[n].title, works[n].id))
        elif query.sort == "newest":
            numbers.sort(key=lambda n: _newest(works[n]))
        else:
            behind = filing.filed(evaluation, query.tree)

            def best(number: int) -> tuple[int, float, int, int, str]:
                score = -round(scores.get(number, 0.0), 6)
                return (behind >> number & 1, score, *_newest(works[number]))

            numbers.sort(key=best)
            among = numbers[: nearness.AMONG]
            for number, pieces in nearness.evidence(evaluation, query.tree, among).items():
                scores[number] = scores.get(number, 0.0) + nearness.score(pieces)
            numbers.sort(key=best)
        shown = numbers[first : first + size]
        found = pages.excerpts(evaluation, query.tree, shown)
        return tuple(
            Hit(
                works[n].id,
                round(scores.get(n, 0.0), 6),
                found.get(n, ()),
                filing.labels(evaluation, query.tree, n),
            )
            for n in shown
        )

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
            with self._writing():
                self._shelf.settle(storage)
                self._verify(name, given)
                self._shelf.switch(name)
        except BaseException:
            self._shelf.discard(name)
            raise

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
                now = stamp(name, latest(self._shelf.storage(name)))
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

    def _read(self, name: str, kept: Facts) -> Snapshot:
        storage = self._shelf.storage(name)
        try:
            self._check(storage)
            self._shelf.verify(storage, self._verified)
            return Snapshot(storage, name, kept)
        except BaseException:
            let_go(storage)
            raise


def _newest(work: Work) -> tuple[int, int, str]:
    """Newest first; without a year last; then the last added, then by id."""
    return (-work.year if work.year is not None else 1 << 30, -work.added, work.id)
