"""How long, and how many, connections may wait: whoever opens many and finishes none stops nobody.

A request's head and body have their time, an answer that nobody takes is given up, and a process
holds no more connections than it has room for. Where it is full, or one address has its share,
what waits longest is let go for who comes: first what has asked for nothing yet, then what is
still sending, then what does not take its answer, and of those whoever holds most. An address is
counted as in library/web/limits.py, with room for a workshop of thirty phones behind one; this
computer, and so a web server on it, is not counted by address.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import h11
from uvicorn.server import ServerState

from library.cli import request_heads
from library.web.limits import network

SPARE = 300  # descriptors for files, the catalogue, the index and the rest


@dataclass(frozen=True, slots=True)
class Bounds:
    """What connections of one process may take. Times are seconds."""

    head: float = 20.0  # from its first byte, or from the beginning of the connection
    body: float = 30.0  # in which `least` bytes of a body must come
    least: int = 4096
    taking: float = 180.0  # in which something of an answer must be taken
    at_once: int = 1000
    by_address: int = 240
    look: float = 1.0  # between two looks at all of them


def with_room(bounds: Bounds) -> Bounds:
    """The bounds, with as many connections as this process may have descriptors for."""
    wanted = bounds.at_once + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return replace(bounds, at_once=max(1, min(bounds.at_once, soft - SPARE)))
    return bounds


class Protocol(request_heads.Protocol):
    """One connection, which knows what it waits for and since when."""

    bounds: ClassVar[Bounds] = Bounds()
    address = ""
    asked: object = None  # the last request whose head was whole
    since = 0.0  # the moment from which on it waits for what it waits for now
    came = 0  # bytes of a body since then
    untaken = 0  # bytes of an answer that wait to be taken

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.since = self.loop.time()
        self.address = network(self.client[0] if self.client else "")
        held = [one for one in self._all() if one is not self]
        same = [one for one in held if self.address and one.address == self.address]
        full = held if len(held) >= self.bounds.at_once else []
        over = same if len(same) >= self.bounds.by_address else full
        if over and not _let_go(over):
            self._refuse()

    def data_received(self, data: bytes) -> None:
        if self.waits_for == "request" and not self._begun():
            self.since = self.loop.time()  # of a connection that was kept
        super().data_received(data)
        self.came += len(data)
        self._look_at_request()

    @property
    def waits_for(self) -> str:
        """What it waits for from the other side: `request`, `body`, `taking`, or "" for nothing."""
        answered = self.cycle is None or self.cycle.response_complete
        if self.transport.get_write_buffer_size():
            return "taking"
        if self.conn.their_state is h11.SEND_BODY:
            return "" if self.flow.read_paused else "body"
        return "request" if answered else ""

    @property
    def is_gone(self) -> bool:
        """Whether it is closed but for being told so."""
        return self.transport.is_closing() and not self.transport.get_write_buffer_size()

    def is_late(self, now: float) -> bool:
        """Whether it has waited for longer than it may; called again and again."""
        self._look_at_request()
        waiting, bounds = self.waits_for, self.bounds
        untaken = self.transport.get_write_buffer_size()
        if untaken != self.untaken:
            self.untaken, self.since = untaken, now
        if waiting == "taking":
            return now - self.since > bounds.taking
        if waiting == "body" and now - self.since > bounds.body:
            late = self.came < bounds.least
            self.since, self.came = now, 0
            return late
        # One that was kept after an answer and brings nothing is closed by its own timer.
        return waiting == "request" and self._begun() and now - self.since > bounds.head

    def late(self) -> None:
        """Close it, and say why to who sent a part of something."""
        if self.waits_for in ("request", "body") and self._unanswered():
            self.transport.write(_TOO_LATE)
            self.transport.close()
        else:
            self.transport.abort()

    def _look_at_request(self) -> None:
        if self.cycle is not self.asked:
            self.asked, self.since, self.came = self.cycle, self.loop.time(), 0

    def _begun(self) -> bool:
        """Whether the head of a request is awaited, and not only the next one that may come."""
        return self.cycle is None or bool(self.conn.trailing_data[0])

    def _unanswered(self) -> bool:
        return self.cycle is None or not self.cycle.response_started

    def _all(self) -> Iterable[Protocol]:
        return [one for one in self.connections if isinstance(one, Protocol)]

    def _refuse(self) -> None:
        self.transport.write(_FULL)
        self.transport.close()


def watch(state: ServerState, loop: asyncio.AbstractEventLoop, bounds: Bounds) -> None:
    """Look at all connections of a server from now on, as long as its loop runs."""
    for one in list(state.connections):
        if isinstance(one, Protocol) and one.is_late(loop.time()):
            one.late()
    loop.call_later(bounds.look, watch, state, loop, bounds)


def bounded(bounds: Bounds) -> type[Protocol]:
    """The protocol of a server with these bounds."""
    made: type[Protocol] = type("Bounded", (Protocol,), {"bounds": bounds})
    return made


_ORDER = ("request", "body", "taking")


def _let_go(held: list[Protocol]) -> bool:
    """Close the one connection of these that can best be spared; False where all are answered."""
    waiting = [one for one in held if one.waits_for and not one.is_gone]
    if not waiting:
        return any(one.is_gone for one in held)
    many: Counter[str] = Counter(one.address for one in held)

    def spared(one: Protocol) -> tuple[Any, ...]:
        return (_ORDER.index(one.waits_for), -many[one.address], one.since)

    min(waiting, key=spared).transport.abort()
    return True


def _answer(status: str, text: str) -> bytes:
    return (
        f"HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\n"
        f"content-length: {len(text)}\r\ncache-control: no-store\r\nretry-after: 10\r\n"
        f"connection: close\r\n\r\n{text}"
    ).encode("ascii")


_TOO_LATE = _answer("408 Request Timeout", "The request took too long to come. Try again.\n")
_FULL = _answer("503 Service Unavailable", "Too many readers at once. Try again in a moment.\n")
