"""How a child says what is in a zip file: pieces, each with its kind and its length."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import IO

FILE, DATA, PROBLEM, END = b"f", b"d", b"p", b"e"
PIECE = 2**20  # bytes of one, at most
_HEAD = Struct("!cI")


def frame(kind: bytes, payload: bytes) -> bytes:
    return _HEAD.pack(kind, len(payload)) + payload


def frames(output: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """(kind, payload), to the end. Raises ValueError for what is none."""
    while head := output.read(_HEAD.size):
        if len(head) < _HEAD.size:
            raise ValueError("cut")
        kind, length = _HEAD.unpack(head)
        payload = output.read(length) if length <= PIECE else b""
        if len(payload) != length:
            raise ValueError("cut")
        yield kind, payload
