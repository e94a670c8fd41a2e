"""A SearchEngine in a server: generations, each with an alias when it is the one that is searched.

NAME                    the alias of the generation that is searched
NAME-TIME-RANDOM        a generation: its works
NAME-TIME-RANDOM-words  and the words they are listed under
NAME-control            what each was made with, how often it was changed, what was learned from it;
                        and who writes
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar, cast

from index.answering import edition_pages, semantics, spelling
from index.answering.answer import answered
from index.answering.semantics import outgrown
from index.answering.state import State
from index.document import Document
from index.engine import (
    IndexInfo,
    IndexUnusable,
)
from index.engines import addresses
from index.engines.opensearch import lessons, schema
from index.engines.opensearch.asked import labelled
from index.engines.opensearch.lessons import Lesson
from index.engines.opensearch.question import Question
from index.engines.opensearch.register import ATTEMPTS, About, Register
from index.engines.opensearch.remembered import Candidates
from index.engines.opensearch.server import Gone, Server
from index.engines.opensearch.view import View
from index.engines.opensearch.window import OfWindow, Window
from index.engines.opensearch.writing import WAIT, Change, Lock, kept
from index.fields import ABOUT, SCHEMA_VERSION
from index.query import Node, Query
from index.results import Hit, PageMatches, Results, Term

LAG = 1.0  # seconds: what another process changed is seen by then
PROBE = 5  # seconds that it may take to say what is the newest
LIKE = 200  # works that are held against one

T = TypeVar("T")


class OpenSearchEngine:
    """A SearchEngine in OpenSearch.

    setting: its address, as `addresses` reads it. `languages` are those that documents are expected
    in, the site's first language first; `wait` is how many seconds a change waits for another
    writer.
    """

    def __init__(
        self,
        setting: str,
        path: Path | None,
        languages: Sequence[str],
        vocabulary_version: str = "",
        wait: float = WAIT,
    ) -> None:
        """path: not used, nothing is kept here. Raises SearchError for a wrong address."""
        address = addresses.read(setting)
        self._engine = address.engine
        self._address = address
        self._server = Server(address)
        self._register = Register(self._server, address)
        self._control = self._register.control
        self._lock = Lock(self._server, self._control, wait)
        self._languages = tuple(dict.fromkeys(languages))
        self._vocabulary_version = vocabulary_version
        self._opening = threading.Lock()
        self._candidates = Candidates()
        self._known: tuple[View, float] | None = None  # and when it was known to be the newest
        self._behind = False  # whether this engine made a change that it has not opened
        self._lesson: tuple[tuple[str, int], Lesson | None] | None = None
        self._taught = ""  # the stamp of a state that was found to need no learning

    # Asking

    def search(self, query: Query) -> Results:
        """Raises IndexUnusable, IndexUnreachable."""
        return self._asked(lambda view: answered(Question(view, self._languages), query))

    def like(self, id: str, limit: int) -> tuple[Hit, ...]:
        """Works most like this one, in any language. Raises IndexUnusable, IndexUnreachable."""
        return self._asked(lambda view: self._like(view, id, limit))

    def inside(
        self, id: str, edition: str, tree: Node, first: int = 0, limit: int = 0
    ) -> Sequence[PageMatches]:
        """The pages of an edition that answer, in order. Raises as `search` does."""

        def asked(view: View) -> Sequence[PageMatches]:
            found = view.these([id])
            if not found:
                return ()
            evaluation = OfWindow(Window(view, found), self._languages)
            return edition_pages.matches(evaluation, 0, edition, tree, first, limit)

        return self._asked(asked)

    def terms(self, prefix: str, limit: int) -> Sequence[Term]:
        """Words of the library that begin so, the most held first. Raises as `search` does."""
        return self._asked(lambda view: spelling.terms(cast(State, view), prefix, limit))

    def ids(self) -> frozenset[str]:
        """Every document in the index. Raises as `search` does."""

        def asked(view: View) -> frozenset[str]:
            every = self._server.every(
                view.index, {"match_all": {}}, schema.DEEPEST, stored_fields=["_id"]
            )
            return frozenset(hit["_id"] for hits in every for hit in hits)

        return self._asked(asked)

    def generation(self) -> str:
        """What a search asked now is answered by. Raises as `search` does."""
        return self._current().name

    def glimpse(self) -> str | None:
        """Told without asking, where it was asked within LAG. Raises as `search` does."""
        self._register.open_door()
        known = self._known
        if known is None or self._behind or time.monotonic() - known[1] > LAG:
            return None
        return known[0].name

    def info(self) -> IndexInfo:
        """Raises as `search` does."""
        about = self._newest()
        try:
            works = self._server.ask("GET", f"/{about.generation}/_count")["count"]
            named = f"/{about.generation},{about.generation}-words/_stats/store"
            taken = self._server.ask("GET", named)["_all"]["total"]["store"]["size_in_bytes"]
        except Gone:
            raise IndexUnusable("index missing", path=self._server.where) from None
        return IndexInfo(
            self._engine, about.stamp, SCHEMA_VERSION, self._vocabulary_version, works, taken
        )

    def close(self) -> None:
        """Let go of connections."""
        self._server.close()

    def _like(self, view: View, id: str, limit: int) -> tuple[Hit, ...]:
        own = view.these([id])
        if not own or limit < 1:
            return ()
        filed = own[0].segment.labels_of(0)
        shared = [labelled(facet, (value,)) for facet, value in filed if facet in ABOUT]
        ids: list[str] = []
        if shared:
            asked = {"bool": {"should": [{"constant_score": {"filter": one}} for one in shared]}}
            ids += [one.id for one in view.found({"query": asked, "size": LIKE})]
        if view.lesson is not None and (sense := Window(view, own).sense) is not None:
            ids += view.lesson.nearest(sense.vectors[0], LIKE)
        others = view.these([one for one in dict.fromkeys(ids) if one != id])
        return semantics.like(Window(view, [*own, *others]), id, limit)

    # Changing

    def update(self, documents: Iterable[Document]) -> None:
        """Add, or replace by id; seen by the next search. Raises IndexBusy, IndexNotWritten,
        IndexUnreachable.
        """
        self._register.prepare()
        with self._lock.held():
            about = self._register.about()
            if about is None:
                self._build(documents)
                return
            self._check(about)
            with self._changing(about) as change:
                for some in kept(change.prepare(documents)):  # all are made before any is sent
                    change.bring(some)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget these; an unknown id is no error. Raises as `update` does."""
        gone = [*dict.fromkeys(ids)]
        self._register.prepare()
        with self._lock.held():
            about = self._register.about()
            if about is not None:
                self._check(about)
                if gone:
                    with self._changing(about) as change:
                        change.take(gone)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Build beside, verify, then switch. Raises as `update` does."""
        self._register.prepare()
        with self._lock.held():
            self._build(documents)

    def learn(self) -> bool:
        """Learn anew from the texts, if enough of them came or changed since; whether it did."""
        view = self._current()
        if self._taught == view.name:
            return False
        if not outgrown(view.learned, lessons.marks(self._server, view.index)):
            self._taught = view.name
            return False
        learned = lessons.learned_from(self._server, view.index)
        with self._lock.held():
            about = self._register.about()
            if learned is None or about is None or about.generation != view.index:
                return False
            number = about.lesson + 1
            parts = lessons.keep(self._server, self._control, view.index, number, learned)
            self._register.say(about, lesson=number, parts=parts)
            lessons.forget(self._server, self._control, view.index, about.lesson, about.parts)
        self._behind = True
        return True

    @contextmanager
    def _changing(self, about: About) -> Iterator[Change]:
        change = Change(self._server, about.generation, self._languages, self._lock, fresh=False)
        try:
            yield change
            change.show()
        except Gone as error:
            raise IndexUnusable("index missing", path=self._server.where) from error
        self._register.say(about, revision=about.revision + 1)
        self._behind = True

    def _build(self, documents: Iterable[Document]) -> None:
        before = ""
        with suppress(IndexUnusable):  # what cannot be read is built anew
            if known := self._register.about():
                before = known.generation
        name = self._register.fresh()
        try:
            change = Change(self._server, name, self._languages, self._lock, fresh=True)
            _bring(change, documents)
            change.show()
            held = self._server.ask("GET", f"/{name}/_count")["count"]
            if held != len(change.given):
                raise IndexUnusable("index not whole", held=str(held), given=str(len(change.given)))
            learned = lessons.learned_from(self._server, name)
            parts = 0
            if learned is not None:
                parts = lessons.keep(self._server, self._control, name, 1, learned)
            about = About(
                name,
                SCHEMA_VERSION,
                schema.LAYOUT,
                self._vocabulary_version,
                self._languages,
                0,
                int(learned is not None),
                parts,
                before,
            )
            self._lock.renew()
            self._register.say(about)
            self._register.switch(name)
        except BaseException:
            self._register.discard([name])
            raise
        self._behind = True
        self._register.prune(about)

    # Which is the newest

    def _asked(self, ask: Callable[[View], T]) -> T:
        """What is asked of the newest state; anew where that went away meanwhile."""
        for _ in range(ATTEMPTS):
            with self._register.telling():
                try:
                    return ask(self._current())
                except Gone:
                    self._known = None
        raise IndexUnusable("index missing", path=self._server.where)

    def _current(self) -> View:
        self._register.open_door()
        known = self._known
        if known is not None and not self._behind and time.monotonic() - known[1] <= LAG:
            return known[0]
        if not self._opening.acquire(blocking=known is None or self._behind):
            return known[0] if known else self._opened()
        try:
            return self._opened()
        finally:
            self._opening.release()

    def _opened(self) -> View:
        """The newest state, opened by one thread at a time."""
        for _ in range(ATTEMPTS):
            known = self._known
            if known is not None and not self._behind and time.monotonic() - known[1] <= LAG:
                return known[0]
            self._behind = False
            try:
                about = self._newest()
                if known is not None and known[0].name == about.stamp:
                    view = known[0]
                else:
                    view = View(
                        self._server,
                        about.generation,
                        about.stamp,
                        self._languages,
                        self._candidates,
                        self._lesson_of(about),
                    )
            except Gone:
                continue
            self._known = (view, time.monotonic())
            return view
        raise IndexUnusable("index missing", path=self._server.where)

    def _newest(self) -> About:
        """Raises IndexUnusable where there is none, or one that other code made."""
        self._register.open_door()
        with self._register.telling():
            about = self._register.about(min(PROBE, self._address.timeout))
        if about is None:
            raise IndexUnusable("index missing", path=self._server.where)
        self._check(about)
        return about

    def _check(self, about: About) -> None:
        ours = {
            "schema_version": SCHEMA_VERSION,
            "layout": schema.LAYOUT,
            "vocabulary_version": self._vocabulary_version,
            "languages": self._languages,
        }
        for key, wanted in ours.items():
            if (had := getattr(about, key)) != wanted:
                raise IndexUnusable(
                    "index outdated",
                    path=self._server.where,
                    what=key.replace("_", " "),
                    had=repr(had),
                    wanted=repr(wanted),
                )

    def _lesson_of(self, about: About) -> Lesson | None:
        """What was last learned, brought once."""
        key = (about.generation, about.lesson)
        if self._lesson is None or self._lesson[0] != key:
            learned = (
                lessons.recall(self._server, self._control, *key, about.parts)
                if about.lesson
                else None
            )
            self._lesson = (key, Lesson(learned) if learned else None)
        return self._lesson[1]


def _bring(change: Change, documents: Iterable[Document]) -> None:
    """Add works; while the server takes some, the next are analysed."""
    with ThreadPoolExecutor(1, "bringing") as beside:
        going: Future[None] | None = None
        for some in change.prepare(documents):
            if going is not None:
                going.result()
            going = beside.submit(change.bring, some)
        if going is not None:
            going.result()
