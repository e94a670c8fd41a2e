"""Does what the outbox owes, beside the site: reads, indexes, lays out and draws pages."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from index.engine import IndexBusy, IndexNotWritten
from library import sandbox
from library.catalogue.queue import tasks as outbox
from library.catalogue.queue import undescribed
from library.core import leases, logs
from library.core.errors import Busy, InputError, LibraryError, StorageFull
from library.ingestion import candidates, scans
from library.ingestion.pipeline import LEASE, Ended, Ingest
from library.operations import source_checks
from library.operations.upkeep import Upkeep, live
from library.search import indexer
from library.store import originals, uploads
from library.store.originals import picture_path

PAUSE = 0.5  # seconds between looks at an empty outbox
LONGEST_WAIT = 30.0  # seconds between two looks at whether a library is busy still
EMBARGOES = 60.0  # seconds between looks at embargoes
SOURCES = 10.0  # seconds between two sources that are asked
SWEEPING = 3600.0  # seconds between looks at uploads that nobody goes on with, and at Tesseract
LAST = 0.4  # seconds that another thread has to end: it can be cut short anywhere
GLANCE = 0.1  # the same where a reader waits for a picture
TOGETHER = 8  # files that are read before what was read is indexed
WIDTH = 1000  # pixels of a page picture: sharp on a phone, under 150 KB
SMALL_WIDTH = 240  # pixels of one on a card: about 8 KB
PICTURES = 512 * 1024 * 1024  # bytes of drawn pages kept; the oldest go first


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
    """

    def __init__(self, ingest: Ingest) -> None:
        self._ingest = ingest
        self._stopping = ingest.stopping
        self._end_embargoes = Seldom(EMBARGOES, lambda: ingest.catalogue.end_embargoes() > 0)
        self._look_after = Seldom(SWEEPING, self._sweep)
        self._ask_source = Seldom(SOURCES, self._ask)
        self._waited = 0  # times in a row that the library could not be written
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
        except (Busy, StorageFull, IndexBusy, IndexNotWritten) as error:
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
            or self._lay_out()
            or self._read_scan()
            or candidates.bring_up_to_date(self._ingest.catalogue)
            or indexer.learn(self._ingest.engine)
            or self._ask_source()
            or self._upkeep.once()
        )

    def _sweep(self) -> bool:
        """Throw away what nobody went on sending; say in which languages scans can be read."""
        scans.tell_languages(self._ingest.catalogue)
        return uploads.sweep(self._ingest.catalogue, self._ingest.settings.originals) > 0

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
            try:
                drawn = self.draw_one()
            except (Busy, StorageFull) as error:
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

    def draw_one(self) -> bool:
        """Draw the page somebody waits for; whether there was one."""
        work = self._ingest
        tasks = work.catalogue.claim("picture", LEASE)
        for task in tasks:
            sha256, number, *small = task.subject.split("/")
            try:
                original = work.catalogue.original(sha256)
                drawn = sandbox.draw(
                    originals.path_of(work.settings.originals, sha256),
                    int(number),
                    SMALL_WIDTH if small else WIDTH,
                    media_type=original.media_type if original else sandbox.PDF,
                )
                path = picture_path(work.settings.images, sha256, int(number), small=bool(small))
                self._keep(path, drawn)
            except (InputError, ValueError) as error:
                drawing = {"page": number, "original": sha256[:12], "reason": str(error)}
                logs.event("page not drawn", "warning", **drawing)
            with work.catalogue.write() as writer:
                outbox.finish(writer.conn, [task.id])
        return bool(tasks)

    def _keep(self, path: Path, drawn: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(drawn)
        part.replace(path)
        prune(self._ingest.settings.images, PICTURES)


def _log(files: Iterable[Ended]) -> None:
    for ended in files:
        facts = {"outcome": ended.outcome, "file": ended.file, "reason": ended.said}
        logs.event("file read", **facts)


def prune(folder: Path, limit: int) -> None:
    """Remove the oldest pictures until the rest fit into `limit` bytes; all can be drawn again."""
    pictures = [(path, path.stat()) for path in folder.glob("*/*/*.webp")]
    size = sum(stat.st_size for _, stat in pictures)
    for path, stat in sorted(pictures, key=lambda entry: entry[1].st_mtime):
        if size <= limit:
            return
        path.unlink(missing_ok=True)
        size -= stat.st_size
