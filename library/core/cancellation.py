"""Whether work is to stop: asked at any moment, looked at by the threads that do it."""

from __future__ import annotations

import time

LOOK = 0.1  # seconds between two looks of who sleeps


class Stopping:
    """A flag that whoever works looks at now and then.

    It takes no lock, as `threading.Event` does: the handler of a signal may set it wherever the
    main thread stands, also inside `wait`.
    """

    __slots__ = ("_asked",)

    def __init__(self) -> None:
        self._asked = False

    def is_set(self) -> bool:
        return self._asked

    def set(self) -> None:
        self._asked = True

    def wait(self, seconds: float) -> bool:
        """Sleep until it is set, no longer than so many seconds; whether it is set afterwards."""
        end = time.monotonic() + seconds
        while not self._asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, LOOK))
        return self._asked
