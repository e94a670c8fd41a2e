"""One consistent copy of a library, and a working library from it.

The catalogue is copied first, by SQLite's own online backup; then the originals it names, which
never change. So every original the copied catalogue names is in the copy. That a copy was made, or
could not be, is noted in the catalogue, where the staff desk looks for it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from library import originals, upkeep
from library.catalogue import Catalogue, faults, open_catalogue, people, reading
from library.errors import LibraryError, NotUsable, StorageFull, UsageError
from library.resource import JSON
from library.settings import Settings

MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite"
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds; `sha256` is that of its manifest, which names the checksum of the rest.

    missing: originals that the catalogue names and that could not be copied.
    """

    originals: int
    bytes: int
    sha256: str
    missing: tuple[str, ...] = ()


def backup(settings: Settings, catalogue: Catalogue, target: Path) -> Copied:
    """Copy the library into the folder `target`, and note in the catalogue how that went.

    A folder with an earlier backup is brought up to date: originals in it are not copied again.
    One that is missing or damaged here does not keep the others from being copied, nor those from
    being restored. Raises UsageError, NotUsable, StorageFull.
    """
    began, where = time.monotonic(), str(target.resolve())
    try:
        made = _backup(settings, catalogue, target)
    except UsageError:
        raise  # nothing was begun
    except LibraryError as error:
        upkeep.note(catalogue, "backup", well=False, told={"where": where, "fault": str(error)})
        raise
    missing = len(made.missing)
    fault = f"{missing} originals are missing or damaged here, and not in it" if missing else ""
    told: JSON = {
        "where": where,
        "fault": fault,
        "originals": made.originals,
        "bytes": made.bytes,
        "sha256": made.sha256,
        "seconds": round(time.monotonic() - began, 1),
        "same_disk": target.stat().st_dev == settings.home.stat().st_dev,
    }
    upkeep.note(catalogue, "backup", well=not missing, told=told)
    return made


def _backup(settings: Settings, catalogue: Catalogue, target: Path) -> Copied:
    if settings.database:
        raise UsageError(
            "This library's catalogue is in a database server.",
            "Back it up with the server's own tool, and copy the folder of originals.",
        )
    with _writing(target):
        if target.exists() and any(target.iterdir()) and not (target / MANIFEST).is_file():
            raise UsageError(
                f"{target} is not empty and holds no earlier backup.", "Name another folder."
            )
        target.mkdir(parents=True, exist_ok=True)
        part = target / f"{CATALOGUE}.part"
        part.unlink(missing_ok=True)
        _copy_database(settings.home / CATALOGUE, part)
    copied = open_catalogue(Settings(database=f"sqlite:///{part}"))
    try:
        with copied.read() as conn:
            held = dict(reading.originals(conn))
    finally:
        copied.close()
    for sha256 in held:
        _copy(settings.originals, target / "originals", sha256)
    with _writing(target):
        part.replace(target / CATALOGUE)
        copies = target / "originals"
        missing = tuple(sha for sha in held if not originals.path_of(copies, sha).is_file())
        held = {sha: size for sha, size in held.items() if sha not in missing}
        manifest = {"catalogue": _digest(target / CATALOGUE), "originals": held}
        written = target / f"{MANIFEST}.part"
        with written.open("w", encoding="utf-8") as file:
            json.dump(manifest, file)
            file.flush()
            os.fsync(file.fileno())
        written.replace(target / MANIFEST)
        size = sum(held.values()) + (target / CATALOGUE).stat().st_size
        return Copied(len(held), size, _digest(target / MANIFEST), missing)


def restore(settings: Settings, source: Path) -> int:
    """Make the home folder a library again from a backup; how many originals it holds.

    Every checksum is verified before anything is made. Raises UsageError, NotUsable.
    """
    home = settings.home
    if (home / CATALOGUE).exists():
        raise UsageError(
            f"There is a library in {home} already.",
            "Restore into another folder: set LIBRARY_HOME, or move the old one away.",
        )
    held = verified(source)
    with _writing(home):
        home.mkdir(parents=True, exist_ok=True)
    for sha256 in held:
        _copy(source / "originals", settings.originals, sha256)
    with _writing(home):
        part = home / f"{CATALOGUE}.part"
        shutil.copyfile(source / CATALOGUE, part)
        part.replace(home / CATALOGUE)
    catalogue = open_catalogue(settings)
    try:
        with catalogue.write() as writer:
            people.end_every_session(writer.conn)  # those that were ended since would be back
    finally:
        catalogue.close()
    return len(held)


def verified(source: Path) -> dict[str, int]:
    """The originals of a backup and their bytes, once every checksum of it was verified.

    Raises UsageError for what is no backup, NotUsable for a damaged one.
    """
    held, whole = _manifest(source)
    damaged = [sha for sha in held if not originals.verify(source / "originals", sha)]
    if not whole or damaged:
        what = "its catalogue" if not whole else f"{len(damaged)} of its originals"
        raise NotUsable(f"The backup in {source} is damaged: {what}.", "Use an older backup.")
    return held


def room_for(source: Path) -> int:
    """Bytes that a backup takes when it is restored. Raises UsageError."""
    held, _ = _manifest(source)
    return sum(held.values()) + (source / CATALOGUE).stat().st_size


def _manifest(source: Path) -> tuple[dict[str, int], bool]:
    """The originals a backup names, and whether its catalogue is what it says."""
    try:
        manifest = json.loads((source / MANIFEST).read_text("utf-8"))
        held: dict[str, int] = manifest["originals"]
        return held, manifest["catalogue"] == _digest(source / CATALOGUE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{source} is not a backup: {error}.", "Name the folder that library backup wrote."
        ) from error


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """What the disk of a copy says, said in our errors."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and faults.kind_of(error) is None:
            raise  # a fault of our own
        if getattr(error, "errno", 0) in FULL or faults.kind_of(error) is faults.full:
            raise StorageFull(
                f"The disk is full: the copy does not fit into {target}.",
                "Free some space there, or name another folder; the last whole copy is unharmed.",
            ) from error
        if faults.kind_of(error) is faults.busy:
            raise faults.busy(str(target), faults.name_of(error)) from error
        told = getattr(error, "strerror", "") or faults.name_of(error)
        raise NotUsable(
            f"The copy could not be written into {target}: {told}.",
            "Is that disk connected, and may this user write there?",
        ) from error


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)


def _copy(source: Path, target: Path, sha256: str) -> None:
    path = originals.path_of(source, sha256)
    if path.is_file():
        originals.put(target, path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
