"""A line that breaks, between a browser and the site, and what it cost."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from contextlib import suppress
from types import TracebackType


class Line:
    """Passes bytes on, and cuts all connections every so many of them; for a while none is let in.

    every: bytes to the site, about, between one break and the next. rate: such bytes a second and
    connection. silent: how many of the breaks are of the kind that phones have: nothing is cut,
    and nothing comes through either.
    """

    def __init__(
        self,
        to: tuple[str, int],
        every: int = 1 << 60,
        *,
        rate: int = 1 << 40,
        away: float = 0.3,
        silent: int = 0,
        seed: int = 7,
    ) -> None:
        self.to, self._every, self._away, self._silent = to, every, away, silent
        self._rate = rate
        self._random = random.Random(seed)
        self.sent = 0  # bytes that came from the browser
        self.breaks = 0
        self._next = self._random.randint(every // 2, every * 3 // 2)
        self._back = 0.0
        self._open: set[socket.socket] = set()
        self._mute: set[socket.socket] = set()  # open, and nobody passes anything on
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._ended = False

    def __enter__(self) -> Line:
        threading.Thread(target=self._welcome, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended = True
        self._door.close()
        self._cut()
        _close(*self._mute)

    def _welcome(self) -> None:
        while not self._ended:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if time.monotonic() < self._back:
                _reset(near)
                continue
            try:
                far = socket.create_connection(self.to)
            except OSError:
                _reset(near)
                continue
            with self._lock:
                self._open |= {near, far}
            for one, other, up in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass, args=(one, other, up), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, up: bool) -> None:
        try:
            while data := one.recv(16384):
                if up:
                    self.sent += len(data)
                    time.sleep(len(data) / self._rate)
                    if self.sent > self._next:
                        self._break()
                        return
                other.sendall(data)
        except OSError:
            pass
        finally:
            if not self._held(one):
                _close(one, other)

    def _held(self, one: socket.socket) -> bool:
        with self._lock:
            return one in self._mute and not self._ended

    def _break(self) -> None:
        self.breaks += 1
        self._next = self.sent + self._random.randint(self._every // 2, self._every * 3 // 2)
        if self._silent:
            self._silent -= 1
            with self._lock:
                self._mute |= self._open
                self._open = set()
            return
        self._back = time.monotonic() + self._away
        self._cut()

    def _cut(self) -> None:
        with self._lock:
            held, self._open = self._open, set()
        for one in held:
            _reset(one)


def _reset(one: socket.socket) -> None:
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        return
    _close(one)


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
