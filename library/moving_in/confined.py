"""A module of ours run in a process of its own, which gives up what it does not need, and ends in
time; what it says is read from a pipe, and is to be believed as little as an archive."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from library.core.errors import InputError, by_reason
from library.core.messages import message_of


@dataclass(frozen=True, slots=True)
class Said:
    """output: what the child says; late: set once it was ended because its time was over."""

    output: IO[bytes]
    late: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running(module: str, *arguments: str, seconds: float) -> Iterator[Said]:
    """The child while it runs: it is told its arguments, and last who waits for it."""
    command = [sys.executable, "-m", module, *arguments, str(os.getpid())]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_own(), cwd="/",
    )  # fmt: skip
    assert child.stdout is not None
    said = Said(child.stdout)

    def stop() -> None:
        said.late.set()
        child.kill()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield said
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        child.stdout.close()


def problem(said: Any, name: str) -> InputError:
    """What a child says is wrong with an archive. Raises ValueError, TypeError or KeyError."""
    message = message_of(said["message"])
    values = {"file": name, **message.values}
    return by_reason(said["reason"])(message.code, **values)


def _own() -> dict[str, str]:
    """Its environment: where our code is, and nothing of what this process was told."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "LC_ALL": "C.UTF-8"}
