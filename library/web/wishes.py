"""Page pictures that readers wish for: each address has a share of the wishes and of the waiting.

A picture is drawn when somebody first looks at a page. Whoever turns all pages of a library at once
holds nobody up: an address has so many pictures under way and no more, and may take half of the
places where an answer waits for one. An address is counted as in library/web/limits.py.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

UNDER_WAY = 60  # pictures of one address that are wished for and not drawn: thirty phones, two each
FORGOTTEN = 60.0  # seconds after which a wish is nobody's any more
ADDRESSES = 1024  # that are remembered
PLACES = 16  # answers that wait for a picture at once, in one process
SHARE = 8  # of them for one address


class Wishes:
    """Who wishes for which pictures in one process.

    clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wished: OrderedDict[str, dict[Path, float]] = OrderedDict()
        self._waiting: Counter[str] = Counter()

    def may(self, address: str, path: Path) -> bool:
        """Whether an address may wish for one picture more, which is then noted; "" always may."""
        if not address:
            return True
        with self._lock:
            now = self._clock()
            mine = self._wished.pop(address, {})
            if len(mine) >= UNDER_WAY and path not in mine:
                mine = {
                    wish: at
                    for wish, at in mine.items()
                    if now - at < FORGOTTEN and not wish.is_file()
                }
            may = path in mine or len(mine) < UNDER_WAY
            if may:
                mine[path] = now
            self._wished[address] = mine
            if len(self._wished) > ADDRESSES:
                self._wished.popitem(last=False)
            return may

    @contextmanager
    def place(self, address: str) -> Iterator[bool]:
        """A place to wait in, as long as this lasts; False where there is none."""
        with self._lock:
            taken = self._waiting.total()
            free = taken < PLACES and (not address or self._waiting[address] < SHARE)
            if free:
                self._waiting[address] += 1
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._waiting[address] -= 1
                    self._waiting += Counter()  # what is 0 is forgotten
