"""The site in a real browser, scripts off, on a small phone and a wide screen."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from library.web.app import app_of
from library.web.site import Site
from tests import needs

STREETS = "/resources/our-streets-our-table"
PAGES = [
    "/",
    "/search",
    "/search?q=municipality&language=en",
    "/search?q=zzzz&kind=toolkit",
    "/search?q=wages&page=999",
    STREETS,
    f"{STREETS}/en/2?q=municipality",
    f"{STREETS}/en?q=municipality",
    "/suggest?q=wag&as=page",
    "/ask?q=zeppelin",
    "/resources/عملك-عمل",
    "/resources/عملك-عمل/ar/1",
    "/resources/a-scan-of-a-leaflet/en/1",
    "/browse/topic",
    "/browse/place",
    "/collections/start",
    "/about",
    "/nowhere",
]
# What reaches past the edge of a small phone, except in a table's own scroll box.
TOO_WIDE = """all => all
    .filter(one => !one.closest('.scroll'))
    .filter(one => one.getBoundingClientRect().right > 360.5
        || one.getBoundingClientRect().left < -0.5)
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    """The small library, served for real."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(app_of(site), port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = needs.command("chromium")
    with sync_playwright() as player:
        made = player.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: Browser, width: int, language: str = "en") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        java_script_enabled=False,
        locale=language,
        has_touch=width < 500,
        is_mobile=width < 500,
    )
    return context.new_page()


@pytest.mark.parametrize("language", ["en", "pt", "ar"])
def test_nothing_is_wider_than_a_small_phone(browser: Browser, address: str, language: str) -> None:
    page = opened(browser, 360, language)
    for path in PAGES:
        page.goto(address + path)
        body = page.locator("body").bounding_box()
        assert body is not None
        # On a phone a page that is too wide is laid out wider than the screen.
        wide = page.locator("main *:visible").evaluate_all(TOO_WIDE)
        assert body["width"] <= 360, path
        assert wide == [], path
    page.context.close()


def test_what_is_pressed_often_is_a_thumb_wide(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages&language=en")
    for selector in (".ask button", ".ask input", ".chip", ".paging a", ".open-narrow", ".sorts a"):
        for one in page.locator(selector).all():
            box = one.bounding_box()
            assert box is not None
            assert box["height"] >= 44, selector
    page.context.close()


def test_from_words_to_the_page_that_answers(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(address)
    page.get_by_role("searchbox").fill("municipality")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="p. iv").first.click()
    assert page.url.endswith(f"{STREETS}/en/2?q=municipality")
    assert page.locator(".text mark").all_inner_texts() == ["municipality"]
    page.get_by_role("link", name="Next").last.click()
    assert page.url.endswith(f"{STREETS}/en/3?q=municipality")
    page.context.close()


def test_narrowing_on_a_phone_keeps_the_words(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages")
    page.get_by_role("searchbox").fill("fund")
    assert not page.get_by_role("button", name="Show results").is_visible()
    page.get_by_role("link", name="Narrow").click()
    show = page.get_by_role("button", name="Show results")
    box = show.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740  # in reach of a thumb without scrolling
    page.get_by_role("checkbox", name="Toolkit").check()
    show.click()
    assert "q=fund" in page.url
    assert "kind=toolkit" in page.url
    page.get_by_role("link", name="Narrow (1)").is_visible()
    page.locator(".chip.on").click()
    assert "kind" not in page.url
    assert "q=fund" in page.url
    page.context.close()


def test_on_a_wide_screen_the_choices_stand_beside(browser: Browser, address: str) -> None:
    page = opened(browser, 1280)
    page.goto(f"{address}/search?q=wages")
    beside = page.locator("#narrow").bounding_box()
    found = page.locator("#results").bounding_box()
    assert beside is not None and found is not None
    assert beside["x"] > found["x"] + found["width"] - 1
    page.get_by_label("from", exact=True).fill("2010")
    page.get_by_role("button", name="Show results").click()
    assert "from=2010" in page.url
    page.context.close()


def test_arabic_mirrors(browser: Browser, address: str) -> None:
    page = opened(browser, 1280, "ar")
    page.goto(f"{address}/search?q=wages")
    beside = page.locator("#narrow").bounding_box()
    found = page.locator("#results").bounding_box()
    assert beside is not None and found is not None
    assert beside["x"] < found["x"]
    page.context.close()


def test_the_language_is_one_tap_away(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages")
    page.get_by_role("link", name="Español").last.click()
    assert page.url.endswith("/search?q=wages")
    assert page.locator("html").get_attribute("lang") == "es"
    page.context.close()


def test_at_twice_the_size_nothing_is_lost(browser: Browser, address: str) -> None:
    """200 % zoom of a 1280 pixel screen is one of 640."""
    page = opened(browser, 640)
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.context.close()
