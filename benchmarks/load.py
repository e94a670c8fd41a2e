"""`python -m benchmarks.load HOME [--minutes 3] [--readers 4]`: all at once, for a while.

A server of the library in HOME (a copy: files are brought to it) answers readers who search and
look, while two staff bring files in and the index is built anew, again and again. Prints
requests, errors, the 95th percentile, and how memory and descriptors of each of its processes went:
their slope by least squares over the second half, in MB and descriptors an hour. Memory is what a
process holds of its own that no file holds (anonymous); beside it stands its share of all
(Pss), in which pages of the index count that the system may drop. `--every S` writes a line of
each look to standard error. Ends with 1 when any answer was an error. Linux only.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = ("strike fund", "wages", "permit", '"health and safety"', "organis*", "huelga", "grève")
PATHS = ("/", "/search?q={}", "/suggest?q={}", "/api/search?q={}", "/educators", "/feed.atom?q={}")
EVERY = 2.0  # seconds between looks at the processes


class Load:
    def __init__(self, port: int, home: Path) -> None:
        self.port, self.home = port, home
        self.done = threading.Event()
        self.seconds: list[float] = []
        self.answers: Counter[str] = Counter()
        self.brought = 0
        self.rebuilt = 0

    def read(self, seed: int) -> None:
        dice = random.Random(seed)
        while not self.done.wait(dice.uniform(0.05, 0.3)):
            words = dice.choice(QUESTIONS).replace(" ", "+").replace('"', "%22")
            words = words.encode("ascii", "ignore").decode()
            path = dice.choice(PATHS).format(f"{words}+{dice.randint(0, 50)}")
            self.ask(path)

    def ask(self, path: str) -> None:
        began = time.monotonic()
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=60
            ) as answer:
                answer.read()
                self.answers[str(answer.status)] += 1
        except urllib.error.HTTPError as error:
            self.answers[str(error.code)] += 1
        except OSError as error:
            self.answers[type(error).__name__] += 1
        self.seconds.append(time.monotonic() - began)

    def bring(self, number: int) -> None:
        """What a staff member does: a file now and then."""
        while not self.done.wait(10):
            with tempfile.TemporaryDirectory() as folder:
                words = f"bench{number}x{self.brought}"
                text = f"# About {words}\n\n" + f"The workers of {words} wrote this. " * 40
                Path(folder, f"{words}.md").write_text(text, "utf-8")
                self.command("ingest", folder, "--jobs", "1")
                self.brought += 1

    def rebuild(self) -> None:
        while not self.done.wait(45):
            self.command("reindex")
            self.rebuilt += 1

    def command(self, *words: str) -> None:
        ended = subprocess.run(
            [sys.executable, "-m", "library", *words],
            env={**os.environ, "LIBRARY_HOME": str(self.home)},
            capture_output=True,
        )
        if ended.returncode:
            self.answers[f"{words[0]} ended {ended.returncode}"] += 1


def family(parent: int) -> list[int]:
    found = [parent]
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += family(child)
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process holds: MB that no file holds, MB of its share of all, descriptors."""

    anonymous: float
    share: float
    descriptors: int


def role(line: bytes) -> str | None:
    """What a process that stays is, by its command line; None of one that ends soon."""
    if b"library\0work" in line:
        return "worker"
    if b"library\0serve" not in line:
        return None
    return "site" if b"--listening" in line else "keeper"


def taken(parent: int) -> dict[str, Taken]:
    """What a server and those below it that stay hold, by what each is and its number."""
    found: dict[str, Taken] = {}
    for process in family(parent):
        with suppress(OSError, IndexError):
            name = role(Path(f"/proc/{process}/cmdline").read_bytes())
            if name is None:
                continue
            rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            held = {row.split(":")[0]: int(row.split()[1]) / 1024 for row in rows[1:]}
            descriptors = len(list(Path(f"/proc/{process}/fd").iterdir()))
            found[f"{name} {process}"] = Taken(held["Anonymous"], held["Pss"], descriptors)
    return found


def slope(times: list[float], values: list[float]) -> float:
    """By least squares, an hour."""
    return statistics.linear_regression(times, values).slope * 3600 if len(times) > 2 else 0.0


def told(now: float, held: dict[str, Taken], rebuilt: int) -> str:
    """One look, in a line."""
    each = (f"{name}: {one.anonymous:.1f} of {one.share:.1f} MB" for name, one in held.items())
    return f"{now:6.0f} s, built anew {rebuilt}; " + "; ".join(each)


def summed(looks: list[tuple[float, dict[str, Taken]]]) -> list[str]:
    """A line for each process that was there from the middle to the end, and one for all."""
    later = looks[len(looks) // 2 :]
    times = [now for now, _ in later]
    lines = []
    steady = [name for name in later[0][1] if all(name in held for _, held in later)]
    for name in [*steady, "all"]:
        rows = [[held[one] for one in (steady if name == "all" else [name])] for _, held in later]
        parts = []
        for what, unit in (("anonymous", " MB"), ("share", " MB"), ("descriptors", "")):
            values = [float(sum(getattr(one, what) for one in row)) for row in rows]
            parts.append(
                f"{what} {values[0]:.0f} to {values[-1]:.0f}{unit}, "
                f"{slope(times, values):+.0f} an hour"
            )
        lines.append(f"{name}: " + "; ".join(parts))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--every", type=float, default=0.0)
    asked = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "library", "serve", "--port", str(port), "--processes", "2"],
        env={**os.environ, "LIBRARY_HOME": str(asked.home)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    load = Load(port, asked.home.resolve())
    looks: list[tuple[float, dict[str, Taken]]] = []
    try:
        for _ in range(240):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz"):
                break
            time.sleep(0.5)
        threads = [
            *(threading.Thread(target=load.read, args=(n,)) for n in range(asked.readers)),
            *(threading.Thread(target=load.bring, args=(n,)) for n in range(2)),
            threading.Thread(target=load.rebuild),
        ]
        for one in threads:
            one.start()
        began, said = time.monotonic(), 0.0
        while (now := time.monotonic() - began) < asked.minutes * 60:
            looks.append((now, taken(server.pid)))
            if asked.every and now - said >= asked.every:
                said = now
                print(told(now, looks[-1][1], load.rebuilt), file=sys.stderr, flush=True)
            time.sleep(EVERY)
        load.done.set()
        for one in threads:
            one.join()
    finally:
        load.done.set()
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    spans = sorted(load.seconds)
    wrong = {name: number for name, number in load.answers.items() if name != "200"}
    print(
        f"{len(spans)} requests in {asked.minutes:g} minutes, errors {sum(wrong.values())} {wrong}"
    )
    print(f"median {statistics.median(spans):.3f} s, p95 {spans[int(len(spans) * 0.95)]:.3f} s")
    print(f"{load.brought} files brought, {load.rebuilt} times built anew")
    for line in summed(looks):
        print(line)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
