"""Readers who ask a site over HTTP, so many at once, each the next page when the last has come.

Raw sockets and no client library: what asks must cost little beside what answers. Each reader keeps
its connection (HTTP/1.1), takes compressed pages, and reads an answer to its end.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

PATIENCE = 60.0  # seconds after which an answer has failed


@dataclass(frozen=True, slots=True)
class Asked:
    """One page: its address, the language it is asked in, the tag of the one that is had."""

    path: str
    language: str = "en"
    tag: str = ""

    def request(self, port: int) -> bytes:
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Accept-Language: {self.language}",
            "Accept-Encoding: gzip",
            "User-Agent: Mozilla/5.0 (benchmark)",
            *([f"If-None-Match: {self.tag}"] if self.tag else []),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(slots=True)
class Told:
    """What asking took: milliseconds of each answer, how many failed, and the codes."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failed: int = 0
    codes: Counter[int] = field(default_factory=Counter)

    @property
    def answers(self) -> int:
        return len(self.times)

    @property
    def median(self) -> float:
        return self.share(0.5)

    @property
    def p95(self) -> float:
        return self.share(0.95)

    @property
    def worst(self) -> float:
        return max(self.times, default=0.0)

    def share(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def ask(port: int, pages: Sequence[Asked], readers: int, seconds: float) -> Told:
    """Ask for pages in turn for so many seconds; a code of 500 or more, and a broken line, fail."""
    told = Told()
    end = time.perf_counter() + seconds
    began = time.perf_counter()
    await asyncio.gather(*(_reader(port, pages, n, readers, end, told) for n in range(readers)))
    told.seconds = time.perf_counter() - began
    return told


async def _reader(
    port: int, pages: Sequence[Asked], number: int, step: int, end: float, told: Told
) -> None:
    place, line = number, None
    while time.perf_counter() < end:
        page = pages[place % len(pages)]
        place += step
        began = time.perf_counter()
        try:
            line = line or await asyncio.open_connection("127.0.0.1", port)
            line[1].write(page.request(port))
            code, closes = await asyncio.wait_for(_answer(line[0]), PATIENCE)
        except (OSError, ValueError, asyncio.IncompleteReadError, TimeoutError):
            told.failed += 1
            line = None
            continue
        told.times.append(1000 * (time.perf_counter() - began))
        told.codes[code] += 1
        told.failed += code >= 500
        if closes:
            line[1].close()
            line = None
    if line:
        line[1].close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The code of an answer that is read to its end, and whether the line is closed after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    first, *lines = head.split("\r\n")
    code = int(first.split(" ")[1])
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    if code in (204, 304):
        pass
    elif "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
    else:
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    return code, fields.get("connection") == "close"
