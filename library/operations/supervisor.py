"""A process that is begun again whatever it died of, as long as its parent lives.

It never gives up, but slows down: a second after the first end, twice as long after each one that
follows soon, and never longer than five minutes. One that has worked for a while begins anew.
"""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from library.core import logs
from library.core.cancellation import Stopping

FIRST, LONGEST = 1.0, 300.0  # seconds before it is begun again
STEADY = 120.0  # seconds after which a process is taken to be well
GRACE = 0.8  # seconds it has to end by itself: it can be cut short anywhere
LOOK = 0.1  # seconds between two looks at whether it has ended
OFTEN = 3  # ends in a row from which on a person is to look


@dataclass(frozen=True, slots=True)
class Supervised:
    """What is known of the process: since when it is as it is, and how often it had to be begun.

    `failing`: how often it ended soon, in a row. `ended`: its last exit code, negative for the
    signal that killed it; None while it never ended.
    """

    running: bool
    since: datetime
    restarts: int = 0
    failing: int = 0
    ended: int | None = None
    next: datetime | None = None  # when it is begun again, where it is not running


class Supervisor:
    """Keeps one process running, between `start` and `stop`; a thread of it waits for its end.

    name: of what it is, in the log. shared: descriptors of files that the process has too. grace:
    seconds it has to end by itself. told: called with how it is whenever that changes.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        name: str = "worker",
        shared: Sequence[int] = (),
        grace: float = GRACE,
        told: Callable[[Supervised], None] | None = None,
        first: float = FIRST,
        longest: float = LONGEST,
    ) -> None:
        self._command = list(command)
        self._name = name
        self._shared = tuple(shared)
        self._grace = grace
        self._told = told
        self._first, self._longest = first, longest
        self._stopping = Stopping()
        self._now = Supervised(False, datetime.now(UTC))
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    @property
    def now(self) -> Supervised:
        """How it is at this moment."""
        return self._now

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Tell the process once to end, and begin it no more; `stop` waits for that."""
        self._stopping.set()

    def stop(self) -> None:
        """End the process, kindly at first, and begin it no more."""
        self.end()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._once()

    def _once(self) -> None:
        began = time.monotonic()
        try:
            self._child = subprocess.Popen(self._command, pass_fds=self._shared)
        except OSError as error:  # no memory, or too many processes: there may be room later
            logs.event(f"{self._name} not begun", "error", reason=error.strerror)
            code = None
        else:
            self._is(replace(self._now, running=True, since=datetime.now(UTC), next=None))
            logs.event(f"{self._name} begun", process=self._child.pid, restarts=self._now.restarts)
            code = self._wait(self._child)
        if self._stopping.is_set():
            self._is(replace(self._now, running=False, since=datetime.now(UTC)))
            return
        steady = time.monotonic() - began >= STEADY
        failing = 1 if steady else self._now.failing + 1
        pause = pause_after(failing, self._first, self._longest)
        now = datetime.now(UTC)
        self._is(
            Supervised(
                running=False,
                since=now,
                restarts=self._now.restarts + 1,
                failing=failing,
                ended=code if code is not None else self._now.ended,
                next=now + timedelta(seconds=pause),
            )
        )
        logs.event(f"{self._name} ended", "error", code=code, begun_again_in=pause, failing=failing)
        self._stopping.wait(pause)

    def _wait(self, child: subprocess.Popen[bytes]) -> int:
        """Its exit code, when it ended by itself or had to."""
        while not self._stopping.is_set():
            try:
                return child.wait(LOOK)
            except subprocess.TimeoutExpired:
                self._settle()
        child.terminate()
        try:
            return child.wait(self._grace)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()

    def _settle(self) -> None:
        """Forget earlier ends of a process that has worked for a while."""
        age = datetime.now(UTC) - self._now.since
        if self._now.failing and age.total_seconds() >= STEADY:
            self._is(replace(self._now, failing=0))

    def _is(self, now: Supervised) -> None:
        self._now = now
        if self._told:
            self._told(now)


def pause_after(failing: int, first: float = FIRST, longest: float = LONGEST) -> float:
    """Seconds to wait after so many ends in a row."""
    return min(longest, first * 2.0 ** min(failing - 1, 30))
