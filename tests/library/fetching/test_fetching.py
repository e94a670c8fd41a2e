"""Files of other servers: only of hosts that are named, politely, and within bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.errors import InputError
from library.fetching import Allowed, Fetcher
from library.fetching.addresses import target
from tests.library.fetching.servers import Server, packed, serving

ROBOTS = b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"


def fetcher(server: Server, waits: list[float] | None = None, **more: object) -> Fetcher:
    waits = [] if waits is None else waits
    return Fetcher(Allowed((server.host,)), wait=waits.append, **more)  # type: ignore[arg-type]


def test_a_server_is_asked_as_it_wants_to_be(tmp_path: Path) -> None:
    pages = {
        "/robots.txt": (200, {}, ROBOTS),
        "/a.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-"),
        "/moved": (301, {"Location": "/a.pdf"}, b""),
        "/away": (302, {"Location": "http://inside.example/secret"}, b""),
        "/circle": (302, {"Location": "/circle"}, b""),
        "/private/a.pdf": (200, {}, b"secret"),
        "/busy": (503, {"Retry-After": "3"}, b""),
        "/bomb": (200, {"Content-Encoding": "gzip"}, packed(40_000_000)),
        "/large": (200, {}, b"x" * 5000),
    }
    with serving(pages) as server:
        waits: list[float] = []
        asking, to = fetcher(server, waits), tmp_path / "file"
        came = asking.fetch(f"{server.url}/moved", to, most=1000)
        assert (came.url, came.media_type) == (f"{server.url}/a.pdf", "application/pdf")
        assert to.read_bytes() == b"%PDF-"
        assert server.asked == ["/robots.txt", "/moved", "/a.pdf"]
        assert len(waits) == 2 and max(waits) > 5
        for way, code in {
            "/private/a.pdf": "fetch robots",
            "/away": "fetch not allowed",
            "/circle": "fetch failed",
            "/none": "fetch refused",
            "/busy": "fetch refused",
            "/bomb": "fetch too large",
            "/large": "fetch too large",
        }.items():
            with pytest.raises(InputError) as wrong:
                asking.fetch(f"{server.url}{way}", to, most=1000 if way == "/large" else 10**9)
            assert wrong.value.code == code, way
        assert "/private/a.pdf" not in server.asked
        assert server.asked.count("/busy") == 3


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://other.example/a", "fetch not allowed"),
        ("http://named.example:8080/a", "fetch not allowed"),
        ("http://x.star.example/a", "fetch not public"),
        ("ftp://named.example/a", "fetch no address"),
        ("http://me:pass@named.example/a", "fetch no address"),
        ("file:///etc/passwd", "fetch no address"),
    ],
)
def test_hosts_that_are_not_named_are_not_asked(url: str, code: str, tmp_path: Path) -> None:
    allowed = Allowed(("named.example", "*.star.example"))
    with pytest.raises(InputError) as wrong:
        allowed.addresses(target(url), lambda host, port: ["10.0.0.1"])
    assert wrong.value.code == code
    inside = target("http://named.example/a")
    assert allowed.addresses(inside, lambda host, port: ["10.0.0.1"]) == ["10.0.0.1"]
