"""Stored files that no arrival names: who brought them was stopped before they were acknowledged.

A file is stored first and noted then, so a process that dies in between leaves one that nobody
needs: whoever brought it heard nothing of it, and brings it again. For a day it may be one that is
just coming, and nothing is said of it. After that it is set aside, for a person to look at.

In a folder a lock keeps apart who sets aside and who finds a file to be there already. In a store
the catalogue does: who finds one there takes a turn of its name before looking once more.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from library.catalogue import Catalogue
from library.catalogue.queue import turns
from library.catalogue.resources import queries
from library.core import leases
from library.core.errors import Unreadable
from library.core.settings import Settings
from library.store import originals
from library.store.holdings import store_of
from library.store.protocol import ORIGINALS, Facts, Store, name_of
from library.store.shared_holdings import claim_of

FOLDER = "unclaimed"  # beside the originals; whoever administers the computer empties it
COMING = 86400.0  # seconds
TURN = "set aside"  # of the one machine that looks through a store


def those(settings: Settings, known: Collection[str]) -> Iterator[str]:
    """The checksums of stored files that are not known, and have not just come."""
    store = store_of(settings)
    if store is not None:
        yield from _stored(store, known)
        return
    folder = settings.originals
    for sha256 in originals.every(folder):
        if sha256 not in known and _is_old(originals.path_of(folder, sha256)):
            yield sha256


def places(settings: Settings, sha256: str) -> tuple[str, str]:
    """How a copy of a stored file is got, and where it is set aside."""
    store = store_of(settings)
    if store is None:
        folder = settings.originals
        return f"cp {originals.path_of(folder, sha256)}", str(folder / FOLDER)
    return f"get {store.where}/{name_of(sha256)} as", f"{store.where}/{FOLDER}"


def set_aside(settings: Settings, catalogue: Catalogue, every: float = 0.0) -> int:
    """Take what nobody needs out of the originals, and keep it beside them; how many.

    every: a store is not looked through again by any machine for so many seconds.
    """
    store = store_of(settings)
    if store is None:
        return _in_folder(settings.originals, catalogue)
    if every and not catalogue.change(turns.take_anew, TURN, leases.me(), every):
        return 0
    with catalogue.read() as conn:
        known = dict(queries.originals(conn))
    aside = 0
    for sha256 in list(_stored(store, known)):
        with suppress(Unreadable), catalogue.write() as writer:
            facts = store.facts(name_of(sha256))
            if (
                facts is None
                or _is_young(facts)
                or queries.original(writer.conn, sha256)
                or turns.any_held(writer.conn, claim_of(sha256))
            ):
                continue  # it was brought again meanwhile
            store.move(name_of(sha256), f"{FOLDER}/{sha256}")
            aside += 1
    return aside


def _stored(store: Store, known: Collection[str]) -> Iterator[str]:
    for name, facts in store.every(ORIGINALS):
        sha256 = name.rpartition("/")[2]
        if sha256 not in known and not _is_young(facts):
            yield sha256


def _is_young(facts: Facts) -> bool:
    return time.time() - facts.changed <= COMING


def _in_folder(folder: Path, catalogue: Catalogue) -> int:
    if not folder.is_dir():
        return 0
    with catalogue.read() as conn:
        known = dict(queries.originals(conn))
    unknown = [
        sha256
        for sha256 in originals.every(folder)
        if sha256 not in known and _is_old(originals.path_of(folder, sha256))
    ]
    aside = 0
    for sha256 in unknown:
        path = originals.path_of(folder, sha256)
        with suppress(OSError), originals.claiming(folder, alone=True):
            with catalogue.read() as conn:
                if not _is_old(path) or sha256 in dict(queries.originals(conn)):
                    continue  # it was brought again meanwhile
            (folder / FOLDER).mkdir(exist_ok=True, mode=0o700)
            path.replace(folder / FOLDER / sha256)
            aside += 1
    return aside


def _is_old(path: Path) -> bool:
    """Whether it came, or was found to be there, so long ago that it is not just coming."""
    try:
        return time.time() - path.stat().st_ctime > COMING
    except OSError:
        return False
