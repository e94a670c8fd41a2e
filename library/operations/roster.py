"""What one command tells the processes it began of all of them: how each is at this moment.

A file without a name that all of them have open: the command writes a line into it whenever a
process begins or ends, and any of the others reads it when somebody asks. A checksum tells a line
that was read while it was written; it is read again.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import weakref
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from library.operations.supervisor import Supervised

LONGEST = 16_384  # bytes of the line: more processes than anybody begins
WORKER = "worker"
TRIES = 5


class Roster:
    """How supervised processes are, by name. One process writes; any may read."""

    def __init__(self, descriptor: int | None = None) -> None:
        """descriptor: of one that was made by the process that began this one."""
        if descriptor is None:
            with tempfile.TemporaryFile() as file:
                descriptor = os.dup(file.fileno())
            weakref.finalize(self, os.close, descriptor)
        self.descriptor = descriptor
        self._lock = threading.Lock()
        self._known: dict[str, Supervised] = {}

    def write(self, name: str, now: Supervised) -> None:
        with self._lock:
            self._known[name] = now
            told = json.dumps({name: _told(one) for name, one in self._known.items()})
            line = f"{zlib.crc32(told.encode()):08x} {told}".encode()
            if len(line) <= LONGEST:
                os.pwrite(self.descriptor, line.ljust(LONGEST), 0)

    def read(self) -> Mapping[str, Supervised]:
        """By name; nothing where nothing is told."""
        for _ in range(TRIES):
            sum_, _, told = os.pread(self.descriptor, LONGEST, 0).decode().strip().partition(" ")
            if f"{zlib.crc32(told.encode()):08x}" == sum_:
                return {name: _read(one) for name, one in json.loads(told).items()}
        return {}

    def worker(self) -> Supervised | None:
        return self.read().get(WORKER)

    def sites(self) -> tuple[Supervised, ...]:
        """The processes that answer readers."""
        return tuple(one for name, one in self.read().items() if name != WORKER)


def _told(now: Supervised) -> Mapping[str, Any]:
    return {
        "running": now.running,
        "since": now.since.isoformat(),
        "restarts": now.restarts,
        "failing": now.failing,
        "ended": now.ended,
        "next": now.next and now.next.isoformat(),
    }


def _read(told: Mapping[str, Any]) -> Supervised:
    moments = {
        name: told[name] and datetime.fromisoformat(told[name]) for name in ("since", "next")
    }
    return Supervised(**{**told, **moments})
