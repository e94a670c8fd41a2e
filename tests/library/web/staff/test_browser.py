"""The desk in a real browser, scripts off, on a small phone: from three files to a withdrawal."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from library.core.resource import Statement
from library.ingestion import pipeline as ingesting
from library.metadata import decide
from library.web.app import app_of
from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import sign_in
from tests.library.web.test_browser import TOO_WIDE

CONTRAST = """one => {
    const parts = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
    let ground = one;
    while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0)
        ground = ground.parentElement;
    const words = light(parts(getComputedStyle(one.querySelector("a")).color));
    const behind = light(parts(getComputedStyle(ground ?? document.body).backgroundColor));
    return (Math.max(words, behind) + 0.05) / (Math.min(words, behind) + 0.05);
}"""
WORDS = "Street vendors keep the pavement clean and the neighbours fed. " * 30


@pytest.fixture
def address(desk_site: Site) -> Iterator[str]:
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app_of(desk_site), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{held.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)
    held.close()


def signed_in(
    browser: Browser, address: str, language: str = "en", *, scripts: bool = False
) -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        java_script_enabled=scripts,
        locale=language,
        has_touch=True,
        is_mobile=True,
    )
    page = context.new_page()
    sign_in(page, address)
    return page


def read(shelf: Shelf) -> None:
    one = ingesting.Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    for arrival in shelf.catalogue.claim_arrivals(60, 99):
        one.arrival(arrival)
    one.index()


def test_from_three_files_to_a_withdrawal(
    browser: Browser, address: str, desk_shelf: Shelf, tmp_path: Path
) -> None:
    files = []
    for name in ("pavement", "bins", "water"):
        files.append(tmp_path / f"{name}.md")
        files[-1].write_text(f"# Our {name}\n\n{name} {WORDS}", "utf-8")
    page = signed_in(browser, address)
    page.get_by_role("link", name="Arrivals").first.click()
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("3 files wait to be read.")).to_be_visible()
    read(desk_shelf)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".state", has_text="in the library")).to_have_count(3)
    page.get_by_role("link", name="pavement.md").click()
    page.get_by_role("link", name="Correct what is said of it").click()
    page.locator('[id$=".title"].field > details:not([open]) > summary').click()
    page.get_by_role("textbox", name="Title", exact=True).fill("The pavement is ours")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()  # the page may still be on its way
    page.get_by_role("link", name="The pavement is ours").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published.").wait_for()
    page.get_by_role("link", name="As readers see it").click()
    expect(page).to_have_url(f"{address}/resources/the-pavement-is-ours")
    page.goto(f"{address}/search?q=pavement")
    expect(page.get_by_role("link", name="The pavement is ours").first).to_be_visible()
    page.goto(f"{address}/staff/resources?words=pavement")
    page.get_by_role("link", name="The pavement is ours").click()
    page.locator("#standing summary").click()
    page.get_by_role("radio", name="withdrawn").check()
    page.get_by_label("If withdrawn").fill("It showed a home address.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    page.goto(f"{address}/resources/the-pavement-is-ours")
    expect(page.get_by_text("It showed a home address.")).to_be_visible()
    page.goto(f"{address}/search?q=pavement")
    expect(page.get_by_role("link", name="The pavement is ours")).to_have_count(0)
    page.goto(f"{address}/staff/history")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.goto(f"{address}/resources/the-pavement-is-ours")
    expect(page.get_by_role("heading", name="The pavement is ours")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar", "pt"])
def test_the_desk_fits_a_small_phone_and_a_thumb(
    browser: Browser, address: str, desk_shelf: Shelf, language: str
) -> None:
    id_ = desk_shelf.catalogue.every()[0]
    page = signed_in(browser, address, language)
    for path in ("", "arrivals", "queue", "resources", f"resources/{id_}",
                 f"resources/{id_}/words", f"resources/{id_}/files", f"resources/{id_}/cover",
                 "vocabularies", "collections", "tables", "history", "figures", "health",
                 "own"):  # fmt: skip
        page.goto(f"{address}/staff/{path}")
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == [], path
        for one in page.locator("main button:visible, main .desk-bar a:visible").all():
            box = one.bounding_box()
            assert box is not None
            assert box["height"] >= 43.5, path
    page.context.close()


def test_all_of_it_by_keyboard(browser: Browser, address: str, desk_shelf: Shelf) -> None:
    """Every field and button of the form that sets a status is reached with the keys alone."""
    page = signed_in(browser, address)
    page.goto(f"{address}/staff/resources/{desk_shelf.catalogue.every()[0]}")
    page.locator("#standing summary").focus()
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(6):  # statuses: what one needs is asked where it is chosen
        page.locator("#standing summary").focus()
        for _ in range(8):
            page.keyboard.press("Tab")
            here = page.locator("*:focus")
            if here.count():
                reached.add(here.get_attribute("name") or here.inner_text())
        page.locator("#standing summary").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
    assert {"status", "until", "successor", "reason", "law_year", "review_by", "Save"} <= reached
    page.context.close()


def _by_key(page: Page, key: str, is_there: Callable[[], bool]) -> None:
    """Press a key until something is so, as often as a form can need it."""
    for _ in range(60):
        if is_there():
            return
        page.keyboard.press(key)
    pytest.fail(f"60 presses of {key} led nowhere")


def _field(page: Page) -> str | None:
    return page.locator("*:focus").get_attribute("data-name")


def test_putting_right_with_one_key_for_each_field(
    browser: Browser, address: str, desk_shelf: Shelf
) -> None:
    resource = desk_shelf.catalogue.resource(desk_shelf.catalogue.every()[0])
    assert resource is not None
    edition = resource.edition("en").id
    topic = desk_shelf.vocabularies.find("topic", "grève")
    with desk_shelf.catalogue.write() as writer:
        writer.guess_again(
            edition,
            [
                Statement("title", "A fund of our own", "guess", (), 0.6),
                Statement("summary", "It is not so.", "guess", (), 0.6),
                Statement("authors", ("A. One", "B. Two"), "guess", (), 0.5),
                Statement("date", "2019", "guess", (), 0.8),
                Statement("date", "2021", "guess", (), 0.6),
            ],
            decide,
        )
    page = signed_in(browser, address, scripts=True)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/staff/resources/{resource.id}/words")
    _by_key(page, "Tab", lambda: page.locator(".field:focus").count() == 1)
    _by_key(page, "j", lambda: _field(page) == f"{edition}.title")
    for key in "ara2":  # the title, no summary, the authors, the other date
        page.keyboard.press(key)
    _by_key(page, "j", lambda: _field(page) == f"{edition}.rights")
    page.keyboard.press("c")
    page.keyboard.type("CC BY 4.0")
    page.keyboard.press("Escape")
    assert _field(page) == f"{edition}.rights"
    _by_key(page, "k", lambda: _field(page) == "work.topic")
    page.keyboard.press("c")
    page.keyboard.type("greve")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.get_by_text("Saved.").wait_for()
    now = desk_shelf.catalogue.resource(resource.id)
    assert now is not None
    mine = now.edition("en")
    assert (mine.title, mine.summary, mine.authors) == (
        "A fund of our own",
        "",
        ("A. One", "B. Two"),
    )
    assert (str(mine.date), mine.rights, now.filed("topic")) == ("2021", "CC BY 4.0", (topic,))
    said = {one.field for one in desk_shelf.catalogue.statements(edition) if one.source == "staff"}
    assert said == {"title", "summary", "authors", "date", "rights", "topic"}
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_offers_stay_inside_a_small_phone(
    browser: Browser, address: str, desk_shelf: Shelf, language: str
) -> None:
    page = signed_in(browser, address, language, scripts=True)
    page.goto(f"{address}/staff/resources/{desk_shelf.catalogue.every()[0]}/words")
    page.locator(".empties > summary").click()
    page.locator('[id="at-work.place"] summary').click()
    page.locator('input[name="work.place.add"]').press_sequentially("a")
    page.locator("[role=option]").first.wait_for()
    assert page.locator("[role=option]").count() > 1
    assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_shade_of_the_heat_table_can_be_read(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2, 1.4.3: the contrast of each number with its own ground is 4.5 or more."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}/staff/figures")
    cell = page.locator(".heat td[class]").first
    for shade in range(6):
        cell.evaluate("(one, shade) => { one.className = `shade-${shade}`; }", shade)
        contrast = cell.evaluate(CONTRAST)
        assert contrast >= 4.5, shade
    context.close()
