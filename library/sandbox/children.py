"""Processes that confine themselves and then do one thing: begun, listened to, stopped.

Each has a folder of its own, no environment, and nothing of ours but its standard input. How one
ended is told from its exit status and the most memory it held.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import library
from library.errors import Damaged, InputError, TooHungry, TooLarge, TooSlow

BOOT = (
    "import sys,json;from importlib import import_module;task=json.loads(sys.argv[1]);"
    "sys.path[:0]=task.pop('path');module,_,name=task.pop('main').partition(':');"
    "getattr(import_module(module),name)(**task)"
)
GLANCE = 0.25  # seconds between looks at whether to stop
PIECE = 2**20  # bytes read at once
GOING = 5.0  # seconds that a child which said all it had may take to be gone
LARGE_PART = 4  # of its memory a child held this fraction: then an abrupt end was for want of more
AGAIN = "Open it in the program it was made with, save it again or as PDF, and add that."
SMALLER = "Split it, or save it again with a newer program, and add the result."

BY_TIME = (signal.SIGXCPU, signal.SIGALRM)
BY_CRASH = (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE)


class Stopped(Exception):
    """Whoever asked for a reading wants it no more."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: its exit status, negative for a signal, and the most bytes it held."""

    status: int
    held: int


class Child:
    """A child at work on the file called `name`."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        assert process.stdout is not None
        self.pid = process.pid
        self.name = name
        self._process = process
        self._output = process.stdout
        self._ended: Ended | None = None

    def pieces(
        self, deadline: float, most: int, stop: threading.Event | None = None
    ) -> Iterator[bytes]:
        """What it writes, as it arrives, until it closes its output.

        deadline: in `time.monotonic` seconds. most: bytes in all. Raises TooSlow, TooLarge, and
        Stopped soon after `stop` is set.
        """
        source = self._output.fileno()
        os.set_blocking(source, False)
        total = 0
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            while True:
                if stop is not None and stop.is_set():
                    raise Stopped
                left = deadline - time.monotonic()
                if left <= 0:
                    raise too_slow(self.name)
                if not selector.select(min(left, GLANCE)):
                    continue
                piece = os.read(source, PIECE)
                if not piece:
                    return
                total += len(piece)
                if total > most:
                    raise too_large(self.name)
                yield piece

    def ended(self, deadline: float) -> Ended:
        """How it ended. Raises TooSlow where it closed its output and goes on."""
        while self._ended is None:
            self._reap(os.WNOHANG)
            if self._ended is None:
                if time.monotonic() > deadline:
                    raise too_slow(self.name)
                time.sleep(0.005)
        return self._ended

    def stop(self) -> None:
        """End it, if it has not ended, and all that it may have begun."""
        if self._ended is None:
            self._reap(os.WNOHANG)
        if self._ended is None:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                self._process.kill()
            self._reap(0)
        self._output.close()

    def _reap(self, options: int) -> None:
        pid, status, used = os.wait4(self.pid, options)
        if pid:
            unit = 1 if sys.platform == "darwin" else 1024
            self._ended = Ended(os.waitstatus_to_exitcode(status), used.ru_maxrss * unit)
            self._process.returncode = self._ended.status  # waited for: subprocess must not


@contextmanager
def begun(main: str, task: dict[str, Any], given: int, folder: str, name: str) -> Iterator[Child]:
    """A child that calls `module:function` with `task`; it is gone when this is left.

    given: a descriptor that becomes its standard input. folder: where it runs. name: of the file.
    """
    whole = {"main": main, "path": _path(), "parent": os.getpid(), **task}
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", BOOT, json.dumps(whole)],
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={},
        start_new_session=True,
    )
    child = Child(process, name)
    try:
        yield child
    finally:
        child.stop()


def why(ended: Ended, memory: int, name: str, by: str = "its reader") -> InputError:
    """What to say of a child that did not end as it should.

    memory: bytes it was allowed. Want of memory has many faces: a crash, an abort, a reader that
    cannot even say so; it shows in how much the child held. by: who it was, for people.
    """
    if ended.status < 0 and -ended.status in BY_TIME:
        return too_slow(name)
    if ended.status == -signal.SIGXFSZ:
        return too_large(name)
    if ended.held * LARGE_PART >= memory:
        return too_hungry(name)
    if ended.status == -signal.SIGKILL:  # nobody else does: the system does when memory is short
        message = f"{name} was given up: the system stopped {by}, most likely for want of memory."
        return TooHungry(message, SMALLER)
    if ended.status < 0:
        how = "crashed" if -ended.status in BY_CRASH else "gave up"
        return Damaged(f"{name} is damaged: {by} {how} ({_signal(-ended.status)}).", AGAIN)
    if not ended.status:
        return Damaged(f"{name} is damaged: {by} stopped before the end.", AGAIN)
    return Damaged(f"{name} could not be read: {by} ended with {ended.status}.", AGAIN)


def too_slow(name: str) -> TooSlow:
    return TooSlow(f"{name} takes too long to be read.", SMALLER)


def too_large(name: str) -> TooLarge:
    return TooLarge(f"{name} holds more than one file may have.", SMALLER)


def too_hungry(name: str) -> TooHungry:
    return TooHungry(f"{name} needs more memory to be read than one file may have.", SMALLER)


def code() -> list[str]:
    """The folders of our code and of what it imports, and no others: readers import late."""
    installed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    standard = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    return [str(Path(library.__file__).parent), *standard, *installed]


def _path() -> list[str]:
    """Where a child finds our code and what it imports."""
    return [str(Path(library.__file__).parent.parent), *filter(os.path.isdir, sys.path)]


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
