"""Servers that mean harm, or are merely odd: what they say costs bounded time, and is no fault."""

from __future__ import annotations

import gzip
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from library.core.errors import InputError
from library.core.resource import SourceState
from library.fetching import Allowed, Fetcher, is_open, polite
from library.operations import hub, source_checks

SECONDS = 1.0
Said = Callable[[], Iterable[bytes]]


@contextmanager
def answering(said: Said) -> Iterator[str]:
    """A server that says these pieces to whoever asks; its address."""

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += line.recv(4096)
            if b"robots.txt" in asked:
                line.sendall(b"HTTP/1.1 404 none\r\nContent-Length: 0\r\n\r\n")
                return
            for piece in said():
                line.sendall(piece)

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                threading.Thread(target=serve, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def slow_head() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX: "
    while True:
        yield b"y"
        time.sleep(0.05)


def going_on() -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


def trailers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
    while True:
        yield b"X: y\r\n"


def slow_body() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"y"
        time.sleep(0.05)


ENDLESS = [slow_head, going_on, trailers, slow_body]


def moved(where: bytes) -> Said:
    head = b"HTTP/1.1 302 there\r\nContent-Length: 0\r\nLocation: "
    return lambda: [head + where + b"\r\n\r\n"]


def fetched(said: Said, to: Path) -> InputError:
    with answering(said) as url, pytest.raises(InputError) as wrong:
        Fetcher(Allowed((url.partition("//")[2],)), pause=0).fetch(f"{url}/x", to)
    return wrong.value


@pytest.mark.parametrize("said", ENDLESS)
def test_who_never_ends_is_left(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polite, "SECONDS", SECONDS)
    began = time.monotonic()
    assert fetched(said, tmp_path / "came").code == "fetch failed"
    assert time.monotonic() - began < 20 * SECONDS


@pytest.mark.parametrize("said", ENDLESS[:2])
def test_nor_does_a_source_or_a_hub_hold_the_worker(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "SECONDS", SECONDS)
    began = time.monotonic()
    with answering(said) as url:
        answer = source_checks.ask(f"{url}/x", may=lambda address: True, timeout=SECONDS)
        assert (answer.state, answer.word) == (SourceState.SILENT, "too slow")
        with pytest.raises((OSError, HTTPException)):
            hub.told(f"{url}/hub", "http://a.example/feed.atom")
    assert time.monotonic() - began < 20 * SECONDS


@pytest.mark.parametrize(
    "where",
    [b"ftp://127.0.0.1:21/x", b"http://[x", b"//[", b"http://" + b"a" * 60_000 + b"/",
     b"http://" + b"\xe9" * 30_000 + b"/", b"http://a:b/", b"gopher://x:70/"],
    ids=lambda where: repr(where[:24]),
)  # fmt: skip
def test_where_nobody_can_go_is_said(where: bytes, tmp_path: Path) -> None:
    wrong = fetched(moved(where), tmp_path / "came")
    assert wrong.code in ("fetch no address", "fetch not allowed")
    with answering(moved(where)) as url:
        answer = source_checks.ask(f"{url}/x", may=lambda address: True, timeout=20)
    assert answer.state in (SourceState.SILENT, SourceState.UNASKED)


def test_half_a_file_is_none(tmp_path: Path) -> None:
    half = gzip.compress(os.urandom(100_000))[:50_000]
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(half)
    assert fetched(lambda: [head + half], tmp_path / "came").code == "fetch failed"


@pytest.mark.parametrize(
    ("address", "open_"),
    [
        ("93.184.216.34", True), ("2606:4700::1", True), ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False), ("10.0.0.5", False), ("169.254.169.254", False), ("::1", False),
        ("::ffff:127.0.0.1", False), ("64:ff9b::a00:5", False), ("2002:a00:5::1", False),
        ("2002:7f00:1::", False), ("224.0.0.1", False), ("ff02::1", False), ("fe80::1%eth0", False),
        ("0.0.0.0", False), ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_only_the_open_internet_is_open(address: str, open_: bool) -> None:
    assert is_open(address) is open_
