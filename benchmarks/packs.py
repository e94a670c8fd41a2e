"""What a pack takes: bytes, seconds, memory; and how soon its search answers on a slow phone.

python -m benchmarks.packs HOME [--language en] [--most 500] [--format zip]
"""

from __future__ import annotations

import argparse
import os
import resource as limits
import shutil
import statistics
import tempfile
import time
import zipfile
from collections.abc import Sequence
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from index.engines import open_engine
from library.catalogue import open_catalogue
from library.cli.packs import typeset
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from library.web.packs.make import Packer
from library.web.packs.order import FORMATS, Order

THROTTLED = 6  # times slower than this machine: an old phone
CARRIED = tuple(form for form in FORMATS if form != "pdf")  # paper takes no hundreds of works
ONE = ("wages", "strike", "health", "women", "law", "training", "union")
TWO = ("domestic workers", "street vendors", "minimum wage", "collective agreement")


def made(home: Path, order: Order, path: str) -> tuple[int, int, float, float, float]:
    """Works, bytes, seconds, of processors, memory at most in MB; in a process of its own."""
    settings = Settings(home=home)
    began, used = time.perf_counter(), time.process_time()
    vocabularies = Vocabularies.load(settings.languages)
    with closing(open_catalogue(settings)) as catalogue:
        engine = open_engine("whoosh", settings.index, settings.languages, vocabularies.version)
        with closing(engine):
            done = Packer(settings, catalogue, engine, vocabularies, typeset=typeset).make(
                order, Path(path)
            )
    peak = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss / 1000
    return (
        done.works,
        done.bytes,
        time.perf_counter() - began,
        time.process_time() - used,
        peak,
    )


def answered(folder: Path, questions: Sequence[str]) -> list[tuple[float, float]]:
    """Milliseconds from a press to the first answer, with the processor slowed down, and how many
    of them the page itself worked: on a busy machine the rest is waiting for others.

    Words are typed as people do, a letter in 120 ms, and the button is pressed half a second later.
    """
    program = shutil.which("chromium")
    if program is None:
        return []
    took = []
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for words in questions:
            page = browser.new_page(viewport={"width": 360, "height": 740})
            page.goto(f"{folder.as_uri()}/index.html")
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLED})
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.locator("input[name=q]").press_sequentially(words, delay=120)
            page.wait_for_timeout(500)
            before = worked(session)
            waited = page.evaluate(
                """() => new Promise(done => {
                    const began = performance.now();
                    new MutationObserver(() => document.querySelector('#found h2')
                        && done(performance.now() - began))
                        .observe(document.getElementById('found'),
                            {childList: true, subtree: true});
                    document.getElementById('find').requestSubmit();
                    setTimeout(() => done(performance.now() - began), 20000);
                })"""
            )
            took.append((waited, worked(session) - before))
            page.close()
        browser.close()
    return took


def worked(session: CDPSession) -> float:
    """Milliseconds that the thread of a page has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--most", type=int, default=500)
    parser.add_argument("--format", action="append", choices=CARRIED)
    given = parser.parse_args()
    settings = Settings(home=given.home)
    with closing(open_catalogue(settings)) as catalogue:
        works = [
            resource.id
            for resource in catalogue.resources(catalogue.every())
            if given.language in resource.languages
        ][: given.most]
    print("| format | works | MB | seconds | of processors | memory, MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for form in given.format or CARRIED:
            path = os.path.join(folder, f"pack.{form}")  # noqa: PTH118
            order = Order(given.language, form, listed=tuple(works))
            with get_context("spawn").Pool(1) as pool:
                number, size, wall, cpu, peak = pool.apply(made, (given.home, order, path))
            print(f"| {form} | {number} | {size / 1e6:.1f} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |")
        if "zip" not in (given.format or CARRIED):
            return
        with zipfile.ZipFile(Path(folder) / "pack.zip") as archive:
            archive.extractall(Path(folder) / "pages")
        for named, questions in (("one word", ONE), ("two words", TWO)):
            if took := answered(Path(folder) / "pages", questions):
                waited, working = zip(*took, strict=True)
                shown = ", ".join(f"{one:.0f}" for one in waited)
                print(
                    f"\nFirst answer to {named}, processor {THROTTLED} times slower: median "
                    f"{statistics.median(waited):.0f} ms ({shown}), of which the page worked "
                    f"{statistics.median(working):.0f}"
                )


if __name__ == "__main__":
    main()
