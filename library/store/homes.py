"""Folders that a library made for itself: its home, another one's, a backup.

No document is in them. A home is often inside the folder of documents (`./var` is where it is
unless somebody says otherwise), and would be brought in again and again: every original makes the
catalogue grow. It is told by what it is, not by its path: a link and a mount lead to the same
folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from library.core.errors import UsageError
from library.core.settings import BESIDE, NAMES, Settings
from library.store.originals import shown

MANIFEST = "manifest.json"
ORIGINALS = "originals"
_ORIGINAL = re.compile(r"[0-9a-f]{64}")

Identity = tuple[int, int]  # device and number of a folder or file


@dataclass(frozen=True, slots=True)
class Home:
    """What belongs to the library that is open, as the system knows it."""

    path: Path
    _folders: frozenset[Identity] = field(default_factory=frozenset)
    _files: frozenset[Identity] = field(default_factory=frozenset)

    def has(self, folder: Path) -> bool:
        """Whether this folder is the home, or one of those right below it."""
        return _identity(folder) in self._folders

    def has_file(self, path: Path) -> bool:
        """Whether this file is the catalogue, where that lies outside the home."""
        return bool(self._files) and _identity(path) in self._files

    def refuse(self, path: Path) -> None:
        """Raises UsageError for a path in the home: what is there is the library's own."""
        real = Path(os.path.realpath(path))
        if any(self.has(folder) for folder in (real, *real.parents)):
            raise UsageError("folder of this library", file=shown(path), folder=shown(self.path))


def home_of(settings: Settings) -> Home:
    """The home of these settings as it is now; it should be there."""
    inside = [
        settings.home,
        settings.originals,
        settings.copies,
        settings.index,
        settings.images,
        settings.vocabularies,
    ]
    folders = {identity for path in inside if (identity := _identity(path))}
    files: set[Identity] = set()
    if settings.database.startswith("sqlite:"):
        database = settings.database.partition(":///")[2]
        files = {identity for end in BESIDE if (identity := _identity(Path(database + end)))}
    return Home(settings.home, frozenset(folders), frozenset(files))


def is_library(folder: Path, folders: Collection[str], files: Collection[str]) -> bool:
    """Whether a folder that holds these is the home of any library, or a backup of one."""
    beside = ORIGINALS in folders or "index" in folders or MANIFEST in files
    if beside and any(name in files for name in NAMES):
        return True
    return ORIGINALS in folders and _holds_originals(folder / ORIGINALS)


def _holds_originals(folder: Path) -> bool:
    """Whether files lie here under their checksums, the first of them at least."""
    here = folder
    for depth in range(3):
        pattern = re.compile(r"[0-9a-f]{2}") if depth < 2 else _ORIGINAL
        try:
            names = [path.name for path in here.iterdir() if pattern.fullmatch(path.name)]
        except OSError:
            return False
        if not names:
            return False
        here = here / min(names)
    return True


def _identity(path: Path) -> Identity | None:
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino
