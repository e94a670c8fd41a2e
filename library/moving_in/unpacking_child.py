"""`python -m library.moving_in.unpacking_child PATH PARENT`: a zip file read where it can harm
nothing. It confines itself before it looks at a byte; it writes no file, and says what is in it."""

from __future__ import annotations

import json
import lzma
import os
import stat
import sys
import zipfile
import zlib
from pathlib import Path

from library.core.errors import Damaged, Encrypted, InputError, TooLarge, Unsupported
from library.moving_in.frames import DATA, END, FILE, PIECE, PROBLEM, frame
from library.sandbox.confinement import confine

MEMORY, SECONDS = 2**30, 600.0  # bytes of address space, seconds of processor time
ENTRIES = 100_000
RATIO = 200  # of unpacked to packed bytes of one file
SPARED = 2**20  # bytes that a file may have, whatever the ratio
LOCKED = 0x1


def main(path: Path, parent: int) -> None:
    code = [entry for entry in sys.path if entry]
    confine(readable=[*code, str(path)], memory=MEMORY, seconds=SECONDS, nice=5, parent=parent)
    try:
        _tell(path)
        _say(END, b"")
    except InputError as problem:
        said = {"reason": problem.reason, "message": problem.message.json()}
        _say(PROBLEM, json.dumps(said).encode())
    sys.stdout.buffer.flush()
    os._exit(0)


def _tell(path: Path) -> None:
    """Every file of an archive. Raises Damaged, Encrypted, TooLarge, Unsupported."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > ENTRIES:
                raise TooLarge("zip of too many", file=path.name, most=ENTRIES)
            for entry in entries:
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise Damaged("zip links", file=path.name)
                if not entry.is_dir():
                    _one(archive, entry, path.name)
    except MemoryError:
        raise TooLarge("zip of too many", file=path.name, most=ENTRIES) from None
    except NotImplementedError as error:
        raise Unsupported("zip method", file=path.name) from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError) as error:
        raise Damaged("zip damaged", file=path.name) from error


def _one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    if entry.flag_bits & LOCKED:
        raise Encrypted("locked", file=name)
    _say(FILE, json.dumps(entry.filename).encode())
    size = 0
    try:
        with archive.open(entry) as source:
            while piece := source.read(PIECE):
                size += len(piece)
                if size > SPARED and size > RATIO * max(1, entry.compress_size):
                    raise TooLarge("zip bomb", file=name)
                _say(DATA, piece)
    except RuntimeError as error:
        raise Damaged("zip damaged", file=name) from error


def _say(kind: bytes, payload: bytes) -> None:
    sys.stdout.buffer.write(frame(kind, payload))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
