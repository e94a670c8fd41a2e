"""A backup tried out: restored beside the library, searched, and taken away again.

A backup that was never restored is a hope. A drill does all that `library restore` does, in a
folder that is removed afterwards, and holds what came of it against itself: checksums, catalogue,
history, index. When, and how it ended, is noted in the catalogue of the library.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from index.engine import SearchError
from index.engines import EMBEDDED
from index.query import Query
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.changes import history
from library.core import leases
from library.core.errors import LibraryError, NotUsable, StorageFull
from library.core.settings import Settings
from library.operations import backup, catalogue_copies, upkeep
from library.search import indexer
from library.vocabularies import Vocabularies

KIND = "drill"  # of temporary folders


@dataclass(frozen=True, slots=True)
class Drilled:
    """What was restored, and could be found in it."""

    originals: int
    resources: int
    seconds: float


def drill(settings: Settings, source: Path, catalogue: Catalogue | None) -> Drilled:
    """Try a backup out. catalogue: where to note it; None where there is no library here.

    Raises UsageError for what is no backup, StorageFull, and NotUsable for a backup that is no
    good.
    """
    began = time.monotonic()
    details = {"where": str(source.resolve())}
    room = backup.room_for(source)
    leases.sweep_folders(KIND)
    try:
        result = _tried(settings, source, room)
    except StorageFull:
        raise  # that says nothing of the backup
    except LibraryError as error:
        if catalogue:
            fault = backup.told_of(error.message)
            upkeep.note(catalogue, "drill", well=False, told={**details, **fault})
        raise
    seconds = round(time.monotonic() - began, 1)
    if catalogue:
        counted = {"originals": result[0], "resources": result[1], "seconds": seconds}
        upkeep.note(catalogue, "drill", well=True, told={**details, **counted})
    return Drilled(*result, seconds)


def _tried(settings: Settings, source: Path, room: int) -> tuple[int, int]:
    folder = Path(tempfile.mkdtemp(prefix=leases.prefix(KIND)))
    try:
        free = shutil.disk_usage(folder).free
        if free < room * 1.5:  # the index comes on top
            raise StorageFull(
                "drill room",
                size=_size(room * 1.5),
                folder=str(folder.parent),
                free=_size(free),
                command="TMPDIR=/large/folder library restore SRC --drill",
            )
        with catalogue_copies.somewhere(settings, source, folder / "library") as tried:
            restored = backup.restore(tried, source)
            with closing(open_catalogue(tried)) as catalogue:
                return restored, _answers(tried, catalogue)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers(settings: Settings, catalogue: Catalogue) -> int:
    """How many works a restored library finds. Raises NotUsable where it is not whole."""
    with catalogue.read() as conn:
        faults = [*catalogue.faults(), *history.faults(conn)]
    if faults:
        raise NotUsable("drill damaged", detail=str(faults[0]))
    words = Vocabularies.load(settings.languages, settings.vocabularies)
    published = len(catalogue.every())
    # Beside the library, never in the server in which it is searched.
    beside = replace(settings, engine=EMBEDDED)
    with closing(indexer.open_engine(beside, words)) as engine:
        try:
            indexer.rebuild(catalogue, engine, words)
            total = engine.search(Query(size=1)).total
        except SearchError as error:
            raise NotUsable("drill unsearched", detail=str(error)) from error
    if total != published:
        raise NotUsable("drill lost", number=published, found=total)
    return total


def _size(octets: float) -> str:
    return f"{octets / 1e9:.1f} GB" if octets >= 1e9 else f"{max(1, round(octets / 1e6))} MB"
