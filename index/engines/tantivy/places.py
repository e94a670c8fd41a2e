"""Where the terms of a work stand, in chunks of bytes that are read without being taken apart.

Tantivy's own positions cannot be asked for from Python. A chunk is

    n            4 bytes
    starts       (n + 1) × 4 bytes: where each key begins, and where the last ends
    at           (n + 1) × 4 bytes: the same of the values
    keys         sorted: a letter for the field, then the term in UTF-8
    values       a letter for the width, then the distance of each position from the one before

A work of many words has several chunks, and a sum of the key says in which one it is.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import sub

from index.fields import FIELDS
from index.inverting import Places

CHUNK = 1 << 14  # bytes that one is to have, about; Tantivy's own blocks are of this size

_WORD = 4
_WIDTHS = (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFF_FFFF))
# Their order belongs to the schema: whoever changes it raises SCHEMA_VERSION.
_LETTERS = {field.name: chr(ord("a") + number) for number, field in enumerate(FIELDS)}


class Chunk:
    """One chunk, read from its bytes."""

    __slots__ = ("_at", "_keys", "_starts", "_values", "size")

    def __init__(self, packed: bytes) -> None:
        self.size = len(packed)
        count = int.from_bytes(packed[:_WORD], "little")
        table = _WORD * (count + 1)
        self._starts = _numbers("I", packed[_WORD : _WORD + table])
        self._at = _numbers("I", packed[_WORD + table : _WORD + 2 * table])
        keys = _WORD + 2 * table
        self._keys = packed[keys : keys + self._starts[-1]]
        self._values = packed[keys + self._starts[-1] :]

    def find(self, key: bytes) -> list[int]:
        """The positions of one key, ascending; none where the work does not hold it."""
        starts, keys = self._starts, self._keys
        place = bisect_left(
            range(len(starts) - 1), key, key=lambda i: keys[starts[i] : starts[i + 1]]
        )
        if place == len(starts) - 1 or keys[starts[place] : starts[place + 1]] != key:
            return []
        value = self._values[self._at[place] : self._at[place + 1]]
        return list(accumulate(_numbers(chr(value[0]), value[1:])))


def key_of(field: str, term: str) -> bytes:
    """The key of a term in a field."""
    return (_LETTERS[field] + term).encode("utf-8", "surrogatepass")


def chunk_of(key: bytes, chunks: int) -> int:
    """Which of the chunks of a work holds a key."""
    return zlib.crc32(key) % chunks


def pack(places: Mapping[str, Places]) -> list[bytes]:
    """The chunks of one work, at least one."""
    entries = sorted(
        (key_of(field, term), _packed(positions))
        for field, held in places.items()
        for term, positions in held.items()
    )
    whole = sum(len(key) + len(value) + 2 * _WORD for key, value in entries)
    count = max(1, round(whole / CHUNK))
    chunks: list[list[tuple[bytes, bytes]]] = [[] for _ in range(count)]
    for entry in entries:
        chunks[chunk_of(entry[0], count)].append(entry)
    return [_chunk(one) for one in chunks]


def _packed(positions: Iterable[int]) -> bytes:
    held = list(positions)
    distances = list(map(sub, held, (0, *held)))
    widest = max(distances, default=0)
    width = next(letter for letter, most in _WIDTHS if widest <= most)
    return width.encode() + array(width, distances).tobytes()


def _chunk(entries: list[tuple[bytes, bytes]]) -> bytes:
    keys, values = [key for key, _ in entries], [value for _, value in entries]
    return b"".join(
        (
            len(entries).to_bytes(_WORD, "little"),
            array("I", accumulate(map(len, keys), initial=0)).tobytes(),
            array("I", accumulate(map(len, values), initial=0)).tobytes(),
            *keys,
            *values,
        )
    )


def _numbers(width: str, packed: bytes) -> array[int]:
    numbers = array(width)
    numbers.frombytes(packed)
    return numbers
