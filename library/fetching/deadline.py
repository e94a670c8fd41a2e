"""The end of a connection, whatever its other side says until then.

The time limit of a socket begins anew with each piece that comes: a server that sends a letter of
a head every few seconds, or one answer before the last without end, is never late for it.
"""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import suppress
from types import TracebackType

NETWORK = (OSError, http.client.HTTPException, EOFError, ValueError)
"""What a connection that is cut may end with; zlib has errors of its own kind, met before."""


class Deadline:
    """As a context: whatever ends in it after its time ends as TimeoutError, but for errors of
    ours (LibraryError), which say more."""

    def __init__(self, seconds: float) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._over = False
        self._timer = threading.Timer(max(seconds, 0.0), self._end)
        self._timer.daemon = True

    def of(self, line: socket.socket) -> None:
        """Which connection it is the end of: the last one that is named."""
        with self._lock:
            self._line = line
            if self._over:
                self._cut()

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._line = None
        # What came until the line was cut may look like a whole answer.
        if self._over and (kind is None or issubclass(kind, NETWORK)):
            raise TimeoutError("it took too long") from error

    def _end(self) -> None:
        with self._lock:
            self._over = True
            self._cut()

    def _cut(self) -> None:
        if self._line is not None:
            with suppress(OSError):
                # Not that of a TLS socket, which would forget that it was one.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)
