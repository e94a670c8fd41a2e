"""Whether work is to stop: asked at any moment, looked at by the threads that do it."""

from __future__ import annotations

import time


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
        """Sleep, unless it is set already; whether it is set afterwards."""
        if not self._asked:
            time.sleep(seconds)
        return self._asked
