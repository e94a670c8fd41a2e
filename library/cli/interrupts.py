"""Ctrl-C, and being told to end: a command stops soon, however it was begun, and says so.

An exception that a signal raises may come between any two steps, also while a lock of the standard
library has been taken and nobody has yet promised to give it back; threads that need it then wait
for ever. So while threads work a signal only sets a flag, and where nothing can be held they look.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from library.core.cancellation import Stopping

SIGNALS = (signal.SIGINT, signal.SIGTERM)
BY_SIGNAL = 128  # a shell adds the number of the signal that ended a command
CALM = b"Stopping: what is being read is given up. The same once more ends this at once.\n"
CURSOR = b"\x1b[?25h"  # shows it again: whoever drew a bar had hidden it


class Interrupted(KeyboardInterrupt):
    """A signal asked the command to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = BY_SIGNAL + number


def heed() -> None:
    """Let the signals raise Interrupted.

    Also where they are ignored: a shell script begins its background jobs so, and who sends a
    signal to one of them means it.
    """
    for number in SIGNALS:
        signal.signal(number, _raise)


@contextmanager
def calmly(stopping: Stopping) -> Iterator[None]:
    """Meanwhile a signal sets `stopping` and raises nothing; a second one ends the process at once.

    Raises Interrupted at the end, when there was a signal; the main thread calls it. Ended at
    once, a command loses nothing either: that it may be killed anywhere is tested.
    """
    from library.sandbox import Stopped  # only those who read files are told to stop

    signals: list[int] = []

    def tell(number: int, frame: FrameType | None) -> None:
        if signals:
            os.write(2, CURSOR if os.isatty(2) else b"")
            os._exit(BY_SIGNAL + number)
        signals.append(number)
        stopping.set()
        os.write(2, CALM)

    before = {number: signal.signal(number, tell) for number in SIGNALS}
    try:
        yield
    except Stopped:
        if not signals:
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if signals:
        raise Interrupted(signals[0])


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    raise Interrupted(number)
