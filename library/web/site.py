"""What every request needs: the library opened, and the pages it is shown with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.types import Scope

from index.engine import SearchError
from index.query import Query
from library.catalogue import Catalogue, Totals, open_catalogue
from library.catalogue.statistics.usage import Counted
from library.catalogue.storage.moment import Moment
from library.core.errors import LibraryError
from library.core.settings import Settings
from library.operations.health import nobody
from library.operations.roster import Roster
from library.operations.supervisor import Supervised
from library.search.indexer import open_engine
from library.search.remembered import RememberingEngine
from library.vocabularies import Vocabularies
from library.web import labels
from library.web.i18n import COOKIE, Interface, choose, interfaces
from library.web.links import query_of
from library.web.templates import Pages
from library.web.usage_buffer import Tally

LONGEST_PATH = 1000  # characters; every page holds its own address once for each language

UNKNOWN = "qxqxqxq"  # a word that no library has: what is like it is looked for

_VISIT = "library.visit"  # in the scope of a request
_NOTED = "library.noted"

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class State:
    """A moment of the library as readers see it: its name, and since when it is so."""

    name: str
    since: datetime


@dataclass(slots=True)
class Remembered:
    """What is worked out once, beside what it was worked out from: each swapped as a whole.

    Readers take what is there without waiting; of two who find it too old both may work it out.
    """

    state: tuple[object, State] = (None, State("", datetime.now(UTC)))
    totals: tuple[int, Totals] | None = None  # of a revision
    vocabularies: Vocabularies | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One library, opened to be read."""

    settings: Settings
    catalogue: Catalogue
    engine: RememberingEngine
    vocabularies: Vocabularies
    interfaces: Mapping[str, Interface]
    pages: Pages
    remembered: Remembered = field(default_factory=Remembered)
    tally: Tally = field(default_factory=Tally)
    beside: Callable[[], Supervised | None] = nobody  # how the worker is that this site brings
    processes: Callable[[], Sequence[Supervised]] = tuple  # that answer readers, where several do

    def now(self) -> Site:
        """The same site with the vocabularies as they are now: one request sees one value."""
        vocabularies = self.remembered.vocabularies or self.vocabularies
        try:
            now = self.catalogue.vocabularies(vocabularies)
        except LibraryError:
            now = vocabularies  # the page of that mishap needs labels too
        if now is not vocabularies:
            self.remembered.vocabularies = now
        return self if now is self.vocabularies else replace(self, vocabularies=now)

    def state(self) -> State:
        """Changes with everything a page could show: the catalogue, the index, templates, name.

        Raises NotUsable.
        """
        moment = self.catalogue.moment()
        try:
            return self._state_at(moment, self.engine.generation())
        except SearchError:
            return self._state_at(moment, "unusable")

    def glimpse(self) -> State | None:
        """The state, told in microseconds; None where somebody would have to wait for it."""
        try:
            moment, generation = self.catalogue.glimpse(), self.engine.glimpse()
        except SearchError:
            return None
        return self._state_at(moment, generation) if moment and generation else None

    def _state_at(self, moment: Moment, generation: str) -> State:
        today = datetime.now(UTC).date()  # what was to be looked at again by now says so
        settings = self.settings
        look = (self.pages.fingerprint, settings.name, settings.names, bool(settings.smtp))
        parts = (moment.revision, moment.vocabulary, generation, *look, today)
        before, state = self.remembered.state
        if parts == before:
            return state
        name = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
        state = State(name, datetime.now(UTC).replace(microsecond=0))
        self.remembered.state = (parts, state)
        return state

    def whole(self) -> Counts:
        """How many resources the library holds under each value. Raises SearchError."""
        return self.engine.search(Query(size=1)).counts

    def totals(self) -> Totals:
        """How much readers can find. Raises NotUsable."""
        revision = self.catalogue.moment().revision
        known = self.remembered.totals
        if known is None or known[0] != revision:
            known = self.remembered.totals = (revision, self.catalogue.totals())
        return known[1]

    def prepare(self) -> None:
        """Work out once what else each of the first readers would: names of concepts, words that
        may be meant. What cannot be is told to them.
        """
        with suppress(LibraryError, SearchError):
            self.engine.search(query_of([("q", UNKNOWN)], self.now().vocabularies).query)
            self.whole()
            self.vocabularies.keep(self.settings.prepared)

    def close(self) -> None:
        self.engine.close()
        self.catalogue.close()


def open_site(settings: Settings, roster: Roster | None = None) -> Site:
    """Open the library of these settings. Raises NotUsable."""
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies, settings.prepared)
    spoken = interfaces(settings.languages, schemes=vocabularies.schemes)
    shown = Pages.load(spoken)
    catalogue = open_catalogue(settings)
    try:
        engine = RememberingEngine(open_engine(settings, vocabularies))
    except BaseException:
        catalogue.close()
        raise
    site = Site(settings, catalogue, engine, vocabularies, spoken, shown)
    return replace(site, beside=roster.worker, processes=roster.sites) if roster else site


@dataclass(slots=True)
class Noted:
    """What has to be known of an answer besides itself to give it once more."""

    counted: list[Counted] = field(default_factory=list)  # what it counts if a reader asked for it
    passing: bool = False  # whether it is so at this moment only, and nobody is to keep it
    alone: bool = False  # whether it does more than show and count, and so is made each time


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, with the library it is for and the language it is answered in."""

    request: Request
    site: Site
    interface: Interface

    @property
    def path(self) -> str:
        """The path and query, to come back to; not one that somebody made absurdly long."""
        query = self.request.url.query
        path = self.request.url.path + (f"?{query}" if query else "")
        return path if len(path) <= LONGEST_PATH else "/"

    @property
    def base(self) -> str:
        """The site's public address without a slash: configured, else as it was asked for."""
        return self.site.settings.base_url or str(self.request.base_url).rstrip("/")

    @property
    def noted(self) -> Noted:
        return noted_in(self.request.scope)

    def label(self, facet: str, id_: str) -> str:
        return labels.value(facet, id_, self.site.vocabularies, self.interface)


def noted_in(scope: Scope) -> Noted:
    """What is noted of the answer to a request, by whoever makes it and whoever sends it."""
    noted: Noted = scope.setdefault(_NOTED, Noted())
    return noted


def visit_of(request: Request) -> Visit:
    """The visit of a request: looked up once, however often it is asked for."""
    known = request.scope.get(_VISIT)
    if isinstance(known, Visit):
        return known
    site: Site = request.app.state.site.now()
    made = visit_to(request, site)
    request.scope[_VISIT] = made
    return made


def visit_to(request: Request, site: Site) -> Visit:
    cookie = request.cookies.get(COOKIE)
    accept = request.headers.get("accept-language", "")
    return Visit(request, site, choose(cookie, accept, site.interfaces))
