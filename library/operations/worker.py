"""Does what the outbox owes, beside the site: reads, indexes, lays out and draws pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from index.engine import IndexBusy, IndexNotWritten, IndexUnreachable
from library import sandbox
from library.catalogue.accounts import alerts
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.core import leases, logs
from library.core.errors import Busy, Damaged, InputError, LibraryError, StorageFull, Unreachable
from library.ingestion import candidates, confinement, scans
from library.ingestion.pipeline import LEASE, Ended, Ingest
from library.operations import pictures, source_checks
from library.operations.hub import Hub
from library.operations.upkeep import Upkeep, live
from library.search import indexer
from library.store import shared_files, shared_uploads, unclaimed
from library.store.holdings import holdings_of

PAUSE = 0.5  # seconds between looks at an empty outbox
LONGEST_WAIT = 30.0  # seconds between two looks at whether a library is busy still
EMBARGOES = 60.0  # seconds between looks at embargoes
TELLING = 60.0  # seconds between looks whether a hub is to be told of something new
SOURCES = 10.0  # seconds between two sources that are asked
DAILY = 86400.0  # seconds between looks through a store at what nobody needs
SWEEPING = 3600.0  # seconds between looks at uploads that nobody goes on with, and at Tesseract
LAST = 0.4  # seconds that another thread has to end: it can be cut short anywhere
GLANCE = 0.1  # the same where a reader waits for a picture
WAITED_FOR = 10.0  # seconds in which a reader still waits for a picture
TOGETHER = 8  # files that are read before what was read is indexed


class Seldom:
    """Something done now and then: called at every turn, it does it when its time has come."""

    def __init__(self, seconds: float, do: Callable[[], bool]) -> None:
        self._seconds = seconds
        self._do = do
        self._next = 0.0

    def __call__(self) -> bool:
        """Whether there was anything to do."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + self._seconds
        return self._do()


class Worker:
    """One worker process: a thread for pictures, since somebody waits for each, and one for the
    rest. Stopping it at any moment loses nothing.

    duties: what else is to be done when nothing more urgent is; each says whether there was any.
    drawings: the same, of what is drawn beside pages.
    """

    def __init__(
        self,
        ingest: Ingest,
        duties: Sequence[Callable[[], bool]] = (),
        drawings: Sequence[Callable[[], bool]] = (),
    ) -> None:
        self._ingest = ingest
        self._duties = duties
        self._drawings = drawings
        self._stopping = ingest.stopping
        self._end_embargoes = Seldom(EMBARGOES, lambda: ingest.catalogue.end_embargoes() > 0)
        self._look_after = Seldom(SWEEPING, self._sweep)
        self._ask_source = Seldom(SOURCES, self._ask)
        self._waited = 0  # times in a row that the library could not be written
        hub = Hub(ingest.settings, ingest.catalogue)
        self._tell_hub = Seldom(TELLING, hub.once)
        self._upkeep = Upkeep(ingest.settings, ingest.catalogue)

    def run(self) -> None:
        """Work until `stop` is called. Raises NotUsable, StorageFull."""
        while not self._patiently(self._recover) and not self._stopping.is_set():
            pass
        artist = threading.Thread(target=self._draw_pictures, name="pictures", daemon=True)
        artist.start()
        heart = threading.Thread(
            target=live, args=(self._ingest.catalogue, self._stopping), name="heart", daemon=True
        )
        heart.start()
        try:
            while not self._stopping.is_set():
                if not self._patiently(self.once):
                    self._stopping.wait(PAUSE)
        except sandbox.Stopped:
            pass
        finally:
            self._stopping.set()
            artist.join(timeout=LAST)
            heart.join(timeout=LAST)

    def _recover(self) -> bool:
        self._ingest.recover()
        return True

    def _patiently(self, do: Callable[[], bool]) -> bool:
        """Do something; while the library is busy or its disk is full, wait instead.

        What this thread had claimed is free again afterwards, and was not tried.
        """
        try:
            if self._waited:
                self._release()
            done = do()
        except (
            Busy,
            IndexBusy,
            IndexNotWritten,
            IndexUnreachable,
            StorageFull,
            Unreachable,
        ) as error:
            pause = min(LONGEST_WAIT, PAUSE * 2.0 ** min(self._waited, 10))
            self._waited += 1
            why = error.reason if isinstance(error, LibraryError) else type(error).__name__
            logs.event("worker waits", "warning", reason=why, seconds=pause)
            self._stopping.wait(pause)
            return False
        self._waited = 0
        return done

    def _release(self) -> None:
        with self._ingest.catalogue.write() as writer:
            outbox.release(writer.conn, leases.me())

    def stop(self) -> None:
        """Finish nothing more; what is claimed is free again when its lease ends."""
        self._stopping.set()

    def once(self) -> bool:
        """Do one thing, the most urgent first; whether there was anything to do."""
        self._ingest.follow_vocabularies()
        return (
            self._end_embargoes()
            or self._look_after()
            or self._index()
            or self._read()
            or self._describe()
            or any(duty() for duty in self._duties)
            or self._lay_out()
            or self._read_scan()
            or candidates.bring_up_to_date(self._ingest.catalogue)
            or indexer.learn(self._ingest.engine)
            or self._ask_source()
            or self._tell_hub()
            or self._upkeep.once()
        )

    def _sweep(self) -> bool:
        """Throw away what nobody went on sending, and addresses that nobody confirmed; say in which
        languages scans can be read."""
        with self._ingest.catalogue.write() as writer:
            alerts.forget_unconfirmed(writer.conn, datetime.now(UTC))
        scans.tell_languages(self._ingest.catalogue)
        confinement.tell(self._ingest.catalogue)
        settings, catalogue = self._ingest.settings, self._ingest.catalogue
        aside = unclaimed.set_aside(settings, catalogue, DAILY)
        if aside:
            where = holdings_of(settings, catalogue).where
            logs.event("files set aside", "warning", number=aside, folder=where)
        shared_files.thin(settings, settings.images, pictures.KEPT)
        return shared_uploads.sweep(settings, catalogue) + aside > 0

    def _ask(self) -> bool:
        """Ask one source whether it still answers, where the settings say so."""
        work = self._ingest
        return work.settings.ask_sources and bool(source_checks.ask_next(work.catalogue))

    def _index(self) -> bool:
        work = self._ingest
        return indexer.bring_up_to_date(work.catalogue, work.engine, work.vocabularies) > 0

    def _read(self) -> bool:
        work = self._ingest
        claimed = work.catalogue.claim_arrivals(LEASE, TOGETHER)
        _log(work.take_in(claimed))
        return bool(claimed)

    def _describe(self) -> bool:
        work = self._ingest
        claimed = work.catalogue.claim(undescribed.KIND, LEASE, TOGETHER)
        _log(work.describe(claimed))
        return bool(claimed)

    def _lay_out(self) -> bool:
        work = self._ingest
        tasks = work.catalogue.claim("layout", LEASE)
        for task in tasks:
            work.layout(task)
        return bool(tasks)

    def _read_scan(self) -> bool:
        tasks = scans.claim(self._ingest)
        for task in tasks:
            scans.read(self._ingest, task)
        return bool(tasks)

    def _draw_pictures(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                drawn = self.draw_one() or any(draw() for draw in self._drawings)
            except (Busy, StorageFull, Unreachable) as error:
                logs.event("worker waits", "warning", reason=error.reason, doing="pictures")
                drawn = False
                self._stopping.wait(PAUSE)
            except LibraryError as error:
                logs.event("worker waits", "error", reason=str(error), doing="pictures")
                drawn = False
            except Exception as error:
                logs.fault(error, doing="pictures")  # the thread goes on with the next
                drawn = False
            if not drawn:
                self._stopping.wait(GLANCE)
            elif self._reads():
                # Arrivals come first: at most every second moment is a picture's.
                self._stopping.wait(min(WAITED_FOR, time.monotonic() - began))

    def _reads(self) -> bool:
        """Whether files wait to be read, or to be told what they are."""
        with self._ingest.catalogue.read() as conn:
            return outbox.has_arrived(conn) or outbox.is_owed(conn, undescribed.KIND)

    def draw_one(self) -> bool:
        """Draw the page somebody waits for; whether there was one.

        While files wait, a picture is drawn only for who waits for it still; the others later.
        """
        work = self._ingest
        with work.catalogue.read() as conn:
            if not outbox.is_owed(conn, "picture"):
                return False
        within = WAITED_FOR if self._reads() else 0.0
        tasks = work.catalogue.claim("picture", LEASE, within=within)
        for task in tasks:
            sha256, number, *small = task.subject.split("/")
            try:
                original = work.catalogue.original(sha256)
                if original and original.damaged:
                    raise Damaged("original damaged", file=original.filename)
                media_type = original.media_type if original else sandbox.PDF
                pictures.draw(
                    work.settings,
                    work.catalogue,
                    sha256,
                    media_type,
                    int(number),
                    small=bool(small),
                )
                pictures.prune(work.settings.images)
            except (InputError, ValueError) as error:
                drawing = {"page": number, "original": sha256[:12], "reason": str(error)}
                logs.event("page not drawn", "warning", **drawing)
            with work.catalogue.write() as writer:
                outbox.finish(writer.conn, [task.id])
        return bool(tasks)


def _log(files: Iterable[Ended]) -> None:
    for ended in files:
        facts = {"outcome": ended.outcome, "file": ended.file, "reason": ended.said}
        logs.event("file read", **facts)
