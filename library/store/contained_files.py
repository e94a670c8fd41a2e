"""A file by its place under a folder, opened so that nothing outside that folder is ever read.

A folder that others may write to can change between the moment a file is looked at and the moment
it is read: a link may stand where a file stood. So the way to a file is walked anew when it is
opened, one name after another, and no link on it is followed; what is opened is asked once more
whether it is a file at all. None of this waits for a pipe that nobody writes to.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class NotAFile(OSError):
    """A device, a pipe or a socket."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies: a folder, without links in its own path, and the names below it."""

    folder: Path
    names: tuple[str, ...]

    @property
    def path(self) -> Path:
        return self.folder.joinpath(*self.names)


def place_of(path: Path, folder: Path) -> Place | None:
    """Where a path leads, all links followed; None where that is not below `folder`.

    folder: without links in its own path. A link that leads nowhere has a place too; one that
    leads in a circle has none.
    """
    try:
        real = Path(os.path.realpath(path))
        names = real.relative_to(folder).parts
    except (OSError, ValueError):
        return None
    return None if real.is_symlink() else Place(folder, names)


def opened(path: Path, place: Place | None = None) -> BinaryIO:
    """A file to be read. place: where it was found; without one, links are followed.

    Raises OSError, of which NotAFile is for what is neither a file nor a folder.
    """
    try:
        descriptor = _beneath(place) if place else os.open(path, _FILE)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ENODEV):  # a socket, or a device that is not there
            raise NotAFile(f"{path}") from error
        raise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise NotAFile(f"{path}")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _beneath(place: Place) -> int:
    if not place.names:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place.folder))
    folder = os.open(place.folder, _FOLDER)
    try:
        for name in place.names[:-1]:
            inner = os.open(name, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(place.names[-1], _FILE | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)
