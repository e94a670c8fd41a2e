"""A command that is told to stop has ended soon after, whatever its threads are doing.

A handler written in Python waits for the interpreter, which a thread may hold for minutes inside
C. So Python's own C code, which needs no interpreter for it, writes the number of each signal to
a pipe; at its other end another process counts the time. When that is up, or at a second signal,
it says so to a thread of the command, which ends it at once; where that cannot, the command is
killed. Nothing is lost: that it may be killed anywhere is tested.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import NoReturn

GRACE = 1.4  # seconds from a signal until a command is ended
PATIENCE = 0.5  # seconds that the interpreter may take to be free for that
LOOK = 0.5  # seconds between looks at whether the parent is there

# Runs as a process of its own, with nothing but the standard library: its input is what the
# handlers write, its output is read by `_end`. A command that is gone closes its input.
WATCH = """
import os, select, signal, sys, time
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
command, grace, patience, look, beside = sys.argv[1:]
command, first, end = int(command), 0, None

def parent():
    try:
        with open(f"/proc/{command}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[1]
    except OSError:
        return beside

while end is None or time.monotonic() < end:
    wait = (float(look) if beside else None) if end is None else max(0.0, end - time.monotonic())
    told = b""
    if select.select([0], [], [], wait)[0]:
        told = os.read(0, 64)
        if not told:
            sys.exit()
    elif end is None and beside and parent() != beside:
        beside = ""
        os.kill(command, signal.SIGTERM)  # its handler says so here, and it ends as if told to
    for number in told:
        if number in (signal.SIGINT, signal.SIGTERM):
            end = time.monotonic() + (0 if first else float(grace))
            first = first or number
try:
    os.write(1, bytes([first]))
except OSError:
    pass
if not select.select([0], [], [], float(patience))[0] or os.read(0, 64):
    if os.getppid() == command:
        os.kill(command, signal.SIGKILL)
"""

_watching: list[subprocess.Popen[bytes]] = []
_well: list[bool] = []


def code_of(code: int) -> int:
    """The code to end with where a signal would make it this one: 0 where to be stopped is well."""
    return 0 if any(_well) else code


def leave(code: int) -> NoReturn:
    """End the process with `code`; one that is bound does not take down what it had loaded.

    That can take longer than the time it has left, and nothing is gained by it.
    """
    if not _watching:
        sys.exit(code)
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def bound(*, well: bool = False, beside: int | None = None) -> None:
    """From here on this process ends soon after SIGINT or SIGTERM, at once after a second.

    The main thread calls it, once. well: being stopped is how it ends, so with 0. beside: the
    process it was begun by, whose end counts as SIGTERM. That may be gone before anybody looks,
    so its number is told and not asked for.
    """
    _well.append(well)
    heard, hearing = os.pipe()
    telling, write_end = os.pipe()
    os.set_blocking(hearing, False)
    mode = str(beside or "")
    numbers = map(str, (os.getpid(), GRACE, PATIENCE, LOOK))
    watching = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", WATCH, *numbers, mode],
        stdin=heard,
        stdout=write_end,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    os.close(heard)
    os.close(write_end)
    _watching.append(watching)
    threading.Thread(target=_end, args=(telling,), name="grace", daemon=True).start()
    signal.set_wakeup_fd(hearing, warn_on_full_buffer=False)


def _end(telling: int) -> None:
    """End the process when the time is up; the cursor is shown, whoever hid it."""
    number = os.read(telling, 1)
    if number:
        os.write(2, b"\x1b[?25h" if os.isatty(2) else b"")
        os._exit(code_of(128 + number[0]))
