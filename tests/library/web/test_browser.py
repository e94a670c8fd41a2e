"""The site in a real browser, scripts off, on a small phone and a wide screen."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from library.core.settings import Settings
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf

STREETS = "/resources/our-streets-our-table"
PAGES = [
    "/",
    "/search",
    "/search?q=municipality&language=en",
    "/search?q=zzzz&kind=toolkit",
    "/search?q=wages&page=999",
    "/search?topic=-organising&place=none#narrow",
    "/search#narrow-year",
    "/search/topic",
    "/search/place?facet-q=ken",
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
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library with something under every group of workers."""
    shelf = Shelf(Settings(home=tmp_path_factory.mktemp("full")))
    groups = shelf.vocabularies.order("group")
    shelf.add("On every group", ["Words for meetings."], group=groups, kind="toolkit")
    shelf.index()
    with served(shelf.site()) as address:
        yield address


@contextmanager
def served(site: Site) -> Iterator[str]:
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


def opened(browser: Browser, width: int, language: str = "en", scripts: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        java_script_enabled=scripts,
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
    page.wait_for_url(lambda url: url.endswith(f"{STREETS}/en/2?q=municipality"))
    assert page.locator(".text mark").all_inner_texts() == ["municipality"]
    page.get_by_role("link", name="Next").last.click()
    page.wait_for_url(lambda url: url.endswith(f"{STREETS}/en/3?q=municipality"))
    page.context.close()


def test_narrowing_on_a_phone_keeps_the_words(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages")
    page.get_by_role("searchbox").fill("fund")
    expect(page.get_by_role("button", name="Show results")).to_be_hidden()
    page.get_by_role("link", name="Filter").click()
    show = page.get_by_role("button", name="Show results")
    box = show.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740  # in reach of a thumb without scrolling
    page.get_by_role("checkbox", name="Toolkit").check()
    show.click()
    page.wait_for_url(lambda url: "q=fund" in url)
    page.wait_for_url(lambda url: "kind=toolkit" in url)
    page.get_by_role("link", name="Filter (1)").is_visible()
    page.locator(".chip.on").click()
    page.wait_for_url(lambda url: "kind" not in url)
    page.wait_for_url(lambda url: "q=fund" in url)
    page.context.close()


def test_a_value_is_left_out_with_a_thumb(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages")
    page.get_by_role("link", name="Filter").click()
    minus = page.get_by_role("checkbox", name="not: Toolkit")
    assert not minus.is_visible()
    page.get_by_text("Leave some out").click()
    box = page.locator(".not", has=minus).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    minus.check()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url(lambda url: "kind=-toolkit" in url)
    page.get_by_role("link", name="Remove not: Toolkit").click()
    page.wait_for_url(lambda url: "kind" not in url)
    page.context.close()


def test_keys_reach_the_narrowing_before_the_results(browser: Browser, address: str) -> None:
    """And nothing behind it while it covers a phone's screen."""
    for width in (360, 1280):
        page = opened(browser, width)
        page.goto(f"{address}/search?q=wages")
        page.locator(".sorts a").last.focus()
        page.keyboard.press("Tab")
        assert page.locator(":focus").get_attribute("href") == "#narrow"
        expect(page.locator(":focus")).to_be_visible()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#narrow :focus")).to_have_count(1)
        page.context.close()
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages#narrow")
    expect(page.locator(".found h1")).to_be_hidden()
    expect(page.locator(".ask button")).to_be_hidden()
    page.get_by_role("link", name="Year").click()
    expect(page.get_by_role("button", name="Show results")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.locator(".found h1")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_years_can_be_pressed(browser: Browser, address: str, language: str, width: int) -> None:
    page = opened(browser, width, language)
    page.goto(f"{address}/search?q=wages#narrow-year")
    bars = page.locator(".years svg a")
    for press in page.locator(".years .press").all():
        box = press.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    first, last = bars.first.bounding_box(), bars.last.bounding_box()
    assert first is not None and last is not None
    assert (first["x"] > last["x"]) == (language == "ar")
    bars.first.click()
    page.wait_for_url(lambda url: url.endswith("/search?q=wages&from=2000&to=2004"))
    page.context.close()


def test_a_value_is_found_by_any_name_without_scripts(browser: Browser, full: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{full}/search")
    page.get_by_role("searchbox").fill("meetings")
    page.get_by_role("link", name="Filter").click()
    page.get_by_role("checkbox", name="Toolkit").check()
    page.get_by_role("button", name="Find in “Workers”").click()
    field = page.get_by_role("searchbox")
    field.fill("hawk")
    field.press("Enter")
    assert page.locator(".choice > label:first-child").all_inner_texts() == [
        "Street vendors and market traders hawker\n1\n, 1 resource",
    ]
    page.get_by_role("checkbox", name="Street vendors").first.check()
    page.get_by_role("button", name="Show results").last.click()
    for part in ("q=meetings", "kind=toolkit", "group=street-vendors"):
        page.wait_for_url(re.compile(re.escape(part)))
    page.context.close()


def test_typing_shortens_a_long_list_where_scripts_run(browser: Browser, full: str) -> None:
    page = opened(browser, 1280, scripts=True)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{full}/search?group=all-informal-workers")
    box = page.locator("#narrow-group")
    field = box.get_by_role("searchbox", name="Find in “Workers”")
    visible = box.locator(".choice > label:first-child > span:first-of-type:visible")
    everything = visible.all_inner_texts()
    field.fill("domestic")
    assert visible.all_inner_texts() == ["All informal workers", "Domestic workers"]
    field.fill("scavenger")  # a hidden label, which only the library knows
    box.get_by_text("Waste pickers", exact=True).wait_for()
    assert visible.all_inner_texts() == ["All informal workers", "Waste pickers"]
    assert "cavenger" not in page.content()
    field.fill("")
    assert visible.all_inner_texts() == everything
    assert refused == []
    page.context.close()


def test_on_a_wide_screen_the_choices_stand_beside(browser: Browser, address: str) -> None:
    page = opened(browser, 1280)
    page.goto(f"{address}/search?q=wages")
    beside = page.locator("#narrow").bounding_box()
    found = page.locator("#results").bounding_box()
    assert beside is not None and found is not None
    assert beside["x"] > found["x"] + found["width"] - 1
    show = page.get_by_role("button", name="Show results").bounding_box()
    assert show is not None
    assert show["y"] + show["height"] <= 740  # in sight before anything is scrolled
    page.get_by_label("from", exact=True).fill("2010")
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url(lambda url: "from=2010" in url)
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
    page.wait_for_url(lambda url: url.endswith("/search?q=wages"))
    assert page.locator("html").get_attribute("lang") == "es"
    page.context.close()


def test_at_twice_the_size_nothing_is_lost(browser: Browser, address: str) -> None:
    """200 % zoom of a 1280 pixel screen is one of 640."""
    page = opened(browser, 640)
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.context.close()
