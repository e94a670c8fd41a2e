"""axe finds nothing on any page, in light and dark, from left to right and from right to left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from library.web.site import Site
from tests import needs
from tests.library.web.test_browser import PAGES, STREETS, served

ALSO = (
    f"/report{STREETS.removeprefix('/resources')}/en/2",
    "/about/style",
    "/educators",
    "/list?r=x",
    "/packs/new?q=wages",
    f"{STREETS}/pass-on",
    f"{STREETS}/en/all",
    f"{STREETS}/en/2/quote",
)
FOUND = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html)]);
}"""


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("ar", 1280)])
def test_axe_finds_nothing(browser: Browser, address: str, language: str, width: int) -> None:
    axe = (needs.module("axe-core") / "axe.min.js").read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        locale=language,
    )
    page = context.new_page()
    found = []
    for path in (*PAGES, *ALSO):
        page.goto(address + path)
        page.evaluate(axe)  # not as an element: the site lets no script of others run
        found += [("light", path, *one) for one in page.evaluate(FOUND)]
        page.emulate_media(color_scheme="dark")
        found += [("dark", path, *one) for one in page.evaluate(FOUND)]
        page.emulate_media(color_scheme="light")
    assert found == []
    context.close()
