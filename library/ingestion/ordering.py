"""Work done side by side that ends in the order it was begun.

Addresses, identifiers and the first edition of a work depend on which file is filed first. Files
are read several at a time and filed in their order in the folder, so that a folder always makes
the same library, also when it was stopped anywhere and begun again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from library.core.cancellation import Stopping
from library.sandbox import Stopped

AHEAD = 16
"""How many may wait, done, for one that takes long: each keeps its pages in memory."""

GLANCE = 0.25  # seconds between looks at whether to stop


class Turns:
    """`jobs` work at once; those that only wait for their turn do not count."""

    def __init__(self, jobs: int, stopping: Stopping) -> None:
        self._room = threading.Semaphore(jobs)
        self._change = threading.Condition()
        self._stopping = stopping
        self._next = 0
        self._over: set[int] = set()

    @contextmanager
    def turn(self, number: int) -> Iterator[Callable[[], None]]:
        """Work as the `number`-th, from 0; what is given waits until all before are over.

        The waiting raises Stopped soon after the work is to stop.
        """
        self._room.acquire()
        held = True

        def come() -> None:
            nonlocal held
            if held:
                held = False
                self._room.release()
            with self._change:
                while self._next != number:
                    if self._stopping.is_set():
                        raise Stopped
                    self._change.wait(GLANCE)

        try:
            yield come
        finally:
            if held:
                self._room.release()
            with self._change:
                self._over.add(number)
                while self._next in self._over:
                    self._over.remove(self._next)
                    self._next += 1
                self._change.notify_all()
