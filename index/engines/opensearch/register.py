"""What is said in a server of the generations of an index, and which of them is searched."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from index.engine import IndexNotWritten, IndexUnreachable, IndexUnusable, SearchError
from index.engines.addresses import Address
from index.engines.opensearch import lessons, schema
from index.engines.opensearch.server import Gone, Server

SHUT = 5.0  # seconds in which a server that could not be reached is not asked again
ATTEMPTS = 5

_GENERATION = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")  # behind the name of the library


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a generation."""

    generation: str
    schema_version: int
    layout: int  # of what is kept in a server
    vocabulary_version: str
    languages: tuple[str, ...]
    revision: int  # changes so far
    lesson: int  # the number of what was last learned; 0 when nothing was
    parts: int  # of that
    previous: str  # the generation before

    @property
    def stamp(self) -> str:
        return f"{self.generation}.{self.revision}.{self.lesson}"


class Register:
    """The generations of one library."""

    def __init__(self, server: Server, address: Address) -> None:
        self.control = f"{address.name}-control"
        self._server = server
        self._address = address
        self._name = address.name
        self._shut: tuple[IndexUnreachable, float] | None = None  # why, and until when

    def fresh(self) -> str:
        """The name of a generation to be; there is nothing in it."""
        name = f"{self._name}-{time.strftime('%Y%m%d-%H%M%S')}-{uuid.uuid4().hex[:8]}"
        self._server.ask("PUT", f"/{name}", schema.works(self._address))
        try:
            self._server.ask("PUT", f"/{name}-words", schema.words(self._address))
        except BaseException:
            self.discard([name])
            raise
        return name

    def switch(self, name: str) -> None:
        """Make a generation the one that is searched."""
        actions = [
            {"remove": {"index": f"{self._name}-*", "alias": self._name, "must_exist": False}},
            {"add": {"index": name, "alias": self._name}},
        ]
        self._server.ask("POST", "/_aliases", {"actions": actions})

    def prune(self, about: About) -> None:
        """Remove what is neither searched nor, for slow readers, was searched before."""
        start = f"{self._name}-"
        every = self._server.ask("GET", f"/_cat/indices/{start}*", None, {"format": "json"})
        names = {one["index"].removesuffix("-words") for one in every}
        ours = {name for name in names if _GENERATION.fullmatch(name.removeprefix(start))}
        self.discard(sorted(ours - {about.generation, about.previous}))

    def discard(self, names: Sequence[str]) -> None:
        """Forget generations, as far as the server lets us: what is left is pruned later."""
        for name in names:
            with suppress(SearchError, Gone):
                self._server.ask("DELETE", f"/{name},{name}-words?ignore_unavailable=true")
            with suppress(SearchError, Gone):
                if (about := self.read(name)) is not None:
                    lessons.forget(self._server, self.control, name, about.lesson, about.parts)
                    self._server.ask("DELETE", f"/{self.control}/_doc/about-{name}")

    def prepare(self) -> None:
        """Have the index of what is said of all."""
        self.open_door()
        with self.telling():
            if not self._server.there(f"/{self.control}"):
                try:
                    self._server.ask("PUT", f"/{self.control}", schema.control(self._address))
                except IndexUnusable:
                    if not self._server.there(f"/{self.control}"):  # else another made it
                        raise

    def say(self, about: About, **other: int) -> None:
        """Keep what is said of a generation. Raises IndexNotWritten."""
        said = {**asdict(about), **other}
        params = {"refresh": "true"}
        try:
            self._server.ask(
                "PUT", f"/{self.control}/_doc/about-{about.generation}", {"about": said}, params
            )
        except Gone as error:
            raise IndexNotWritten(
                "index not written", path=self._server.where, detail=str(error)
            ) from error

    def about(self, seconds: int = 0) -> About | None:
        """What is said of the generation that has the alias."""
        params = {"request_timeout": seconds} if seconds else {}
        for _ in range(ATTEMPTS):
            try:
                named = self._server.ask("GET", f"/_alias/{self._name}", None, params)
            except Gone:
                return None
            if about := self.read(next(iter(named), "")):
                return about
        return None

    def read(self, generation: str) -> About | None:
        """What is said of one; None where nothing is. Raises IndexUnusable."""
        try:
            told = self._server.ask("GET", f"/{self.control}/_doc/about-{generation}")
        except Gone:
            return None
        said: dict[str, Any] = told["_source"]["about"]
        try:
            return About(**{**said, "languages": tuple(said["languages"])})
        except (TypeError, KeyError) as error:
            raise IndexUnusable(
                "index unreadable", path=self._server.where, detail=str(error)
            ) from error

    def open_door(self) -> None:
        """Raises, without asking, what a server that cannot be reached raised a moment ago."""
        if self._shut is not None and time.monotonic() < self._shut[1]:
            raise IndexUnreachable(self._shut[0].code, **self._shut[0].values)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Note whether the server can be reached: nobody waits for it again and again."""
        try:
            yield
        except IndexUnreachable as error:
            self._shut = (error, time.monotonic() + SHUT)
            raise
        self._shut = None
