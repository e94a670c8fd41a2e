"""Killed at any moment and run again, a folder makes the library that it makes undisturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from library.catalogue import open_catalogue
from library.catalogue.storage import schema
from library.core.settings import Settings
from library.operations.check import check
from library.search import indexer
from library.vocabularies import Vocabularies
from tests import builders, needs

pytestmark = needs.SQLITE

KILLS = 16
STARTS = ("ven", "mar", "per", "wa", "mee", "stri", "kit")
SEED = 1848
WINDOW = 1.2  # seconds from when it begins to read, in which a command is killed
ROWS = (  # everything that does not say when or how often something was done
    (schema.originals, ("sha256", "bytes", "media_type", "filename")),
    (schema.resources, ("id", "status", "work", "publisher", "series")),
    (schema.slugs, ("slug", "resource", "current")),
    (schema.concepts, ("resource", "facet", "concept", "position")),
    (schema.pages, tuple(column.name for column in schema.pages.c)),
    (schema.editions, tuple(c.name for c in schema.editions.c if c.name != "added")),
    (schema.statements, ("edition", "field", "source", "value", "evidence", "confidence")),
    (schema.collections, ("slug", "title", "summary", "position")),
    (schema.collection_items, ("collection", "resource", "position")),
    (schema.arrivals, ("path", "sha256", "fields", "status", "outcome", "reason", "edition")),
    (schema.tasks, ("kind", "subject")),
    (schema.signatures, tuple(column.name for column in schema.signatures.c)),
    (schema.bands, tuple(column.name for column in schema.bands.c)),
    (schema.likenesses, tuple(c.name for c in schema.likenesses.c if c.name != "found")),
)


def words(number: int) -> str:
    chance = random.Random(number)
    stock = [f"{first}{last}" for first in STARTS for last in ("dors", "ket", "mit", "ges", "ting")]
    sentences = (
        " ".join(chance.choices(stock, k=9)).capitalize() + " and the workers." for _ in range(14)
    )
    return " ".join(sentences)


def sheet(number: int, pages: int = 2) -> bytes:
    """A small PDF whose every page has a heading and some lines."""
    return builders.pdf(
        [
            [
                builders.Text(f"Route {number} part {page}", size=20, y=760),
                *builders.lines(textwrap.fill(words(100 * number + page), 80)),
            ]
            for page in range(1, pages + 1)
        ]
    )


def fill(folder: Path) -> None:
    """About forty small files of every kind that goes well or wrong."""
    for number in range(10):
        name = folder / f"{number:02d}-notes.md"
        # Every third has the title of another: their addresses depend on who is filed first.
        name.write_text(f"# Notes {number % 3}\n\n{words(number)}\n\n- one\n- two\n", "utf-8")
    inner = folder / "inner"
    inner.mkdir()
    for number in range(7):
        (inner / f"page{number}.html").write_text(
            f"<html lang=en><title>Page {number}</title><h1>Page {number}</h1>"
            f"<p>{words(30 + number)}</p>",
            "utf-8",
        )
        (inner / f"plain{number}.txt").write_text(f"PLAIN {number}\n\n{words(50 + number)}")
    for number in range(8):
        (folder / f"route{number}.pdf").write_bytes(sheet(number))
    (folder / "en.md").write_text(f"# Our table\n\n{words(70)}", "utf-8")
    (folder / "es.md").write_text("# Nuestra mesa\n\n" + "Las vendedoras limpian. " * 30, "utf-8")
    (folder / "fr.md").write_text("# Notre table\n\n" + "Les vendeuses nettoient. " * 30, "utf-8")
    (folder / "metadata.csv").write_text(
        "file,resource,group\nfr.md,table,\nen.md,table,street-vendors\nes.md,table,\n", "utf-8"
    )
    (folder / "collections.toml").write_text(
        '[[collection]]\nslug = "first"\ntitle = "First"\nresources = ["table", "route3.pdf"]\n'
    )
    shutil.copy(folder / "00-notes.md", folder / "copy-of-notes.md")
    shutil.copy(folder / "route1.pdf", inner / "copy-of-route.pdf")
    (folder / "nearly.md").write_text(f"# Notes 1\n\n{words(1)} Once more.", "utf-8")
    (folder / "empty.pdf").touch()
    (folder / "cut.pdf").write_bytes(sheet(99)[:300])
    (folder / "locked.pdf").write_bytes(builders.locked())
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))


def begin(folder: Path, home: Path, temporary: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "library", "ingest", str(folder), "--jobs", "2", "--json"],
        cwd=needs.ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home), "TMPDIR": str(temporary)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_work(running: subprocess.Popen[str]) -> None:
    """Until it has readers: before, nothing is done that is worth being killed at."""
    threads = Path(f"/proc/{running.pid}/task")
    for _ in range(3000):
        if running.poll() is not None or any(map(_children, threads.glob("*/children"))):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was begun")


def _children(listed: Path) -> str:
    try:
        return listed.read_text()
    except OSError:  # a thread that has ended meanwhile
        return ""


def finish(folder: Path, home: Path, temporary: Path) -> None:
    running = begin(folder, home, temporary)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == 1, errors  # four files are bad
    assert "Traceback" not in errors
    assert "fault" not in errors


def library_of(home: Path) -> dict[str, Any]:
    """All that a library holds, without when it came to hold it; asserts that it is sound."""
    settings = Settings(home=home)
    catalogue = open_catalogue(settings)
    vocabularies = Vocabularies.load(settings.languages)
    engine = indexer.open_engine(settings, vocabularies)
    try:
        assert list(check(settings, catalogue, engine, vocabularies)) == []
        held: dict[str, Any] = {"index": sorted(engine.ids()), "order": catalogue.every()}
        with catalogue.read() as conn:
            for table, names in ROWS:
                rows = conn.execute(select(*(table.c[name] for name in names)))
                held[table.name] = sorted(repr(tuple(row)) for row in rows)
        return held
    finally:
        engine.close()
        catalogue.close()


def alive(parent_folder: Path) -> list[int]:
    """Processes that still work with files of this test: readers left behind, and commands."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            links = [str(link.readlink()) for link in (process / "fd").iterdir()]
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        mine = int(process.name) != os.getpid()
        if mine and any(str(parent_folder) in one for one in (*links, line)):
            found.append(int(process.name))
    return found


def left_behind(home: Path, temporary: Path) -> list[str]:
    parts = [p for p in home.rglob("*") if p.suffix in (".part", ".tmp")]
    return [str(path) for path in (*temporary.iterdir(), *parts)]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_kills_leave_the_same_library(tmp_path: Path) -> None:
    folder, temporary = tmp_path / "inbox", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    fill(folder)
    finish(folder, tmp_path / "undisturbed", temporary)
    undisturbed = library_of(tmp_path / "undisturbed")
    assert len(undisturbed["resources"]) > 25
    assert undisturbed["likenesses"]
    chance = random.Random(SEED)
    homes = [tmp_path / "home-0"]
    for _ in range(KILLS):
        running = begin(folder, homes[-1], temporary)
        wait_for_work(running)
        try:
            running.wait(chance.uniform(0, WINDOW))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            homes.append(tmp_path / f"home-{len(homes)}")  # it had ended: begin another
        running.communicate(timeout=30)
    for home in homes:
        finish(folder, home, temporary)
        held = library_of(home)
        for name, rows in undisturbed.items():
            assert held[name] == rows, name
        assert left_behind(home, temporary) == []
    for _ in range(100):
        if not alive(tmp_path):
            break
        time.sleep(0.1)
    assert alive(tmp_path) == []
