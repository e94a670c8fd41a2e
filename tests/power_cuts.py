"""What a power cut at the end of a test would take away.

Watches `os.fsync` and the calls that give a file or a folder its name. A name is safe once the
file was brought to the disk before it was given, and the folder it stands in afterwards; this is
what rename(2) and fsync(2) promise, and no more than that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Inode = tuple[int, int]


class Event(NamedTuple):
    """`synced` an inode; or `named` or `made` (a folder) one, as `path`."""

    what: str
    inode: Inode
    path: Path = Path()


class Disk:
    """The events below a folder, in order; what is brought to the disk anywhere."""

    def __init__(self, patch: pytest.MonkeyPatch, home: Path) -> None:
        self.home = home
        self.events: list[Event] = []
        sync = os.fsync

        def fsync(descriptor: Any) -> None:
            sync(descriptor)
            found = os.fstat(descriptor)
            self.events.append(Event("synced", (found.st_dev, found.st_ino)))

        patch.setattr(os, "fsync", fsync)
        for name in ("rename", "replace", "link"):
            patch.setattr(os, name, self._noting("named", getattr(os, name), 1))
        patch.setattr(os, "mkdir", self._noting("made", os.mkdir, 0))

    def _noting(self, what: str, call: Callable[..., Any], at: int) -> Callable[..., Any]:
        def noting(*arguments: Any, **more: Any) -> None:
            call(*arguments, **more)
            path = Path.cwd() / arguments[at]
            if path.is_relative_to(self.home):
                self.events.append(Event(what, inode(path), path))

        return noting

    def named(self) -> list[str]:
        """The names that were given and still stand, from the folder on."""
        return [
            str(path.relative_to(self.home))
            for what, held, path in self.events
            if what == "named" and path.exists() and inode(path) == held
        ]

    def lost(self) -> list[str]:
        """What of it a power cut would take, and why."""
        found = []
        for place, (what, held, path) in enumerate(self.events):
            if what == "synced" or not path.exists() or inode(path) != held:
                continue
            name = str(path.relative_to(self.home))
            if what == "named" and Event("synced", held) not in self.events[:place]:
                found.append(f"{name}: its bytes")
            if Event("synced", inode(path.parent)) not in self.events[place:]:
                found.append(f"{name}: its name")
        return found

    def synced(self, path: Path) -> int:
        """How often this file or folder was brought to the disk."""
        return self.events.count(Event("synced", inode(path)))


def inode(path: Path) -> Inode:
    found = path.stat()
    return found.st_dev, found.st_ino
