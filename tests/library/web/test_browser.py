"""The site in a real browser, scripts off, on a small phone and a wide screen.

Long because one site and one browser are begun for all of it.
"""

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

from library.core.resource import Block
from library.core.resource import Page as LibraryPage
from library.core.settings import Settings
from library.extractors.pages import plain
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
    "/search?topic=-organising&place=none",
    "/search/narrow?topic=-organising&open=place",
    "/search/narrow?open=year",
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
    "/kept",
    "/kept/our-streets-our-table/en",
    "/nowhere",
]
# What reaches past the edge of a small phone, except in a table's own scroll box.
TOO_WIDE = """all => all
    .filter(one => !one.closest('.scroll'))
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5
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
    page = opened(browser, 320, language)
    for path in PAGES:
        page.goto(address + path)
        body = page.locator("body").bounding_box()
        assert body is not None
        # On a phone a page that is too wide is laid out wider than the screen.
        wide = page.locator("main *:visible").evaluate_all(TOO_WIDE)
        assert body["width"] <= 320, path
        assert wide == [], path
    page.context.close()


def test_what_is_pressed_often_is_a_thumb_wide(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages&language=en")
    for selector in (
        ".ask button",
        ".ask input[type=search]",
        ".chip",
        ".paging a",
        ".ask-narrow",
        ".sorts a",
        ".rest summary",
    ):
        for one in page.locator(selector).all():
            box = one.bounding_box()
            assert box is not None, selector
            assert box["height"] >= 44, selector
    page.context.close()


def test_from_words_to_the_page_that_answers(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(address)
    page.get_by_role("searchbox").fill("municipality")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="p. iv").first.click()
    page.wait_for_url(lambda url: f"{STREETS}/en/2?q=municipality&shown=" in url)
    assert page.locator(".text mark").all_inner_texts() == ["municipality"]
    page.get_by_role("link", name="Next").last.click()
    page.wait_for_url(lambda url: url.endswith(f"{STREETS}/en/3?q=municipality"))
    page.context.close()


def test_narrowing_on_a_phone_keeps_the_words(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search?q=wages&sort=title")
    page.get_by_role("link", name="Filter").click()
    page.get_by_role("searchbox").fill("fund")
    show = page.get_by_role("button", name="Show results")
    expect(show).to_be_in_viewport(ratio=1)  # in reach of a thumb without scrolling
    page.locator("summary", has_text="Kind").click()
    page.get_by_role("checkbox", name="Toolkit").check()
    show.click()
    for part in ("q=fund", "kind=toolkit", "sort=title"):
        page.wait_for_url(re.compile(re.escape(part)))
    expect(page.get_by_role("link", name="Filter (1)")).to_be_visible()
    page.get_by_role("searchbox").fill("wages")  # other words leave what was chosen
    page.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"q=wages.*kind=toolkit"))
    page.locator(".chip.on").click()
    page.wait_for_url(lambda url: "kind" not in url and "q=wages" in url)
    page.context.close()


def test_a_value_is_left_out_with_a_thumb(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/search/narrow?q=wages&open=kind")
    minus = page.get_by_role("checkbox", name="not: Toolkit")
    expect(minus).to_be_hidden()
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


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 360])
def test_narrow_lies_over_nothing_and_can_be_tapped(
    browser: Browser, address: str, width: int, language: str
) -> None:
    page = opened(browser, width, language)
    page.goto(f"{address}/search?q=wages")
    tap = page.locator(".ask-narrow")
    expect(tap).to_be_in_viewport(ratio=1)
    box, first = tap.bounding_box(), page.locator(".card").first.bounding_box()
    assert box is not None and first is not None
    assert box["y"] + box["height"] <= first["y"]
    tap.tap()
    page.wait_for_url(re.compile("/search/narrow"))
    page.context.close()


def test_keys_reach_the_narrowing_before_the_results(browser: Browser, address: str) -> None:
    for width in (360, 1280):
        page = opened(browser, width)
        page.goto(f"{address}/search?q=wages")
        page.locator(".ask button").focus()
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_attribute("href", "/search/narrow?q=wages")
        expect(page.locator(":focus")).to_be_visible()
        page.context.close()


def test_on_a_wide_screen_the_form_comes_to_the_results(browser: Browser, address: str) -> None:
    """Where scripts run; without them the same press leads to its page."""
    page = opened(browser, 1280, scripts=True)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{address}/search?q=wages&kind=toolkit&sort=title")
    page.locator("#narrow").get_by_role("link", name="Kind").hover()
    page.wait_for_function("document.querySelector('script[src*=narrow]')")
    page.wait_for_load_state("networkidle")
    page.locator("#narrow").get_by_role("link", name="Language").click()
    page.get_by_role("checkbox", name="English").first.check()
    page.get_by_role("checkbox", name="Toolkit").first.uncheck()
    assert page.url.endswith("/search?q=wages&kind=toolkit&sort=title")
    expect(page.locator(".card").first).to_be_visible()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url(lambda url: "language=en" in url and "kind" not in url)
    page.wait_for_url(re.compile("sort=title"))
    assert refused == []
    page.context.close()
    page = opened(browser, 1280)
    page.goto(f"{address}/search?q=wages")
    page.locator("#narrow").get_by_role("link", name="Language").click()
    expect(page.get_by_role("checkbox", name="English").first).to_be_visible()
    page.context.close()


LANDED = """() => {
    const mark = document.querySelector('#match + mark').getBoundingClientRect();
    const bar = document.querySelector('.bar').getBoundingClientRect();
    return {above: mark.top - bar.bottom, below: innerHeight - mark.bottom, bar: bar.height};
}"""


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library whose one answer stands far down a page that says its words all over."""
    shelf = Shelf(Settings(home=tmp_path_factory.mktemp("long")))
    stray = "Workers met workers and spoke of the weather. " * 6
    texts = [*[f"{n}. {stray}" for n in range(20)], "The minimum wage of domestic workers is set."]
    blocks = tuple(Block("paragraph", words) for words in (*texts, *texts[:20]))
    shelf.add("Minutes of a meeting", [LibraryPage(1, plain(blocks), blocks, layout="x")] * 1)
    shelf.index()
    with served(shelf.site()) as address:
        yield address


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_answer_leads_to_its_sentence_below_the_bar(
    browser: Browser, long_page: str, language: str, scripts: bool
) -> None:
    page = opened(browser, 360, language, scripts)
    page.goto(f"{long_page}/search?q=minimum+wage+domestic+workers")
    page.locator(".answers a").first.click()
    page.wait_for_url(lambda url: url.endswith("#match"))
    expect(page.locator("#match + mark")).to_be_in_viewport(ratio=1)
    expect(page.locator("p:has(> #match)")).to_have_text(
        "The minimum wage of domestic workers is set."
    )
    place = page.evaluate(LANDED)
    assert place["above"] >= 24  # the line above it can be read, too
    assert place["below"] >= 0
    assert place["bar"] <= 48
    # Stray words are marked and are no matches.
    assert len(page.locator(".text mark").all()) > 100
    numbers = re.findall(r"\d+", page.locator(".bar .at").inner_text())
    assert numbers == ["1", "1"]
    page.context.close()


def test_the_text_begins_soon_and_nothing_covers_the_next_match(
    browser: Browser, address: str
) -> None:
    for language in ("en", "ar", "hi"):
        page = opened(browser, 360, language)
        page.goto(f"{address}{STREETS}/en/2?q=speaks+one")
        text = page.locator(".text").bounding_box()
        assert text is not None
        assert text["y"] <= 200, language
        page.locator('.bar a[href$="#match"]').last.click()
        page.wait_for_url(re.compile("at=2#match"))
        assert page.evaluate(LANDED)["above"] >= 0
        page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_years_can_be_pressed(browser: Browser, address: str, language: str, width: int) -> None:
    page = opened(browser, width, language)
    page.goto(f"{address}/search/narrow?q=wages&open=year")
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
    page.goto(f"{full}/search/narrow?open=group")
    page.get_by_role("searchbox").fill("meetings")
    page.locator("summary", has_text="Kind").click()
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
    page.goto(f"{full}/search/narrow?group=all-informal-workers")
    page.locator("#narrow-group").hover()  # a press anywhere in the form fetches its script, too
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
    page.locator(".tongue summary").click()
    page.get_by_role("link", name="Español").first.click()
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


def test_a_print_says_where_it_is_from_and_holds_nothing_to_press(
    browser: Browser, address: str
) -> None:
    page = opened(browser, 1280)
    page.emulate_media(media="print")
    printed = {
        f"{STREETS}/en/2?q=municipality": ("A. Organiser", "2019", "Searched for: municipality"),
        "/search?q=wages&kind=toolkit": ("wages", "Toolkit", "Worker Education Library"),
        STREETS: ("Our streets, our table",),
        "/browse/topic": ("By topic",),
    }
    for path, words in printed.items():
        page.goto(address + path)
        text = page.locator("body").inner_text()
        assert f"{address}{path.split('?')[0]}" in text, path
        for word in words:
            assert word in text, path
        for pressed in ("form", "button", "nav", "input", ".button", ".searchtips", ".enter"):
            assert page.locator(f"{pressed}:visible").all() == [], (path, pressed)
    page.context.close()
