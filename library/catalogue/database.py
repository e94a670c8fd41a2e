"""The one database: opened, brought up to date, read from and written to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from library.catalogue.queue import tasks
from library.catalogue.queue.tasks import Arrival, Task
from library.catalogue.resources import covers, queries, series, status
from library.catalogue.resources.queries import Original, Totals
from library.catalogue.resources.writer import Writer
from library.catalogue.statistics import failed_searches
from library.catalogue.statistics.failed_searches import Kind, Unanswered
from library.catalogue.storage import moment, postgres, sqlite, sqlite_file, sums, upgrades
from library.catalogue.storage.backends import backend_of
from library.catalogue.storage.faults import translated
from library.catalogue.storage.moment import Moment, Watch
from library.catalogue.storage.snapshot import P, Question, Snapshot, T
from library.catalogue.vocabulary import schemes
from library.core import leases, permissions
from library.core.errors import NotUsable, UsageError
from library.core.resource import READABLE, Collection, Page, Resource, Standing, Statement
from library.core.settings import Settings
from library.vocabularies import Vocabularies


class Catalogue:
    """Reads each in their own short transaction; changes through `write`.

    What readers may not see comes out of no method that does not say `public=False`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = threading.RLock()  # threads of one process queue here, not in SQLite
        self._watch = Watch(engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment. Raises NotUsable, of which Busy may be tried again.

        A fault of our own, such as SQL that is wrong, is raised as it is.
        """
        with translated(self._engine), self._engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Several questions, answered as of one moment. Raises NotUsable."""
        with self.read() as conn:
            yield Snapshot(conn)

    def ask(self, question: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer of one question, as `ask(history.last, subject)`. Raises NotUsable."""
        with self.read() as conn:
            return question(conn, *args, **kwargs)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """One transaction: all of it is kept, or none. Raises as `read`, and StorageFull."""
        with (
            self._writing,
            translated(self._engine),
            self._engine.connect().execution_options(write=True) as conn,
            conn.begin(),
        ):
            yield Writer(conn)
            sums.settle(conn)

    def change(self, do: Question[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What one change says of itself, as `change(alerts.end, token)`. Raises as `write`."""
        with self.write() as writer:
            return do(writer.conn, *args, **kwargs)

    def close(self) -> None:
        self._watch.close()
        self._engine.dispose()

    def resource(self, id_: str, *, public: bool = True) -> Resource | None:
        """The resource with this id, if readers who know of it may have it."""
        with self.read() as conn:
            resources = queries.resources(conn, [id_], public=public, among=READABLE)
        return resources[0] if resources else None

    def id_beginning(self, beginning: str) -> str:
        """The only id of a resource that begins so, "" where there is none or more than one."""
        with self.read() as conn:
            ids = queries.ids_beginning(conn, beginning)
        return ids[0] if len(ids) == 1 else ""

    def resources(self, ids: Sequence[str], *, public: bool = True) -> list[Resource]:
        """These resources in this order, unknown ones and those that cannot be found left out."""
        with self.read() as conn:
            return queries.resources(conn, ids, public=public)

    def every(self, *, public: bool = True) -> list[str]:
        """The id of every resource, in the order they were added."""
        with self.read() as conn:
            return queries.every_resource(conn, public=public)

    def by_slug(self, slug: str) -> Resource | None:
        """The resource at an address, which may be an old one: compare its slug.

        Its id is one too: until it is known what a new document is, it has no other.
        """
        with self.read() as conn:
            id_ = queries.resource_of_slug(conn, slug) or slug
            resources = queries.resources(conn, [id_], public=True, among=READABLE)
        return resources[0] if resources else None

    def withdrawn(self, key: str) -> Standing | None:
        """What readers are told of a resource that was withdrawn, by an address or its id."""
        with self.read() as conn:
            return status.withdrawn(conn, key)

    def end_embargoes(self) -> int:
        """Publish what was embargoed until today; how many."""
        with self.read() as conn:
            if not status.over(conn):
                return 0
        with self.write() as writer:
            return status.end_embargoes(writer)

    def newest(self, limit: int) -> list[Resource]:
        with self.read() as conn:
            return queries.resources(conn, queries.newest(conn, limit), public=True)

    def related(self, resource: Resource, limit: int) -> list[Resource]:
        with self.read() as conn:
            ids = queries.related(conn, resource.id, limit)
            return queries.resources(conn, ids, public=True)

    def page(self, edition: str, number: int) -> Page | None:
        with self.read() as conn:
            return queries.page(conn, edition, number)

    def pages(self, edition: str, first: int = 1, last: int | None = None) -> list[Page]:
        """The pages of an edition that there are, in order: all, or from one to another."""
        with self.read() as conn:
            return queries.pages(conn, edition, first, last)

    def record_unanswered(self, kind: Kind, words: str, language: str) -> bool:
        """Count words that were asked for, or found nothing; whether they were kept."""
        words = failed_searches.clean(
            words, kind
        )  # before anyone has to wait for this to be written
        if not words:
            return False
        with self.write() as writer:
            return failed_searches.record(writer.conn, kind, words, language)

    def unanswered(self, kind: Kind, limit: int = 100) -> list[Unanswered]:
        """What readers asked staff for, or looked for in vain, the most often first."""
        with self.read() as conn:
            return failed_searches.listed(conn, kind, limit)

    def in_series(self, resource: Resource) -> tuple[int, list[str]]:
        """The place of a resource in its series, and the ids of all that readers find there, in
        staff's order; 0 where staff gave it none.
        """
        with self.read() as conn:
            return series.walk(conn, resource.series, resource.id)

    def labels(self, pages: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """The numbers printed on pages, given as (edition, number), where they are known."""
        if not pages:
            return {}
        with self.read() as conn:
            return queries.labels(conn, pages)

    def statements(self, *editions: str) -> list[Statement]:
        """What staff, the file and guessing said of these editions."""
        with self.read() as conn:
            return queries.statements(conn, editions)

    def collections(self, *, holding: str | None = None) -> list[Collection]:
        """Collections in staff's order: all, or those that hold a resource."""
        with self.read() as conn:
            return queries.collections(conn, holding=holding)

    def collection(self, slug: str) -> Collection | None:
        with self.read() as conn:
            return queries.collection(conn, slug)

    def original(self, sha256: str) -> Original | None:
        with self.read() as conn:
            return queries.original(conn, sha256)

    def totals(self) -> Totals:
        with self.read() as conn:
            return queries.totals(conn)

    def slugs(self) -> list[tuple[str, datetime]]:
        with self.read() as conn:
            return list(queries.slugs(conn))

    def vocabularies(self, held: Vocabularies) -> Vocabularies:
        """The vocabularies as staff have them now: `held`, if nothing changed since."""
        if self.moment().vocabulary == held.number:
            return held
        with self.read() as conn:
            return schemes.now(conn, held)

    def glimpse(self) -> Moment | None:
        """The moment it is at, told in microseconds; None where somebody would have to wait."""
        return self._watch.glimpse()

    def moment(self) -> Moment:
        """The moment it is at. Raises NotUsable."""
        return self._watch.glimpse() or self.ask(moment.now)

    def revision(self) -> int:
        return self.moment().revision

    def changed(self) -> datetime:
        return self.moment().changed

    def faults(self) -> list[str]:
        """What the database says is wrong with itself; empty when it is sound."""
        return self.ask(backend_of(self._engine.dialect.name).faults)

    def size(self) -> int:
        """Bytes that the database takes."""
        return self.ask(backend_of(self._engine.dialect.name).size)

    def claim(
        self,
        kind: str,
        lease: float,
        limit: int = 1,
        among: Sequence[str] = (),
        within: float = 0.0,
    ) -> list[Task]:
        """Take tasks that nobody else is doing, for `lease` seconds; of these subjects, if any, and
        owed in the last so many seconds, if `within`.

        It looks before it asks for the lock: one who finds nothing keeps nobody from writing.
        """
        with self.read() as conn:
            if not tasks.is_owed(conn, kind):
                return []
        with self.write() as writer:
            return tasks.claim(writer.conn, kind, leases.me(), lease, limit, among, within)

    def claim_arrivals(self, lease: float, limit: int = 1) -> list[Arrival]:
        """Take files that wait to be read and that nobody else is reading, looking first."""
        with self.read() as conn:
            if not tasks.has_arrived(conn):
                return []
        with self.write() as writer:
            return tasks.claim_arrivals(writer.conn, leases.me(), lease, limit)

    def wish_picture(self, sha256: str, page: int, *, small: bool = False) -> None:
        """Ask a worker to draw a page of an original; small: for a card."""
        with self.write() as writer:
            size = f"/{covers.SMALL}" if small else ""
            tasks.owe(writer.conn, "picture", [f"{sha256}/{page}{size}"])

    def wish_card(self, resource: str, language: str, digest: str) -> None:
        """Ask a worker to draw the card of an edition, to be kept by this name."""
        with self.write() as writer:
            tasks.owe(writer.conn, "card", [f"{resource}/{language}/{digest}"])

    def wish_pack(self, id_: str, most: int) -> bool:
        """Ask a worker to make a pack; False where as many wait as may."""
        with self.write() as writer:
            waiting = tasks.subjects(writer.conn, "pack")
            if id_ not in waiting and len(waiting) >= most:
                return False
            tasks.owe(writer.conn, "pack", [id_])
        return True

    def finish(self, done: Sequence[Task]) -> None:
        """Take tasks that are done out of the outbox."""
        with self.write() as writer:
            tasks.finish(writer.conn, [task.id for task in done])


def open_catalogue(settings: Settings, *, make: bool = False, in_server: bool = False) -> Catalogue:
    """The catalogue of a library, brought up to date.

    make: create it where there is none. in_server: also in an empty database of a server, which may
    be the wrong one. Raises NotUsable when it is missing, empty, damaged or locked, or was made by
    newer code or another program.
    """
    permissions.begin(settings)
    permissions.close(settings)
    try:
        url = make_url(settings.database_url)
    except ArgumentError as error:
        raise UsageError("database address", value=settings.database) from error
    backend = backend_of(*url.drivername.split("+", 1))
    url = url.set(drivername=f"{url.get_backend_name()}+{backend.driver}")
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        _look_at_file(settings, url, make=make)
    try:
        # What was asked for is in no error: it may be what a reader looks for, or a secret.
        # A server may have been started again since a connection was last used.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=settings.in_server)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError("database driver", name=url.drivername) from error
    backend.prepare(engine)
    try:
        with translated(engine):
            if not is_sqlite and not upgrades.revision(engine):
                _look_at_database(settings, engine)
            upgrades.bring_up_to_date(engine, make=make and in_server and not is_sqlite)
    except BaseException:
        engine.dispose()
        raise
    return Catalogue(engine)


def _look_at_database(settings: Settings, engine: Engine) -> None:
    """Raises NotUsable for one that a library may not be made in: another one's, or a lost one."""
    with engine.connect() as conn, conn.begin():
        if postgres.is_of_something_else(conn):
            raise NotUsable("database of something else", where=engine.url.database or "")
    sqlite_file.lost_beside(engine.url.database, settings.originals)


def _look_at_file(settings: Settings, url: URL, *, make: bool) -> None:
    """Have a file that may be opened, a new one if it may be made. Raises NotUsable."""
    path = sqlite_file.path_of(url.database or "")
    if path.is_file():
        sqlite_file.look(path)
        return
    sqlite_file.lost(path, settings.originals)
    if not make:
        raise NotUsable("library missing", folder=str(settings.home))

    def fill(part: Path) -> None:
        engine = create_engine(url.set(database=str(part)))
        sqlite.prepare(engine)
        try:
            with translated(engine):
                upgrades.bring_up_to_date(engine, make=True)
        finally:
            engine.dispose()

    _make_folder(path.parent)
    sqlite_file.make(path, fill)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotUsable(
            "home not made", folder=str(path), detail=error.strerror or str(error)
        ) from error
