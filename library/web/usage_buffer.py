"""Numbers that wait in memory to be written with many others: a reader waits for none of them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from library.catalogue import Catalogue
from library.catalogue.statistics import latency, usage
from library.catalogue.statistics.latency import Timed
from library.catalogue.statistics.usage import Counted
from library.core.errors import LibraryError

EVERY = 20.0  # seconds between two writings
MOST = 20_000  # lines that wait; what would be one more is let go of


class Tally:
    """Numbers that wait to be written. Any thread may add to them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counted: Counter[Counted] = Counter()
        self._timed: Counter[Timed] = Counter()

    def count(self, line: Counted) -> None:
        with self._lock:
            if len(self._counted) < MOST or line in self._counted:
                self._counted[line] += 1

    def time(self, line: Timed) -> None:
        with self._lock:
            self._timed[line] += 1

    def flush(self, catalogue: Catalogue) -> bool:
        """Write what waits; whether it could be. What could not waits on."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
            timed, self._timed = self._timed, Counter()
        if not counted and not timed:
            return True
        try:
            with catalogue.write() as writer:
                writer.ask(usage.record, counted)
                writer.ask(latency.record, timed)
        except LibraryError:
            with self._lock:
                self._counted.update(counted)
                self._timed.update(timed)
            return False
        return True

    @contextmanager
    def flushing(self, catalogue: Catalogue, every: float = EVERY) -> Iterator[None]:
        """Write now and then beside the site, and once more when it stops."""
        stop = threading.Event()

        def run() -> None:
            while not stop.wait(every):
                self.flush(catalogue)

        thread = threading.Thread(target=run, name="tally", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
            self.flush(catalogue)
