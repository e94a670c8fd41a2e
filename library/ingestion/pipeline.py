"""The story of a file: arrival, original, words, description, catalogue, index, layout.

Long because it is one story: what may be cut short at any moment is read here in its order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from index.engine import SearchEngine
from library import extractors, sandbox
from library import metadata as describing
from library.catalogue import Arrival, Catalogue, Filed, Task
from library.catalogue.arrivals import actions
from library.catalogue.editions import versions
from library.catalogue.editions.likenesses import keep_outline
from library.catalogue.queue import tasks as outbox
from library.catalogue.resources import collections, corrections, queries
from library.core import logs
from library.core.cancellation import Stopping
from library.core.errors import InputError, LibraryError, by_reason
from library.core.leases import me, sweep_folders
from library.core.messages import Message, in_english, listed
from library.core.resource import JSON, Collection, Edition, Outcome, Page, Status
from library.core.settings import Settings
from library.ingestion import candidates, experience, folders, layouts, ocr, sharing
from library.ingestion.contents import contents_of
from library.ingestion.description import Describing
from library.ingestion.editions import (
    NAMED,
    edition_of,
    pictures_among,
    plain,
    scans_wanted,
    spoken,
    work_of,
)
from library.ingestion.filenames import misnamed
from library.ingestion.ordering import AHEAD, GLANCE, Turns
from library.likeness.structure import outline_of
from library.sandbox import libreoffice, poppler
from library.search import indexer
from library.store import originals
from library.store.originals import shown
from library.vocabularies import Vocabularies

LEASE = 900.0  # seconds: longer than any one file may take
FORGOTTEN = 86400.0  # seconds after which nobody is still copying a file
DESCRIBED_LATER = 600.0  # seconds, times how often it was tried, until it is described once more
INDEX_EVERY = 2.0  # seconds between commits while a folder is read

OnPage = Callable[[int], None]
Turn = Callable[[], None]  # waits until all files before this one are filed
One = TypeVar("One")
Done = TypeVar("Done")


def readers() -> str:
    """The readers of this machine. Where it changes, what they could not read is tried again."""
    return f"{extractors.VERSION} LibreOffice" if libreoffice.installed() else extractors.VERSION


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended. `resource` is its id; `reason` says why, where there is a why."""

    file: str
    outcome: Outcome
    resource: str | None = None
    language: str = ""
    pages: int = 0
    seconds: float = 0.0
    reason: str = ""
    messages: tuple[Message, ...] = ()
    kept: str = ""  # in English, what was said of it before there were messages

    @property
    def said(self) -> str:
        """In English, what is to be said of it; "" where there is nothing."""
        return self.kept or in_english(self.messages)

    def json(self) -> JSON:
        return {
            "file": self.file,
            "outcome": self.outcome,
            "resource": self.resource,
            "language": self.language or None,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "reason": self.said or self.reason or None,
        }


@dataclass(slots=True)
class Ingest:
    """Everything reading a file needs; one for all threads of a process."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    vocabularies: Vocabularies
    stopping: Stopping = field(default_factory=Stopping)

    def files(
        self,
        files: Iterable[folders.Found],
        *,
        status: Status = Status.PUBLISHED,
        jobs: int = 1,
        on_page: OnPage = lambda pages: None,
    ) -> Generator[Ended, None, None]:
        """Make every file findable; each is yielded as it ends. Raises StorageFull, NotUsable.

        The index follows every few seconds and at the end, so that what is read is soon found.
        Files are filed in their order, however long each takes to be read.
        """
        self.recover()
        self.follow_vocabularies()
        turns = Turns(jobs, self.stopping)

        def one(numbered: tuple[int, folders.Found]) -> Ended:
            with turns.turn(numbered[0]) as turn:
                return self.file(numbered[1], status, on_page, turn)

        return self.indexing(self.spread(enumerate(files), one, jobs + AHEAD))

    def layouts(
        self, *, jobs: int = 1, on_page: OnPage = lambda pages: None
    ) -> Generator[str, None, None]:
        """Lay out every edition that waits for it; each id is yielded as it is done."""
        return self.indexing(
            self.spread(self._claimed(), lambda task: self.layout(task, on_page), jobs)
        )

    def indexing(self, done: Generator[Done, None, None]) -> Generator[Done, None, None]:
        """What is done, with the index following every few seconds and at the end."""
        indexed = time.monotonic()
        with closing(done):
            for ended in done:
                yield ended
                if time.monotonic() - indexed > INDEX_EVERY:
                    self.index()
                    indexed = time.monotonic()
        self.index()

    def describing(self) -> Describing:
        """What describing a document needs, as it is now."""
        return Describing(self.settings, self.vocabularies, stop=self.stopping)

    def follow_vocabularies(self) -> None:
        """Know the concepts as staff have them now."""
        self.vocabularies = self.catalogue.vocabularies(self.vocabularies)

    def index(self) -> None:
        """Index all that is owed, unless another process is at it, or it is to stop."""
        more = 1
        while more and not self.stopping.is_set():
            more = indexer.bring_up_to_date(self.catalogue, self.engine, self.vocabularies)

    def recover(self) -> None:
        """Take up what processes that were killed have left."""
        originals.sweep(self.settings.originals, time.time() - FORGOTTEN)
        sweep_folders("reading", "program")
        with self.catalogue.write() as writer:
            outbox.free_the_dead(writer.conn)

    def file(
        self, file: folders.Found, status: Status, on_page: OnPage, turn: Turn = lambda: None
    ) -> Ended:
        """Bring one file in. Its own faults are its outcome; the library's are raised."""
        started = time.monotonic()
        name = shown(file.path)
        try:
            ended = self._file(file, status, on_page, turn)
        except InputError as error:
            ended = Ended(name, Outcome.FAILED, reason=error.reason, messages=(error.message,))
        return replace(ended, seconds=time.monotonic() - started)

    def _file(self, file: folders.Found, status: Status, on_page: OnPage, turn: Turn) -> Ended:
        sha256, _ = originals.checksum(file.path, file.place)
        path = shown(file.place.path if file.place else file.path.resolve())
        fields = plain(file.fields)
        with self.catalogue.read() as conn:
            known = outbox.arrival(conn, path, sha256)
            edition = queries.edition_with(conn, sha256)
            newer = queries.superseded(conn, sha256)
        if known and newer and not edition:
            messages = (Message("arrival superseded"),)
            return Ended(shown(file.path), Outcome.UNCHANGED, newer[1], messages=messages)
        if known and (again := self._again(file, known, edition, fields)):
            return again
        stored = originals.put(self.settings.originals, file.path, file.place)
        original = originals.path_of(self.settings.originals, stored.sha256)
        with self.catalogue.write() as writer:
            writer.store_original(stored.sha256, stored.bytes, shown(Path(file.path.name)))
            arrival = outbox.record(writer.conn, path, stored.sha256, fields, status, me(), LEASE)
        if arrival is None:
            messages = (Message("arrival elsewhere"),)
            return Ended(shown(file.path), Outcome.UNCHANGED, messages=messages)
        return self.arrival(arrival, original, on_page, file.problem, turn)

    def _again(
        self,
        file: folders.Found,
        known: Arrival,
        edition_held: tuple[str, str] | None,
        fields: JSON,
    ) -> Ended | None:
        """How a file ends that came from here before, if it need not be read again."""
        name = shown(file.path)
        same_code = known.readers == readers() and known.reason != "fault"
        if known.outcome is Outcome.PARTIAL and not same_code:
            return None  # readers that have learned may read the rest
        if edition_held and known.outcome in (Outcome.ADDED, Outcome.PARTIAL, Outcome.DUPLICATE):
            edition, resource = edition_held
            messages: tuple[Message, ...] = ()
            if fields != known.fields and known.edition == edition:
                statements = describing.staff(file.fields, self.vocabularies)
                with self.catalogue.write() as writer:
                    corrections.note(writer, edition, statements, describing.decide)
                    if any(statement.field == "language" for statement in statements):
                        outbox.owe(writer.conn, "ocr", [edition])
                    outbox.remember(writer.conn, known.id, fields)
                messages = (Message("arrival restated"),)
            return Ended(name, Outcome.UNCHANGED, resource, messages=messages)
        lasting = by_reason(known.reason).lasting or known.reason == actions.GIVEN_UP
        same = same_code and fields == known.fields
        if known.outcome is Outcome.FAILED and lasting and same and not file.problem:
            kept = "" if known.messages else known.message
            return Ended(
                name, Outcome.FAILED, reason=known.reason, messages=known.messages, kept=kept
            )
        return None

    def arrival(
        self,
        arrival: Arrival,
        original: Path,
        on_page: OnPage = lambda pages: None,
        problem: InputError | None = None,
        turn: Turn = lambda: None,
    ) -> Ended:
        """Read a stored file and say how it ended. Raises StorageFull, NotUsable."""
        try:
            if problem:
                raise problem
            return self._read(arrival, original, on_page, turn)
        except InputError as error:
            reason, message = error.reason, _of_file(error.message, original, arrival)
        except (LibraryError, sandbox.Stopped):
            with self.catalogue.write() as writer:
                outbox.give_back_arrivals(writer.conn, me())
            raise
        except Exception as error:  # a fault of ours must not stop the other files
            noted = logs.fault(error, file=arrival.path)
            reason, kind = "fault", type(error).__name__
            values = {"file": arrival.path, "kind": kind, "id": noted.id}
            message = Message("arrival fault", values)
        with self.catalogue.write() as writer:
            outbox.end_arrival(
                writer.conn,
                arrival.id,
                Outcome.FAILED,
                readers=readers(),
                reason=reason,
                messages=(message,),
            )
        return Ended(arrival.path, Outcome.FAILED, reason=reason, messages=(message,))

    def _read(self, arrival: Arrival, original: Path, on_page: OnPage, turn: Turn) -> Ended:
        said_by_staff = describing.staff(arrival.fields, self.vocabularies)
        media_type = sandbox.tell(original, arrival.path, stop=self.stopping)
        read, opinions = self._words_of(original, media_type, on_page)
        if read.problem and not read.pages:
            raise read.problem
        described = self.describing().document(
            read.pages,
            read.said,
            filename=Path(arrival.path).name,
            language=spoken(said_by_staff),
            opinions=opinions,
        )
        read = replace(read, pages=described.pages)
        statements = (*said_by_staff, *described.statements)
        edition = edition_of(arrival, original, media_type, read, statements, self.settings)
        pages, mark = described.pages, described.mark
        lay_out = not edition.laid_out
        turn()
        with self.catalogue.read() as conn:
            edition_held = queries.edition_with(conn, arrival.sha256)
            place = versions.place_of(conn, arrival)
            if place:
                older: str | None = place.id
                edition, added = versions.fitted(conn, place, edition, read.problem)
                statements = (*added, *statements)
            elif edition_held and edition_held[0] == arrival.edition:
                older = edition_held[0]  # read anew
            else:
                older = queries.older_version(conn, arrival.path, edition)
            statements = experience.applied(conn, statements)
            statements = sharing.applied(conn, statements, edition=older)
            edition = replace(edition, summary=sharing.summary_of(statements))
            before = queries.edition(conn, older) if older else None
            known_as = replace(edition, id=older or edition.id)
            like = candidates.same_words(conn, known_as, pages, mark)
        with self.catalogue.write() as writer:
            writer.tell_type(arrival.sha256, media_type)
            filed = writer.file(
                edition,
                pages,
                statements,
                describing.decide,
                status=arrival.status,
                work=work_of(statements),
                replaces=older,
                by=arrival.by if place else "",
                languages=self.settings.languages,
            )
            ended = _ended(arrival, edition, filed, read.problem, described.problem)
            if ended.outcome is Outcome.ADDED and not ended.reason:
                ended = _with_pictures(ended, pages) if scans_wanted(media_type, pages) else ended
            if place is None:
                older_sha256 = before.sha256 if before else ""
                actions.taken_in(writer, arrival.path, filed, edition, older_sha256)
            elif filed.how == "replaced" and place.sha256 != arrival.sha256:
                versions.note(writer, place, edition.filename, arrival.sha256, by=arrival.by)
            if filed.how != "duplicate":
                candidates.keep(writer.conn, filed.edition, mark, edition.text_bytes, like)
                likeness = candidates.looks_like(writer.conn, filed.edition, filed.resource, like)
                if likeness and not ended.reason:
                    named = Message(likeness.code, {**likeness.values, "file": arrival.path})
                    ended = replace(ended, reason="alike", messages=(named,))
            outbox.end_arrival(
                writer.conn,
                arrival.id,
                ended.outcome,
                readers=readers(),
                edition=filed.edition,
                reason=ended.reason,
                messages=ended.messages,
            )
            if lay_out and filed.how != "duplicate":
                outbox.owe(writer.conn, "layout", [filed.edition])
            if filed.how != "duplicate" and scans_wanted(media_type, pages):
                outbox.owe(writer.conn, "ocr", [filed.edition])
        return ended

    def _words_of(
        self, original: Path, media_type: str, on_page: OnPage = lambda pages: None
    ) -> tuple[sandbox.Reading, Sequence[Page]]:
        """The words of a file, and doubtful pages as another reader has them. Raises Stopped."""
        read = sandbox.read(
            original,
            media_type,
            layout=self.settings.pdf == "pdfminer",
            on_page=lambda number, of: on_page(1),
            stop=self.stopping,
        )
        if media_type != poppler.MEDIA_TYPE or not read.pages:
            return read, ()
        return read, poppler.opinions(original, read.pages, stop=self.stopping)

    def layout(self, task: Task, on_page: OnPage = lambda pages: None) -> str:
        """Give an edition's pages headings, lists and tables; keep the better of two texts."""
        with self.catalogue.read() as conn:
            edition = queries.edition(conn, task.subject)
        if edition is not None:
            original = originals.path_of(self.settings.originals, edition.sha256)
            pages_held = self.catalogue.pages(edition.id)
            read, words, words_problem = self._layout_of(
                task, original, edition, pages_held, on_page
            )
            laid_out = {page.number: page for page in read.pages}
            described = self.describing().layout(
                words, laid_out, filename=edition.filename, language=edition.language
            )
            pages = described.pages
            with self.catalogue.write() as writer:
                now = queries.edition(writer.conn, edition.id)
                if now is None or now.sha256 != edition.sha256:
                    pass  # another file took its place meanwhile, and is owed its own layout
                elif read.pages:
                    writer.lay_out(edition.id, pages, contents_of(pages, read.said))
                    keep_outline(writer.conn, edition.id, outline_of(pages))
                else:
                    writer.give_up_layout(edition.id)
                describing_failed = described.problem or words_problem
                if describing_failed and now is not None and now.sha256 == edition.sha256:
                    # What was laid out is kept; who looks after the library sees that it waits.
                    later = DESCRIBED_LATER * task.attempts
                    outbox.give_back(writer.conn, [task.id], tried=True, later=later)
                else:
                    outbox.finish(writer.conn, [task.id])
        else:
            with self.catalogue.write() as writer:
                outbox.finish(writer.conn, [task.id])
        return task.subject

    def _layout_of(
        self,
        task: Task,
        original: Path,
        edition: Edition,
        pages_held: Sequence[Page],
        on_page: OnPage,
    ) -> tuple[sandbox.Reading, Sequence[Page], InputError | None]:
        """The layout of an edition, and its words: read anew where they were laid out before.

        Beside them why the words could not be described, where they could not.
        """
        try:
            read = sandbox.read(
                original,
                edition.media_type,
                layout=True,
                on_page=lambda number, of: on_page(1),
                stop=self.stopping,
            )
            if not edition.laid_out or not read.pages:
                return read, pages_held, None
            anew, opinions = self._words_of(original, edition.media_type)
            words = self.describing().passages(
                anew.pages,
                filename=edition.filename,
                language=edition.language,
                opinions=opinions,
            )
        except sandbox.Stopped:
            with self.catalogue.write() as writer:
                outbox.give_back(writer.conn, [task.id], tried=False)
            raise
        laid_out = {page.number for page in read.pages}
        fresh = [page for page in words.pages if page.number in laid_out]
        return read, layouts.words_anew(pages_held, fresh), words.problem

    def collections(self, listed: Iterable[folders.Listed]) -> list[str]:
        """Make the collections staff wrote; what could not be done as written is returned.

        One that staff changed at the desk since is theirs, and stays as it is.
        """
        unknown = []
        for position, entry in enumerate(listed):
            with self.catalogue.write() as writer:
                if collections.is_of_the_desk(writer.conn, entry.slug):
                    unknown.append(
                        f"The collection {entry.slug} was changed at the desk, and stays as it is."
                    )
                    continue
                ids = []
                for key in entry.resources:
                    id_ = queries.resource_named(writer.conn, key)
                    if id_ is None:
                        unknown.append(
                            f"A collection names a resource that is not here: {entry.slug}: {key}."
                        )
                    else:
                        ids.append(id_)
                made = Collection(entry.slug, entry.title, entry.summary, tuple(ids))
                writer.set_collection(made, position)
        return unknown

    def _claimed(self) -> Iterator[Task]:
        while not self.stopping.is_set():
            tasks = self.catalogue.claim("layout", LEASE)
            if not tasks:
                return
            yield from tasks

    def spread(
        self, work: Iterable[One], do: Callable[[One], Done], jobs: int
    ) -> Generator[Done, None, None]:
        """Do the work in threads, never more than a few ahead, yielding each as it is done.

        Raises Stopped soon after it is to stop. Whoever takes only some of it closes it: left to
        the collector of garbage, it might be closed by one of the threads it then waits for.
        """

        def begin(item: One) -> Done:
            if self.stopping.is_set():  # a thread takes what waits before it can be cancelled
                raise sandbox.Stopped
            return do(item)

        pending: set[Future[Done]] = set()
        with ThreadPoolExecutor(jobs, thread_name_prefix="reader") as pool:
            try:
                for item in work:
                    pending.add(pool.submit(begin, item))
                    if len(pending) > jobs * 2:
                        yield from self._results(pending)
                while pending:
                    yield from self._results(pending)
            except BaseException:
                self.stopping.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _results(self, pending: set[Future[Done]]) -> Iterator[Done]:
        """What those that are done first gave; they are pending no more. Raises Stopped."""
        done: set[Future[Done]] = set()
        while not done:
            if self.stopping.is_set():
                raise sandbox.Stopped
            done, _ = wait(pending, GLANCE, FIRST_COMPLETED)
        pending -= done
        for future in done:
            yield future.result()


def _ended(
    arrival: Arrival,
    edition: Edition,
    filed: Filed,
    problem: InputError | None,
    untold: InputError | None,
) -> Ended:
    ended = Ended(arrival.path, Outcome.ADDED, filed.resource, edition.language, edition.pages)
    if filed.how == "duplicate":
        same = Message("arrival duplicate", {"resource": filed.resource})
        return replace(ended, outcome=Outcome.DUPLICATE, reason="duplicate", messages=(same,))
    if problem or edition.pages_expected:
        return replace(
            ended,
            outcome=Outcome.PARTIAL,
            reason=problem.reason if problem else "incomplete",
            messages=(_read_so_far(edition), *((problem.message,) if problem else ())),
        )
    if edition.unread:
        unread = (Message("arrival unread parts", {"file": arrival.path}), *edition.unread)
        return replace(ended, outcome=Outcome.PARTIAL, reason="unread parts", messages=unread)
    if untold:
        messages = (Message("arrival not described", {"file": arrival.path}), untold.message)
        return replace(ended, outcome=Outcome.PARTIAL, reason="not described", messages=messages)
    if not edition.text_bytes:
        return replace(ended, reason="no text", messages=(ocr.outlook(),))
    if filed.how == "replaced":
        newer = Message("arrival newer version")
        return replace(ended, reason="newer version", messages=(newer,))
    if misnaming := misnamed(arrival.path, edition.media_type):
        return replace(ended, reason="misnamed", messages=(misnaming,))
    return ended


def _with_pictures(ended: Ended, pages: Sequence[Page]) -> Ended:
    """How a file ended, with a word on pages whose words are read next, from their pictures."""
    numbers = pictures_among(pages)
    if not numbers:
        return ended
    values = {"file": ended.file, "pages": listed(numbers, NAMED)}
    message = Message("arrival scanned pages", values)
    return replace(ended, reason="scanned pages", messages=(message,))


def _read_so_far(edition: Edition) -> Message:
    if edition.pages_expected:
        values = {"read": edition.pages, "pages": edition.pages_expected}
        return Message("arrival pages", values)
    return Message("arrival some pages", {"read": edition.pages})


def _of_file(message: Message, original: Path, arrival: Arrival) -> Message:
    """The message, naming the file as staff know it and not the place it is kept."""
    if message.values.get("file") in (None, str(original), original.name):
        return Message(message.code, {**message.values, "file": arrival.path})
    return message
