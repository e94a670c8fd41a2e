"""Room for files that can be had again: the oldest go first."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def thin(files: Iterable[Path], limit: int) -> None:
    """Remove the files that were used longest ago until the rest fit into `limit` bytes."""
    kept = []
    for path in files:
        with suppress(OSError):  # another process was quicker
            known = path.stat()
            kept.append((known.st_mtime, known.st_size, path))
    size = sum(one[1] for one in kept)
    for _, less, path in sorted(kept):
        if size <= limit:
            return
        path.unlink(missing_ok=True)
        size -= less
