"""How long a change of many resources takes, and how long it keeps others from writing.

`python -m benchmarks.many [NUMBER]` makes a catalogue of NUMBER resources (5,000) with what is said
of each, in a folder of its own, and prints seconds: of the preview, of carrying it out in one
transaction, of undoing it, of a table out and in again; beside them the same change made one
resource at a time, on a part, counted up to all; and the longest wait of another writer meanwhile.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from library import sheets
from library.batch import Change, Part, plan
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.changes import history
from library.catalogue.curation import batch as bulk
from library.catalogue.curation import undo
from library.catalogue.resources import corrections, status
from library.core.resource import Edition, Evidence, Page, Standing, Statement, Status
from library.core.settings import Settings
from library.metadata import decide
from library.vocabularies import Vocabularies

SINGLE = 200  # resources that are changed one at a time
CHANGE = Change(
    (Part("topic", "add", ("organising",)), Part("kind", "set", ("report",))),
    Standing(Status.PUBLISHED),
)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        catalogue = open_catalogue(settings, make=True)
        _fill(catalogue, number)
        _measure(catalogue, Vocabularies.load(settings.languages))
        catalogue.close()


def _measure(catalogue: Catalogue, vocabularies: Vocabularies) -> None:
    ids = catalogue.every(public=False)
    print(f"{len(ids)} resources: a topic added, a kind set, published")
    with _timed("preview"), catalogue.read() as conn:
        made = plan(conn, ids, CHANGE)
    waits: list[float] = []
    with _another(catalogue, waits):
        with _timed("prepared, without the lock"), catalogue.read() as conn:
            ready = bulk.prepare(conn, made.wishes, decide=decide)
        with _timed("carried out, one transaction"), catalogue.write() as writer:
            whole = bulk.carry_out(
                writer, made.wishes, made.placings, by="one", decide=decide, prepared=ready
            )
        with _timed("way back prepared, without the lock"), catalogue.read() as conn:
            change = history.entry(conn, whole)
            assert change is not None
            back = bulk.prepare_undo(conn, change, decide=decide)
        with _timed("undone, one transaction"), catalogue.write() as writer:
            undo.undo(writer, whole, by="one", decide=decide, back=back)
    print(f"  longest wait of another writer: {max(waits):.2f} s")
    begun = time.perf_counter()
    for id_ in ids[:SINGLE]:
        _one(catalogue, id_)
    each = (time.perf_counter() - begun) / SINGLE
    print(
        f"  one at a time, {SINGLE} of them: {each * 1000:.1f} ms each, all {each * len(ids):.1f} s"
    )
    with _timed("a table of all out"):
        content = b"".join(sheets.csv_of(catalogue, ids))
    with _timed("held against the catalogue again"), catalogue.read() as conn:
        fitted = sheets.fit(conn, sheets.read(content), vocabularies)
    print(f"  {len(fitted.plan.rows)} would change, {len(content) / 1e6:.1f} MB")


def _one(catalogue: Catalogue, id_: str) -> None:
    """The same change as the pages of one resource make it."""
    resource = catalogue.resource(id_, public=False)
    assert resource is not None
    words = {"topic": (*resource.filed("topic"), "organising"), "kind": "report"}
    with catalogue.write() as writer:
        corrections.correct(writer, id_, {resource.editions[0].id: words}, by="one", decide=decide)
        status.put(writer, id_, Standing(Status.PUBLISHED), by="one")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    print(f"  {what}: {time.perf_counter() - begun:.2f} s")


@contextmanager
def _another(catalogue: Catalogue, waits: list[float]) -> Iterator[None]:
    """A second writer with its own connection, as a worker has, that writes all the time."""
    over = threading.Event()
    other = Catalogue(catalogue._engine)  # its own queue: it waits for the lock of the database

    def write() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            with other.write() as writer:
                writer.revise()
            waits.append(time.perf_counter() - begun)
            over.wait(0.02)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _fill(catalogue: Catalogue, number: int) -> None:
    some = random.Random(1)
    for start in range(0, number, 500):
        with catalogue.write() as writer:
            for n in range(start, min(number, start + 500)):
                sha = f"{some.getrandbits(256):064x}"
                writer.store_original(sha, 10, f"{n}.pdf")
                edition = Edition(
                    sha[:16],
                    "en",
                    f"Title {n} of things",
                    sha,
                    "application/pdf",
                    f"{n}.pdf",
                    10,
                    3,
                )
                writer.file(edition, [Page(1, "words")], _said(n), decide, status=Status.DRAFT)


def _said(number: int) -> list[Statement]:
    """What a document of the usual kind says of itself, and what is guessed of it."""
    evidence = (Evidence(1, "some words of the page that it was taken from"),)
    values: list[tuple[str, str | tuple[str, ...]]] = [
        ("title", f"Title {number}"),
        ("summary", "What it is about, in two or three lines of plain words. " * 3),
        ("date", "2019"),
        ("language", "en"),
        ("authors", ("A. One", "B. Two")),
        ("publisher", "A union"),
        ("topic", ("wages", "law")),
        ("group", ("street-vendors",)),
        ("place", ("ke",)),
        ("use", ()),
    ]
    return [Statement(name, value, "guess", evidence, 0.6) for name, value in values if value]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
