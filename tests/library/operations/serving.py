"""A library that is really served, by processes of its own, and what they say."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from library.catalogue import Catalogue
from library.catalogue.arrivals import actions
from library.core.resource import Status
from library.store import originals
from tests import needs

PATIENCE = 60.0  # seconds after which something does not come any more
SERVE = (sys.executable, "-m", "library", "serve", "--port", "0")
Found = TypeVar("Found")


@dataclass
class Running:
    """A process, and the file it writes its log to."""

    process: subprocess.Popen[str]
    errors: Path
    address: str = ""

    def log(self) -> str:
        return self.errors.read_text("utf-8")

    def said(self, pattern: str, times: int = 1) -> list[str]:
        """What a pattern finds in the log, once it was found so often."""

        def found() -> list[str]:
            every: list[str] = re.findall(pattern, self.log())
            return every if len(every) >= times else []

        return wait_for(found, lambda: f"{pattern!r} is not in {self.log()}")

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
            return text

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def running(home: Path, command: Sequence[str] = SERVE, **environment: str) -> Iterator[Running]:
    """A command over the library in `home`; a site is there when this begins."""
    errors = home / "log.txt"
    with errors.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=needs.ROOT,
            env={**os.environ, "LIBRARY_HOME": str(home), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
    made = Running(process, errors)
    try:
        if "serve" in command:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://[^/]+", line)
            assert found, (line, made.log())
            made.address = found.group()
        yield made
    finally:
        try:
            made.end()
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for(look: Callable[[], Found], told: Callable[[], str]) -> Found:
    """What looking finds, as soon as it finds anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(told())


def bring(catalogue: Catalogue, home: Path, name: str, text: str) -> int:
    """A file as the desk takes it in; the number of its arrival."""
    file = home / name
    file.write_text(text, "utf-8")
    stored = originals.put(home / "originals", file)
    path = actions.place("ben", name)
    with catalogue.write() as writer:
        return actions.bring(writer, stored, path, name, Status.PUBLISHED, by="ben")
