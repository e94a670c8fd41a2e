"""An archive of another system, read in a child that can harm nothing, and what it says checked."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from library.core.errors import Damaged, TooLarge, TooSlow
from library.moving_in import confined
from library.moving_in.record import Record, Unread, unpacked

SECONDS = 1200.0  # by the clock
MOST = 200_000  # records
LINE = 64 * 2**20  # bytes of one record
TOTAL = 2**30  # bytes of all: a few words of a file may be said of every record


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive holds. folder: below the archive, where its files are looked for first."""

    format: str
    folder: str
    records: tuple[Record, ...]
    unread: tuple[Unread, ...] = ()


def read(path: Path, format: str = "") -> Archive:
    """All records of a file or folder. format: a name of `formats`; "": it is told.

    Raises InputError: Unsupported, Damaged, TooLarge, TooSlow.
    """
    name, folder = format, "."
    records: list[Record] = []
    unread: list[Unread] = []
    whole, room = False, TOTAL
    with closing(_lines(path.resolve(), format)) as lines:
        for line in lines:
            room -= len(line)
            if room < 0:
                raise TooLarge("archive too large", file=path.name, megabytes=TOTAL // 10**6)
            try:
                said = json.loads(line)
                if "format" in said:
                    name, folder = str(said["format"]), str(said["folder"])
                elif "record" in said:
                    one = unpacked(said["record"])
                    (unread if isinstance(one, Unread) else records).append(one)  # type: ignore[arg-type]
                elif "message" in said:
                    raise confined.problem(said, path.name)
                else:
                    whole = True
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise Damaged("archive nonsense", file=path.name) from None
            if len(records) > MOST:
                raise TooLarge("archive of too many", file=path.name, most=MOST)
    if not whole:
        raise Damaged("archive nonsense", file=path.name)
    return Archive(name, folder, tuple(records), tuple(unread))


def _lines(path: Path, format: str) -> Generator[bytes]:
    module = "library.moving_in.child"
    with confined.running(module, format, str(path), seconds=SECONDS) as said:
        while line := said.output.readline(LINE):
            if not line.endswith(b"\n"):
                raise Damaged("archive nonsense", file=path.name)
            yield line
        if said.late.is_set():
            raise TooSlow("too slow", file=path.name)
