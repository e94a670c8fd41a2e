"""What a worker does, when nothing else is to be done, so that the library stays well.

Originals are held against their checksums one after another, and so is, once a day and a little at
a time, what is catalogued; the chain of the history is verified once a day, and counts of long ago
become months.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.statistics import usage
from library.catalogue.storage import sums
from library.catalogue.upkeep import fixity, log
from library.catalogue.upkeep.log import Kind
from library.core import leases, logs
from library.core.cancellation import Stopping
from library.core.errors import LibraryError
from library.core.messages import Message
from library.core.resource import JSON
from library.core.settings import Settings
from library.store import originals
from library.store.holdings import Holdings, holdings_of

LOOK = 60.0  # seconds between two looks at whether anything is due
REST = 4.0  # times as long as reading an original took, before the next one is read
AHEAD = 50  # originals that are looked up at once where many are overdue
BEAT = 45.0  # seconds between two signs of life
CHAIN = timedelta(days=1)
ROWS = 500  # of the catalogue that are held against their sums at once
SAID = 20  # of those that are wrong are named

MISSING, CHANGED = "missing", "changed"


class Upkeep:
    """The slow rounds of one worker."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._due: list[str] = []  # originals to be read
        self._look = 0.0  # when originals are looked at next
        self._daily = 0.0  # the same for what is done once a day
        self._rows = Round()

    def once(self) -> bool:
        """Do one small thing that is due; whether there was one."""
        return self._by_day() or self._original() or self._some_rows()

    def _by_day(self) -> bool:
        now = time.monotonic()
        if now < self._daily:
            return False
        self._daily = now + LOOK
        with self._catalogue.read() as conn:
            last = log.last(conn, "chain")
            if last and last.at > datetime.now(UTC) - CHAIN:
                return False
        verify_chain(self._catalogue)
        with self._catalogue.write() as writer:
            usage.fold(writer.conn, datetime.now(UTC).date())
        return True

    def _some_rows(self) -> bool:
        """Hold some rows against their sums, once a day each."""
        began = time.monotonic()
        if began < self._rows.next:
            return False
        if not self._rows.left:
            with self._catalogue.read() as conn:
                last = log.last(conn, "sums")
            if last and last.at > datetime.now(UTC) - CHAIN:
                self._rows.next = began + LOOK
                return False
            self._rows = Round(left=list(sums.SUMMED))
        self._rows.go_on(self._catalogue)
        self._rows.next = time.monotonic() + REST * (time.monotonic() - began)
        return True

    def _original(self) -> bool:
        began = time.monotonic()
        if began < self._look:
            return False
        if not self._due:
            with self._catalogue.read() as conn:
                self._due = fixity.due(conn, datetime.now(UTC), AHEAD)
        if not self._due:
            self._look = began + LOOK
            return False
        sha256 = self._due.pop(0)
        holdings = holdings_of(self._settings, self._catalogue)
        fault = fault_of(holdings, sha256)
        if fault and bring_back(holdings, self._catalogue, sha256):
            fault = ""
        with self._catalogue.write() as writer:
            fixity.note(writer.conn, {sha256: fault})
        self._look = time.monotonic() + max(1.0, REST * (time.monotonic() - began))
        return True


@dataclass(slots=True)
class Round:
    """All rows of the catalogue held against their sums, a little at a time."""

    left: list[str] = field(default_factory=list)  # tables, the present one first
    after: int = 0  # a place in it
    rows: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    next: float = 0.0  # when it is gone on with

    def go_on(self, catalogue: Catalogue) -> None:
        """Look at some more; note what was found when all were looked at."""
        table = self.left[0]
        with catalogue.read() as conn:
            looked = sums.verify(conn, table, self.after, ROWS)
            lost = [] if looked.looked else sums.lost(conn, table)
        self.rows += looked.looked
        self.after = looked.last
        self.wrong += [(table, subject) for subject in (*looked.wrong, *lost)]
        if looked.looked:
            return
        with catalogue.write() as writer:
            while sums.add_missing(writer.conn, table, ROWS):
                pass
        self.left.pop(0)
        self.after = 0
        if not self.left:
            note_sums(catalogue, self.rows, self.wrong)


def note_sums(catalogue: Catalogue, rows: int, wrong: Sequence[tuple[str, str]]) -> None:
    """Keep that all rows were held against their sums, and which were not right."""
    named = [f"{table} {subject}" for table, subject in wrong[:SAID]]
    note(
        catalogue, "sums", well=not wrong, told={"rows": rows, "wrong": len(wrong), "named": named}
    )


def fault_of(holdings: Holdings, sha256: str) -> str:
    """What is wrong with an original: "" when it is whole. Reads all of it.

    Raises Unreachable where the store is away: then nothing is known of it.
    """
    if holdings.size(sha256) is None:
        return MISSING
    return "" if holdings.verify(sha256) else CHANGED


def bring_back(holdings: Holdings, catalogue: Catalogue, sha256: str) -> bool:
    """Put a whole copy in the place of a damaged original; whether the last backup had one.

    A backup that is encrypted, or whose disk is elsewhere, has none that can be read from here.
    """
    with catalogue.read() as conn:
        last = log.last(conn, "backup")
    where = str(last.told.get("where", "")) if last else ""
    source = Path(where) / "originals"
    if not where or not originals.verify(source, sha256):
        return False
    try:
        holdings.bring_back(source, sha256)
    except LibraryError as error:
        logs.event("original not brought back", "error", original=sha256[:12], reason=str(error))
        return False
    logs.event("original brought back", "warning", original=sha256[:12], folder=where)
    return True


def verify_chain(catalogue: Catalogue) -> list[Message]:
    """Verify the history and note when, and what was wrong."""
    with catalogue.read() as conn:
        faults = list(history.faults(conn))
        entries = history.count(conn)
    details: JSON = {"entries": entries, "fault": str(faults[0]) if faults else ""}
    if faults:
        details["message"] = faults[0].json()
    note(catalogue, "chain", well=not faults, told=details)
    return faults


def note(catalogue: Catalogue, kind: Kind, *, well: bool, told: JSON) -> None:
    """Keep what was done, where that is possible: it is done even if it cannot be noted down."""
    with suppress(LibraryError), catalogue.write() as writer:
        log.note(writer.conn, kind, well=well, told=told)


def note_originals(catalogue: Catalogue, hashes: Mapping[str, str]) -> None:
    """The same of what originals were found to be."""
    with suppress(LibraryError), catalogue.write() as writer:
        fixity.note(writer.conn, hashes)


def live(catalogue: Catalogue, stopping: Stopping) -> None:
    """Say again and again that this worker lives, until it is to stop; then that it does not."""
    name = leases.me()
    while True:
        # Where it is busy or full, whoever works meets it, and says so.
        with suppress(LibraryError), catalogue.write() as writer:
            log.beat(writer.conn, name)
        if stopping.wait(BEAT):
            break
    with suppress(LibraryError), catalogue.write() as writer:
        log.leave(writer.conn, name)
