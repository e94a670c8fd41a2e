"""The names in an old Office file (a Compound File, [MS-CFB]), and its streams.

To tell what such a file is at most a few hundred sectors are looked at.
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
PIECE = 64  # bytes of a sector of small streams
SMALL = 4096  # bytes below which a stream lies elsewhere


def streams(file: BinaryIO) -> dict[str, bytes]:
    """Names, in small letters, of the streams at the top, with the first 64 bytes of the larger.

    What is embedded in the file has streams of its own further down. {} if damaged. `file` is
    left at its start.
    """
    try:
        return {
            name: _read(file, start, size, 64) if amount >= SMALL else b""
            for name, start, amount, size in _streams(file)
        }
    except (struct.error, ValueError, OverflowError):
        return {}
    finally:
        file.seek(0)


def place_of(file: BinaryIO, name: str, offset: int) -> int | None:
    """Where in the file a byte near the start of a stream stands; None where there is none.

    A small stream lies in pieces of 64 bytes in the stream of the root ([MS-CFB] 2.2, 2.4).
    """
    try:
        for stream, start, amount, size in _streams(file):
            if stream == name and offset < amount:
                if amount >= SMALL:
                    return _sector(file, start, offset // size, size) + offset % size
                return _small(file, start, offset, size)
    except (struct.error, ValueError, OverflowError):
        pass
    finally:
        file.seek(0)
    return None


def content(file: BinaryIO, name: str, most: int) -> bytes:
    """A stream at the top; b"" where there is none, it is damaged, or has more than `most` bytes.

    `file` is left at its start.
    """
    try:
        for stream, start, amount, size in _streams(file):
            if stream == name and amount <= most:
                places = _places(file, start, amount, size)
                return b"".join(_at(file, place, piece) for place, piece in places)[:amount]
    except (struct.error, ValueError, OverflowError):
        pass
    finally:
        file.seek(0)
    return b""


def _places(file: BinaryIO, start: int, amount: int, size: int) -> Iterator[tuple[int, int]]:
    """Where each piece of a stream stands, and how long it is."""
    if amount >= SMALL:
        for sector in _chain(file, start, amount // size + 1, size):
            yield (sector + 1) * size, size
        return
    for offset in range(0, amount, PIECE):
        yield _small(file, start, offset, size), PIECE


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _chain(file: BinaryIO, sector: int, most: int, size: int) -> Iterator[int]:
    """The sectors of a chain, in their order."""
    tables = struct.unpack_from(f"<{IN_HEADER}L", _header(file), 76)
    for _ in range(most):
        table, within = divmod(sector, size // 4)
        if sector >= LAST or table >= IN_HEADER:
            return
        yield sector
        sector = _number(file, (tables[table] + 1) * size + 4 * within)


def _small(file: BinaryIO, start: int, offset: int, size: int) -> int:
    header = _header(file)
    first, piece = struct.unpack_from("<L", header, 60)[0], start
    for _ in range(offset // PIECE):
        place = _sector(file, first, 4 * piece // size, size) + 4 * piece % size
        piece = _number(file, place)
    root = _read(file, struct.unpack_from("<L", header, 48)[0], size, ENTRY)
    within = piece * PIECE + offset % PIECE
    chain = struct.unpack_from("<L", root, 116)[0]
    return _sector(file, chain, within // size, size) + within % size


def _sector(file: BinaryIO, sector: int, steps: int, size: int) -> int:
    """Where the sector that follows another after so many steps begins. Raises ValueError."""
    tables = struct.unpack_from(f"<{IN_HEADER}L", _header(file), 76)
    for _ in range(min(steps, SECTORS)):
        table, within = divmod(sector, size // 4)
        if table >= IN_HEADER or sector >= LAST:
            raise ValueError("a chain that ends too soon")
        sector = _number(file, (tables[table] + 1) * size + 4 * within)
    if sector >= LAST or steps > SECTORS:
        raise ValueError("a chain that ends too soon")
    return (sector + 1) * size


def _header(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(512)


def _number(file: BinaryIO, place: int) -> int:
    file.seek(place)
    return int(struct.unpack("<L", file.read(4))[0])


def _streams(file: BinaryIO) -> list[tuple[str, int, int, int]]:
    """Name, first sector, bytes, and bytes of a sector, of each stream at the top."""
    file.seek(0)
    header = file.read(512)
    size = 1 << min(12, struct.unpack_from("<H", header, 30)[0])
    if not header.startswith(MAGIC) or size not in (512, 4096):
        return []
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
    result: list[tuple[str, int, int, int]] = []
    for entry in _top(entries):
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[66] == STREAM and 2 <= length <= 64:
            name = entry[: length - 2].decode("utf-16-le", "replace").lower()
            start, amount = struct.unpack_from("<LL", entry, 116)
            result.append((name, start, amount, size))
    return result


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
