"""The story of a file: arrival, original, words, description, catalogue, index, layout.

Long because it is one story: what may be cut short at any moment is read here in its order. A
folder is read in two goes: its words, so that all of it is soon found, and then what each document
is. Both go in the order of the files: addresses, identifiers and the first edition of a work depend
on which is filed first, so that a folder always makes the same library, also when it was stopped
anywhere and begun again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from library import sandbox
from library.catalogue import Arrival, Task
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.catalogue.resources import collections, queries
from library.core.errors import InputError, LibraryError
from library.core.leases import me
from library.core.resource import Collection, Status
from library.ingestion import arrivals, descriptions, filing, folders, layouts
from library.ingestion.changes import Arrived
from library.ingestion.filing import readers
from library.ingestion.ordering import in_order
from library.ingestion.outcomes import Ended
from library.ingestion.work import INDEX_EVERY, INDEX_SELDOM, LEASE, OnPage, Work

__all__ = ["LEASE", "Ended", "Ingest", "OnPage", "readers"]


@dataclass(slots=True)
class Ingest(Work):
    """All that is done to bring files in, by who asks for it."""

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
        with self._held() as later:
            told = descriptions.told(self, later, jobs)
            yield from self.indexing(descriptions.filed(self, told, None), INDEX_SELDOM)

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
        with self._held() as later:
            taken = in_order(
                arrivals.arrivals(self, files, status),
                lambda one: arrivals.taken_of(self, one, on_page),
                jobs,
                self.stopping,
                descriptions.weight,
            )
            filed = arrivals.filed(self, taken, later, mine, on_file=on_file)
            yield from self.indexing(filed, INDEX_EVERY)
            on_found(len(later))
            told = descriptions.told(self, later, jobs)
            yield from self.indexing(descriptions.filed(self, told, mine), INDEX_SELDOM)

    @contextmanager
    def _held(self) -> Iterator[list[Task | Arrived]]:
        """What is still to be described of what was found before, held meanwhile.

        Whatever else this thread holds is free again afterwards, too: it was not tried. Work that
        is broken off is to stop, in all its threads.
        """
        with self.catalogue.write() as writer:
            left = outbox.reserve(writer.conn, undescribed.KIND, me(), LEASE)
        try:
            yield [*left]
        except BaseException:
            self.stopping.set()
            raise
        finally:
            with suppress(LibraryError), self.catalogue.write() as writer:
                outbox.release(writer.conn, me())

    def take_in(self, came: Sequence[Arrival]) -> list[Ended]:
        """Make stored files findable; how those ended that are not still to be described.

        Raises StorageFull, NotUsable.
        """
        with self.catalogue.read() as conn:
            arrived = [
                Arrived(
                    one,
                    queries.bytes_of(conn, one.sha256),
                    alone=filing.stands_alone(conn, one),
                )
                for one in came
            ]
        ended: list[Ended] = []
        for one in arrived:
            later: list[Task | Arrived] = []
            taken = (each for each in [arrivals.taken_of(self, one, lambda pages: None)])
            ended += filter(None, arrivals.filed(self, taken, later, {}, 0.0))
            if one in later:
                ended.append(self.arrival(one.arrival))
        return ended

    def describe(self, tasks: Sequence[Task]) -> list[Ended]:
        """Say what documents are that are found by their words alone. Raises as `take_in`."""
        told = (one for one in descriptions.told_of(self, tasks))
        return list(filter(None, descriptions.filed(self, told, None)))

    def arrival(
        self,
        arrival: Arrival,
        on_page: OnPage = lambda pages: None,
        problem: InputError | None = None,
    ) -> Ended:
        """Read a stored file, describe it, and say how it ended. Raises StorageFull, NotUsable."""
        try:
            with self.catalogue.read() as conn:
                size = queries.bytes_of(conn, arrival.sha256)
            whole = descriptions.whole(self, Arrived(arrival, size, problem), on_page)
            told = (each for each in [whole])
            [ended] = filter(None, descriptions.filed(self, told, None))
        except (LibraryError, sandbox.Stopped):
            with self.catalogue.write() as writer:
                outbox.give_back_arrivals(writer.conn, me())
            raise
        return ended

    def layouts(
        self, *, jobs: int = 1, on_page: OnPage = lambda pages: None
    ) -> Generator[str, None, None]:
        """Lay out every edition that waits for it; each id is yielded as it is done."""
        done = self.spread(self._claimed(), lambda task: self.layout(task, on_page), jobs)
        return self.indexing(done, INDEX_SELDOM)

    def layout(self, task: Task, on_page: OnPage = lambda pages: None) -> str:
        """Lay out one edition; its id."""
        return layouts.lay_out(self, task, on_page)

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
                made = Collection(entry.slug, entry.title, entry.summary, tuple(ids), entry.kind)
                writer.set_collection(made, position)
        return unknown

    def _claimed(self) -> Iterator[Task]:
        while not self.stopping.is_set():
            tasks = self.catalogue.claim("layout", LEASE)
            if not tasks:
                return
            yield from tasks
