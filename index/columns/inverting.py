"""Documents to columns in processes of their own: one for each core, while a whole index is built.

A child is this module run by Python. It takes (file, documents) after (file, documents), pickled,
from its standard input, writes the columns of each to its file, and answers with None or what was
raised. Parent and child alone talk to each other: what is unpickled is our own.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from index.columns import arrays
from index.columns.batch import Batch
from index.columns.words import Stretches
from index.document import Document

MOST = 4  # processes

_CODE = "import sys; sys.path[:] = {path!r}; from index.columns.inverting import main; main()"


class InvertingFailed(OSError):
    """The system ended a process before it wrote what it was given."""


class Inverters:
    """Some processes; each has one batch at a time. Close them, whatever happens."""

    def __init__(self, languages: Sequence[str], count: int) -> None:
        self._children = [_started(languages) for _ in range(count)]
        self._free = list(self._children)

    def invert(self, file: Path, documents: Iterable[Document]) -> None:
        """Have a batch written; waits until a process is free. Raises what was raised there."""
        if not self._free:
            self._wait()
        child = self._free.pop()
        content = pickle.dumps((file, list(documents)), -1)
        try:
            _stream(child.stdin).write(content)
            _stream(child.stdin).flush()
        except BrokenPipeError:
            self._answered(child)

    def finish(self) -> None:
        """Wait until all is written. Raises what was raised there, or InvertingFailed."""
        while len(self._free) < len(self._children):
            self._wait()

    def close(self) -> None:
        """End the processes, wherever they are."""
        for child in self._children:
            child.kill()
            for stream in (child.stdin, child.stdout):
                with contextlib.suppress(BrokenPipeError):
                    _stream(stream).close()
            child.wait()

    def _wait(self) -> None:
        busy = {_stream(one.stdout): one for one in self._children if one not in self._free}
        for stream in select.select([*busy], [], [])[0]:
            self._answered(busy[stream])
            self._free.append(busy[stream])

    @staticmethod
    def _answered(child: subprocess.Popen[bytes]) -> None:
        try:
            error = pickle.load(_stream(child.stdout))  # noqa: S301 - from our child
        except EOFError:
            raise InvertingFailed(
                f"a process that inverts documents ended with code {child.wait()}"
            ) from None
        if error is not None:
            raise error


def _started(languages: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _CODE.format(path=sys.path), *languages],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise ValueError("no pipe")
    return stream


def processes() -> int:
    """How many are worth starting here; below 2, none."""
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return min(cores, MOST)


def main() -> None:
    """A child: invert what comes until nothing does."""
    languages, stretches = sys.argv[1:], Stretches()
    taken, told = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            file, documents = pickle.load(taken)  # noqa: S301 - from our parent
        except EOFError:
            return
        try:
            batch = Batch(languages, stretches)
            for document in documents:
                batch.add(document)
            with file.open("wb") as stream:
                arrays.write(stream, batch.columns())
            error = None
        except Exception as raised:  # whatever it is, whoever gave the documents is told
            error = raised
        told.write(pickle.dumps(error))
        told.flush()
