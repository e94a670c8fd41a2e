"""One consistent copy of a library, and a working library from it.

The catalogue is copied first, by SQLite's own online backup; then the originals it names, which
never change. So every original the copied catalogue names is in the copy.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from pathlib import Path

from library import originals
from library.catalogue import Catalogue, open_catalogue, people, reading
from library.errors import NotUsable, UsageError
from library.settings import Settings

MANIFEST = "manifest.json"
CATALOGUE = "catalogue.sqlite"


def backup(settings: Settings, catalogue: Catalogue, target: Path) -> int:
    """Copy the library into the folder `target`; how many originals it holds.

    A folder with an earlier backup is brought up to date: originals in it are not copied again.
    Raises UsageError, NotUsable.
    """
    if settings.database:
        raise UsageError(
            "This library's catalogue is in a database server.",
            "Back it up with the server's own tool, and copy the folder of originals.",
        )
    if target.exists() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise UsageError(
            f"{target} is not empty and holds no earlier backup.", "Name another folder."
        )
    target.mkdir(parents=True, exist_ok=True)
    part = target / f"{CATALOGUE}.part"
    part.unlink(missing_ok=True)
    with (
        sqlite3.connect(settings.home / CATALOGUE) as source,
        sqlite3.connect(part) as copy,
    ):
        source.backup(copy)
    source.close()
    copy.close()
    copied = open_catalogue(Settings(database=f"sqlite:///{part}"))
    try:
        with copied.read() as conn:
            held = dict(reading.originals(conn))
    finally:
        copied.close()
    for sha256 in held:
        _copy(settings.originals, target / "originals", sha256)
    part.replace(target / CATALOGUE)
    manifest = {"catalogue": _digest(target / CATALOGUE), "originals": held}
    written = target / f"{MANIFEST}.part"
    with written.open("w", encoding="utf-8") as file:
        json.dump(manifest, file)
        file.flush()
        os.fsync(file.fileno())
    written.replace(target / MANIFEST)
    return len(held)


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
    try:
        manifest = json.loads((source / MANIFEST).read_text("utf-8"))
        held: dict[str, int] = manifest["originals"]
        whole = manifest["catalogue"] == _digest(source / CATALOGUE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{source} is not a backup: {error}.", "Name the folder that library backup wrote."
        ) from error
    damaged = [sha for sha in held if not originals.verify(source / "originals", sha)]
    if not whole or damaged:
        what = "its catalogue" if not whole else f"{len(damaged)} of its originals"
        raise NotUsable(f"The backup in {source} is damaged: {what}.", "Use an older backup.")
    home.mkdir(parents=True, exist_ok=True)
    for sha256 in held:
        _copy(source / "originals", settings.originals, sha256)
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


def _copy(source: Path, target: Path, sha256: str) -> None:
    path = originals.path_of(source, sha256)
    if path.is_file():
        originals.put(target, path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
