"""Where the terms of a work stand, in chunks of bytes that are read without being taken apart.

Tantivy's own positions cannot be asked for from Python. A chunk is

    n            4 bytes: how long the keys are
    keys         NUL, then each with a NUL after it: a letter for the field, and the term in UTF-8
    at           4 bytes each: where the value of each key begins, and where the last ends
    values       a letter for the width, then the distance of each position from the one before

A key is looked for as bytes in bytes, which is quicker in Python than to bisect, and the NULs
before it say which it is. A work of many words has several chunks, and a sum of the key says in
which one it is.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate
from operator import sub

from index.fields import FIELDS
from index.inversion import Places

CHUNK = 1 << 14  # bytes that one is to have, about; Tantivy's own blocks are of this size

_WORD = 4
_NUL = b"\x00"
_WIDTHS = (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFF_FFFF))
# Their order belongs to the schema: whoever changes it raises SCHEMA_VERSION.
_LETTERS = {field.name: chr(ord("a") + number) for number, field in enumerate(FIELDS)}


class Chunk:
    """One chunk, read from its bytes."""

    __slots__ = ("_at", "_keys", "_values", "size")

    def __init__(self, packed: bytes) -> None:
        self.size = len(packed)
        end = _WORD + int.from_bytes(packed[:_WORD], "little")
        self._keys = packed[_WORD:end]
        values = end + _WORD * self._keys.count(_NUL)
        self._at = _numbers("I", packed[end:values])
        self._values = packed[values:]

    def find(self, key: bytes) -> list[int]:
        """The positions of one key, ascending; none where the work does not hold it."""
        at = self._keys.find(key)
        if at < 0:
            return []
        place = self._keys.count(_NUL, 0, at)
        begin, end = self._at[place], self._at[place + 1]
        width = chr(self._values[begin])
        return list(accumulate(_numbers(width, self._values[begin + 1 : end])))


def key_of(field: str, term: str) -> bytes:
    """The key of a term in a field, as it is looked for. No term holds a NUL."""
    return f"\x00{_LETTERS[field]}{term}\x00".encode("utf-8", "surrogatepass")


def chunk_of(key: bytes, chunks: int) -> int:
    """Which of the chunks of a work holds a key."""
    return zlib.crc32(key) % chunks


def pack(places: Mapping[str, Places]) -> list[bytes]:
    """The chunks of one work, at least one."""
    entries = sorted(
        (key_of(field, term), _packed(positions))
        for field, terms in places.items()
        for term, positions in terms.items()
    )
    whole = sum(len(key) + len(value) + _WORD for key, value in entries)
    count = max(1, round(whole / CHUNK))
    chunks: list[list[tuple[bytes, bytes]]] = [[] for _ in range(count)]
    for entry in entries:
        chunks[chunk_of(entry[0], count)].append(entry)
    return [_chunk(chunk) for chunk in chunks]


def _packed(positions: Iterable[int]) -> bytes:
    numbers = list(positions)
    distances = list(map(sub, numbers, (0, *numbers)))
    widest = max(distances, default=0)
    width = next(letter for letter, most in _WIDTHS if widest <= most)
    return width.encode() + array(width, distances).tobytes()


def _chunk(entries: list[tuple[bytes, bytes]]) -> bytes:
    keys = _NUL + b"".join(key[1:] for key, _ in entries)
    values = [value for _, value in entries]
    at = array("I", accumulate(map(len, values), initial=0)).tobytes()
    return b"".join((len(keys).to_bytes(_WORD, "little"), keys, at, *values))


def _numbers(width: str, packed: bytes) -> array[int]:
    numbers = array(width)
    numbers.frombytes(packed)
    return numbers
