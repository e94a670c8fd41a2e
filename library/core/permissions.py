"""Who else on this computer may read what a library keeps: nobody, or a group where it says so.

Drafts, withdrawn documents, what readers looked for and who signs in are in the home folder. All
that a process of the library makes is closed to others by its umask: also what SQLite, an engine
or a child makes. What was made before, or by other means, is closed when the library is opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library.core.settings import BESIDE, CATALOGUE, Settings

NOBODY, GROUP = 0o077, 0o007  # what is taken from every mode

_mask = NOBODY
_before: int | None = None  # the umask this process was begun with


@dataclass(frozen=True, slots=True)
class Closed:
    """What others could read: how many were closed to them, and what could not be."""

    closed: int = 0
    open: tuple[Path, ...] = ()


def mask_of(settings: Settings) -> int:
    return GROUP if settings.shared == "group" else NOBODY


def remedy(settings: Settings) -> str:
    """What `chmod` is told, to close a home."""
    return "o=" if settings.shared == "group" else "go="


def begin(settings: Settings) -> None:
    """Let this process, and those it begins, make nothing that others may read."""
    global _mask, _before
    _mask = mask_of(settings)
    before = os.umask(_mask)
    _before = before if _before is None else _before


def narrowed(mode: int) -> int:
    """A mode for something of the library, without what others may not."""
    return mode & ~_mask


def hand_out(path: Path) -> None:
    """Give a file that was made for others the mode that this user's files have."""
    path.chmod(0o666 & ~(0o022 if _before is None else _before))


def close(settings: Settings) -> Closed:
    """Close the home to others, where it is ours; all that is in it, if the home itself was open.

    Whoever may not enter a folder reads nothing in it, so one look at the top is enough.
    """
    mask = mask_of(settings)
    if _wide(settings.home, mask):
        return close_all(settings.home, mask)
    return _closed(_top(settings), mask)


def close_all(folder: Path, mask: int) -> Closed:
    """Close a folder and all that is in it, where it is ours."""
    return _closed(every(folder), mask)


def open_to_others(settings: Settings) -> Iterator[Path]:
    """Everything in the home whose mode says that others may have it."""
    mask = mask_of(settings)
    yield from (path for path in every(settings.home) if _wide(path, mask))
    yield from (path for path in _elsewhere(settings) if _wide(path, mask))


def every(folder: Path) -> Iterator[Path]:
    """A folder and all that is in it; links are not followed, and have no mode of their own."""
    yield folder
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink():
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from every(Path(entry.path))
                else:
                    yield Path(entry.path)
    except OSError:
        return  # gone meanwhile, or not ours to look into


def is_ours(path: Path) -> bool:
    """Whether this user may change who reads it."""
    try:
        return os.geteuid() in (0, path.stat().st_uid)
    except OSError:
        return False


def _top(settings: Settings) -> Iterator[Path]:
    yield from (settings.home / f"{CATALOGUE}{end}" for end in BESIDE)
    yield from (
        settings.originals,
        settings.copies,
        settings.index,
        settings.images,
        settings.vocabularies,
    )
    yield from _elsewhere(settings)


def _elsewhere(settings: Settings) -> Iterator[Path]:
    """The files of a catalogue that lies outside the home."""
    if settings.database.startswith("sqlite:///"):
        name = settings.database.removeprefix("sqlite:///").partition("?")[0]
        yield from (Path(f"{name}{end}") for end in BESIDE)


def _closed(paths: Iterator[Path], mask: int) -> Closed:
    closed, left = 0, []
    for path in paths:
        if not (mode := _wide(path, mask)):
            continue
        try:
            path.chmod(mode & ~mask)
            closed += 1
        except OSError:
            left.append(path)
    return Closed(closed, tuple(left))


def _wide(path: Path, mask: int) -> int:
    """The mode of something that others may have; 0 where they may not, or it is not there."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
    return mode if mode & mask else 0
