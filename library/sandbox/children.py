"""Processes that confine themselves and then do one thing: begun, listened to, stopped.

Each has a folder of its own, no environment, and nothing of ours but its standard input. They are
forked by a nursery (nursery.py), and gone with it, as it is with this process. How one ended is
told from its exit status and the most memory it held.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import library
from library.core.cancellation import Stopping
from library.core.errors import Damaged, InputError, TooHungry, TooLarge, TooSlow
from library.core.formats import ADDED
from library.core.messages import Message
from library.sandbox import nursery

BOOT = (
    "import sys,json;task=json.loads(sys.argv[1]);sys.path[:0]=task.pop('path');"
    "from library.sandbox.nursery import main;main(**task)"
)
GLANCE = 0.25  # seconds between looks at whether to stop
PIECE = 2**20  # bytes read at once
GOING = 5.0  # seconds that a child which said all it had may take to be gone
LARGE_PART = 4  # of its memory a child held this fraction: then an abrupt end was for want of more

# Children are forked, and may have no threads: numpy must not count on any.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

PACKAGES = ("site-packages", "dist-packages")  # folders of what is installed

BY_TIME = (signal.SIGXCPU, signal.SIGALRM)
BY_CRASH = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE)


class Stopped(Exception):
    """Whoever asked for a reading wants it no more."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit status, negative for a signal, and the most bytes it held."""

    status: int
    held: int


LOST = Ended(-signal.SIGKILL, 0)


class Child:
    """A child at work on the file called `name`."""

    def __init__(self, output: int, line: socket.socket, name: str) -> None:
        self.name = name
        self._output = output
        self._line = line  # to the nursery: it says how the child ended, or is told to end it
        self._ended: Ended | None = None

    def pieces(
        self, deadline: float | Callable[[], float], most: int, stop: Stopping | None = None
    ) -> Iterator[bytes]:
        """What it writes, as it arrives, until it closes its output.

        deadline: in `time.monotonic` seconds, or what tells it anew at each look. most: bytes in
        all. Raises TooSlow, TooLarge, and Stopped soon after `stop` is set.
        """
        os.set_blocking(self._output, False)
        total = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            while True:
                if stop is not None and stop.is_set():
                    raise Stopped
                end = deadline() if callable(deadline) else deadline
                left = end - time.monotonic()
                if left <= 0:
                    raise too_slow(self.name)
                if not selector.select(min(left, GLANCE)):
                    continue
                piece = os.read(self._output, PIECE)
                if not piece:
                    return
                total += len(piece)
                if total > most:
                    raise too_large(self.name)
                yield piece

    def ended(self, deadline: float) -> Ended:
        """How it ended. Raises TooSlow where it closed its output and goes on."""
        if self._ended is None:
            self._line.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                report = self._line.recv(64).split()
            except TimeoutError as error:
                raise too_slow(self.name) from error
            except OSError:
                report = []
            # A nursery that is gone has taken its children with it.
            self._ended = Ended(int(report[0]), int(report[1])) if report else LOST
        return self._ended

    def stop(self) -> None:
        """End it, if it has not ended. When this returns it is gone."""
        if self._ended is None:
            with suppress(OSError):
                self._line.sendall(b"end")
            with suppress(TooSlow):
                self.ended(time.monotonic() + GOING)
        self._line.close()
        os.close(self._output)


class Nursing:
    """The nursery of this process, begun when it is first needed and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def child(self, task: dict[str, Any], given: int, name: str) -> Child:
        """A child that does `task` (nursery.py), with `given` as its standard input."""
        ours, theirs = socket.socketpair()
        source, target = os.pipe()
        try:
            with self._lock:
                try:
                    nursery.send(self._begun(), task, [given, target, theirs.fileno()])
                except OSError:  # it was killed since: once more, with another
                    self.close()
                    with suppress(OSError):
                        nursery.send(self._begun(), task, [given, target, theirs.fileno()])
        finally:
            theirs.close()
            os.close(target)
        return Child(source, ours, name)

    def close(self) -> None:
        """End the nursery, and with it its children."""
        if self._orders is not None:
            self._orders.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._orders = self._process = None

    def _begun(self) -> socket.socket:
        if self._orders is None or self._owner != os.getpid():
            ours, theirs = socket.socketpair()
            task = {"path": _path(), "orders": theirs.fileno()}
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", BOOT, json.dumps(task)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=ONE_THREAD,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
            theirs.close()
            self._orders, self._owner = ours, os.getpid()
        return self._orders


NURSING = Nursing()
DESCRIBING = Nursing()
"""Of children that get words and not files: what they need takes long to load, and much room."""

atexit.register(NURSING.close)
atexit.register(DESCRIBING.close)


@contextmanager
def begun(
    main: str,
    task: dict[str, Any],
    given: int,
    folder: str,
    name: str,
    nursing: Nursing | None = None,
) -> Iterator[Child]:
    """A child that calls `module:function` with `task`; it is gone when this is left.

    given: a descriptor that becomes its standard input. folder: where it runs. name: of the file.
    """
    child = (nursing or NURSING).child({"main": main, "place": folder, **task}, given, name)
    try:
        yield child
    finally:
        child.stop()


def why(ended: Ended, memory: int, name: str, by: str = "") -> InputError:
    """What to say of a child that did not end as it should.

    memory: bytes it was allowed. Want of memory has many faces: a crash, an abort, a reader that
    cannot even say so; it shows in how much the child held. by: the program it was, if it was one.
    """
    who = by or Message("its reader")
    if ended.status < 0 and -ended.status in BY_TIME:
        return too_slow(name)
    if ended.status == -signal.SIGXFSZ:
        return too_large(name)
    if ended.held * LARGE_PART >= memory:
        return too_hungry(name)
    if ended.status == -signal.SIGKILL:  # nobody else does: the system does when memory is short
        return TooHungry("reader killed", file=name, by=who)
    if ended.status < 0:
        code = "reader crashed" if -ended.status in BY_CRASH else "reader gave up"
        return Damaged(code, file=name, by=who, detail=_signal(-ended.status))
    if not ended.status:
        return Damaged("reader stopped", file=name, by=who)
    return Damaged("reader ended", file=name, by=who, detail=str(ended.status))


def too_slow(name: str) -> TooSlow:
    return TooSlow("too slow", file=name)


def too_large(name: str) -> TooLarge:
    return TooLarge("holds too much", file=name)


def too_hungry(name: str) -> TooHungry:
    return TooHungry("needs memory", file=name)


def code() -> list[str]:
    """The folders of our code and of what it imports, and no others: readers import late."""
    installed = [path for path in sys.path if Path(path).name in PACKAGES]
    standard = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    return [str(Path(library.__file__).parent), *standard, *installed, *ADDED.folders]


def _path() -> list[str]:
    """Where a child finds our code and what it imports."""
    return [str(Path(library.__file__).parent.parent), *filter(os.path.isdir, sys.path)]


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
