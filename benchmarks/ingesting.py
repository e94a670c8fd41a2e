"""`python -m benchmarks.ingesting DIR [--jobs N]`: a folder brought in, beside its peers.

Prints what this library, pdftotext, recollindex and omindex need for the same files on the same
machine, in the same run, one after the other: by the clock, and of the processors, which another
program at work on the machine changes less. Until all is found, until all is described, and the
layout are told apart, with the transactions, the children and the time of the index in each. Peers
that are not installed are left out and named.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import regex

from index.engine import SearchEngine
from index.query import Query
from index.text.syntax import parse
from library.catalogue import Catalogue, Connection, Writer, open_catalogue
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.pipeline import Ingest
from library.sandbox.children import DESCRIBING, NURSING, Child, Nursing
from library.search import indexer
from library.vocabularies import Vocabularies

SEARCHES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
        home = Path(scratch)
        ours = ourselves(chosen.folder, home / "library", chosen.jobs)
        theirs = peers(chosen.folder, home)
    if chosen.json:
        print(json.dumps({"library": ours, "peers": theirs}, indent=2))
    else:
        show(ours, theirs)


@dataclass(slots=True)
class Counted:
    """What a part of the work took. Seconds by the clock, of the processors, and of the index."""

    seconds: float = 0.0
    processor: float = 0.0
    index: float = 0.0  # of the processor, in this process
    written: int = 0  # transactions that were written, each with one fsync of the catalogue
    read: int = 0
    children: int = 0

    def __sub__(self, other: Counted) -> Counted:
        mine, theirs = astuple(self), astuple(other)
        return Counted(*(one - two for one, two in zip(mine, theirs, strict=True)))

    def told(self, pages: int) -> str:
        """In one line, with pages a second."""
        rest = max(self.processor - self.index, 0.001)
        return (
            f"{self.seconds:.1f} s, {pages / max(self.seconds, 0.001):.1f} pages/s; processor "
            f"{self.processor:.1f} s ({self.index:.1f} of it the index; without it "
            f"{2 * pages / rest:.0f} pages/s on 2 cores); {self.written} transactions written, "
            f"{self.read} read; {self.children} children"
        )


class Counting:
    """Counts what a catalogue, an engine and the nurseries do, from here on."""

    def __init__(self, catalogue: Catalogue, work: Ingest) -> None:
        self._written = self._read = self._children = 0
        self._index = 0.0
        write, read, child, index = catalogue.write, catalogue.read, Nursing.child, work.index

        def writing() -> AbstractContextManager[Writer]:
            self._written += 1
            return write()

        def reading() -> AbstractContextManager[Connection]:
            self._read += 1
            return read()

        def born(*words: Any) -> Child:
            self._children += 1
            return child(*words)

        def indexing(of: Ingest) -> None:
            began = time.thread_time()
            index()
            self._index += time.thread_time() - began

        self._watched = ExitStack()
        for of, name, by in (
            (catalogue, "write", writing),
            (catalogue, "read", reading),
            (Nursing, "child", born),
            (Ingest, "index", indexing),
        ):
            self._watched.enter_context(patch.object(of, name, by))

    def now(self) -> Counted:
        return Counted(
            time.monotonic(),
            time.process_time() + sum(map(processor_of, (NURSING, DESCRIBING))),
            self._index,
            self._written,
            self._read,
            self._children,
        )

    def end(self) -> None:
        self._watched.close()


class Polling:
    """How long what was filed takes to be found, told by an engine of its own, as a site has one.

    A document counts as found when the index that a reader would search holds as many works as
    were filed up to it.
    """

    PAUSE = 0.05  # seconds between looks

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._filed: list[float] = []
        self._seen: list[tuple[float, int]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def filed(self) -> None:
        self._filed.append(time.monotonic())

    def end(self) -> list[float]:
        """The seconds that each waited."""
        self._over.set()
        self._thread.join()
        waited = []
        moments = iter(self._seen)
        moment, works = next(moments, (0.0, 0))
        for number, filed in enumerate(self._filed, 1):
            while works < number:
                following = next(moments, None)
                if following is None:
                    return waited
                moment, works = following
            waited.append(max(0.0, moment - filed))
        return waited

    def _look(self) -> None:
        while not self._over.wait(self.PAUSE):
            works = self._engine.info().documents
            if not self._seen or works != self._seen[-1][1]:
                self._seen.append((time.monotonic(), works))
        self._seen.append((time.monotonic(), self._engine.info().documents))
        self._engine.close()


def processor_of(nursing: Nursing) -> float:
    """Seconds of the processor that a nursery and its children have taken, on Linux; else 0."""
    process = nursing._process
    try:
        facts = Path(f"/proc/{process.pid}/stat").read_text("ascii") if process else ""
    except OSError:
        return 0.0
    ticks = facts.rpartition(")")[2].split()[11:15]  # fields 14 to 17 of proc(5)
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") if ticks else 0.0


def ourselves(folder: Path, home: Path, jobs: int) -> dict[str, Any]:
    """Ingest a folder into a fresh library; seconds, pages, bytes and milliseconds."""
    settings = Settings(home=home)
    catalogue = open_catalogue(settings, make=True)
    words = Vocabularies.load(settings.languages, settings.vocabularies)
    engine = indexer.open_engine(settings, words)
    indexer.rebuild(catalogue, engine, words)
    work = Ingest(settings, catalogue, engine, words)
    outcomes: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    counting = Counting(catalogue, work)
    polling = Polling(indexer.open_engine(settings, words))
    waited: list[float] = []
    moments = [counting.now()]

    def found(left: int) -> None:
        moments.append(counting.now())
        waited.extend(polling.end())

    for ended in work.files(
        folders.find([folder]), jobs=jobs, on_file=polling.filed, on_found=found
    ):
        outcomes[ended.outcome] += 1
        pages[ended.outcome] += ended.pages
        if ended.reason:
            reasons[f"{ended.outcome}: {ended.reason}"] += 1
    moments.append(counting.now())
    laid_out = [0]

    def count(number: int) -> None:
        laid_out[0] += number

    editions = sum(1 for _ in work.layouts(jobs=jobs, on_page=count))
    moments.append(counting.now())
    counting.end()
    began, findable, described, layout = moments
    took = searches(engine.search, titles(catalogue))
    read = sum(pages.values())
    for nursing in (NURSING, DESCRIBING):
        nursing.close()  # children are its children: what they held is known when it is gone
    facts = {
        "files": sum(outcomes.values()),
        "outcomes": dict(outcomes),
        "reasons": dict(reasons),
        "pages by outcome": dict(pages),
        "pages": read,
        "until findable": (findable - began).told(read),
        "until described": (described - began).told(read),
        "layout": (layout - described).told(laid_out[0]),
        "seconds from filed to found": shares(waited),
        "seconds until findable": round((findable - began).seconds, 1),
        "processor seconds until findable": round((findable - began).processor, 1),
        "editions laid out": editions,
        "pages laid out": laid_out[0],
        "index MB": megabytes(settings.index),
        "catalogue MB": round((home / "catalogue.sqlite").stat().st_size / 1e6, 1),
        "resident MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "largest child MB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3),
        "search ms, median": round(statistics.median(took), 1),
        "search ms, 95th percentile": round(statistics.quantiles(took, n=20)[-1], 1),
    }
    engine.close()
    catalogue.close()
    return facts


def shares(waited: Sequence[float]) -> str:
    if len(waited) < 2:
        return "too few"
    p95 = statistics.quantiles(waited, n=20)[-1]
    middle, worst = statistics.median(waited), max(waited)
    return f"median {middle:.2f}, 95th percentile {p95:.2f}, worst {worst:.2f} of {len(waited)}"


def titles(catalogue: Any) -> list[str]:
    return [
        edition.title
        for resource_ in catalogue.resources(catalogue.every())
        for edition in resource_.editions
    ]


def searches(search: Callable[[Query], object], titles: Sequence[str]) -> list[float]:
    """Milliseconds of each of 200 searches for one to three words of the library's own titles."""
    chance = random.Random(2026)
    words = sorted({word for title in titles for word in regex.findall(r"\p{L}{4,}", title)})
    took = []
    for _ in range(SEARCHES):
        asked = " ".join(chance.choices(words, k=chance.randint(1, 3)))
        began = time.perf_counter()
        search(Query(tree=parse(asked).tree))
        took.append((time.perf_counter() - began) * 1000)
    return took


def peers(folder: Path, home: Path) -> dict[str, dict[str, Any]]:
    """What others need for the same folder; {} for one that is not installed."""
    pdfs = [path for path in sorted(folder.rglob("*")) if is_pdf(path)]
    return {
        "pdftotext (PDF only)": timed(lambda: pdftotext(pdfs), "pdftotext", None),
        "recollindex": timed(
            lambda: recoll(folder, home / "recoll"), "recollindex", home / "recoll"
        ),
        "omindex": timed(lambda: omindex(folder, home / "omega"), "omindex", home / "omega"),
    }


def is_pdf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def timed(run: Callable[[], None], program: str, index: Path | None) -> dict[str, Any]:
    if shutil.which(program) is None:
        return {}
    began, before = time.monotonic(), children_processor()
    run()
    facts: dict[str, Any] = {
        "seconds": round(time.monotonic() - began, 1),
        "processor": round(children_processor() - before, 1),
    }
    if index is not None:
        facts["index MB"] = megabytes(index)
    return facts


def children_processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def pdftotext(pdfs: Sequence[Path]) -> None:
    for path in pdfs:
        quietly("pdftotext", str(path), os.devnull)


def recoll(folder: Path, config: Path) -> None:
    config.mkdir(parents=True)
    (config / "recoll.conf").write_text(f"topdirs = {folder.resolve()}\n", "utf-8")
    quietly("recollindex", "-c", str(config))


def omindex(folder: Path, database: Path) -> None:
    quietly("omindex", "--db", str(database), "--url", "/", str(folder.resolve()))


def quietly(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def megabytes(folder: Path) -> float:
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6, 1)


def show(ours: dict[str, Any], theirs: dict[str, dict[str, Any]]) -> None:
    for name, value in ours.items():
        print(f"{name:28} {value}")
    print()
    for name, facts in theirs.items():
        if not facts:
            print(f"{name:28} not installed")
            continue
        ratio = facts["seconds"] / ours["seconds until findable"]
        share = facts["processor"] / ours["processor seconds until findable"]
        size = f"{facts['index MB']} MB" if "index MB" in facts else ""
        read = ours["pages laid out" if "PDF" in name else "pages"]
        rate = read / facts["seconds"] if facts["seconds"] else 0
        print(
            f"{name:28} {facts['seconds']} s {rate:.0f} pages/s {size} ({ratio:.2f} of ours); "
            f"processor {facts['processor']} s ({share:.2f} of ours)"
        )


if __name__ == "__main__":
    main()
