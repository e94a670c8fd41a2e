"""Requests whose head is too long to read get an answer before their line is closed.

A browser that is still sending when a line is closed is told that it was reset, and shows that in
place of what was answered: so what it still sends is taken and dropped, for a while. Up to MOST
bytes the site itself answers; a question is cut there, and the page says so.
"""

from __future__ import annotations

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 512 * 1024  # bytes of the head of a request; a question of 20,000 characters is 180,000
DROPPED = 16 * 1024 * 1024  # bytes of what is behind that are taken
LINGER = 5.0  # seconds

_TEXT = "This request is longer than the library takes. Ask with fewer words, and try again.\n"
_ANSWER = (
    "HTTP/1.1 431 Request Header Fields Too Large\r\n"
    "content-type: text/plain; charset=utf-8\r\n"
    f"content-length: {len(_TEXT)}\r\n"
    "cache-control: no-store\r\n"
    f"connection: close\r\n\r\n{_TEXT}"
).encode("ascii")


class Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, but for how a request that cannot be read ends."""

    dropped: int | None = None  # bytes since the answer; None before

    def data_received(self, data: bytes) -> None:
        if self.dropped is None:
            super().data_received(data)
            return
        self.dropped += len(data)
        if self.dropped > DROPPED:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        waiting, _ = self.conn.trailing_data
        if len(waiting) < MOST:  # no request at all
            super().send_400_response(msg)
            return
        self.dropped = 0
        self.transport.write(_ANSWER)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.close)

    def eof_received(self) -> None:
        if self.dropped is not None:
            self.transport.close()
