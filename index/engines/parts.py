"""The text of a work as engines store it: some pieces to a part, each part found by its key."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from index.inversion import Inverted

PIECES_TOGETHER = 16

_BETWEEN = "\x00"  # in no identifier


def parts(made: Inverted) -> Iterator[tuple[str, bytes]]:
    """(key, packed) of each part: the table of pages, then the pieces."""
    yield part_key(made.id), pack(made.table)
    for first in range(0, len(made.pieces), PIECES_TOGETHER):
        number = first // PIECES_TOGETHER
        yield part_key(made.id, number), pack(list(made.pieces[first : first + PIECES_TOGETHER]))


def part_key(id: str, number: int | None = None) -> str:
    """What finds one part of a work's text; without a number, its table of pages."""
    return f"{id}{_BETWEEN}{'' if number is None else number}"


def piece_of(piece: int) -> tuple[int, int]:
    """The part that a piece is in, and its place there."""
    return divmod(piece, PIECES_TOGETHER)


def pack(content: object) -> bytes:
    """What is of JSON's types, small."""
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))


def unpack(packed: bytes) -> Any:
    """What `pack` packed."""
    return json.loads(zlib.decompress(packed))
