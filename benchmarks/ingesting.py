"""`python -m benchmarks.ingesting DIR [--jobs N]`: a folder brought in, beside its peers.

Prints what this library, pdftotext, recollindex and omindex need for the same files on the same
machine, in the same run, one after the other. Peers that are not installed are left out and named.
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
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import regex

from index.query import Query
from index.text.syntax import parse
from library.catalogue import open_catalogue
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.pipeline import Ingest
from library.sandbox.children import NURSING
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
    began = time.monotonic()
    for ended in work.files(folders.find([folder]), jobs=jobs):
        outcomes[ended.outcome] += 1
        pages[ended.outcome] += ended.pages
        if ended.reason:
            reasons[f"{ended.outcome}: {ended.reason}"] += 1
    findable = time.monotonic() - began
    laid_out = [0]

    def count(number: int) -> None:
        laid_out[0] += number

    began = time.monotonic()
    editions = sum(1 for _ in work.layouts(jobs=jobs, on_page=count))
    layout = time.monotonic() - began
    took = searches(engine.search, titles(catalogue))
    read = sum(pages.values())
    NURSING.close()  # children are its children: what they held is known when it is gone
    facts = {
        "files": sum(outcomes.values()),
        "outcomes": dict(outcomes),
        "reasons": dict(reasons),
        "pages by outcome": dict(pages),
        "pages": read,
        "seconds until findable": round(findable, 1),
        "pages/s until findable": round(read / findable, 1),
        "editions laid out": editions,
        "pages laid out": laid_out[0],
        "seconds of layout": round(layout, 1),
        "pages/s of layout": round(laid_out[0] / layout, 1) if laid_out[0] else 0,
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
    began = time.monotonic()
    run()
    facts: dict[str, Any] = {"seconds": round(time.monotonic() - began, 1)}
    if index is not None:
        facts["index MB"] = megabytes(index)
    return facts


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
        size = f"{facts['index MB']} MB" if "index MB" in facts else ""
        read = ours["pages laid out" if "PDF" in name else "pages"]
        rate = read / facts["seconds"] if facts["seconds"] else 0
        print(f"{name:28} {facts['seconds']} s {rate:.0f} pages/s {size} ({ratio:.2f} of ours)")


if __name__ == "__main__":
    main()
