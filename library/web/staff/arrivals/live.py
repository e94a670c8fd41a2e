"""States of arrivals as they change, to every page that is open: one look for all who watch.

A stream is a task of the event loop and holds no thread between its lines. It ends when the
session does, when the server stops, and after a while by itself; the page then opens another.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

EVERY = 1.0  # seconds between two looks while somebody watches
HEARTBEAT = 15.0  # seconds after which a line is sent in any case, and the session looked at
LONGEST = 900.0  # seconds of one stream
MOST = 200  # streams at once

Seen = TypeVar("Seen")
Look = Callable[[], Mapping[int, Seen]]


class Live(Generic[Seen]):
    """What a look finds, by number, for any number of watchers."""

    def __init__(self, look: Look[Seen]) -> None:
        self._look = look
        self._found: Mapping[int, Seen] = {}
        self._changed = asyncio.Condition()
        self._turn = 0  # grows with each change
        self._watchers = 0
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def full(self) -> bool:
        return self._watchers >= MOST or self._stopping

    @property
    def watchers(self) -> int:
        return self._watchers

    async def watch(self) -> AsyncGenerator[Mapping[int, Seen] | None]:
        """What there is now, what there is after each change, and None for each heartbeat."""
        self._watchers += 1
        end = time.monotonic() + LONGEST
        try:
            if self._task is None or self._task.done():
                self._found = await run_in_threadpool(self._look)
                if self._task is None or self._task.done():
                    self._task = asyncio.create_task(self._watch())
            turn = self._turn
            yield self._found
            while not self._stopping and time.monotonic() < end:
                if await self._moved(turn):
                    turn = self._turn
                    yield self._found
                else:
                    yield None
        finally:
            self._watchers -= 1

    async def stop(self) -> None:
        """End all streams, for the server to close. Of the event loop they are in."""
        self._stopping = True
        async with self._changed:
            self._changed.notify_all()

    async def _moved(self, turn: int) -> bool:
        """Wait for a change since this turn; False for a heartbeat without one."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT), self._changed:
                await self._changed.wait_for(lambda: self._turn != turn or self._stopping)
        return self._turn != turn

    async def _watch(self) -> None:
        while self._watchers and not self._stopping:
            await asyncio.sleep(EVERY)
            with suppress(Exception):  # a catalogue that is busy is looked at again
                arrivals = await run_in_threadpool(self._look)
                if arrivals != self._found:
                    async with self._changed:
                        self._found = arrivals
                        self._turn += 1
                        self._changed.notify_all()
