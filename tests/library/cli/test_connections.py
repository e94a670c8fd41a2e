"""Whoever opens connections and finishes nothing is let go, and others are answered meanwhile."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.cli import connections
from library.cli.connections import Bounds
from library.cli.site_server import server_of
from library.core.settings import Settings
from tests.library.operations.serving import SERVE, running

UNFINISHED = {
    "nothing at all": b"",
    "half a head": b"GET /about HTTP/1.1\r\nhost: x\r\nx-slow: ",
    "half a body": b"POST /ask HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nq=",
}
WHOLE = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
LARGE = 64 * 1024 * 1024  # bytes of an answer: more than any buffer of the system holds
QUICK = Bounds(head=0.3, body=0.3, least=100, taking=0.5, look=0.1)


async def app(scope: dict[str, object], receive, send) -> None:  # type: ignore[no-untyped-def]
    """Takes the body, then answers; of /large very much."""
    more = scope["type"] == "http"
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    size = LARGE if scope["path"] == "/large" else 2
    for _ in range(-(-size // 2**16)):
        await send(
            {"type": "http.response.body", "body": b"x" * min(size, 2**16), "more_body": True}
        )
    await send({"type": "http.response.body", "body": b""})


@contextmanager
def served(bounds: Bounds) -> Iterator[int]:
    async def nothing() -> None:
        return

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = server_of(app, nothing, bounds=bounds)
    server.config.lifespan = "off"
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True
    )
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(30)


def opened(port: int, sent: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(sent)
    return line


def rest(line: socket.socket) -> bytes:
    """All that comes until the other side closes: a test that waits here for ever fails by time."""
    got = b""
    with suppress(ConnectionResetError):
        while more := line.recv(65536):
            got += more
    return got


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED.keys())
def test_what_is_never_finished_is_closed_after_its_time(sent: bytes) -> None:
    with served(QUICK) as port, opened(port, sent) as line:
        assert rest(line).startswith(b"HTTP/1.1 408")


def test_a_second_request_that_is_never_finished_is_closed_too() -> None:
    with served(QUICK) as port, opened(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGET / HT") as line:
        assert rest(line).startswith(b"HTTP/1.1 200")


def test_a_body_that_keeps_coming_is_waited_for() -> None:
    with served(QUICK) as port:
        head = b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2000\r\n\r\n"
        with opened(port, head) as line:
            for _ in range(20):  # a second in all, which is three times what a pause may take
                threading.Event().wait(0.05)
                line.sendall(b"x" * 100)
            assert rest(line).startswith(b"HTTP/1.1 200")


def test_an_answer_that_nobody_takes_is_given_up() -> None:
    with served(QUICK) as port, opened(port, WHOLE.replace(b"GET /", b"GET /large")) as line:
        line.settimeout(60)
        assert line.recv(1)
        threading.Event().wait(3)  # takes nothing
        assert len(rest(line)) < LARGE


@pytest.mark.parametrize("sent", UNFINISHED.values(), ids=UNFINISHED.keys())
def test_1100_unfinished_connections_keep_nobody_from_being_served(sent: bytes) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4000:
        if hard < 4000:
            pytest.skip("this account may not have 4,000 open files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (4000, hard))
    with served(Bounds(head=600, body=600, at_once=200)) as port, ExitStack() as held:
        lines = [held.enter_context(opened(port, sent)) for _ in range(1100)]
        for _ in range(20):
            with opened(port, WHOLE) as line:
                assert rest(line).startswith(b"HTTP/1.1 200")
        gone = sum(_is_closed(line) for line in lines)
        assert gone >= 1100 - 200


def _is_closed(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(65536) == b"" or line.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


class Line:
    """A transport that is nothing but its state."""

    def __init__(self, address: str) -> None:
        self.address, self.written, self.closed = address, b"", False

    def get_extra_info(self, name: str, default: object = None) -> object:
        return {"peername": (self.address, 1), "sockname": ("127.0.0.1", 80)}.get(name, default)

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    abort = close


def test_an_address_has_a_share_and_one_that_asks_is_let_in_before_one_that_waits() -> None:
    async def tried() -> tuple[int, bool, bool]:
        async def nothing() -> None:
            return

        server = server_of(app, nothing, bounds=Bounds(by_address=5))
        server.config.load()
        made = server.config.http_protocol_class
        state = connections.ServerState()

        def connected(address: str) -> tuple[connections.Protocol, Line]:
            line = Line(address)
            one = made(config=server.config, server_state=state, app_state={})
            one.connection_made(line)  # type: ignore[arg-type]
            return one, line

        flood = [connected("203.0.113.5")[1] for _ in range(50)]
        _, other = connected("203.0.113.6")
        here = [connected("127.0.0.1")[1] for _ in range(50)]
        return (
            sum(not line.closed for line in flood),
            other.closed,
            any(line.closed for line in here),
        )

    assert asyncio.run(tried()) == (5, False, False)


def test_a_process_makes_room_for_as_many_as_it_may_have() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
        bounds = connections.with_room(Bounds())
        assert bounds.at_once + connections.SPARE <= resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_the_site_in_several_processes_answers_beside_them(tmp_path: Path) -> None:
    open_catalogue(Settings(home=tmp_path), make=True).close()
    with running(tmp_path, (*SERVE, "--processes", "2")) as site, ExitStack() as held:
        port = int(site.address.rpartition(":")[2])
        for sent in UNFINISHED.values():
            for _ in range(100):
                held.enter_context(opened(port, sent))
        assert '"ok"' in site.get("/healthz")
