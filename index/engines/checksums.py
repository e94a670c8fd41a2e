"""Bringing files to the disk, with sums where the vendor keeps none."""

from __future__ import annotations

import json
import os
import uuid
import zlib
from collections.abc import Container
from pathlib import Path

from index.engine import IndexUnusable

SUMS = "sums.json"


def settle(folder: Path, summed: Container[str]) -> None:
    """Make what was written survive a loss of power, and note the sums of new files.

    `summed` are the endings of files that never change once written.
    """
    known = _sums(folder)
    sums = {}
    for file in sorted(folder.iterdir()):
        if file.suffix not in summed or not file.is_file():
            continue
        size = file.stat().st_size
        if known.get(file.name, (None,))[0] != size:
            sync(file)
            known[file.name] = (size, _sum(file))
        sums[file.name] = known[file.name]
    replace(folder / SUMS, json.dumps(sums))


def verify(folder: Path, known: set[str]) -> None:
    """Compare files not yet `known` with their sums. Raises IndexUnusable."""
    for name, (size, crc) in _sums(folder).items():
        file = folder / name
        if f"{folder.name}/{name}" in known or not file.exists():
            continue
        if file.stat().st_size != size or _sum(file) != crc:
            raise IndexUnusable("index damaged", file=str(file))
        known.add(f"{folder.name}/{name}")


def replace(file: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, to the disk."""
    beside = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    try:
        with beside.open("wb") as stream:
            stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync(file.parent)


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sums(folder: Path) -> dict[str, tuple[int, int]]:
    try:
        table = json.loads((folder / SUMS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {name: (size, crc) for name, (size, crc) in table.items()}


def _sum(file: Path) -> int:
    crc = 0
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            crc = zlib.crc32(chunk, crc)
    return crc
