"""`python -m benchmarks.serving HOME`: what readers wait for, alone, many at once, and beside work.

HOME is a library that `library ingest` made; copies are served by `library serve` in processes of
its own, and asked over HTTP by `benchmarks.asking`. The pages are those of HOME: questions made
of its titles, searches narrowed by a facet, works, their pages, suggestions, and pages that a
browser already has. `ms CPU` is processor time of all processes of the site for each answer: the
wall clock tells how busy the machine is, this tells what an answer costs. `--busy FOLDER` asks once
more while FOLDER is ingested, and while the index is rebuilt. With `--peer` Datasette serves the
texts of HOME in SQLite FTS5 and is asked the same words, and where `wrk` is on the path it asks
too. Datasette is no dependency of anything here: `python -m venv PEER`, `PEER/bin/pip install
datasette`, and `--datasette PEER/bin/datasette`. `--works N` asks a library of so many works, made
of the pages of HOME, and `--keep FOLDER` leaves it there for the next time.

The site remembers its answers. So no question is asked twice, but in the row `asked before`, which
is of a few; the other pages come again as they do when many read. `mixed` is one of each kind in
turn.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.asking import Asked, Told, ask
from benchmarks.homes import made

READY = 120.0  # seconds a server may take to answer for the first time
CONDITIONAL = "had already"
PARTS = ("Rss", "Pss", "Pss_Anon")  # of what a process holds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--works", type=int, help="of a library made of the pages of HOME")
    parser.add_argument("--processes", nargs="+", default=["1", "2"])
    parser.add_argument("--readers", nargs="+", type=int, default=[8, 200], help="at once")
    parser.add_argument("--seconds", type=float, default=6.0, help="for each row")
    parser.add_argument("--kinds", default="", help="of pages, with commas; all without")
    parser.add_argument("--busy", type=Path, help="a folder that is ingested meanwhile")
    parser.add_argument("--peer", action="store_true", help="Datasette and wrk, if they are there")
    parser.add_argument("--datasette", default="datasette", help="where that program is")
    parser.add_argument("--keep", type=Path, help="where the library of --works is, or is to be")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="serving-") as scratch:
        source, home = chosen.home, Path(scratch) / "home"
        if chosen.works:
            source = chosen.keep or Path(scratch) / "made"
            if not source.is_dir():
                made(chosen.home, source, chosen.works)
        pages: Mapping[str, list[Asked]] = {}
        for processes in chosen.processes:
            shutil.rmtree(home, ignore_errors=True)  # what was ingested beside is new each time
            shutil.copytree(source, home)
            with site(home, processes) as (port, server):
                pages = pages or pages_of(port)
                wanted = chosen.kinds.split(",") if chosen.kinds else [*pages]
                print(f"\n{processes} process(es), {head()}", flush=True)
                for kind in wanted:
                    row(kind, port, server, pages[kind], chosen.readers[0], chosen.seconds)
                mixed = in_turn([pages[kind] for kind in wanted])
                for readers in chosen.readers:
                    row("mixed", port, server, mixed, readers, chosen.seconds)
                for number, (name, work) in enumerate(busy(chosen.busy), 1):
                    fresh = mixed[number * len(mixed) // 3 :]  # not those that were just asked
                    with beside(home, work):
                        row(name, port, server, fresh, chosen.readers[0], chosen.seconds)
                print(memory(server), flush=True)
                if chosen.peer and shutil.which("wrk"):
                    wrk(port, pages)
        if chosen.peer and (datasette := shutil.which(chosen.datasette)):
            peer(datasette, home, Path(scratch), pages, chosen)


def busy(folder: Path | None) -> list[tuple[str, list[str]]]:
    """What is done beside readers: what its row is called, and the command."""
    if folder is None:
        return []
    ingesting = ["ingest", str(folder), "--json"]
    return [("mixed, ingesting", ingesting), ("mixed, rebuilding", ["reindex"])]


def head() -> str:
    return (
        "kind, readers at once: answers a second, ms median, p95, worst, failed, ms CPU an answer"
    )


def row(
    kind: str, port: int, server: int, pages: Sequence[Asked], readers: int, seconds: float
) -> Told:
    """Ask, and print what it took."""
    before = processor(server)
    told = asyncio.run(ask(port, pages, readers, seconds))
    spent = processor(server) - before
    each = 1000 * spent / max(1, told.answers)
    print(
        f"{kind:20} {readers:4} {told.answers / told.seconds:8.1f} {told.median:8.1f} "
        f"{told.p95:8.1f} {told.worst:8.1f} {told.failed:6} {each:8.2f}  {dict(told.codes)}",
        flush=True,
    )
    return told


@contextmanager
def site(home: Path, processes: str) -> Iterator[tuple[int, int]]:
    """A site over a home, without a worker: its port, and the number of its first process."""
    port = free_port()
    words = ["serve", "--port", str(port), "--no-worker"]
    if processes != "-":  # of a version that knows no such option
        words += ["--processes", processes]
    with program([sys.executable, "-m", "library", *words], home) as running:
        until_ready(port, "/healthz", running)
        yield port, running.pid


@contextmanager
def beside(home: Path, words: Sequence[str]) -> Iterator[None]:
    """A command that goes on while something is measured."""
    with program([sys.executable, "-m", "library", *words], home):
        time.sleep(1)
        yield


@contextmanager
def program(words: Sequence[str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(
        words,
        env={**os.environ, "LIBRARY_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield running
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def until_ready(port: int, path: str, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY
    while time.monotonic() < end and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not answer.")


def memory(number: int) -> str:
    """What each process holds, its part of it, and of that what is no file, on Linux.

    What is of files is the index, mapped: the system keeps it, for all processes once, and takes it
    back when it needs the room. It may map 2 MB where a page of 4 kB was read.
    """
    told = []
    for one in family(number):
        try:
            facts = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        held = [int(re.findall(rf"^{name}:\s+(\d+)", facts, re.M)[0]) for name in PARTS]
        if held[0] > 30_000:  # not the one that counts the seconds of a signal
            told.append("{:.0f} ({:.0f}, {:.0f})".format(*(kilobytes / 1000 for kilobytes in held)))
    return f"MB resident in each process (its own part, no file): {', '.join(told)}"


def processor(number: int) -> float:
    """Seconds of processor time of a process and of those it began, on Linux; else 0."""
    spent = 0.0
    for one in family(number):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def family(number: int) -> list[int]:
    """A process and its children, and theirs."""
    found = [number]
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        found += [one for child in children for one in family(child)]
    return found


def pages_of(port: int) -> dict[str, list[Asked]]:
    """By kind, pages of the site that answers at a port; the same for the same library."""
    drawn = random.Random(1)
    sitemap = fetched(port, "/sitemap.xml").decode()
    slugs = re.findall(r"/resources/([^/<]+)</loc>", sitemap)
    drawn.shuffle(slugs)
    words = [word for slug in slugs for word in slug.split("-") if len(word) > 4]
    questions = list(dict.fromkeys(f"{one}+{drawn.choice(words)}" for one in words * 9))
    topics = [
        value["id"]
        for value in json.loads(fetched(port, "/api/facets/topic"))["values"]
        if value["count"]
    ][:12]
    records = [json.loads(fetched(port, f"/api/resources/{slug}")) for slug in slugs[:40]]
    readable = [
        f"/resources/{quote(one['slug'])}/{edition['language']}"
        f"/{drawn.randint(1, edition['pages'] or 1)}"
        for one in records
        for edition in one["editions"]
        if edition["language"]
    ]
    tag = tag_of(port, "/")
    half = len(questions) // 2
    return {
        "home": [Asked("/"), Asked("/", language="es"), Asked("/about")],
        "search": [Asked(f"/search?q={question}") for question in questions[:half]],
        "asked before": [Asked(f"/search?q={question}") for question in questions[:50]],
        "narrowed": [
            Asked(f"/search?q={question}&topic={drawn.choice(topics)}")
            for question in questions[half:]
        ],
        "facet": [Asked(f"/search/topic?q={question}") for question in questions[:100]],
        "resource": [Asked(f"/resources/{slug}") for slug in slugs[:100]],
        "reading": [Asked(path) for path in readable],
        "suggest": [Asked(f"/suggest?q={word[:4]}") for word in words[:200]],
        CONDITIONAL: [Asked("/", tag=tag), Asked(f"/search?q={questions[0]}", tag=tag)],
    }


def in_turn(kinds: Sequence[Sequence[Asked]]) -> list[Asked]:
    """One page of each kind, then the next of each, as long as the longest kind has any."""
    longest = max(map(len, kinds))
    return [kind[n % len(kind)] for n in range(longest) for kind in kinds]


def fetched(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        body: bytes = answer.read()
        return body


def tag_of(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return str(answer.headers.get("ETag", ""))


def wrk(port: int, pages: Mapping[str, Sequence[Asked]]) -> None:
    tag = pages[CONDITIONAL][0].tag
    for name, path, extra in (
        ("wrk, search", pages["search"][0].path, ()),
        ("wrk, had already", "/", ("-H", f"If-None-Match: {tag}")),
    ):
        words = ["wrk", "-t2", "-c8", "-d5s", "--latency", *extra, f"http://127.0.0.1:{port}{path}"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        told = re.findall(r"(?:Requests/sec|99%|90%|50%|Non-2xx)\D*[\d.]+\w*", done.stdout)
        print(f"{name:20} {'; '.join(' '.join(line.split()) for line in told)}", flush=True)


def peer(
    datasette: str,
    home: Path,
    scratch: Path,
    pages: Mapping[str, Sequence[Asked]],
    chosen: argparse.Namespace,
) -> None:
    """The texts of a home in SQLite FTS5, served by Datasette with its counts of a facet."""
    path = scratch / "peer.db"
    laid_out(home, path)
    port = free_port()
    words = [
        datasette,
        "serve",
        str(path),
        "--port",
        str(port),
        "--setting",
        "sql_time_limit_ms",
        "9000",
    ]
    with program(words, home) as running:
        until_ready(port, "/peer/works.json?_size=1", running)
        asked = [
            Asked(f"/peer/works?_search={page.path.partition('q=')[2]}&_facet=language&_size=10")
            for page in pages["search"]
        ]
        print("\nDatasette", flush=True)
        row("search", port, running.pid, asked, chosen.readers[0], chosen.seconds)


def laid_out(home: Path, path: Path) -> None:
    with sqlite3.connect(home / "catalogue.sqlite") as held, sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE works (id TEXT PRIMARY KEY, title TEXT, language TEXT, text TEXT)"
        )
        rows = held.execute(
            "SELECT e.id, e.title, e.language, group_concat(p.text, char(10)) "
            "FROM editions e JOIN pages p ON p.edition = e.id GROUP BY e.id"
        )
        made.executemany("INSERT INTO works VALUES (?, ?, ?, ?)", rows)
        made.execute("CREATE VIRTUAL TABLE works_fts USING fts5(title, text, content='works')")
        made.execute("INSERT INTO works_fts(works_fts) VALUES ('rebuild')")


if __name__ == "__main__":
    main()
