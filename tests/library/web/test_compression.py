"""Answers are as small as there is time for."""

from __future__ import annotations

import asyncio

import brotli
from starlette.types import Message, Receive, Scope, Send

from library.web.compression import HASTY, PATIENT, Compression

WORDS = " ".join(f"{number * 7919 % 1000} wages and hours" for number in range(900)).encode()


class Site:
    """Answers each request when it is let."""

    def __init__(self) -> None:
        self.let = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.let.wait()
        if scope["path"] == "/broken":
            raise RuntimeError
        headers = [(b"content-type", b"text/html; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": WORDS})


async def asked(app: Compression, path: str = "/") -> bytes:
    parts: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"accept-encoding", b"gzip, deflate, br, zstd")],
    }
    await app(scope, receive, send)
    return b"".join(parts)


def test_who_asks_alone_gets_the_least_and_nobody_waits_for_it() -> None:
    least, more = (len(brotli.compress(WORDS, quality=quality)) for quality in (PATIENT, HASTY))
    assert least < more

    async def four() -> tuple[bytes, ...]:
        site = Site()
        app = Compression(site)
        together = asyncio.gather(
            asked(app), asked(app), asked(app, "/broken"), return_exceptions=True
        )
        await asyncio.sleep(0)
        site.let.set()
        first, second, broken = await together
        assert isinstance(first, bytes)
        assert isinstance(second, bytes)
        assert isinstance(broken, RuntimeError)
        return first, second, await asked(app), await asked(app, "/staff")

    first, second, alone, staff = asyncio.run(four())
    assert [len(one) for one in (first, second, alone, staff)] == [least, more, least, more]
    assert all(brotli.decompress(one) == WORDS for one in (first, second, alone))
