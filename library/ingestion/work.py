"""What all work of bringing files in needs, and how it is done side by side."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from index.engine import SearchEngine
from library import sandbox
from library.catalogue import Catalogue
from library.catalogue.queue import tasks as outbox
from library.core.cancellation import Stopping
from library.core.leases import sweep_folders
from library.core.resource import Page
from library.core.settings import Settings
from library.ingestion.description import Describing
from library.ingestion.ordering import GLANCE
from library.sandbox import poppler
from library.search import indexer
from library.store.holdings import Holdings, holdings_of
from library.vocabularies import Vocabularies

LEASE = 900.0  # seconds: longer than any one file may take
INDEX_EVERY = 1.0  # seconds between commits while files are read, so that they are soon found
INDEX_SELDOM = 60.0  # the same while what is found already becomes more

OnPage = Callable[[int], None]
One = TypeVar("One")
Done = TypeVar("Done")


@dataclass(slots=True)
class Work:
    """Everything reading a file needs; one for all threads of a process."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    vocabularies: Vocabularies
    stopping: Stopping = field(default_factory=Stopping)

    @property
    def holdings(self) -> Holdings:
        """The originals, wherever they are."""
        return holdings_of(self.settings, self.catalogue)

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
        self.holdings.sweep()
        sweep_folders("reading", "program")
        with self.catalogue.write() as writer:
            outbox.free_the_dead(writer.conn)

    def indexing(
        self, done: Generator[Done | None, None, None], every: float
    ) -> Generator[Done, None, None]:
        """What is done, with the index following every so many seconds and at the end.

        An index that takes longer than that follows less often: half of the time is for the work.
        """
        indexed, took = time.monotonic(), 0.0
        with closing(done):
            for ended in done:
                if ended is not None:
                    yield ended
                now = time.monotonic()
                if now - indexed > max(every, took):
                    self.index()
                    indexed = time.monotonic()
                    took = indexed - now
        self.index()

    def words_of(self, original: Path, media_type: str) -> tuple[sandbox.Reading, Sequence[Page]]:
        """The words of a file, and doubtful pages as another reader has them. Raises Stopped."""
        read = sandbox.read(
            original, media_type, layout=self.settings.pdf == "pdfminer", stop=self.stopping
        )
        return read, self.opinions(original, media_type, read.pages)

    def opinions_of(self, sha256: str, media_type: str, pages: Sequence[Page]) -> Sequence[Page]:
        """Doubtful pages of an original as another reader has them. Raises Stopped."""
        if media_type != poppler.MEDIA_TYPE or not pages:
            return ()
        with self.holdings.local(sha256) as original:
            return self.opinions(original, media_type, pages)

    def opinions(self, original: Path, media_type: str, pages: Sequence[Page]) -> Sequence[Page]:
        """Doubtful pages of a file as another reader has them. Raises Stopped."""
        if media_type != poppler.MEDIA_TYPE or not pages:
            return ()
        return poppler.opinions(original, pages, stop=self.stopping)

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
