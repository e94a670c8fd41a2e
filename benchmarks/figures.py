"""`python -m benchmarks.figures --works 10000`: what counting costs a reader, and the figures cost.

A catalogue is filled with works of one or two editions, labels as skewed as labels are, and a year
of readings; nothing is indexed, since figures are counted in the catalogue. Times are medians of a
few runs in one process. "counted" beside "not counted" is the same page with and without
LIBRARY_COUNT_READING, asked for through the whole application.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from index.engines import open_engine
from library import accounts
from library.catalogue import open_catalogue
from library.catalogue.statistics import usage
from library.catalogue.statistics.usage import KINDS, Counted
from library.core.resource import Edition, Page, PartialDate, Role, Statement, Status
from library.core.settings import Settings
from library.metadata import decide
from library.operations import health
from library.search import indexer
from library.search.remembered import RememberingEngine
from library.vocabularies import Vocabularies
from library.web.app import app_of
from library.web.i18n import interfaces
from library.web.site import Site
from library.web.staff.statistics.filters import today
from library.web.templates import Pages

BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile"}
PASSWORD = "correct horse battery"
LANGUAGES = ("en", "en", "en", "es", "es", "fr", "pt", "ar", "hi", "sw")
READ = 300  # works that are read on a day


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = made(Path(scratch), chosen.works, chosen.days)
        with site.catalogue.read() as conn:
            totals = usage.totals(conn)
        print(f"{chosen.works} works, {chosen.days} days, readings {totals}", flush=True)
        reading(site)
        desk(site)
        site.close()


def made(home: Path, works: int, days: int) -> Site:
    settings = Settings(home=home)
    catalogue = open_catalogue(settings, make=True)
    words = Vocabularies.load(settings.languages)
    drawn = random.Random(works)
    held: list[tuple[str, str, str]] = []

    def some(facet: str, most: int) -> tuple[str, ...]:
        order = words.order(facet)
        many = drawn.randint(0, most)
        return tuple({order[int(drawn.paretovariate(0.8)) % len(order)] for _ in range(many)})

    with catalogue.write() as writer:
        for number in range(works):
            said = {
                "topic": some("topic", 3),
                "group": some("group", 2),
                "audience": some("audience", 1),
                "use": some("use", 2),
                "place": some("place", 2),
                "kind": drawn.choice(words.order("kind")),
            }
            statements = [Statement(field, value, "staff") for field, value in said.items()]
            for language in set(drawn.sample(LANGUAGES, drawn.choice((1, 1, 1, 2)))):
                sha256 = f"{drawn.getrandbits(256):064x}"
                writer.store_original(sha256, 100_000, f"{number}-{language}.pdf")
                edition = Edition(
                    id=sha256[:16],
                    language=language,
                    title=f"Work {number} in {language}",
                    sha256=sha256,
                    media_type="application/pdf",
                    filename=f"{number}-{language}.pdf",
                    bytes=100_000,
                    pages=2,
                    text_bytes=60,
                    date=PartialDate(drawn.randint(1995, 2026)),
                )
                pages = [Page(1, "Some words of it."), Page(2, "Some more words.")]
                status = Status.PUBLISHED if drawn.random() < 0.9 else Status.DRAFT
                filed = writer.file(
                    edition, pages, statements, decide, status=status, work=f"staff:{number}"
                )
                held.append((filed.resource, edition.id, language))
        for ago in range(days):
            day = (today() - timedelta(days=ago)).isoformat()
            lines = {
                Counted(day, kind, *held[int(drawn.paretovariate(0.5)) % len(held)]): 1
                for _ in range(READ)
                for kind in KINDS[:3]
            }
            lines |= {Counted(day, "searched", language=one): 9 for one in settings.languages}
            usage.record(writer.conn, lines)
    accounts.add(catalogue, "ana", Role.ADMIN, PASSWORD)
    engine = open_engine("whoosh", settings.index, settings.languages, words.version)
    indexer.rebuild(open_catalogue(Settings(home=home / "empty"), make=True), engine, words)
    spoken = interfaces(settings.languages, schemes=words.schemes)
    return Site(settings, catalogue, RememberingEngine(engine), words, spoken, Pages.load(spoken))


def reading(site: Site) -> None:
    """One page of the reader, counted and not, in turns; and the writing of what was counted."""
    with site.catalogue.read() as conn:
        best = usage.most_read(conn, "", 1)[0].resource
    resource = site.catalogue.resource(best)
    assert resource is not None
    path = f"/resources/{resource.slug}/{resource.editions[0].language}/1"
    off = replace(site, settings=replace(site.settings, count_reading=False))
    asked = {
        "counted": TestClient(app_of(site), headers=BROWSER),
        "not counted": TestClient(app_of(off), headers=BROWSER),
    }
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(220):
        for name, client in asked.items():
            took = clocked(lambda client=client: client.get(path).raise_for_status())  # type: ignore[misc]
            if turn >= 20:  # the first ones warm it up
                times[name].append(took)
    for name, seen in times.items():
        print(f"a page of the reader, {name:26} {statistics.median(seen):8.3f} ms")
    line = Counted(today().isoformat(), "read", best, resource.editions[0].id, "en")
    took = clocked(lambda: [site.tally.count(line) for _ in range(100_000)])
    print(f"one more in memory                             {took / 100_000 * 1000:8.3f} µs")
    for number in range(1000):
        site.tally.count(line._replace(edition=f"edition {number}"))
    print(f"writing a thousand lines                       {clocked(flush(site)):8.1f} ms")


def flush(site: Site) -> Callable[[], object]:
    return lambda: site.tally.flush(site.catalogue)


def desk(site: Site) -> None:
    client = TestClient(app_of(site), follow_redirects=True)
    page = client.get("/staff/sign-in").text
    token = page.split('name="form" value="')[1][:64]
    client.post("/staff/sign-in", data={"name": "ana", "password": PASSWORD, "form": token})
    for path in (
        "/staff/figures",
        "/staff/figures?period=all",
        "/staff/figures?by=place&status=every&pair=use-audience",
        "/staff/figures/coverage.csv",
        "/staff/health",
        "/staff/",
    ):
        shown(path, lambda path=path: client.get(path).raise_for_status())  # type: ignore[misc]
    shown("health alone", lambda: health.look_at(site.settings, site.catalogue, site.engine))


def shown(name: str, work: Callable[[], object]) -> None:
    """The time on the wall, and that of the processor: the machine may be busy."""
    times, busy = [], []
    for _ in range(5):
        began = time.process_time()
        times.append(clocked(work))
        busy.append((time.process_time() - began) * 1000)
    wall, processor = statistics.median(times), statistics.median(busy)
    print(f"{name:58} {wall:8.1f} ms, processor {processor:8.1f} ms", flush=True)


def clocked(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
