"""The library held against a dictionary: whatever is done to it, in whatever order, they agree.

What is done: works are added, titled anew, withdrawn and brought back, changes are taken back, the
index is brought up to date or built anew, and all of it is closed and opened. After each step what
the catalogue shows is what the dictionary says; once the index has followed, so is what is found.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from index.query import Query
from index.text.syntax import parse
from library.catalogue import open_catalogue
from library.catalogue.changes import history
from library.catalogue.curation.undo import undo
from library.catalogue.resources import corrections, status
from library.core.errors import Changed, UsageError
from library.core.resource import Standing, Status
from library.core.settings import Settings
from library.search import indexer
from tests.library.web.conftest import Shelf, decide
from tests.soak import cases

WORDS = ("banner", "ledger", "picket", "ballot", "charter")
STATUS = (Status.PUBLISHED, Status.DRAFT, Status.WITHDRAWN)


class Model(RuleBasedStateMachine):
    works = Bundle("works")

    @initialize()
    def begin(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.shelf = Shelf(Settings(home=self.home))
        self.said: dict[str, tuple[str, Status]] = {}  # what the library should say
        self.back: list[tuple[int, str, tuple[str, Status]]] = []  # changes, and what was before
        self.number = 0

    @rule(target=works, word=st.sampled_from(WORDS), stands=st.sampled_from(STATUS[:2]))
    def add(self, word: str, stands: Status) -> str:
        self.number += 1
        made = self.shelf.add(f"{word} {self.number}", [f"Page of {self.number}."], status=stands)
        self.said[made] = f"{word} {self.number}", stands
        return made

    @rule(work=works, word=st.sampled_from(WORDS))
    def retitle(self, work: str, word: str) -> None:
        title = f"{word} {self.number} anew"
        one = self.shelf.catalogue.resource(work, public=False)
        assert one is not None
        with self.shelf.catalogue.write() as writer:
            changed = corrections.correct(
                writer, work, {one.editions[0].id: {"title": title}}, by="ana", decide=decide
            )
        self._note(work, changed, (title, self.said[work][1]))

    @rule(work=works, stands=st.sampled_from(STATUS))
    def stand(self, work: str, stands: Status) -> None:
        with suppress(UsageError), self.shelf.catalogue.write() as writer:
            reason = "Out of date." if stands is Status.WITHDRAWN else ""
            changed = status.put(writer, work, Standing(stands, reason=reason), by="ana")
            self._note(work, changed, (self.said[work][0], stands))

    @rule()
    def take_back(self) -> None:
        if not self.back:
            return
        number, work, before = self.back.pop()
        with suppress(Changed), self.shelf.catalogue.write() as writer:
            undo(writer, number, by="ana", decide=decide)
            title, stands = self.said[work]
            what = 0 if before[0] != title else 1
            self.said[work] = (before[0], stands) if what == 0 else (title, before[1])

    @rule()
    def index(self) -> None:
        shelf = self.shelf
        with shelf.catalogue.read() as conn:
            assert history.head(conn) >= 0
        indexer.rebuild(shelf.catalogue, shelf.engine, shelf.vocabularies)
        for word in WORDS:
            found = shelf.engine.search(Query(parse(f'"{word}"').tree, size=50, beyond=False)).hits
            assert {hit.id for hit in found} == {
                work for work, (title, stands) in self.said.items()
                if word in title.split() and stands is Status.PUBLISHED
            }  # fmt: skip

    @rule()
    def open_again(self) -> None:
        self.shelf.catalogue.close()
        self.shelf.catalogue = open_catalogue(self.shelf.settings)

    @invariant()
    def the_catalogue_says_so(self) -> None:
        if not hasattr(self, "said"):
            return
        catalogue = self.shelf.catalogue
        public = {work for work, (_, stands) in self.said.items() if stands is Status.PUBLISHED}
        assert set(catalogue.every()) == public
        told = {
            one.id: (one.editions[0].title, one.status)
            for one in catalogue.resources(list(self.said), public=False)
        }
        assert told == self.said

    def teardown(self) -> None:
        if hasattr(self, "shelf"):
            self.shelf.engine.close()
            self.shelf.catalogue.close()
            shutil.rmtree(self.home, ignore_errors=True)

    def _note(self, work: str, changed: bool, now: tuple[str, Status]) -> None:
        if changed:
            before, self.said[work] = self.said[work], now
            with self.shelf.catalogue.read() as conn:
                number = history.last(conn, work)
            self.back = [*self.back, (number, work, before)]


TestModel = Model.TestCase
TestModel.settings = cases(2, steps=12)
