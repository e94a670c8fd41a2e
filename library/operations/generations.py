"""Backups from before, in the folder of the newest: a list and a catalogue each, which share its
originals.

What somebody took away by mistake, or a disk spoiled unseen, is in each backup made since. So those
from before are kept, fewer the older they are; one that was fuller and told to give way stays.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from library.core.settings import NAMES
from library.store import originals
from library.store.homes import MANIFEST

REPLACED, EARLIER = FOLDERS = ("replaced", "earlier")
NAMED = "%Y%m%d-%H%M%S"  # by when it was made, in UTC
KEPT = ((7, "%Y-%m-%d"), (4, "%G-%V"), (12, "%Y-%m"))  # days, weeks and months


def keep(
    target: Path, where: str, made: str = "", names: Sequence[str] = (*NAMES, MANIFEST)
) -> Path:
    """Copy the catalogue and the list of a backup that is to give way; where they are.

    made: when that was; "" for now. names: what they are called there; the list after the
    catalogue, since without one it is no backup. Raises OSError.
    """
    moment = datetime.fromisoformat(made) if made else datetime.now(UTC)
    kept = target / where / moment.astimezone(UTC).strftime(NAMED)
    originals.make(kept)
    for name in names:
        if (target / name).is_file():
            shutil.copyfile(target / name, kept / name)
            originals.settle(kept / name)
    originals.settle(kept)
    return kept


def every(target: Path) -> list[datetime]:
    """When the backups from before were made that a folder holds, the newest first."""
    found = []
    for folder in (target / EARLIER).glob("*-*"):
        with suppress(ValueError):
            found.append(datetime.strptime(folder.name, NAMED).replace(tzinfo=UTC))
    return sorted(found, reverse=True)


def to_keep(made: Sequence[datetime]) -> frozenset[datetime]:
    """Which of these are kept: the newest of each of the last days, weeks and months with any."""
    kept: set[datetime] = set()
    for number, span in KEPT:
        newest: dict[str, datetime] = {}
        for moment in sorted(made, reverse=True):
            newest.setdefault(moment.strftime(span), moment)
        kept |= set(list(newest.values())[:number])
    return frozenset(kept)


def thin(target: Path) -> None:
    """Let go of those that are not kept any more; originals all stay. Raises OSError."""
    made = every(target)
    for moment in set(made) - to_keep(made):
        folder = target / EARLIER / moment.strftime(NAMED)
        for name in (MANIFEST, *NAMES):
            (folder / name).unlink(missing_ok=True)
            (folder / f"{name}.age").unlink(missing_ok=True)
        (folder / "about.json").unlink(missing_ok=True)
        with suppress(OSError):  # somebody put something there
            folder.rmdir()
