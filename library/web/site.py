"""What every request needs: the library opened, and the pages it is shown with."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from starlette.requests import Request

from index.engine import SearchEngine, SearchError
from index.query import Query
from library.catalogue import Catalogue, open_catalogue
from library.core.errors import LibraryError
from library.core.settings import Settings
from library.operations.health import nobody
from library.operations.supervisor import Supervised
from library.search.indexer import open_engine
from library.vocabularies import Vocabularies
from library.web import labels
from library.web.i18n import COOKIE, Interface, choose, interfaces
from library.web.templates import Pages
from library.web.usage_buffer import Tally

LONGEST_PATH = 1000  # characters; every page holds its own address once for each language

_VISIT = "library.visit"  # in the scope of a request

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class State:
    """A moment of the library as readers see it: its name, and since when it is so."""

    name: str
    since: datetime


@dataclass(slots=True)
class Remembered:
    """What is worked out once for each state of the library."""

    state: State = State("", datetime.now(UTC))
    whole: Counts | None = None
    vocabularies: Vocabularies | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Site:
    """One library, opened to be read."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    vocabularies: Vocabularies
    interfaces: Mapping[str, Interface]
    pages: Pages
    remembered: Remembered = field(default_factory=Remembered)
    tally: Tally = field(default_factory=Tally)
    beside: Callable[[], Supervised | None] = nobody  # how the worker is that this site brings

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
        """Changes with everything a page could show: the catalogue, the index, templates, name."""
        try:
            generation = self.engine.info().generation
        except SearchError:
            generation = "unusable"
        today = datetime.now(UTC).date()  # what was to be looked at again by now says so
        look = (self.pages.fingerprint, self.settings.name)
        parts = (self.catalogue.revision(), generation, *look, today)
        name = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
        with self.remembered.lock:
            if self.remembered.state.name != name:
                self.remembered.state = State(name, datetime.now(UTC).replace(microsecond=0))
                self.remembered.whole = None
            return self.remembered.state

    def whole(self) -> Counts:
        """How many resources the library holds under each value. Raises SearchError."""
        state = self.state()
        counts = self.remembered.whole
        if counts is None:
            counts = self.engine.search(Query(size=1)).counts
            with self.remembered.lock:
                if self.remembered.state == state:
                    self.remembered.whole = counts
        return counts

    def close(self) -> None:
        self.engine.close()
        self.catalogue.close()


def open_site(settings: Settings, beside: Callable[[], Supervised | None] = nobody) -> Site:
    """Open the library of these settings. Raises NotUsable."""
    vocabularies = Vocabularies.load(settings.languages, settings.vocabularies)
    spoken = interfaces(settings.languages, schemes=vocabularies.schemes)
    shown = Pages.load(spoken)
    catalogue = open_catalogue(settings)
    try:
        engine = open_engine(settings, vocabularies)
    except BaseException:
        catalogue.close()
        raise
    return Site(settings, catalogue, engine, vocabularies, spoken, shown, beside=beside)


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

    def label(self, facet: str, id_: str) -> str:
        return labels.value(facet, id_, self.site.vocabularies, self.interface)


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
