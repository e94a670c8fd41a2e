"""The files of an index in Tantivy, and whether a disk has changed them.

Each file of a segment ends with a footer, {"version": …, "crc": …} in JSON, then its length and a
mark, 4 bytes each; Tantivy writes the sum and never looks at it. Read damaged, a file may stop the
whole process from a thread of Tantivy's, so no index is opened before its sums are compared.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from index.engine import IndexUnusable

LISTED = "meta.json"  # the segments of the last commit or merge; replaced by rename
ENDINGS = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term")
REMOVED = ".del"

_MARK = (1337).to_bytes(4, "little")
_LONGEST = 1 << 10  # bytes of a footer; those seen have 86


def stamp(folder: Path, generation: str) -> str:
    """What tells one state of an index from another."""
    listed = (folder / LISTED).read_bytes()
    return f"{generation}.{hashlib.blake2b(listed, digest_size=8).hexdigest()}"


def verify(folder: Path, known: set[str]) -> None:
    """Compare the files in use that are not yet `known` with their sums. Raises IndexUnusable.

    Raises FileNotFoundError where a commit removes a file meanwhile, or it is missing.
    """
    used = {f"{folder.name}/{name}": folder / name for name in _used(folder)}
    for key, file in used.items():
        if key not in known:
            with file.open("rb") as stream:
                if not _is_sound(stream, file.stat().st_size):
                    raise IndexUnusable("index damaged", file=str(file))
    known.clear()
    known.update(used)


def is_whole(folder: Path) -> bool:
    """Whether the files in use are what their sums say."""
    try:
        verify(folder, set())
    except (IndexUnusable, ValueError, LookupError, TypeError, OSError):
        return False
    return True


def _used(folder: Path) -> Iterator[str]:
    listed = json.loads((folder / LISTED).read_bytes())
    for segment in listed["segments"]:
        name = str(segment["segment_id"]).replace("-", "")
        yield from (name + ending for ending in ENDINGS)
        if segment["deletes"]:
            yield f"{name}.{segment['deletes']['opstamp']}{REMOVED}"


def _is_sound(stream: BinaryIO, size: int) -> bool:
    stream.seek(max(0, size - 8))
    end = stream.read()
    length = int.from_bytes(end[:4], "little")
    if len(end) < 8 or end[4:] != _MARK or not 0 < length <= min(_LONGEST, size - 8):
        return False
    stream.seek(size - 8 - length)
    try:
        footer: Any = json.loads(stream.read(length))
        expected = int(footer["crc"])
    except (ValueError, LookupError, TypeError):
        return False
    stream.seek(0)
    crc, left = 0, size - 8 - length
    while left and (chunk := stream.read(min(left, 1 << 20))):
        crc = zlib.crc32(chunk, crc)
        left -= len(chunk)
    return crc == expected
