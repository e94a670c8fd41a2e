"""What a visit costs a reader with an old phone: taps, bytes, requests, and what is in sight.

`python -m benchmarks.pages_weight [HOME]` serves the library of HOME (without one, the sample
library is brought in first), walks it in this machine's Chromium as a phone of 360 by 740 CSS
pixels does, and prints tables: what each kind of page weighs as it comes over the wire, on a first
visit and later; what each asks of a phone's processor; taps, bytes and requests from the front page
to the sentence that answers; in how many searches the first answer is in sight without scrolling;
and how far below the bar of the reader the sentence lies that a result led to. Questions are the
labels of the library's own concepts, so that they fit any library, and those of
lay_questions.csv. Needs Playwright.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from library.vocabularies import Vocabularies

ROOT = Path(__file__).resolve().parent.parent
PHONE = {"width": 360, "height": 740}
SMALL = {"width": 320, "height": 640}
SEARCHES = 100
PATIENCE = 180_000  # ms; what is measured here is bytes and places, not time
WORDS = "domestic workers contract"
LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


@dataclass
class Wire:
    """What came over the wire, with headers: Chromium's own count."""

    bytes: int = 0
    requests: int = 0


@contextmanager
def served(home: str) -> Iterator[str]:
    command = [sys.executable, "-m", "library", "serve", "--port", "0", "--no-worker"]
    environment = {**os.environ, "LIBRARY_HOME": home}
    site = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert site.stdout is not None
        address = re.search(r"http://\S+?(?=/ )", site.stdout.readline())
        assert address is not None
        yield address.group()
    finally:
        site.terminate()
        site.wait()


def listened(context: BrowserContext) -> tuple[Page, Wire]:
    """A page, and what it costs from now on, but for the icon, which phones fetch once if ever.

    Nothing is routed: Chromium keeps nothing for a page whose requests are.
    """
    page, wire = context.new_page(), Wire()
    told = context.new_cdp_session(page)
    told.send("Network.enable")

    kept: set[object] = set()  # requests that cost nothing here

    def received(event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache") or "/icon" in event["response"]["url"]:
            kept.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] not in kept:
            wire.bytes += int(event["encodedDataLength"])
            wire.requests += 1

    told.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    told.on("Network.responseReceived", received)
    told.on("Network.loadingFinished", finished)
    return page, wire


def phone(browser: Browser, language: str = "en", size: dict[str, int] = PHONE) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=language,
        is_mobile=True,
        has_touch=True,
    )
    context.set_default_timeout(PATIENCE)
    return context


def questions() -> list[tuple[str, str]]:
    """(language, words): labels of concepts in every language in turn, and the lay questions."""
    known = Vocabularies.load(LANGUAGES)
    made = []
    for place, id_ in enumerate(known.order("topic")):
        for step in range(2):
            language = LANGUAGES[(2 * place + step) % len(LANGUAGES)]
            made.append((language, known.label("topic", id_, language)))
    made += [("en", known.label("group", id_, "en")) for id_ in known.order("group")]
    with (ROOT / "benchmarks" / "lay_questions.csv").open(encoding="utf-8") as file:
        made += [(row["language"], row["question"]) for row in csv.DictReader(file)]
    return made[:SEARCHES]


def weigh(browser: Browser, address: str, paths: dict[str, str]) -> None:
    print("\n| page | first visit | requests | later | requests |\n|---|---:|---:|---:|---:|")
    for name, path in paths.items():
        context = phone(browser)
        page, wire = listened(context)
        page.goto(address + path, wait_until="networkidle")
        first = Wire(wire.bytes, wire.requests)
        context.close()
        context = phone(browser)
        page, wire = listened(context)
        for other in ("/search?q=zzzz", path.split("?")[0] if "/resources/" in path else path):
            page.goto(address + other, wait_until="networkidle")
        before = Wire(wire.bytes, wire.requests)
        # The same kind of page again, with what the browser keeps: style sheets and script.
        joint = "&" if "?" in path else "?"
        page.goto(f"{address}{path}{joint}again=1", wait_until="networkidle")
        print(
            f"| {name} | {first.bytes:,} | {first.requests} "
            f"| {wire.bytes - before.bytes:,} | {wire.requests - before.requests} |"
        )
        context.close()


BLOCKING = """() => [
    document.querySelectorAll('*').length,
    performance.getEntriesByType('resource')
        .filter(one => one.renderBlockingStatus === 'blocking').length,
]"""


def toil(browser: Browser, address: str, paths: dict[str, str]) -> None:
    """What a page asks of a phone, in time of a processor: other work on this machine is not in it.

    No task of a thread that takes less than 50 ms blocks anybody, so the whole of it, four times as
    slow as here, is the most that Lighthouse could count as blocking.
    """
    print("\n| page | elements | what blocks drawing | work, ms | script | style, layout |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, path in paths.items():
        taken: list[tuple[float, float, float]] = []
        for _ in range(5):
            context = phone(browser)
            page = context.new_page()
            told = context.new_cdp_session(page)
            told.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(address + path, wait_until="networkidle")
            metrics = {
                one["name"]: 1000 * one["value"]
                for one in told.send("Performance.getMetrics")["metrics"]
            }
            drawn = metrics["LayoutDuration"] + metrics["RecalcStyleDuration"]
            taken.append((metrics["TaskDuration"], metrics["ScriptDuration"], drawn))
            elements, blocking = page.evaluate(BLOCKING)
            context.close()
        work, script, drawn = (median(column) for column in zip(*taken, strict=True))
        print(
            f"| {name} | {elements} | {blocking} | {work:.0f} | {script:.0f} | {drawn:.0f} |",
            flush=True,
        )


def visit(browser: Browser, address: str, words: str) -> None:
    """From the front page to the sentence, with scripts off: typed words are no tap."""
    context = phone(browser)
    page, wire = listened(context)
    page.goto(address + "/", wait_until="networkidle")
    steps = [("the front page", 0)]
    costs = [(wire.bytes, wire.requests)]
    field = page.locator("form.ask input[name=q]")
    field.tap()
    field.fill(words)
    page.get_by_role("button", name="Search").tap()
    page.wait_for_url(lambda url: "/search?" in url)
    page.wait_for_load_state("networkidle")
    steps.append(("the field, the button: results", 2))
    costs.append((wire.bytes, wire.requests))
    page.locator(".answers a").first.tap()
    page.wait_for_url(lambda url: "/resources/" in url)
    page.wait_for_load_state("networkidle")
    steps.append(("the first answer: its sentence", 3))
    costs.append((wire.bytes, wire.requests))
    print(f"\n| “{words}” | taps | bytes | requests |\n|---|---:|---:|---:|")
    for (name, taps), (octets, requests) in zip(steps, costs, strict=True):
        print(f"| {name} | {taps} | {octets:,} | {requests} |")
    context.close()


IN_SIGHT = """one => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""
LANDED = """() => {
    const mark = document.querySelector('#match + mark');
    if (!mark) return null;
    const bar = document.querySelector('.bar').getBoundingClientRect();
    const box = mark.getBoundingClientRect();
    return [box.top - bar.bottom, innerHeight - box.bottom];
}"""


def look(browser: Browser, address: str) -> None:
    asked, seen, answered, wide = questions(), 0, 0, []
    landed: list[float] = []
    covered = beyond = lost = 0
    for language, words in asked:
        context = phone(browser, language)
        page = context.new_page()
        page.goto(f"{address}/search?{urlencode({'q': words})}")
        first = page.locator(".answers .words").first
        if first.count():
            answered += 1
            seen += first.evaluate(IN_SIGHT)
            page.locator(".answers a").first.click()
            page.wait_for_load_state()
            page.wait_for_timeout(100)  # ms; the browser scrolls after it has loaded
            where = page.evaluate(LANDED)
            if where is None:
                lost += 1
            else:
                landed.append(where[0])
                covered += where[0] < 0
                beyond += where[1] < 0
        context.close()
        context = phone(browser, language, SMALL)
        page = context.new_page()
        page.goto(f"{address}/search?{urlencode({'q': words})}")
        if page.evaluate("document.documentElement.scrollWidth") > SMALL["width"]:
            wide.append(words)
        context.close()
    print(f"\n{len(asked)} searches at 360 by 740, {answered} with an answer")
    print(f"first answer whole in sight without scrolling: {seen} of {answered}")
    print(
        f"opened: {len(landed)} with a marked sentence, {lost} without; {covered} under the bar, "
        f"{beyond} below the screen; median {median(landed or [0]):.0f} px below the bar"
    )
    print(f"wider than 320 px: {len(wide)} {wide[:5]}")


def ways(address: str, chromium: str) -> dict[str, str]:
    """An address of each kind of page that readers see."""
    words = {"q": WORDS}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{address}/search?{urlencode(words)}")
        answer = (page.locator(".answers a").first.get_attribute("href") or "/").split("#")[0]
        browser.close()
    return {
        "front page": "/",
        "results": f"/search?{urlencode(words)}",
        "results, Arabic words": f"/search?{urlencode({'q': 'العاملات في المنازل'})}",
        "the form that narrows": f"/search/narrow?{urlencode(words)}",
        "a work": answer.split("?")[0].rsplit("/", 2)[0],
        "a page of it": answer,
        "a list of ways in": "/browse/topic",
    }


def with_sample(look_at: Callable[[str], None]) -> None:
    """Bring the sample library in, in a folder of its own, and look at it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "library", "ingest", "sample/library"],
            cwd=ROOT,
            env={**os.environ, "LIBRARY_HOME": folder},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        look_at(folder)


def main(home: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed. On Debian: apt-get install chromium")
    with served(home) as address:
        paths = ways(address, chromium)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            weigh(browser, address, paths)
            toil(browser, address, paths)
            visit(browser, address, WORDS)
            look(browser, address)
            browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with_sample(main)
