"""The site on real documents, in a real browser, on a small phone: nobody wrote these to fit it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.pages_weight import listened, phone
from library.core.settings import Settings
from library.vocabularies import Vocabularies
from library.web.site import open_site
from tests import needs
from tests.library.web.test_browser import LANDED, TOO_WIDE, opened, served

EACH = 18  # of the documents of every folder one in so many
SEARCHES = 40
FROM = """mark => {
    const on = document.createRange();
    on.setStartBefore(mark);
    on.setEndAfter(mark.closest(".words, p, li, td, th, h2, h3, h4, h5, figcaption") || mark);
    return on.toString().slice(0, 60);
}"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Some fifty documents as they were published, served."""
    files = sorted(path for path in needs.data("documents").rglob("*") if path.is_file())
    home = tmp_path_factory.mktemp("real")
    folder = tmp_path_factory.mktemp("documents")
    for number, file in enumerate(files[::EACH]):
        shutil.copyfile(file, folder / f"{number}-{file.name}")
    ingest(home, folder)
    site = open_site(Settings(home=home))
    assert site.catalogue.totals().resources >= 30
    with served(site) as address:
        yield address
    site.close()


def ingest(home: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "library", "ingest", str(folder)],
        env={**os.environ, "LIBRARY_HOME": str(home)},
        check=True,
        capture_output=True,
    )


def searches(language: str) -> list[str]:
    """Labels of topics, groups and uses, which fit any library, in a language."""
    known = Vocabularies.load(("en", "ar"))
    return [
        known.label(facet, id_, language)
        for facet in ("topic", "group", "use")
        for id_ in known.order(facet)
    ][:SEARCHES]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_forty_searches_fit_a_screen_of_320_pixels(
    browser: Browser, real: str, language: str
) -> None:
    page = opened(browser, 320, language)
    for words in searches(language):
        page.goto(f"{real}/search?{urlencode({'q': words})}")
        wide = page.locator("main *:visible").evaluate_all(TOO_WIDE)
        assert wide == [], words
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, words
        assert page.locator(".ask-narrow").bounding_box() is not None
        assert not re.search(r"(?:\.\s?){5}", page.locator("main").inner_text()), words
    page.context.close()


def test_an_answer_lands_on_its_sentence(browser: Browser, real: str) -> None:
    page = opened(browser, 360)
    landed = 0
    astray = []
    for words in searches("en"):
        page.goto(f"{real}/search?{urlencode({'q': words})}")
        first = page.locator('.answers a[href$="#match"]:visible').first
        if not first.count():
            continue
        shown = first.locator(".words mark").first.evaluate(FROM)
        first.click()
        page.wait_for_load_state()
        place = settled(page)
        assert place["above"] >= 0, words
        assert place["below"] >= 0, words
        assert place["bar"] <= 48
        read = page.locator("#match + mark").evaluate(FROM)
        if not same(shown, read):
            astray.append((words, shown, read))
        landed += 1
    assert landed >= SEARCHES // 2
    assert astray == []
    page.context.close()


def same(shown: str, read: str) -> bool:
    """Whether two texts, one of which may be cut short, begin with the same letters."""
    one, other = (re.sub(r"\W", "", text)[:30] for text in (shown, read))
    return bool(one) and (one.startswith(other) or other.startswith(one))


def settled(page: Page) -> dict[str, float]:
    """Where the match stands once the browser has come to rest there."""
    expect(page.locator("#match + mark")).to_be_in_viewport()
    before: dict[str, float] = {}
    while (found := page.evaluate(LANDED)) != before:
        before = found
        page.wait_for_timeout(50)  # ms
    return before


FIRST = 14_000  # bytes of a first visit to results, with headers, without the icon: two requests
LATER = 7_168


@pytest.mark.parametrize("language", ["en", "ar"])
def test_results_weigh_little_on_paid_data(browser: Browser, real: str, language: str) -> None:
    pages: list[int] = []
    for number, words in enumerate(searches(language)[::4]):
        context = phone(browser, language)
        page, wire = listened(context)
        page.goto(f"{real}/search?{urlencode({'q': words})}", wait_until="networkidle")
        assert wire.requests <= 2, words
        assert wire.bytes <= FIRST, words
        first = wire.bytes
        page.goto(f"{real}/search?{urlencode({'q': words, 'sort': 'title'})}")
        page.wait_for_load_state("networkidle")
        pages.append(wire.bytes - first)
        context.close()
        if number > 6:
            break
    assert max(pages) <= LATER, pages
