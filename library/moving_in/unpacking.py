"""Zip files of archives, unpacked into a folder: nothing leads out of it, and nothing grows without
end. A file stays where it would have been as a folder, and links are not made.

The zip file itself is read by a confined child; this process makes files of what that says, and
looks at each name and size again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from library.core.errors import Damaged, StorageFull, TooLarge, TooSlow
from library.moving_in import confined
from library.moving_in.frames import DATA, END, FILE, PROBLEM, frames
from library.moving_in.unpacking_child import ENTRIES, RATIO
from library.store.originals import FULL, LARGEST

SECONDS = 1200.0  # by the clock
SHARE = 0.8  # of what is free on the disk that may be taken
ALWAYS = 64 * 2**20  # bytes that a zip file may unpack to, however small it is
DEEPEST = 32  # names of the place of a file: each is a folder to make, and to take away again
BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")


@contextmanager
def folder_of(path: Path, beside: Path) -> Iterator[Path]:
    """The folder of an archive: itself, or what is in its zip file, as long as it is needed.

    beside: a folder on whose disk it is unpacked. Raises Damaged, Encrypted, TooLarge, TooSlow,
    Unsupported, StorageFull.
    """
    if path.is_dir() or not _is_zip(path):
        yield path
        return
    with TemporaryDirectory(prefix="moving-in-", dir=beside) as made:
        _unpack(path.resolve(), Path(made))
        yield Path(made)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in BEGINNINGS


def _unpack(path: Path, folder: Path) -> None:
    module = "library.moving_in.unpacking_child"
    with confined.running(module, str(path), seconds=SECONDS) as said:
        try:
            whole = _write(said.output, path, folder)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            whole = False
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise StorageFull("originals full", folder=str(folder)) from error
        if said.late.is_set():
            raise TooSlow("too slow", file=path.name)
    if not whole:
        raise Damaged("zip damaged", file=path.name)


def _write(output: IO[bytes], path: Path, folder: Path) -> bool:
    """Make the files that a child tells of; whether it came to the end."""
    room = int(shutil.disk_usage(folder).free * SHARE)
    most = max(ALWAYS, RATIO * path.stat().st_size)
    number = total = size = 0
    folders: set[Path] = set()
    file: IO[bytes] | None = None
    try:
        for kind, payload in frames(output):
            if kind == DATA and file is not None:
                total, size = total + len(payload), size + len(payload)
                if size > LARGEST:
                    megabytes = LARGEST // 2**20
                    raise TooLarge("zip too large", file=path.name, megabytes=megabytes)
                if total > most:
                    raise TooLarge("zip bomb", file=path.name)
                if total > room:
                    raise StorageFull("originals full", folder=str(folder))
                file.write(payload)
            elif kind == FILE:
                if file is not None:
                    file.close()
                number, size = number + 1, 0
                if number > ENTRIES:
                    raise TooLarge("zip of too many", file=path.name, most=ENTRIES)
                file = _opened(folder, json.loads(payload), path.name, folders)
                if number + len(folders) > ENTRIES:
                    raise TooLarge("zip of too many", file=path.name, most=ENTRIES)
            elif kind == PROBLEM:
                raise confined.problem(json.loads(payload), path.name)
            elif kind == END:
                return True
        return False
    finally:
        if file is not None:
            file.close()


def _opened(folder: Path, written: str, name: str, folders: set[Path]) -> IO[bytes] | None:
    """The new file of a name; None for one that no system needs. folders: those made so far."""
    written = written.replace("\\", "/")
    parts = PurePosixPath(written).parts
    if written.startswith("/") or ".." in parts or "\0" in written or ":" in written[:2]:
        raise Damaged("zip leads out", file=name)
    if not parts or parts[0] == "__MACOSX":
        return None
    if len(parts) > DEEPEST:
        raise Damaged("nested", file=name)
    target = folder.joinpath(*parts)
    folders.update(folder.joinpath(*parts[:end]) for end in range(1, len(parts)))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("xb")
    except (FileExistsError, NotADirectoryError):
        raise Damaged("zip overlaps", file=name) from None
    except OSError as error:
        if error.errno in FULL:
            raise
        # A name that is too long, or no name of this system.
        raise Damaged("zip damaged", file=name) from error
