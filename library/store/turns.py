"""A turn of the catalogue, held as long as something is done, and renewed meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from library.catalogue import Catalogue
from library.catalogue.queue import turns
from library.core import leases
from library.core.errors import Busy, LibraryError

SECONDS = 120.0  # that a turn lasts, unless it is renewed
LOOK = 0.2  # seconds between two looks whether it is free


@contextmanager
def turn(catalogue: Catalogue, name: str, patience: float = 0.0) -> Iterator[None]:
    """Do something while nobody else does, on any machine. patience: seconds that are waited.

    Raises Busy where somebody is at it still.
    """
    owner, until = leases.me(), time.monotonic() + patience
    while not catalogue.change(turns.take, name, owner, SECONDS):
        if time.monotonic() > until:
            raise Busy("turn taken")
        time.sleep(LOOK)
    done = threading.Event()

    def renew() -> None:
        while not done.wait(SECONDS / 4):
            with suppress(LibraryError):
                catalogue.change(turns.hold, name, owner, SECONDS)

    renewing = threading.Thread(target=renew, name="turn", daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        with suppress(LibraryError):  # else it ends by itself
            catalogue.change(turns.free, name, owner)
