"""Stored files that no arrival names: who brought them was stopped before they were acknowledged.

A file is stored first and noted then, so a process that dies in between leaves one that nobody
needs: whoever brought it heard nothing of it, and brings it again. For a day it may be one that is
just coming, and nothing is said of it. After that it is set aside, for a person to look at.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from library.catalogue import Catalogue
from library.catalogue.resources import queries
from library.store import originals

FOLDER = "unclaimed"  # beside the originals; whoever administers the computer empties it
COMING = 86400.0  # seconds


def those(folder: Path, known: Collection[str]) -> Iterator[str]:
    """The checksums of stored files that are not known, and have not just come."""
    for sha256 in originals.every(folder):
        if sha256 not in known and _is_old(originals.path_of(folder, sha256)):
            yield sha256


def set_aside(catalogue: Catalogue, folder: Path) -> int:
    """Take what nobody needs out of the originals, and keep it beside them; how many."""
    if not folder.is_dir():
        return 0
    with catalogue.read() as conn:
        known = dict(queries.originals(conn))
    aside = 0
    for sha256 in list(those(folder, known)):
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
