"""What is made for readers, pictures and packs, and lies in the home folder of one machine.

Whoever makes it may not be who is asked for it. So where several machines share a store, what was
made is put there under its path in the home, and each machine that is asked for it keeps a copy.
All of it can be made again. In a library of one machine nothing is done here.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from library.core import logs
from library.core.errors import LibraryError, Unreadable
from library.core.settings import Settings
from library.store.holdings import store_of
from library.store.protocol import CHUNK, Store

SMALL = 1 << 20  # bytes of a file that is written at once


def share(settings: Settings, path: Path) -> None:
    """Let other machines have a file of this home. Raises Unreachable, StorageFull, NotUsable."""
    store = store_of(settings)
    if store is None:
        return
    name = _name(settings, path)
    if path.stat().st_size <= SMALL:
        store.write(name, path.read_bytes())
    else:
        store.put(name, path, replace=True)


def bring(settings: Settings, path: Path, *, anew: bool = False) -> bool:
    """Whether a file of this home is here, brought from the store where another machine made it.

    anew: also where it is here, for it may have changed. A store that is away has nothing.
    """
    here = path.is_file()
    store = store_of(settings)
    if store is None or (here and not anew):
        return here
    try:
        return _fetch(store, _name(settings, path), path)
    except Unreadable:
        return here and not anew
    except LibraryError as error:
        logs.event("store away", "warning", reason=str(error))
        return here


def _fetch(store: Store, name: str, path: Path) -> bool:
    part = path.with_suffix(f".{os.getpid()}.{time.monotonic_ns()}.part")
    with store.open(name) as file:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as copy:
                shutil.copyfileobj(file, copy, CHUNK)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return True


def thin(settings: Settings, folder: Path, limit: int, seconds: float = 0.0) -> int:
    """Remove what was shared longest ago until the rest fits into `limit` bytes; how many.

    seconds: what is older goes in any case, where it is not 0. Raises Unreachable, NotUsable.
    """
    store, gone = store_of(settings), 0
    if store is None:
        return 0
    every = store.every(f"{_name(settings, folder)}/")
    kept = [(facts.changed, facts.bytes, name) for name, facts in every]
    for changed, size, name in sorted(kept, reverse=True):
        limit -= size
        if limit < 0 or (seconds and time.time() - changed > seconds):
            with suppress(Unreadable):
                store.remove(name)
            gone += 1
    return gone


def _name(settings: Settings, path: Path) -> str:
    return path.relative_to(settings.home).as_posix()
