"""Many requests to servers of others: robots.txt heeded, a pause between two, later if told so."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.robotparser import RobotFileParser

from library.core.errors import InputError
from library.fetching import client
from library.fetching.addresses import Allowed, Lookup, Target, leads_to, look_up, target
from library.store.originals import LARGEST

AGENT = "worker-education-library"
PAUSE = 1.0  # seconds between two requests to one server
LONGEST_PAUSE = 30.0  # that a server may ask for between any two
LATER = 120.0  # seconds that a server may ask to wait when it is busy
TRIES = 3
STEPS = 6  # addresses one leads to
SECONDS = 300.0  # for one file
ROBOTS = 500_000  # bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: from which address in the end, and what its server says of it."""

    url: str
    headers: Mapping[str, str]
    bytes: int

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class _Site:
    """A server that was asked: its rules, and when it may be asked again."""

    rules: RobotFileParser | None = None
    pause: float = PAUSE
    next: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Fetcher:
    """Asks servers of others for files, one at a time from each."""

    def __init__(
        self,
        allowed: Allowed,
        contact: str = "",
        *,
        pause: float = PAUSE,
        lookup: Lookup = look_up,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allowed = allowed
        self._agent = f"{AGENT} ({contact})" if contact else AGENT
        self._pause = pause
        self._lookup = lookup
        self._wait = wait
        self._sites: dict[str, _Site] = {}

    def allows(self, url: str) -> bool:
        return self._allowed.allows(url)

    def fetch(self, url: str, to: Path, *, most: int = LARGEST, accept: str = "*/*") -> Fetched:
        """Save what an address answers with. Raises InputError, also TooLarge."""
        for _ in range(STEPS):
            one = target(url)
            with to.open("wb") as file:
                answer = self._asked(one, file, most, accept)
            where = answer.headers.get("location", "")
            if 300 <= answer.status < 400 and where:
                url = leads_to(one.url, where)
                continue
            if answer.status != 200:
                raise InputError("fetch refused", address=one.url, status=str(answer.status))
            return Fetched(one.url, answer.headers, answer.bytes)
        raise InputError("fetch failed", address=url, detail="it leads in circles")

    def _asked(self, one: Target, file: BinaryIO, most: int, accept: str) -> client.Answer:
        addresses = self._where(one)
        site = self._sites.setdefault(f"{one.scheme}://{one.site}", _Site(pause=self._pause))
        with site.lock:
            if site.rules is None:
                site.rules = self._rules(one, addresses[0], site)
            if not site.rules.can_fetch(AGENT, one.url):
                raise InputError("fetch robots", address=one.url)
            for again in range(TRIES):
                self._in_turn(site)
                answer = client.ask(
                    one, addresses[0], file,
                    most=most, seconds=SECONDS, agent=self._agent, accept=accept,
                )  # fmt: skip
                busy = answer.status in (429, 503) and again < TRIES - 1
                later = _seconds(answer.headers.get("retry-after", "")) or site.pause * 5
                if not busy or later > LATER:
                    return answer
                site.next = time.monotonic() + later
        return answer

    def _where(self, one: Target) -> list[str]:
        try:
            return self._allowed.addresses(one, self._lookup)
        except OSError as error:
            detail = error.strerror or str(error)
            raise InputError("fetch failed", address=one.url, detail=detail) from error

    def _rules(self, one: Target, address: str, site: _Site) -> RobotFileParser:
        """What a server allows: all where it has no rules, nothing where it answers badly."""
        rules = RobotFileParser()
        place = target(f"{one.scheme}://{one.site}/robots.txt")
        content = io.BytesIO()
        self._in_turn(site)
        answer = client.ask(place, address, content, most=ROBOTS, seconds=30.0, agent=self._agent)
        if answer.status == 200:
            rules.parse(content.getvalue().decode("utf-8", "replace").splitlines())
            wanted = rules.crawl_delay(AGENT)
            if wanted:
                site.pause = min(max(site.pause, float(wanted)), LONGEST_PAUSE)
        elif answer.status in (401, 403) or answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
        else:
            rules.parse([])
        return rules

    def _in_turn(self, site: _Site) -> None:
        wait = site.next - time.monotonic()
        if wait > 0:
            self._wait(wait)
        site.next = time.monotonic() + site.pause


def _seconds(text: str) -> float:
    return float(text) if text.strip().isdecimal() else 0.0
