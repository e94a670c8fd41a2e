"""A pack opened from a file in a real browser: read without scripts, searched with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.library.web.test_browser import TOO_WIDE, opened


def test_it_is_searched_without_a_server(browser: Browser, folder: Path) -> None:
    page = opened(browser, 360, scripts=True)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{folder.as_uri()}/index.html")
    page.get_by_role("searchbox").fill("municipality budgets")
    page.get_by_role("button", name="Search").tap()
    first = page.locator("#found h2").first
    expect(first).to_have_text("Our streets, our table")
    expect(page.locator("#found mark").first).to_have_text("municipality")
    page.locator("#found .answer a").first.tap()
    expect(page.locator("#p3")).to_contain_text("has signed nothing")
    page.go_back()
    expect(page.locator("#found h2").first).to_have_text("Our streets, our table")
    assert not problems


@pytest.mark.parametrize(
    ("words", "first", "told"),
    [
        ("wages zeppelin", "Report", "Not in this pack: “zeppelin”"),
        ("municipallity", "Our streets, our table", "“municipality”"),
        ("zeppelin", "", "Nothing in this pack has these words."),
        ('"signs and does not budget"', "Our streets, our table", "Documents found: 1"),
        ("strik*", "Report", "Documents found"),
    ],
)
def test_what_it_says(browser: Browser, folder: Path, words: str, first: str, told: str) -> None:
    page = opened(browser, 360, scripts=True)
    page.goto(f"{folder.as_uri()}/index.html")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#told")).to_contain_text(told)
    if first:
        expect(page.locator("#found")).to_contain_text(first)


def test_it_is_read_without_scripts_and_fits_a_small_phone(browser: Browser, folder: Path) -> None:
    page = opened(browser, 320)
    page.goto(f"{folder.as_uri()}/index.html")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert not page.locator("body *").evaluate_all(TOO_WIDE)
    page.get_by_role("link", name="All documents").first.tap()
    page.get_by_role("link", name="Our streets, our table").tap()
    page.get_by_role("link", name="Read").tap()
    expect(page.locator("#p2")).to_contain_text("A permit per stall")
    assert not page.locator("body *").evaluate_all(TOO_WIDE)
