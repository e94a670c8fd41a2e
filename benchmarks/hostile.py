"""`python -m benchmarks.hostile DIR [--jobs N] [--patience SECONDS]`: a folder of hostile files,
while the site serves.

Ingests the folder into a fresh library as staff would, watches every process that comes of it,
asks the site for pages all the while, and prints how the files ended and whether each promise
held. Linux only: it looks into /proc. Ends with 1 when a promise was broken.

A busy machine reads scans from their pictures for hours. When all files have had their outcome and
nothing but scans is owed for so many seconds, the command is asked to end, and how many are left
is said; all else is measured as ever. Every minute a line on standard error tells how far it is.

Long because what watches the processes, asks the site and judges the promises keeps one run's time.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from library.cli import grace
from library.extractors import Limits
from library.sandbox import nursery

EVERY = 0.05  # seconds between looks at the processes
ASK_EVERY = 0.2  # seconds between questions to the site
GRACE = 10.0  # seconds beyond a deadline that storing and waiting for a processor may take
LOOK_EVERY, TELL_EVERY = 5.0, 60.0  # seconds between looks at what is owed, and lines on it
ASKED_TO_END = (130, 143, -signal.SIGTERM, 3)
PR_SET_CHILD_SUBREAPER = 36
COMMAND, NURSERY, BEGINNING, READER = "command", "nursery", "beginning", "reader"
QUESTIONS = ("/healthz", "/search?q=report", "/search?q=the+work", "/", "/search?q=zzz")


@dataclass(slots=True)
class Child:
    """One process that read a file, as it was seen."""

    first: float
    last: float
    resident: int = 0  # most, bytes
    address: int = 0  # most, bytes
    threads: int = 1
    sockets: int = 0


@dataclass(slots=True)
class Watch:
    """Samples every process below this one until `done` is set."""

    main: set[int]  # commands, not readers
    done: threading.Event = field(default_factory=threading.Event)
    children: dict[tuple[int, int], Child] = field(default_factory=dict)
    beginning: dict[tuple[int, int], float] = field(default_factory=dict)  # when first seen so
    longest_beginning: float = 0.0
    most_at_once: int = 0
    resident: int = 0  # most of a command, bytes

    looks: int = 0
    fault: str = ""  # why it looked no more before it was to stop

    def run(self) -> None:
        try:
            while not self.done.wait(EVERY):
                self.look()
                self.looks += 1
        except Exception as error:
            self.fault = repr(error)
            raise

    def look(self) -> None:
        now = time.monotonic()
        readers = 0
        kinds: dict[int, str] = {}
        for pid, parent in descendants(os.getpid()):
            key, facts = (pid, started(pid)), status(pid)
            if not facts:
                continue
            kinds[pid] = COMMAND if pid in self.main else kind_of(pid, kinds.get(parent, ""))
            if kinds[pid] == BEGINNING:
                since = self.beginning.setdefault(key, now)
                self.longest_beginning = max(self.longest_beginning, now - since)
                continue
            if kinds[pid] in (COMMAND, NURSERY):
                self.resident = max(self.resident, facts.get("VmHWM", 0))
                continue
            readers += 1
            child = self.children.setdefault(key, Child(now, now))
            child.last = now
            child.resident = max(child.resident, facts.get("VmHWM", 0))
            child.address = max(child.address, facts.get("VmPeak", 0))
            child.threads = max(child.threads, facts.get("Threads", 1))
            child.sockets = max(child.sockets, sockets(pid))
        self.most_at_once = max(self.most_at_once, readers)


@dataclass(slots=True)
class Asking:
    """Asks the site again and again, and notes how long each answer took."""

    address: str
    done: threading.Event = field(default_factory=threading.Event)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def run(self) -> None:
        while not self.done.is_set():
            for question in QUESTIONS:
                if self.done.is_set():
                    return
                began = time.monotonic()
                try:
                    with urllib.request.urlopen(self.address + question, timeout=30) as answer:
                        answer.read()
                        if answer.status != 200:
                            self.wrong.append(f"{question}: {answer.status}")
                except OSError as error:
                    self.wrong.append(f"{question}: {error}")
                self.seconds[question.partition("?")[0]].append(time.monotonic() - began)
                self.done.wait(ASK_EVERY)


def descendants(pid: int) -> Iterator[tuple[int, int]]:
    """All processes below one, each after its parent, which is given with it."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for task in tasks:
        try:
            below = [int(one) for one in (task / "children").read_text().split()]
        except OSError:
            continue
        for child in below:
            yield child, pid
            yield from descendants(child)


def status(pid: int) -> dict[str, int]:
    """Sizes in bytes and counts from /proc/PID/status; {} for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split(":", 1) for line in lines)
    found = {}
    for name, value in pairs:
        if name == "State" and value.strip().startswith("Z"):
            return {}
        if name in ("VmHWM", "VmPeak"):
            found[name] = int(value.split()[0]) * 1024
        if name == "Threads":
            found[name] = int(value)
    return found


def started(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, IndexError):
        return 0


def kind_of(pid: int, parent: str) -> str:
    """What a process is, from its words and from what its parent is.

    Only a command begins commands and nurseries, so that nothing a nursery forks passes for one.
    A process is BEGINNING while it still is a copy of its parent, with all that the parent has
    open: before it runs what it is to run, or gives up what it does not need. It has no file yet.
    """
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        name = Path(f"/proc/{pid}/comm").read_bytes().strip()
    except OSError:
        return BEGINNING
    if parent != NURSERY and name == nursery.NAME:
        return NURSERY
    if parent == COMMAND:
        if any(b"sandbox.nursery" in word for word in words):
            return NURSERY
        if grace.WATCH.encode() in words:  # it counts the time of a command that is to end
            return COMMAND
        ours = b"-m" in words and b"library" in words
        # The worker of the site, and the processes that answer for it; a copy of a command that has
        # no words of its own yet is neither.
        if ours and (b"work" in words or b"--beside" in words):
            return COMMAND
        return BEGINNING if ours or not any(words) else READER
    if parent == NURSERY and name == nursery.NAME:
        return BEGINNING
    return READER


def sockets(pid: int) -> int:
    count = 0
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            count += str(link.readlink()).startswith("socket:")
    except OSError:
        return count
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--patience", type=float, default=900.0, help="seconds for scans when all else is done"
    )
    chosen = parser.parse_args()
    if not chosen.folder.is_dir():
        parser.error(f"{chosen.folder} is no folder")
    # What loses its parent becomes a child of ours, and cannot be overlooked.
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="hostile-") as scratch:
        return trial(chosen.folder.resolve(), Path(scratch), chosen.jobs, chosen.patience)


def trial(folder: Path, scratch: Path, jobs: int, patience: float) -> int:
    home, temporary = scratch / "home", scratch / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "LIBRARY_HOME": str(home), "TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "library"]
    subprocess.run([*command, "init"], env=environment, check=True, stdout=subprocess.DEVNULL)
    site = subprocess.Popen(
        [*command, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert site.stdout is not None
    address = re.search(r"http://\S+?(?=/ )", site.stdout.readline())
    assert address is not None
    watch, asking = Watch({site.pid}), Asking(address.group())
    threads = [threading.Thread(target=one.run, daemon=True) for one in (watch, asking)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    with (scratch / "out").open("w") as out, (scratch / "errors").open("w") as errors:
        ingest = subprocess.Popen(
            [*command, "ingest", str(folder), "--jobs", str(jobs), "--json"],
            env=environment,
            stdout=out,
            stderr=errors,
        )
        watch.main.add(ingest.pid)
        code, left_owed = waited(ingest, home, scratch / "out", patience)
    took = time.monotonic() - began
    asking.done.set()
    threads[1].join(60)
    site.send_signal(signal.SIGTERM)
    site.wait(30)
    time.sleep(1)
    watch.done.set()
    threads[0].join(60)
    orphans = [pid for pid, _ in descendants(os.getpid()) if status(pid)]
    left = [str(p) for p in temporary.rglob("*")] + [str(p) for p in home.rglob("*.part")]
    ended = [json.loads(line) for line in (scratch / "out").read_text().splitlines()]
    files = [line for line in ended if "file" in line]
    pages = sum(int(str(line["pages"] or 0)) for line in files)
    said = (scratch / "errors").read_text()
    tables(folder, files, reasons(home, said))
    print(f"\n{len(files)} files, {pages} pages in {took:.0f} s with {jobs} jobs")
    if left_owed:
        print(f"asked to end after {patience:.0f} s of nothing but scans; left: {left_owed}")
    checked = subprocess.run([*command, "check"], env=environment, capture_output=True, text=True)
    code = 0 if left_owed and code in ASKED_TO_END else code
    return promises(watch, asking, files, code, said, orphans, left, checked)


def waited(
    ingest: subprocess.Popen[bytes], home: Path, out: Path, patience: float
) -> tuple[int, dict[str, int]]:
    """The code that a command ended with, and what it still owed when it was asked to end."""
    only_scans: float | None = None
    told = began = time.monotonic()
    while True:
        try:
            return ingest.wait(LOOK_EVERY), {}
        except subprocess.TimeoutExpired:
            now = time.monotonic()
        owing = owed(home)
        if now - told > TELL_EVERY:
            told = now
            lines = out.read_text().count("\n")
            print(f"{now - began:.0f} s: {lines} files ended, owed {owing}", file=sys.stderr)
        if set(owing) != {"ocr"}:
            only_scans = None
        elif only_scans is None:
            only_scans = now
        elif now - only_scans > patience:
            ingest.terminate()
            return ingest.wait(60), owing


def owed(home: Path) -> dict[str, int]:
    """How many tasks of each kind are left."""
    with contextlib.closing(
        sqlite3.connect(f"file:{home}/catalogue.sqlite?mode=ro", uri=True)
    ) as conn:
        try:
            return dict(conn.execute("SELECT kind, count(*) FROM tasks GROUP BY kind"))
        except sqlite3.OperationalError:
            return {"unknown": 1}


def reasons(home: Path, said: str) -> dict[str, str]:
    """The reason of every file that has one, in a word."""
    found = {}
    for reason, message in re.findall(r"^failed \(([^)]+)\): (.*)$", said, re.M):
        found[message] = reason
    with sqlite3.connect(home / "catalogue.sqlite") as conn:
        for path, reason, message in conn.execute("SELECT path, reason, message FROM arrivals"):
            if reason:
                found[message or path] = reason
                found[path] = reason
    conn.close()
    return found


def tables(folder: Path, files: list[dict[str, object]], words: dict[str, str]) -> None:
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    why: dict[str, Counter[str]] = defaultdict(Counter)
    for one in files:
        path, outcome = Path(str(one["file"])), str(one["outcome"])
        inside = path.is_relative_to(folder)
        source = path.relative_to(folder).parts[0] if inside else path.name
        reason = words.get(str(one["reason"])) or words.get(str(path), "")
        outcomes[source][outcome] += 1
        why[f"{outcome}: {reason}" if reason else outcome][source] += 1
    sources = sorted(outcomes)
    kinds = ("added", "partial", "duplicate", "unchanged", "failed")
    print("| source | files | " + " | ".join(kinds) + " |\n|---|" + "---|" * (len(kinds) + 1))
    for source in sources:
        counts = outcomes[source]
        cells = " | ".join(str(counts[kind]) for kind in kinds)
        print(f"| {source} | {sum(counts.values())} | {cells} |")
    print("\n| outcome and reason | files | " + " | ".join(sources) + " |")
    print("|---|" + "---|" * (len(sources) + 1))
    for reason in sorted(why, key=lambda key: -sum(why[key].values())):
        cells = " | ".join(str(why[reason][source]) for source in sources)
        print(f"| {reason} | {sum(why[reason].values())} | {cells} |")


def promises(
    watch: Watch,
    asking: Asking,
    files: list[dict[str, object]],
    code: int,
    said: str,
    orphans: list[int],
    left: list[str],
    checked: subprocess.CompletedProcess[str],
) -> int:
    limits, children = Limits(), list(watch.children.values())
    slowest = max((float(str(one["seconds"])) for one in files), default=0.0)
    longest = max((one.last - one.first for one in children), default=0.0)
    address = max((one.address for one in children), default=0)
    resident = max((one.resident for one in children), default=0)
    faults = [line for line in said.splitlines() if "(fault)" in line or "Traceback" in line]
    held = {
        f"no crash: ended with {code}, faults {faults}": code in (0, 1) and not faults,
        f"no hang: slowest file {slowest:.1f} s, longest child {longest:.1f} s": slowest
        < limits.seconds + GRACE
        and longest < limits.layout_seconds + GRACE,
        f"memory: largest child {resident >> 20} MB resident, {address >> 20} MB address space "
        f"of {limits.memory >> 20} MB; largest command {watch.resident >> 20} MB": address
        <= limits.memory,
        f"no network: sockets seen in children {sum(one.sockets for one in children)} "
        f"({len(watch.beginning)} processes were seen while they began, with what their parent has "
        f"open, for {watch.longest_beginning:.1f} s at most)": not any(
            one.sockets for one in children
        )
        and watch.longest_beginning < GRACE,
        f"no orphan: {orphans}; {len(children)} children seen, {watch.most_at_once} at once": (
            not orphans
        ),
        f"no temporary file left: {left[:5]}": not left,
        f"the library is sound: {checked.stdout.strip().splitlines()[-1]}": checked.returncode == 0,
        f"the site answered: {len(asking.wrong)} wrong {asking.wrong[:3]}": not asking.wrong,
    }
    held[f"watched to the end: {watch.looks} looks {watch.fault}"] = not watch.fault
    print()
    for words, well in held.items():
        print(("held    " if well else "BROKEN  ") + words)
    for page, took in sorted(asking.seconds.items()):
        p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
        print(
            f"{page}: {len(took)} answers, median {statistics.median(took) * 1000:.0f} ms, "
            f"95 % {p95 * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms"
        )
    return 0 if all(held.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
