"""What engines that live in a folder have in common: open the newest, build beside, verify, switch.

A vendor keeps postings, positions and text, safely committed; analysis, matching, ranking, facets
and excerpts are ours (`index.answering`), and so are the same on every engine.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from index.answering import edition_pages, spelling
from index.answering.answer import answer
from index.answering.evaluation import Evaluation
from index.answering.semantics import is_stale, learned_from, like
from index.answering.state import State
from index.document import Document
from index.engine import IndexInfo, IndexUnusable
from index.engines.errors import DATA, reading, unusable
from index.engines.generations import Shelf
from index.fields import SCHEMA_VERSION
from index.meaning import Learned, dump, load
from index.query import Node, Query
from index.results import Hit, PageMatches, Results, Term

ABOUT = "about.json"  # the file in a generation that says what it was made with
ATTEMPTS = 5


class Vendor(Protocol):
    """The indexes of one vendor, by the name of their generation."""

    name: str

    def create(self, generation: str, about: bytes) -> None:
        """Make an empty index, and keep `about` with it."""
        ...

    def about(self, generation: str) -> bytes:
        """What was kept with an index."""
        ...

    def stamp(self, generation: str) -> str:
        """The name that a state opened now would have; asked before every search."""
        ...

    def open(self, generation: str, before: State | None) -> State:
        """The newest state. What `before` has read already need not be read again."""
        ...

    def is_whole(self, generation: str) -> bool:
        """Whether every file of an index is known to be what was written."""
        ...

    def change(
        self, generation: str, documents: Iterable[Document] = (), removed: Iterable[str] = ()
    ) -> set[str]:
        """Remove, then add, then commit; an error leaves what was. The ids that were added.

        Errors of whoever gives the documents are theirs, and pass as they are.
        """
        ...

    def settle(self, generation: str) -> None:
        """Make what was written survive a loss of power."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """A context in which the vendor's errors are turned into SearchError's."""
        ...


class EmbeddedEngine:
    """A SearchEngine over the generations on a shelf.

    `languages` are those that documents are expected in, the site's first language first.
    """

    def __init__(
        self, shelf: Shelf, vendor: Vendor, languages: Sequence[str], vocabulary_version: str
    ) -> None:
        self._shelf = shelf
        self._vendor = vendor
        self._languages = tuple(languages)
        self._vocabulary_version = vocabulary_version
        self._reading = threading.RLock()  # a state serves one thread at a time
        self._state: State | None = None
        self._key: tuple[str, int] = ("", 0)  # of the state: the vendor's stamp, and the lesson
        self._whole = ""  # a state whose files were found whole when answering from it failed
        self._taught: tuple[str, int] | None = None  # one that was found to need no learning
        self._lesson: tuple[tuple[str, int], Learned | None] | None = None

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable."""
        with self._open() as state:
            return answer(state, self._languages, query)

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
        with self._open() as state:
            name = self._shelf.current()
            if self._taught == self._key or not is_stale(state):
                self._taught = self._key
                return False
        learned = self._lesson_of(name)  # of a state of its own: searches go on meanwhile
        with self._shelf.writing(), self._vendor.writing():
            if learned is None or self._shelf.current() != name:
                return False
            self._shelf.keep(name, dump(learned))
        return True

    def like(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Works most like this one, in any language. Raises IndexUnusable."""
        with self._open() as state:
            return like(state, id, limit)

    def inside(
        self, id: str, edition: str, tree: Node, first: int = 0, limit: int = 0
    ) -> Sequence[PageMatches]:
        """The pages of an edition that answer, in order. Raises IndexUnusable."""
        with self._open() as state:
            number = state.number(id)
            if number is None:
                return ()
            evaluation = Evaluation(state, self._languages)
            return edition_pages.matches(evaluation, number, edition, tree, first, limit)

    def terms(self, prefix: str, limit: int) -> Sequence[Term]:
        """Words of the library that begin so, the most held first. Raises IndexUnusable."""
        with self._open() as state:
            return spelling.terms(state, prefix, limit)

    def ids(self) -> frozenset[str]:
        """Every document in the index. Raises IndexUnusable."""
        with self._open() as state:
            return frozenset(work.id for work in state.works)

    def generation(self) -> str:
        """Told by the names of files alone, so nobody's search is waited for.

        Raises IndexUnusable.
        """
        with reading(self._shelf.where):
            for attempt in range(ATTEMPTS):
                try:
                    name = self._shelf.current()
                    return f"{self._vendor.stamp(name)}.{self._shelf.lesson(name)}"
                except FileNotFoundError:  # a rebuild put another generation in its place
                    if attempt == ATTEMPTS - 1:
                        raise
        raise IndexUnusable("index missing", path=self._shelf.where)

    def info(self) -> IndexInfo:
        """Raises IndexUnusable."""
        with self._open() as state:
            return IndexInfo(
                self._vendor.name,
                f"{state.name}.{self._key[1]}",
                SCHEMA_VERSION,
                self._vocabulary_version,
                len(state.works),
                self._shelf.bytes(),
            )

    def close(self) -> None:
        """Let go of files; the engine is not used after."""
        with self._reading:
            if self._state:
                self._state.close()
                self._state = None

    def _change(self, documents: Iterable[Document] = (), removed: Iterable[str] = ()) -> None:
        with self._vendor.writing():
            name = self._shelf.current()
            self._check(name)
        self._vendor.change(name, documents, removed)
        with self._vendor.writing():
            self._vendor.settle(name)

    def _build(self, documents: Iterable[Document]) -> None:
        with self._vendor.writing():
            name = self._shelf.fresh()
        try:
            with self._vendor.writing():
                self._vendor.create(name, json.dumps(self._about()).encode())
            given = self._vendor.change(name, documents)
            learned = self._lesson_of(name)
            with self._vendor.writing():
                self._vendor.settle(name)
                if learned is not None:
                    self._shelf.keep(name, dump(learned))
                self._verify(name, given)
                self._shelf.switch(name)
        except BaseException:
            self._shelf.discard(name)
            raise

    def _about(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "vocabulary_version": self._vocabulary_version,
            "languages": list(self._languages),
        }

    def _check(self, name: str) -> None:
        content = self._vendor.about(name)
        try:
            about: dict[str, Any] = dict(json.loads(content))
        except (ValueError, TypeError, RecursionError) as error:
            raise unusable(self._shelf.where, error) from error
        for key, ours in self._about().items():
            if about.get(key) != ours:
                raise IndexUnusable(
                    "index outdated",
                    path=self._shelf.where,
                    what=key.replace("_", " "),
                    had=repr(about.get(key)),
                    wanted=repr(ours),
                )

    def _verify(self, name: str, given: set[str]) -> None:
        state = self._read(name, None)
        ids = [work.id for work in state.works]
        state.close()
        if len(ids) != len(given) or set(ids) != given:
            raise IndexUnusable("index not whole", held=str(len(ids)), given=str(len(given)))

    @contextmanager
    def _open(self) -> Iterator[State]:
        with self._reading:
            with reading(self._shelf.where):
                state = self._current()
            with self._answering(state.name, self._shelf.current()):
                yield state

    @contextmanager
    def _answering(self, state: str, generation: str) -> Iterator[None]:
        """Errors of answering from a state: of the index only where its files may be the cause.

        What was never held against sums may be damaged in a way that only answering meets.
        """
        try:
            with reading(self._shelf.where):
                yield
        except DATA as error:
            if self._whole != state and self._vendor.is_whole(generation):
                self._whole = state
            if self._whole == state:
                raise
            raise unusable(self._shelf.where, error) from error

    def _current(self) -> State:
        """The newest state, opened anew when anything was committed since."""
        for attempt in range(ATTEMPTS):
            try:
                name = self._shelf.current()
                key = (self._vendor.stamp(name), self._shelf.lesson(name))
                if self._state is None or self._key != key:
                    self._reopen(name)
                    self._key = (self._state.name if self._state else "", key[1])
                break
            except FileNotFoundError:
                # A commit removed a file between our learning of it and opening it.
                if attempt == ATTEMPTS - 1:
                    raise
        if self._state is None:
            raise IndexUnusable("index missing", path=self._shelf.where)
        return self._state

    def _lesson_of(self, name: str) -> Learned | None:
        """What a generation teaches."""
        with reading(self._shelf.where):
            state = self._read(name, None)
        with self._answering(state.name, name):
            try:
                return learned_from(state)
            finally:
                state.close()

    def _learned(self, name: str) -> Learned | None:
        """What was last learned from a generation, read once."""
        key = (name, self._shelf.lesson(name))
        if self._lesson is None or self._lesson[0] != key:
            self._lesson = (key, load(self._shelf.recall(name)) if key[1] else None)
        return self._lesson[1]

    def _reopen(self, name: str) -> None:
        state = self._read(name, self._state)
        state.learned = self._learned(name)
        if self._state:
            self._state.close()
        self._state = state

    def _read(self, name: str, before: State | None) -> State:
        self._check(name)
        return self._vendor.open(name, before)
