"""Looks at each part of a library: a few counts, and the sizes of files; no original is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.engine import SearchEngine, SearchError
from library.catalogue import Catalogue
from library.catalogue.queue import backlog
from library.catalogue.statistics import latency
from library.catalogue.upkeep import fixity, log
from library.core.errors import LibraryError
from library.core.messages import Message
from library.core.settings import Settings
from library.operations import packages
from library.operations.health.parts import (
    Chain,
    Confinement,
    Copies,
    Disk,
    Fixity,
    Health,
    Index,
    Packages,
    Queue,
    Rows,
    Speed,
    Whole,
)
from library.operations.supervisor import Supervised
from library.store.holdings import store_of
from library.store.protocol import name_of

READER = "tesseract"  # the program that scans are read with
GROWTH = timedelta(days=90)  # over which growth is measured
FIRST = timedelta(days=7)  # when what was there already is brought in: no growth
LEAST = timedelta(days=14)  # of which growth is told
RECENT = 7  # days of searches
SHAPES = 5
NOBODY = "0" * 64  # the checksum of no original


def nobody() -> Supervised | None:
    """Of a site that brings no worker."""
    return None


def look_at(
    settings: Settings,
    catalogue: Catalogue,
    engine: SearchEngine,
    beside: Supervised | None = None,
) -> Health:
    """Everything at this moment; `beside`: how the worker is that the site brings.

    Raises NotUsable where the catalogue cannot be read.
    """
    now = datetime.now(UTC)
    with catalogue.read() as conn:
        waits = tuple(backlog.backlogs(conn))
        workers = len(log.workers(conn))
        rounds = fixity.progress(conn, now)
        chain, whole = log.last(conn, "chain"), log.last(conn, "check")
        sums, confined = log.last(conn, "sums"), log.last(conn, "confined")
    return Health(
        at=now,
        disk=_disk(settings, catalogue, now),
        queue=Queue(waits, workers, shutil.which(READER) is not None, now, beside),
        copies=_copies(settings, catalogue, now),
        index=_index(settings, catalogue, engine, waits, now),
        fixity=Fixity(
            rounds.originals, rounds.fresh, rounds.oldest, rounds.damaged, now, _store(settings)
        ),
        chain=Chain(chain, now),
        whole=Whole(whole),
        speed=_speed(settings, catalogue, now),
        rows=Rows(sums, now),
        packages=Packages(packages.faults()),
        confinement=Confinement(tuple(confined.told["lacking"]) if confined else ()),
    )


def _store(settings: Settings) -> Message | None:
    """Why the store of originals cannot be asked; None where it can, and of a home folder."""
    try:
        store = store_of(settings)
        if store is not None:
            store.facts(name_of(NOBODY))  # only that it answers counts
    except LibraryError as error:
        return error.message
    return None


def _disk(settings: Settings, catalogue: Catalogue, now: datetime) -> Disk:
    usage = shutil.disk_usage(settings.home)
    index, pictures = _size(settings.index), _size(settings.images)
    database = catalogue.size()
    with catalogue.read() as conn:
        _, stored, first = backlog.stored(conn)
        since = max(now - GROWTH, first + FIRST) if first else now
        came = backlog.added_bytes(conn, since, now)
    # Bytes a day: originals that came lately, and what grows beside them as it has so far.
    known = stored and now - since >= LEAST
    beside = (not settings.store) + ((index + database) / stored if stored else 0)
    per_day = came / ((now - since) / timedelta(days=1)) * beside if known else None
    return Disk(usage.total, usage.free, stored, index, database, pictures, per_day)


def _copies(settings: Settings, catalogue: Catalogue, now: datetime) -> Copies:
    with catalogue.read() as conn:
        made, last = log.last(conn, "backup", well=True), log.last(conn, "backup")
        files, changes = log.younger(conn, made.at) if made else (0, 0)
        return Copies(
            made=made,
            failed=last if last and not last.well else None,
            files=files,
            changes=changes,
            tried=log.last(conn, "drill"),
            began=backlog.stored(conn)[2],
            now=now,
        )


def _index(
    settings: Settings,
    catalogue: Catalogue,
    engine: SearchEngine,
    waits: tuple[backlog.Backlog, ...],
    now: datetime,
) -> Index:
    owed = next((wait for wait in waits if wait.kind == "index"), None)
    number, oldest = (owed.waiting + owed.stuck, owed.oldest) if owed else (0, None)
    published = catalogue.totals().resources
    try:
        info = engine.info()
    except SearchError as error:
        fault = Message(error.code, error.values)
        return Index(settings.engine_name, fault, 0, published, number, oldest, "", 0, "", 0, now)
    return Index(
        info.engine,
        None,
        info.documents,
        published,
        number,
        oldest,
        info.generation,
        info.schema_version,
        info.vocabulary_version,
        info.bytes,
        now,
    )


def _speed(settings: Settings, catalogue: Catalogue, now: datetime) -> Speed:
    since = (now - timedelta(days=RECENT - 1)).date().isoformat()
    with catalogue.read() as conn:
        speed = latency.speed(conn, since, settings.engine_name)
        shapes = tuple(latency.shapes(conn, since, settings.engine_name, SHAPES))
    return Speed(settings.engine_name, RECENT, speed, shapes)


def _size(folder: Path) -> int:
    """Bytes of all files in a folder; what goes away meanwhile is left out."""
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(Path(entry.path))
                else:
                    yield entry.stat(follow_symlinks=False).st_size
    except OSError:
        return
