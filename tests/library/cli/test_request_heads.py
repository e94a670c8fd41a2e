"""However long a question is, whoever asks it gets an answer and no line that was reset."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest

from library.cli.request_heads import MOST
from library.cli.site_server import server_of


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    async def app(scope: dict[str, object], receive: object, send) -> None:  # type: ignore[no-untyped-def]
        if scope["type"] == "http":
            size = str(len(scope["query_string"])).encode()  # type: ignore[arg-type]
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": size})

    async def nothing() -> None:
        return

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = server_of(app, nothing)
    server.config.lifespan = "off"
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True
    )
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(30)


def answered(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(sent)
        got = b""
        while more := line.recv(65536):
            got += more
        return got


def request(length: int) -> bytes:
    return b"GET /search?q=" + b"a" * length + b" HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"


@pytest.mark.parametrize("length", [10, 20_000, 140_000, 400_000])
def test_a_long_question_reaches_the_site(port: int, length: int) -> None:
    got = answered(port, request(length))
    assert got.startswith(b"HTTP/1.1 200")
    assert str(length + 2).encode() in got


@pytest.mark.parametrize("length", [3 * MOST, 6 * MOST])
def test_one_that_is_longer_than_that_is_told_so(port: int, length: int) -> None:
    got = answered(port, request(length))
    assert got.startswith(b"HTTP/1.1 431")
    assert b"fewer words" in got


def test_what_is_no_request_is_answered_as_before(port: int) -> None:
    assert answered(port, b"\x00\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
