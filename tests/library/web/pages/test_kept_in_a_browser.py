"""Keeping documents on a phone, in a real browser: kept, read and searched with the network cut,
after a restart, with no room left, across an update of the site, and gone when taken off."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from library.catalogue.resources import status
from library.core.resource import Standing, Statement, Status
from library.core.settings import Settings
from library.store.originals import picture_path
from library.web.site import Site
from tests import needs
from tests.library.web.conftest import Shelf, decide
from tests.library.web.test_browser import TOO_WIDE, opened, served

STALLS = "stalls-and-permits"
# Everything that a site can leave in a browser.
LEFT = """async () => [
    ...await caches.keys(),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
    ...(await indexedDB.databases()).map(one => one.name),
    ...Object.keys(localStorage), ...Object.keys(sessionStorage),
]"""
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")


def fill(home: Path) -> Shelf:
    shelf = Shelf(Settings(home=home))
    shelf.add(
        "Stalls and permits",
        [
            "Vendors organise before the market opens.",
            "A permit is asked for together. Nobody negotiates <alone> & unheard.",
            "Bargaining with the city: what the vendors' committee asked for.",
        ],
        summary="How vendors of one street asked for permits.",
    )
    shelf.add("A savings fund", ["The members save each week.", "The fund pays in bad months."])
    shelf.add(
        "حقوق الباعة",
        ["لكل بائع الحق في العمل في السوق.", "تجتمع العاملات كل أسبوع."],
        language="ar",
    )
    shelf.add("विक्रेताओं के अधिकार", ["मज़दूरों की यूनियन बाज़ार में मिलती है।"], language="hi")
    shelf.index()
    return shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return fill(tmp_path / "home")


@pytest.fixture
def address(shelf: Shelf) -> Iterator[str]:
    with served(shelf.site()) as address:
        yield address


def keep(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}/kept/{path}")
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(page.get_by_role("status")).to_contain_text("Kept.")


def phone(browser: Browser, language: str = "en") -> Page:
    return opened(browser, 360, language, scripts=True)


def cut(page: Page) -> None:
    page.context.set_offline(True)


def ask(page: Page, words: str) -> None:
    page.locator(".look").get_by_role("searchbox").fill(words)
    page.locator(".look").get_by_role("searchbox").press("Enter")


def left(page: Page) -> list[str]:
    found: list[str] = page.evaluate(LEFT)
    return found


def test_it_is_kept_and_read_where_there_is_no_network(browser: Browser, address: str) -> None:
    page = phone(browser)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}/resources/{STALLS}")
    page.get_by_role("link", name="Keep on this phone English").tap()
    page.get_by_role("button", name="Keep on this phone, about").tap()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    keep(page, address, "a-savings-fund/en")
    cut(page)
    page.goto(f"{address}/kept")
    expect(page.locator(".held li")).to_have_count(2)
    expect(page.locator(".held li").first).to_contain_text("2 KB")
    page.get_by_role("link", name="Stalls and permits").tap()
    expect(page.locator("main")).to_contain_text("before the market opens")
    expect(page).to_have_title("Stalls and permits")
    expect(page.get_by_role("link", name="Previous")).to_have_count(0)
    page.locator(".turn").get_by_role("link", name="Next").tap()
    expect(page.locator(".text")).to_contain_text("Nobody negotiates <alone> & unheard.")
    expect(page.locator(".bar .at")).to_have_text("p. 2 / 3")
    assert (
        page.locator("main").evaluate("one => getComputedStyle(one.querySelector('.bar')).display")
        == "flex"
    )
    page.goto(f"{address}/resources/{STALLS}/en/3")  # the address somebody sent her
    expect(page.locator(".text")).to_contain_text("Bargaining with the city")
    page.goto(f"{address}/browse/topic")
    expect(page.get_by_role("status")).to_contain_text("There is no network")
    expect(page.locator(".held li")).to_have_count(2)
    assert not page.locator("body *:visible").evaluate_all(TOO_WIDE)
    assert not problems


@pytest.mark.parametrize(
    ("words", "title", "marked"),
    [
        ("negotiating", "Stalls and permits", "negotiates"),
        ("PERMITS vendor", "Stalls and permits", "Vendors"),
        ("عمل", "حقوق الباعة", "العمل"),
        ("मजदूर", "विक्रेताओं के अधिकार", "मज़दूरों"),
        ("saves", "A savings fund", "save"),
        ("zeppelin", "", ""),
        ("fund zeppelin", "", ""),
        ("the permit of", "Stalls and permits", "permit"),
    ],
)  # fmt: skip
def test_it_is_searched_where_there_is_no_network(
    kept_phone: Page, words: str, title: str, marked: str
) -> None:
    page = kept_phone
    ask(page, words)
    if not title:
        expect(page.get_by_role("status")).to_contain_text("Nothing that is kept here")
        expect(page.locator(".found li")).to_have_count(0)
        return
    expect(page.locator(".found li > a").first).to_have_text(title)
    expect(page.locator(".found mark").first).to_have_text(marked)


@pytest.fixture(scope="module")
def kept_phone(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A phone that keeps four documents, where there is no network."""
    with served(fill(tmp_path_factory.mktemp("kept")).site()) as address:
        page = phone(browser)
        for path in (f"{STALLS}/en", "a-savings-fund/en", "حقوق-الباعة/ar"):
            keep(page, address, path)
        page.goto(f"{address}/search?language=hi")
        page.locator(".card h2 a").first.tap()
        page.get_by_role("link", name="Keep on this phone").tap()
        page.get_by_role("button", name="Keep on this phone").tap()
        expect(page.get_by_role("status")).to_contain_text("Kept.")
        cut(page)
        page.goto(f"{address}/kept")
        expect(page.locator(".held li")).to_have_count(4)
        yield page


def test_a_result_leads_to_its_page(kept_phone: Page) -> None:
    ask(kept_phone, "bargaining")
    kept_phone.locator(".found p a").first.tap()
    expect(kept_phone.locator(".text")).to_contain_text("Bargaining with the city")
    kept_phone.get_by_role("link", name="Kept on this phone").tap()
    # The box at the head of each page finds, too.
    kept_phone.locator("#ask").get_by_role("searchbox").fill("weekly")
    kept_phone.locator("#ask").get_by_role("searchbox").press("Enter")
    expect(kept_phone.locator(".found li > a")).to_have_text("A savings fund")
    kept_phone.goto(kept_phone.url.partition("/search")[0] + "/kept")


def test_it_is_there_after_a_restart(browser: Browser, address: str, tmp_path: Path) -> None:
    def start() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=needs.command("chromium"),
            args=["--no-sandbox"],
            viewport={"width": 360, "height": 740},
            has_touch=True,
        )

    context = start()
    keep(context.pages[0], address, f"{STALLS}/en")
    context.close()
    context = start()
    context.set_offline(True)
    page = context.pages[0]
    page.goto(f"{address}/")
    expect(page.get_by_role("link", name="Stalls and permits")).to_be_visible()
    page.goto(f"{address}/kept/{STALLS}/en/2")
    expect(page.locator(".text")).to_contain_text("asked for together")
    context.close()


def test_what_does_not_fit_is_not_half_kept(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.goto(f"{address}/kept/{STALLS}/en")
    limit(page, address, 6_000)
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(page.get_by_role("status")).to_contain_text("There is no room on this phone")
    assert left(page) == []
    limit(page, address, 50_000_000)
    keep(page, address, f"{STALLS}/en")
    # What is kept stays when the next does not fit.
    page.goto(f"{address}/kept/a-savings-fund/en")
    limit(page, address, 1)
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(page.get_by_role("status")).to_contain_text("There is no room on this phone")
    expect(page.locator(".held li")).to_have_count(1)
    cut(page)
    page.goto(f"{address}/kept/{STALLS}/en/1")
    expect(page.locator(".text")).to_contain_text("before the market opens")


def limit(page: Page, address: str, bytes_: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": bytes_})


def test_an_update_of_the_site_takes_nothing_away(browser: Browser, shelf: Shelf) -> None:
    site = shelf.site()
    with served(site) as address:
        page = phone(browser)
        keep(page, address, f"{STALLS}/en")
        before = {name for name in left(page) if name.startswith("shell ")}
        changed(site)
        page.goto(f"{address}/kept")
        for _ in range(600):  # the worker is made anew beside the page
            now = set(left(page))
            if not before & now and any("shell " in name for name in now):
                break
            page.wait_for_timeout(50)  # ms
        cut(page)
        page.goto(f"{address}/kept/{STALLS}/en/1")
        expect(page.locator(".text")).to_contain_text("before the market opens")
        sheet = page.locator("link[rel=stylesheet][href*=kept]")
        expect(sheet).to_have_attribute("href", "/static/kept.new.css")
        display = "one => getComputedStyle(one).display"
        assert page.locator(".bar").evaluate(display) == "flex"


def changed(site: Site) -> None:
    """The same site after an update: other templates, and another style sheet."""
    pages = site.pages
    names, static = dict(pages.names), dict(pages.static)
    static["kept.new.css"] = static.pop(names["kept.css"])
    names["kept.css"] = "kept.new.css"
    new = replace(pages, names=names, static=static, fingerprint="another")
    object.__setattr__(site, "pages", new)


def test_taking_it_off_leaves_nothing(browser: Browser, address: str) -> None:
    page = phone(browser)
    page.goto(f"{address}/resources/{STALLS}")
    page.get_by_role("button", name="Add to my list").tap()
    keep(page, address, f"{STALLS}/en")
    keep(page, address, "a-savings-fund/en")
    page.goto(f"{address}/kept")
    page.locator(".held li").first.get_by_role("button", name="Take off").tap()
    expect(page.locator(".held li")).to_have_count(1)
    assert len([name for name in left(page) if name.startswith("kept ")]) == 1
    page.on("dialog", lambda dialog: dialog.accept())
    cut(page)  # it needs no network
    page.get_by_role("button", name="Take everything off this phone").tap()
    expect(page.get_by_role("status")).to_contain_text("Nothing is kept on this phone any more")
    assert left(page) == []
    page.context.set_offline(False)
    page.goto(f"{address}/kept")
    expect(page.get_by_role("status")).to_contain_text("Nothing is kept on this phone yet")
    page.goto(f"{address}/kept/{STALLS}/en/2")  # led to where it is read with a network
    expect(page).to_have_url(f"{address}/resources/{STALLS}/en/2")
    assert left(page) == []


def test_what_was_withdrawn_or_has_changed_is_said(
    browser: Browser, shelf: Shelf, address: str
) -> None:
    page = phone(browser)
    for path in (f"{STALLS}/en", "a-savings-fund/en"):
        keep(page, address, path)
    resource = shelf.catalogue.by_slug(STALLS)
    fund = shelf.catalogue.by_slug("a-savings-fund")
    assert resource and fund
    with shelf.catalogue.write() as writer:
        wrong = Standing(Status.WITHDRAWN, reason="Figures in it were wrong.")
        status.put(writer, resource.id, wrong, by="ana")
        title = Statement("title", "A fund of savings", "staff")
        writer.say(fund.editions[0].id, [title], decide)
    page.goto(f"{address}/kept")
    withdrawn = page.locator(".held li").filter(has_text="Stalls and permits")
    expect(withdrawn).to_contain_text("Figures in it were wrong.")
    page.get_by_role("button", name="Fetch it again").tap()
    expect(page.get_by_role("link", name="A fund of savings")).to_be_visible()
    cut(page)
    page.goto(f"{address}/kept/{STALLS}/en/1")
    expect(page.locator("main .notice")).to_contain_text("Figures in it were wrong.")


def test_pictures_go_along_if_asked(browser: Browser, shelf: Shelf, address: str) -> None:
    resource = shelf.catalogue.by_slug(STALLS)
    assert resource
    for number in (1, 2, 3):
        path = picture_path(shelf.settings.images, resource.editions[0].sha256, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WEBP)
    page = phone(browser)
    page.goto(f"{address}/kept/{STALLS}/en")
    page.get_by_label("A picture of each page").check()
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    expect(page.locator(".held li")).to_contain_text("with pictures")
    cut(page)
    page.goto(f"{address}/kept/{STALLS}/en/2")
    shown = page.locator(".picture img")
    expect(shown).to_be_attached()
    page.wait_for_function("document.querySelector('.picture img').naturalWidth === 1")


def test_a_list_is_passed_on_as_one_link(browser: Browser, address: str) -> None:
    page = phone(browser)
    for slug in (STALLS, "a-savings-fund"):
        page.goto(f"{address}/resources/{slug}")
        page.get_by_role("button", name="Add to my list").tap()
        expect(page.get_by_role("button", name="In my list")).to_be_visible()
    page.goto(f"{address}/search")
    expect(page.get_by_role("button", name="In my list")).to_have_count(2)
    page.goto(f"{address}/kept")
    expect(page.locator(".mine li")).to_have_count(2)
    link = page.get_by_role("link", name="Open as one link").evaluate("one => one.href")
    other = opened(browser, 360)  # another phone, without scripts
    other.goto(link)
    expect(other.locator(".card h2")).to_have_text(["Stalls and permits", "A savings fund"])


def test_without_scripts_nothing_is_promised(browser: Browser, address: str) -> None:
    page = opened(browser, 360)
    page.goto(f"{address}/resources/{STALLS}")
    expect(page.get_by_text("Keep on this phone")).to_be_hidden()
    expect(page.get_by_text("Add to my list")).to_have_count(0)
    page.goto(f"{address}/kept/{STALLS}/en")
    expect(page.get_by_role("button", name="Keep on this phone")).to_be_hidden()
    expect(page.get_by_text("This browser cannot keep documents")).to_be_visible()


def test_who_keeps_nothing_has_no_worker(browser: Browser, address: str) -> None:
    page = phone(browser)
    for path in ("/", f"/resources/{STALLS}", "/kept", f"/kept/{STALLS}/en"):
        page.goto(address + path)
    assert left(page) == []
