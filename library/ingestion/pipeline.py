"""The story of a file: arrival, original, words, description, catalogue, index, layout.

Long because it is one story: what may be cut short at any moment is read here in its order. A
folder is read in two goes: its words, so that all of it is soon found, and then what each document
is. Both go in the order of the files: addresses, identifiers and the first edition of a work depend
on which is filed first, so that a folder always makes the same library, also when it was stopped
anywhere and begun again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

from index.engine import SearchEngine
from library import metadata as describing
from library import sandbox
from library.catalogue import Arrival, Catalogue, Task, Writer
from library.catalogue.arrivals import actions
from library.catalogue.editions.likenesses import keep_outline
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.catalogue.queue.undescribed import Undescribed
from library.catalogue.resources import collections, corrections, queries
from library.core import logs
from library.core.cancellation import Stopping
from library.core.errors import InputError, LibraryError, by_reason
from library.core.leases import me, sweep_folders
from library.core.messages import Message
from library.core.resource import Collection, Edition, Outcome, Page, Status, Stored
from library.core.settings import Settings
from library.ingestion import filing, folders, layouts
from library.ingestion.contents import contents_of
from library.ingestion.description import Asked, Describing, Description
from library.ingestion.editions import plain, spoken
from library.ingestion.experience import Experiences
from library.ingestion.filing import Taken, Told, readers
from library.ingestion.ordering import GLANCE, in_order, together
from library.ingestion.outcomes import Ended, of_file
from library.likeness.structure import outline_of
from library.sandbox import poppler
from library.search import indexer
from library.store import originals
from library.store.originals import shown
from library.vocabularies import Vocabularies

__all__ = ["LEASE", "Ended", "Ingest", "readers"]

LEASE = 900.0  # seconds: longer than any one file may take
FORGOTTEN = 86400.0  # seconds after which nobody is still copying a file
DESCRIBED_LATER = 600.0  # seconds, times how often it was tried, until it is described once more
INDEX_EVERY = 1.0  # seconds between commits while files are read, so that they are soon found
INDEX_SELDOM = 60.0  # the same while what is found already becomes more
GROUP = 8  # documents that are described by one child
TOGETHER = 150_000  # characters that those may have together; a longer one is alone
BATCH = 32  # files that are stored, and filed, in one transaction
TRANSACTION = 0.25  # seconds after which a transaction takes no more: others wait to write

OnPage = Callable[[int], None]
One = TypeVar("One")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is stored and noted, and is to be read. alone: it can take no other's place."""

    arrival: Arrival
    original: Path
    problem: InputError | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Described:
    """A stored file that was read and described, and is not filed."""

    taken: Taken
    description: Description


@dataclass(frozen=True, slots=True)
class Gone:
    """A task of which nothing is left to be done."""

    task: Task


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be read, or what met a fault of ours, and where."""

    one: object
    error: Exception


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that was filed by its words, as it is now, and what is asked of it."""

    task: Task
    edition: Edition
    undescribed: Undescribed
    arrival: Arrival
    original: Path
    asked: Asked


FirstGo = Ended | Arrived | Taken | Failed
SecondGo = Told | Described | Failed | Gone


class Change:
    """One transaction, and what is looked up once for all that is filed in it."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    @cached_property
    def experiences(self) -> Experiences:
        return Experiences(self.writer.conn)


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
        on_file: Callable[[], None] = lambda: None,
        on_found: Callable[[int], None] = lambda left: None,
    ) -> Generator[Ended, None, None]:
        """Make every file findable, then say what it is; each is yielded as it ends.

        The index follows every second while files are read, and at the end. on_file: called for
        each file that was read, however it ended. on_found: called when all can be found, with how
        many are still to be described; what was left to be described by a process that died is so
        first. Raises StorageFull, NotUsable.
        """
        self.recover()
        self.follow_vocabularies()
        return self._files(files, status, jobs, on_page, on_file, on_found)

    def descriptions(self, *, jobs: int = 1) -> Generator[Ended, None, None]:
        """Say what every document is that is found by its words alone; each as it ends."""
        with closing(self._held()) as held:
            later = next(held)
            told = self._second_go(later, jobs)
            yield from self.indexing(self._filed_as_told(told, None), INDEX_SELDOM)

    def _files(
        self,
        files: Iterable[folders.Found],
        status: Status,
        jobs: int,
        on_page: OnPage,
        on_file: Callable[[], None],
        on_found: Callable[[int], None],
    ) -> Generator[Ended, None, None]:
        mine: dict[str, float] = {}  # editions found, with the seconds that took
        with closing(self._held()) as held:
            later = next(held)
            taken = in_order(
                self._arrivals(files, status),
                lambda one: self._taken(one, on_page),
                jobs,
                self.stopping,
                _weight,
            )
            filed = self._filed_by_words(taken, later, mine, on_file=on_file)
            yield from self.indexing(filed, INDEX_EVERY)
            on_found(len(later))
            told = self._second_go(later, jobs)
            yield from self.indexing(self._filed_as_told(told, mine), INDEX_SELDOM)

    def _second_go(
        self, later: Sequence[Task | Arrived], jobs: int
    ) -> Generator[SecondGo | None, None, None]:
        """Documents with what they are, in their order; None while that takes long."""
        groups = _batches(later, GROUP)
        with closing(in_order(groups, self._told, jobs, self.stopping, _weight)) as told:
            for group in told:
                yield from group if group is not None else [None]

    def _held(self) -> Generator[list[Task | Arrived], None, None]:
        """What is still to be described of what was found before, held until this is closed.

        Whatever else this thread holds then is free again, too: it was not tried.
        """
        with self.catalogue.write() as writer:
            left = outbox.reserve(writer.conn, undescribed.KIND, me(), LEASE)
        try:
            yield [*left]
        finally:
            with suppress(LibraryError), self.catalogue.write() as writer:
                outbox.release(writer.conn, me())

    def _arrivals(
        self, files: Iterable[folders.Found], status: Status
    ) -> Iterator[Ended | Arrived]:
        """Files stored and noted, a few at a time; those that need not be read have ended."""
        for batch in _batches(files, BATCH):
            yield from self._stored(batch, status)

    def _stored(self, files: Sequence[folders.Found], status: Status) -> Iterator[Ended | Arrived]:
        ended: dict[int, Ended] = {}
        sums: dict[int, tuple[str, int]] = {}
        for number, file in enumerate(files):
            try:
                sums[number] = originals.checksum(file.path, file.place)
            except InputError as error:
                ended[number] = _unread(file, error)
        with self.catalogue.read() as conn:
            known = {
                number: (
                    outbox.arrival(conn, _path(files[number]), sha256),
                    queries.edition_with(conn, sha256),
                    queries.superseded(conn, sha256),
                )
                for number, (sha256, _) in sums.items()
            }
        for number, (came, edition, newer) in known.items():
            again = came and self._again(files[number], came, edition, newer)
            if again:
                ended[number] = again
        wanted = [number for number in sums if number not in ended]
        folder = self.settings.originals
        new = [number for number in wanted if not originals.held(folder, *sums[number])]
        kept = originals.put_all(folder, [(files[n].path, files[n].place) for n in new])
        stored = dict(zip(new, kept, strict=True))
        arrived: dict[int, Arrived] = {}
        with self.catalogue.write() as writer:
            for number in wanted:
                file, (sha256, size) = files[number], sums[number]
                match stored.get(number):
                    case InputError() as problem:
                        ended[number] = _unread(file, problem)
                        continue
                    case Stored() as now:  # it may have been written to since
                        sha256, size = now.sha256, now.bytes
                writer.store_original(sha256, size, shown(Path(file.path.name)))
                one = outbox.record(
                    writer.conn, _path(file), sha256, plain(file.fields), status, me(), LEASE
                )
                if one is None:
                    messages = (Message("arrival elsewhere"),)
                    ended[number] = Ended(shown(file.path), Outcome.UNCHANGED, messages=messages)
                    continue
                alone = filing.stands_alone(writer.conn, one)
                original = originals.path_of(folder, sha256)
                arrived[number] = Arrived(one, original, file.problem, alone)
        for number in range(len(files)):
            yield ended[number] if number in ended else arrived[number]

    def _taken(self, one: Ended | Arrived, on_page: OnPage) -> FirstGo:
        """A file with its words, where it is to be found by them before it is described."""
        if isinstance(one, Ended) or not one.alone:
            return one
        began = time.monotonic()
        try:
            if one.problem:
                raise one.problem
            by_staff = describing.staff(one.arrival.fields, self.vocabularies)
            media_type, reading = sandbox.take(
                one.original,
                one.arrival.path,
                layout=self.settings.pdf == "pdfminer",
                on_page=lambda number, of: on_page(1),
                stop=self.stopping,
            )
            if reading.problem and not reading.pages:
                raise reading.problem
        except InputError as error:
            return Failed(one, error)
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception as error:  # a fault of ours must not stop the other files
            return Failed(one, error)
        seconds = time.monotonic() - began
        return Taken(one.arrival, one.original, media_type, reading, by_staff, seconds)

    def _filed_by_words(
        self,
        taken: Generator[FirstGo | None, None, None],
        later: list[Task | Arrived],
        mine: dict[str, float],
        lease: float = LEASE,
        on_file: Callable[[], None] = lambda: None,
    ) -> Generator[Ended | None, None, None]:
        """Files as they end; what does not end yet is added to `later`, and to what is `mine`."""

        def do(change: Change, one: FirstGo) -> Ended | Arrived | Task:
            match one:
                case Failed():
                    return self._failed(change.writer, one)
                case Taken():
                    return filing.by_words(change.writer, one, self.settings, lease)
            return one

        with closing(taken):
            renewed = time.monotonic()
            groups: Iterator[list[FirstGo]] = together(taken, BATCH, TRANSACTION)
            for group in groups:
                yield None
                for one, filed in self._changed(group, do):
                    on_file()
                    if isinstance(filed, Ended):
                        seconds = one.seconds if isinstance(one, Taken | Ended) else 0.0
                        yield replace(filed, seconds=seconds)
                        continue
                    later.append(filed)
                    if isinstance(filed, Task) and isinstance(one, Taken):
                        mine[filed.subject] = one.seconds
                if time.monotonic() - renewed > LEASE / 3:
                    renewed = time.monotonic()
                    with self.catalogue.write() as writer:
                        outbox.hold(writer.conn, undescribed.KIND, me(), LEASE)

    def _told(self, group: Sequence[Task | Arrived]) -> list[SecondGo]:
        """Documents with what they are, several told by one child."""
        told: list[SecondGo] = []
        waiting: list[_Waiting] = []
        for one in group:
            match self._asked(one):
                case _Waiting() as waits if _characters(waits.asked.pages) < TOGETHER:
                    if sum(_characters(each.asked.pages) for each in waiting) > TOGETHER:
                        told += self._described(waiting)
                        waiting = []
                    waiting.append(waits)
                case _Waiting() as waits:
                    told += [*self._described(waiting), *self._described([waits])]
                    waiting = []
                case other:
                    told += [*self._described(waiting), other]
                    waiting = []
        return [*told, *self._described(waiting)]

    def _asked(self, one: Task | Arrived) -> _Waiting | SecondGo:
        """A document that is to be described, or what has become of it."""
        if isinstance(one, Arrived):
            return self._whole(one)
        try:
            with self.catalogue.read() as conn:
                waits = undescribed.of(conn, one.subject)
                edition = queries.edition(conn, one.subject)
                arrival = outbox.numbered(conn, waits.arrival) if waits else None
                if waits is None or edition is None or arrival is None:
                    return Gone(one)
                statements = queries.statements(conn, [one.subject])
                pages = tuple(queries.pages(conn, one.subject))
            original = originals.path_of(self.settings.originals, edition.sha256)
            opinions = self._opinions(original, edition.media_type, pages)
        except InputError as error:
            return Failed(one, error)
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception as error:
            return Failed(one, error)
        asked = Asked(pages, waits.said, edition.filename, spoken(statements), opinions)
        return _Waiting(one, edition, waits, arrival, original, asked)

    def _described(self, waiting: Sequence[_Waiting]) -> list[SecondGo]:
        """Each with what it was told to be."""
        if not waiting:
            return []
        began = time.monotonic()
        try:
            descriptions = self.describing().documents([one.asked for one in waiting])
        except InputError as error:
            return [Failed(one.task, error) for one in waiting]
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception as error:
            return [Failed(one.task, error) for one in waiting]
        seconds = (time.monotonic() - began) / len(waiting)
        return [
            Told(
                one.task,
                one.edition,
                one.undescribed,
                one.arrival,
                one.original,
                one.asked.pages,
                description,
                seconds,
            )
            for one, description in zip(waiting, descriptions, strict=True)
        ]

    def _filed_as_told(
        self,
        told: Generator[SecondGo | None, None, None],
        mine: Mapping[str, float] | None,
    ) -> Generator[Ended | None, None, None]:
        """Documents as they end; only `mine` are yielded, where that is given."""

        def do(change: Change, one: SecondGo) -> Ended | None:
            match one:
                case Told():
                    now = filing.as_told(change.writer, one, change.experiences, self.settings)
                    return now or filing.as_it_ended(change.writer.conn, one.edition.id)
                case Described():
                    return filing.at_once(
                        change.writer,
                        one.taken,
                        one.description,
                        change.experiences,
                        self.settings,
                    )
                case Gone():
                    outbox.finish(change.writer.conn, [one.task.id])
                    return filing.as_it_ended(change.writer.conn, one.task.subject)
            return self._failed(change.writer, one)

        with closing(told):
            groups: Iterator[list[SecondGo]] = together(told, BATCH, TRANSACTION)
            for group in groups:
                yield None
                for one, ended in self._changed(group, do):
                    edition = _edition_of(one)
                    if ended is None or (edition and mine is not None and edition not in mine):
                        continue
                    before = mine.get(edition, 0.0) if mine else 0.0
                    yield replace(ended, seconds=before + _seconds(one))

    def _changed(
        self, items: Sequence[One], do: Callable[[Change, One], Done]
    ) -> Iterator[tuple[One, Done | Ended]]:
        """What is done of each, several in one transaction; each alone where one goes wrong."""
        start = 0
        while start < len(items):
            done: list[Done | Ended] = []
            try:
                with self.catalogue.write() as writer:
                    change = Change(writer)
                    began = time.monotonic()
                    for item in items[start:]:
                        done.append(do(change, item))
                        if time.monotonic() - began > TRANSACTION:
                            break
            except InputError:
                done = [self._alone(item, do) for item in items[start:]]
            except (LibraryError, sandbox.Stopped):
                raise
            except Exception:
                done = [self._alone(item, do) for item in items[start:]]
            yield from zip(items[start : start + len(done)], done, strict=True)
            start += len(done)

    def _alone(self, item: One, do: Callable[[Change, One], Done]) -> Done | Ended:
        """What is done of one in a transaction of its own; its own fault is what becomes of it."""
        try:
            with self.catalogue.write() as writer:
                return do(Change(writer), item)
        except InputError as error:
            failed = Failed(item, error)
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception as error:
            failed = Failed(item, error)
        with self.catalogue.write() as writer:
            return self._failed(writer, failed)

    def _failed(self, writer: Writer, failed: Failed) -> Ended:
        """How a file ended that could not be read, or that met a fault of ours."""
        one, error = failed.one, failed.error
        if isinstance(one, Task | Told):
            task = one if isinstance(one, Task) else one.task
            outbox.try_later(writer.conn, [task.id], DESCRIBED_LATER * (task.attempts + 1))
            held = filing.as_it_ended(writer.conn, task.subject)
            message = self._fault(error, held.file if held else task.subject)
            ended = held or Ended(task.subject, Outcome.PARTIAL)
            return replace(ended, outcome=Outcome.PARTIAL, reason="fault", messages=(message,))
        stored = one.taken if isinstance(one, Described) else one
        assert isinstance(stored, Arrived | Taken)
        arrival, original = stored.arrival, stored.original
        if isinstance(error, InputError):
            reason, message = error.reason, of_file(error.message, original, arrival)
        else:
            reason, message = "fault", self._fault(error, arrival.path)
        outbox.end_arrival(
            writer.conn,
            arrival.id,
            Outcome.FAILED,
            readers=readers(),
            reason=reason,
            messages=(message,),
        )
        return Ended(arrival.path, Outcome.FAILED, reason=reason, messages=(message,))

    def _fault(self, error: Exception, file: str) -> Message:
        noted = logs.fault(error, file=file)
        values = {"file": file, "kind": type(error).__name__, "id": noted.id}
        return Message("arrival fault", values)

    def _whole(self, one: Arrived, on_page: OnPage = lambda pages: None) -> Described | Failed:
        """A stored file, read and described at once. Raises StorageFull, NotUsable, Stopped."""
        taken = self._taken(replace(one, alone=True), on_page)
        if not isinstance(taken, Taken):
            assert isinstance(taken, Failed)
            return taken
        began = time.monotonic()
        try:
            description = self.describing().document(
                taken.reading.pages,
                taken.reading.said,
                filename=Path(one.arrival.path).name,
                language=spoken(taken.by_staff),
                opinions=self._opinions(one.original, taken.media_type, taken.reading.pages),
            )
        except InputError as error:
            return Failed(one, error)
        except (LibraryError, sandbox.Stopped):
            raise
        except Exception as error:
            return Failed(one, error)
        seconds = taken.seconds + time.monotonic() - began
        return Described(replace(taken, seconds=seconds), description)

    def take_in(self, arrivals: Sequence[Arrival]) -> list[Ended]:
        """Make stored files findable; how those ended that are not still to be described.

        Raises StorageFull, NotUsable.
        """
        folder = self.settings.originals
        with self.catalogue.read() as conn:
            arrived = [
                Arrived(
                    one,
                    originals.path_of(folder, one.sha256),
                    alone=filing.stands_alone(conn, one),
                )
                for one in arrivals
            ]
        ended: list[Ended] = []
        for one in arrived:
            later: list[Task | Arrived] = []
            taken = (each for each in [self._taken(one, lambda pages: None)])
            ended += filter(None, self._filed_by_words(taken, later, {}, 0.0))
            if one in later:
                ended.append(self.arrival(one.arrival, one.original))
        return ended

    def describe(self, tasks: Sequence[Task]) -> list[Ended]:
        """Say what documents are that are found by their words alone. Raises as `take_in`."""
        told = (one for one in self._told(tasks))
        return list(filter(None, self._filed_as_told(told, None)))

    def arrival(
        self,
        arrival: Arrival,
        original: Path,
        on_page: OnPage = lambda pages: None,
        problem: InputError | None = None,
    ) -> Ended:
        """Read a stored file, describe it, and say how it ended. Raises StorageFull, NotUsable."""
        try:
            whole = self._whole(Arrived(arrival, original, problem), on_page)
            told = (each for each in [whole])
            [ended] = filter(None, self._filed_as_told(told, None))
        except (LibraryError, sandbox.Stopped):
            with self.catalogue.write() as writer:
                outbox.give_back_arrivals(writer.conn, me())
            raise
        return ended

    def indexing(
        self, done: Generator[Done | None, None, None], every: float
    ) -> Generator[Done, None, None]:
        """What is done, with the index following every so many seconds and at the end."""
        indexed = time.monotonic()
        with closing(done):
            for ended in done:
                if ended is not None:
                    yield ended
                if time.monotonic() - indexed > every:
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
            more = indexer.bring_up_to_date(
                self.catalogue, self.engine, self.vocabularies, indexer.BULK
            )

    def recover(self) -> None:
        """Take up what processes that were killed have left."""
        originals.sweep(self.settings.originals, time.time() - FORGOTTEN)
        sweep_folders("reading", "program")
        with self.catalogue.write() as writer:
            outbox.free_the_dead(writer.conn)

    def _again(
        self,
        file: folders.Found,
        known: Arrival,
        edition_held: tuple[str, str] | None,
        newer: tuple[str, str] | None,
    ) -> Ended | None:
        """How a file ends that came from here before, if it need not be read again."""
        name, fields = shown(file.path), plain(file.fields)
        if newer and not edition_held:
            superseded = (Message("arrival superseded"),)
            return Ended(name, Outcome.UNCHANGED, newer[1], messages=superseded)
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

    def layouts(
        self, *, jobs: int = 1, on_page: OnPage = lambda pages: None
    ) -> Generator[str, None, None]:
        """Lay out every edition that waits for it; each id is yielded as it is done."""
        done = self.spread(self._claimed(), lambda task: self.layout(task, on_page), jobs)
        return self.indexing(done, INDEX_SELDOM)

    def _words_of(self, original: Path, media_type: str) -> tuple[sandbox.Reading, Sequence[Page]]:
        """The words of a file, and doubtful pages as another reader has them. Raises Stopped."""
        read = sandbox.read(
            original, media_type, layout=self.settings.pdf == "pdfminer", stop=self.stopping
        )
        return read, self._opinions(original, media_type, read.pages)

    def _opinions(self, original: Path, media_type: str, pages: Sequence[Page]) -> Sequence[Page]:
        """Doubtful pages as another reader has them. Raises Stopped."""
        if media_type != poppler.MEDIA_TYPE or not pages:
            return ()
        return poppler.opinions(original, pages, stop=self.stopping)

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


def _unread(file: folders.Found, error: InputError) -> Ended:
    name = shown(file.path)
    return Ended(name, Outcome.FAILED, reason=error.reason, messages=(error.message,))


def _path(file: folders.Found) -> str:
    """Where a file comes from, as it is kept."""
    return shown(file.place.path if file.place else file.path.resolve())


def _batches(items: Iterable[One], most: int) -> Iterator[list[One]]:
    every = iter(items)
    while batch := list(islice(every, most)):
        yield batch


def _weight(done: object) -> int:
    """How many characters of text something keeps in memory."""
    match done:
        case list():
            return sum(map(_weight, done))
        case Taken():
            pages = done.reading.pages
        case Described():
            pages = done.description.pages
        case Told():
            pages = done.description.pages
        case _:
            return 0
    return _characters(pages)


def _characters(pages: Sequence[Page]) -> int:
    return sum(len(page.text) for page in pages)


def _edition_of(one: SecondGo) -> str:
    """The edition that was found before it was described; "" for a file that was not."""
    match one:
        case Told():
            return one.edition.id
        case Gone():
            return one.task.subject
        case Failed(one=Task() as task):
            return task.subject
        case Failed(one=Told() as told):
            return told.edition.id
    return ""


def _seconds(one: object) -> float:
    match one:
        case Told():
            return one.seconds
        case Described():
            return one.taken.seconds
    return 0.0
