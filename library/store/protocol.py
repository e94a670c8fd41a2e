"""What keeps files by name, for one machine or several: a folder, or a bucket of S3.

A name is a path with strokes, such as `originals/ab/cd/…`. What is put under one is whole there or
not at all; it is not changed afterwards, but for what `write` is told to keep.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1 << 20
ORIGINALS = "originals/"


def name_of(sha256: str) -> str:
    """What an original is called in a store."""
    return f"{ORIGINALS}{sha256[:2]}/{sha256[2:4]}/{sha256}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a stored file without reading it. changed: Unix seconds."""

    bytes: int
    changed: float


class Store(Protocol):
    """Files by name. All raise Unreachable, StorageFull, NotUsable where the store is at fault."""

    @property
    def where(self) -> str:
        """As it may be shown and noted."""

    def put(self, name: str, file: Path, *, replace: bool = False) -> bool:
        """Keep a copy of a file if there is none of this name; whether it is new.

        When this returns it cannot be lost. replace: also where there is one, which is broken.
        """

    def write(self, name: str, data: bytes) -> None:
        """Keep these few bytes under a name, in place of what was there."""

    def open(self, name: str, first: int = 0, size: int | None = None) -> BinaryIO:
        """What is stored, from a byte on, and so many; to be read once. Raises Unreadable where
        it is missing, Unreachable where it does not come whole.
        """

    def facts(self, name: str) -> Facts | None:
        """How large a file is, and since when it is there; None where it is missing."""

    def every(self, prefix: str) -> Iterator[tuple[str, Facts]]:
        """Every name that begins so, in their order."""

    def move(self, name: str, other: str) -> None:
        """Keep a file under another name. Raises Unreadable where it is missing."""

    def remove(self, name: str) -> None:
        """Keep it no more; no error where it is missing."""


def checksum(store: Store, name: str) -> tuple[str, int]:
    """SHA-256 and size in bytes of a stored file, read whole. Raises as `Store.open`."""
    digest, size = hashlib.sha256(), 0
    with store.open(name) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def verify(store: Store, name: str, sha256: str) -> bool:
    """Whether a stored file has this checksum. Raises Unreadable where it is missing."""
    return checksum(store, name)[0] == sha256
