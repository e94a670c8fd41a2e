"""Answers that were given already, given again without asking anything or anybody.

Only what answers by the state of the library alone (`freshness.fresh`) is kept, under the state,
the language, and the address with all that is in it, and only as long as the state is the newest: a
change that readers could see forgets everything at once, so what is withdrawn is gone from the next
answer on. What a browser has already is told from the state, and no page is made for it. Both are
done where requests come in, before any thread is waited for. Of several who ask for the same page
at once one has it made, and the others are given what was made.

All of it runs in the one thread that reads from the network, so nothing is locked.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from library.catalogue.statistics.usage import Counted
from library.web.freshness import headers_of, is_fresh, unchanged
from library.web.headers import SECURITY_HEADERS, codings
from library.web.i18n import COOKIE, choose
from library.web.site import Site, State, noted_in
from library.web.usage import count_again

MOST = 16 * 1024 * 1024  # bytes of answers that are kept
PATHS = 4096  # of which is remembered how they are answered
BESIDES = 2000  # bytes that an answer takes besides its body, about

Key = tuple[object, ...]
Fields = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent, and what it counts."""

    fields: Fields
    body: bytes
    counted: tuple[Counted, ...]


@dataclass(slots=True)
class Sent:
    """An answer that is being sent; what is too long for the cache is not held."""

    send: Send
    longest: int
    status: int = 0
    fields: Fields = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)
    length: int = 0
    ended: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.fields = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            self.length += len(message.get("body", b""))
            if self.length <= self.longest:
                self.parts.append(message.get("body", b""))
            self.ended = not message.get("more_body", False)
        await self.send(message)


class ResponseCache:
    """Answers from what was answered, up to `most` bytes of it."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], most: int = MOST) -> None:
        self._app = app
        self._most = most
        self._state = ""  # the name of the one that all that is kept belongs to
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._making: dict[Key, asyncio.Event] = {}
        self._is_fresh = lru_cache(PATHS)(_fresh_paths(routes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not self._is_fresh(scope["path"]):
            await self._app(scope, receive, send)
            return
        site: Site = scope["app"].state.site
        state = site.glimpse()
        if state is None:  # it cannot be told here without keeping everybody waiting
            await self._app(scope, receive, send)
            return
        self._turn_to(state)
        request = Request(scope)
        accept = request.headers.get("accept-language", "")
        language = choose(request.cookies.get(COOKIE), accept, site.interfaces).language
        own = headers_of(state, language)
        if unchanged(request, own["ETag"], state.since):
            await _start(send, 304, [*_encoded(own), *_SAFETY])
            await send({"type": "http.response.body", "body": b""})
            return
        key = _key(scope, request.headers, state, language)
        while (kept := self._kept.get(key)) is None and key in self._making:
            await self._making[key].wait()
            if key not in self._kept:
                break  # it is not to be kept, or could not be made: each has its own made
        if kept is not None or (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            count_again(site.tally, request, kept.counted)
            await _start(send, 200, kept.fields)
            await send({"type": "http.response.body", "body": kept.body})
            return
        await self._make(key, own["ETag"], scope, receive, send)

    async def _make(self, key: Key, tag: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the answer made, and keep it if it is of the state it was asked in."""
        sent = Sent(send, self._most // 8)
        noted = noted_in(scope)
        first = key not in self._making
        made = self._making.setdefault(key, asyncio.Event())
        try:
            await self._app(scope, receive, sent)
            if (
                sent.ended
                and sent.status == 200
                and sent.length <= sent.longest
                and not (noted.passing or noted.alone)
                and (b"etag", tag.encode()) in sent.fields
            ):
                self._keep(key, Kept(sent.fields, b"".join(sent.parts), tuple(noted.counted)))
        finally:
            if first:
                del self._making[key]
                made.set()

    def _turn_to(self, state: State) -> None:
        """Forget what was kept of any other state."""
        if state.name != self._state:
            self._kept.clear()
            self._bytes, self._state = 0, state.name

    def _keep(self, key: Key, kept: Kept) -> None:
        if key[0] != self._state or key in self._kept:
            return
        self._kept[key] = kept
        self._bytes += len(kept.body) + BESIDES
        while self._bytes > self._most:
            self._bytes -= len(self._kept.popitem(last=False)[1].body) + BESIDES


def _key(scope: Scope, headers: Headers, state: State, language: str) -> Key:
    """All that an answer depends on."""
    return (
        state.name,
        language,
        codings(headers.get("accept-encoding", "")),
        scope["scheme"],
        headers.get("host", ""),
        scope.get("server") if "host" not in headers else None,
        scope.get("root_path", ""),
        scope["path"],
        scope["query_string"],
    )


def _fresh_paths(routes: Sequence[BaseRoute]) -> Callable[[str], bool]:
    """Whether the route that a path leads to answers by the state alone."""

    def is_fresh_path(path: str) -> bool:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
        for route in routes:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return is_fresh(child.get("endpoint"))
        return False

    return is_fresh_path


def _encoded(fields: dict[str, str]) -> Fields:
    return [
        (name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in fields.items()
    ]


_SAFETY = _encoded(SECURITY_HEADERS)


async def _start(send: Send, status: int, fields: Fields) -> None:
    await send({"type": "http.response.start", "status": status, "headers": fields})
