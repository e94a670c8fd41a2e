"""Work done side by side whose results come in the order it was begun, a few at a time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from library.core.cancellation import Stopping
from library.sandbox import Stopped

AHEAD = 128
"""How many may be done, and wait for one before them that takes long."""
HELD = 32_000_000
"""How much they may weigh together: characters of text, which are kept in memory."""

GLANCE = 0.25  # seconds between looks at whether to stop

One = TypeVar("One")
Done = TypeVar("Done")


def in_order(
    work: Iterable[One],
    do: Callable[[One], Done],
    jobs: int,
    stopping: Stopping,
    weigh: Callable[[Done], int] = lambda done: 1,
) -> Generator[Done | None, None, None]:
    """What comes of each piece of work, in its order, done in threads; None while it takes long.

    Raises Stopped soon after it is to stop. Whoever takes only some of it closes it: left to the
    collector of garbage, it might be closed by one of the threads it then waits for.
    """
    pending: deque[Future[Done]] = deque()
    held: dict[Future[Done], int] = {}

    def begin(item: One) -> Done:
        if stopping.is_set():  # a thread takes what waits before it can be cancelled
            raise Stopped
        return do(item)

    def weighed(future: Future[Done]) -> None:
        if not future.cancelled() and future.exception() is None:
            held[future] = weigh(future.result())

    def next_one() -> Iterator[Done | None]:
        while not pending[0].done():
            if stopping.is_set():
                raise Stopped
            wait([pending[0]], GLANCE)
            if not pending[0].done():
                yield None
        future = pending.popleft()
        result = future.result()
        held.pop(future, None)
        yield result

    with ThreadPoolExecutor(jobs, thread_name_prefix="reader") as pool:
        try:
            for item in work:
                future = pool.submit(begin, item)
                pending.append(future)
                future.add_done_callback(weighed)
                while pending and (
                    pending[0].done() or len(pending) > jobs + AHEAD or sum(held.values()) > HELD
                ):
                    yield from next_one()
            while pending:
                yield from next_one()
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def together(results: Iterable[Done | None], most: int, seconds: float) -> Iterator[list[Done]]:
    """Results in groups: of at most so many, none kept longer than so many seconds.

    A group may be empty, where nothing comes.
    """
    group: list[Done] = []
    since = time.monotonic()
    for result in results:
        if result is not None:
            group.append(result)
        if len(group) >= most or result is None or time.monotonic() - since > seconds:
            yield group
            group, since = [], time.monotonic()
    if group:
        yield group
