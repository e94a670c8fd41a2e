"""The names in an old Office file (a Compound File, [MS-CFB]) and the beginnings of its streams.

Enough to tell what such a file is; at most a few hundred sectors are looked at.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTORS = 400  # of the directory at most
IN_HEADER = 109  # entries of the list of allocation tables that stand in the header
ENTRY = 128
STREAM = 2
LAST = 0xFFFFFFF0  # sectors from here on are none
SMALL = 4096  # bytes below which a stream lies elsewhere


def streams(file: BinaryIO) -> dict[str, bytes]:
    """Names, in small letters, of the streams at the top, with the first 64 bytes of the larger.

    What is embedded in the file has streams of its own further down. {} if damaged. `file` is
    left at its start.
    """
    try:
        return _streams(file)
    except (struct.error, ValueError, OverflowError):
        return {}
    finally:
        file.seek(0)


def _streams(file: BinaryIO) -> dict[str, bytes]:
    file.seek(0)
    header = file.read(512)
    size = 1 << min(12, struct.unpack_from("<H", header, 30)[0])
    if not header.startswith(MAGIC) or size not in (512, 4096):
        return {}
    sector = struct.unpack_from("<L", header, 48)[0]
    tables = struct.unpack_from(f"<{IN_HEADER}L", header, 76)
    entries: list[bytes] = []
    seen: set[int] = set()
    while sector not in seen and len(seen) < SECTORS and sector < LAST:
        seen.add(sector)
        data = _read(file, sector, size, size)
        entries += [data[at : at + ENTRY] for at in range(0, len(data) - ENTRY + 1, ENTRY)]
        table, within = divmod(sector, size // 4)
        if table >= IN_HEADER:
            break
        sector = struct.unpack("<L", _read(file, tables[table], size, 4, 4 * within))[0]
    found: dict[str, bytes] = {}
    for entry in _top(entries):
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[66] == STREAM and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace").lower()
            start, amount = struct.unpack_from("<LL", entry, 116)
            found[name] = _read(file, start, size, 64) if amount >= SMALL else b""
    return found


def _top(entries: list[bytes]) -> Iterator[bytes]:
    """The entries below the first, which is the root; they hang together as a tree."""
    waiting = [struct.unpack_from("<L", entries[0], 76)[0]] if entries else []
    seen: set[int] = set()
    while waiting:
        place = waiting.pop()
        if place in seen or place >= len(entries):
            continue
        seen.add(place)
        waiting += struct.unpack_from("<LL", entries[place], 68)
        yield entries[place]


def _read(file: BinaryIO, sector: int, size: int, length: int, within: int = 0) -> bytes:
    file.seek((sector + 1) * size + within)
    return file.read(length)
