"""What engines that live in a folder have in common: open the newest, build beside, verify, switch.

A vendor keeps postings, positions and text, safely committed; analysis, matching, ranking, facets
and excerpts are ours (`index.answering`), and so are the same on every engine.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
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


Key = tuple[str, str, int]  # the generation, the vendor's stamp of it, and the lesson


@dataclass(frozen=True, slots=True)
class _Known:
    """A state, and what tells that it is the newest."""

    key: Key
    state: State
    seen: object = None  # what the shelf looked like when it was


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

    def documents(self, generation: str) -> int:
        """How many documents there are; nothing is opened for it."""
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
        self._opening = threading.Lock()  # held to open a state, never to answer from it
        self._known: _Known | None = None  # what is searched: changed by putting another in place
        self._behind = False  # whether this engine made a change that it has not opened
        self._told: tuple[Key, IndexInfo] | None = None
        self._whole = ""  # a state whose files were found whole when answering from it failed
        self._taught: Key | None = None  # one that was found to need no learning
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
        with reading(self._shelf.where):
            known = self._current()
        name, state = known.key[0], known.state
        if self._taught == known.key:
            return False
        with self._answering(state.name):
            if not is_stale(state):
                self._taught = known.key
                return False
            learned = learned_from(state)
        with self._shelf.writing(), self._vendor.writing():
            if learned is None or self._shelf.current() != name:
                return False
            self._shelf.keep(name, dump(learned))
        self._behind = True
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
            return frozenset(state.facts.ids)

    def generation(self) -> str:
        """That of the state a search asked now is answered from; opened, as for a search, where it
        is newer. Raises IndexUnusable.
        """
        with reading(self._shelf.where):
            return _name(self._current())

    def glimpse(self) -> str | None:
        """Told by the times or names of files. Raises IndexUnusable."""
        with reading(self._shelf.where):
            known = self._known
            try:
                seen = self._shelf.seen()
                if known is None:
                    return None
                if seen is not None and known.seen == seen:
                    return _name(known)
                if self._newest() != known.key:
                    return None
            except FileNotFoundError:  # a rebuild put another generation in its place
                return None
            if seen is not None and self._known is known:
                self._known = replace(known, seen=seen)
            return _name(known)

    def info(self) -> IndexInfo:
        """Opens nothing, and waits for nobody. Raises IndexUnusable."""
        with reading(self._shelf.where):
            for attempt in range(ATTEMPTS):
                try:
                    return self._info(self._newest())
                except FileNotFoundError:
                    if attempt == ATTEMPTS - 1:
                        raise
        raise IndexUnusable("index missing", path=self._shelf.where)

    def _info(self, key: Key) -> IndexInfo:
        told = self._told
        if told is not None and told[0] == key:
            return told[1]
        name, stamp, lesson = key
        self._check(name)
        info = IndexInfo(
            self._vendor.name,
            f"{stamp}.{lesson}",
            SCHEMA_VERSION,
            self._vocabulary_version,
            self._vendor.documents(name),
            self._shelf.bytes(),
        )
        self._told = key, info
        return info

    def close(self) -> None:
        """Let go of files; the engine is not used after."""
        known, self._known = self._known, None
        if known is not None:
            known.state.close()

    def _change(self, documents: Iterable[Document] = (), removed: Iterable[str] = ()) -> None:
        with self._vendor.writing():
            name = self._shelf.current()
            self._check(name)
        self._vendor.change(name, documents, removed)
        with self._vendor.writing():
            self._vendor.settle(name)
        self._behind = True

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
            self._behind = True
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
        ids = state.facts.ids
        state.close()
        if len(ids) != len(given) or set(ids) != given:
            raise IndexUnusable("index not whole", held=str(len(ids)), given=str(len(given)))

    @contextmanager
    def _open(self) -> Iterator[State]:
        with reading(self._shelf.where):
            state = self._current().state
        with self._answering(state.name):
            yield state

    @contextmanager
    def _answering(self, state: str) -> Iterator[None]:
        """Errors of answering from a state: of the index only where its files may be the cause.

        What was never held against sums may be damaged in a way that only answering meets.
        """
        try:
            with reading(self._shelf.where):
                yield
        except DATA as error:
            if self._whole != state and self._vendor.is_whole(state.rpartition(".")[0]):
                self._whole = state
            if self._whole == state:
                raise
            raise unusable(self._shelf.where, error) from error

    def _current(self) -> _Known:
        """The newest state, opened anew when anything was committed since.

        While one thread opens it, others answer from the state before, unless a change was made
        through this engine: whoever made it sees it.
        """
        for attempt in range(ATTEMPTS):
            try:
                seen = self._shelf.seen()
                known = self._known
                if known is not None and seen is not None and known.seen == seen:
                    return known
                key = self._newest()
                if known is not None and known.key == key:
                    if seen is not None and self._known is known:
                        self._known = replace(known, seen=seen)
                    return known
                if not self._opening.acquire(blocking=known is None or self._behind):
                    return known or self._reopened()
                try:
                    return self._reopened()
                finally:
                    self._opening.release()
            except FileNotFoundError:
                # A commit removed a file between our learning of it and opening it.
                if attempt == ATTEMPTS - 1:
                    raise
        raise IndexUnusable("index missing", path=self._shelf.where)

    def _newest(self) -> Key:
        name = self._shelf.current()
        return name, self._vendor.stamp(name), self._shelf.lesson(name)

    def _reopened(self) -> _Known:
        """The newest state, opened by one thread at a time."""
        self._behind = False
        name, stamp, lesson = self._newest()
        known = self._known
        if known is None or known.key != (name, stamp, lesson):
            state = self._read(name, known.state if known else None)
            state.learned = self._learned(name)
            if known is not None:
                state.sense_before = known.state.sense or known.state.sense_before
            known = self._known = _Known((name, state.name, lesson), state)
        return known

    def _lesson_of(self, name: str) -> Learned | None:
        """What a generation teaches."""
        with reading(self._shelf.where):
            state = self._read(name, None)
        with self._answering(state.name):
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

    def _read(self, name: str, before: State | None) -> State:
        self._check(name)
        return self._vendor.open(name, before)


def _name(known: _Known) -> str:
    """What a generation is called outside."""
    return f"{known.key[1]}.{known.key[2]}"
