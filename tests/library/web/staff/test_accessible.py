"""axe finds nothing on any page of the desk, in light and dark, from left to right and back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests import needs
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import Enter
from tests.library.web.staff.test_browser import address, signed_in  # noqa: F401
from tests.library.web.staff.test_narrow import PAGES, fill
from tests.library.web.test_accessible import FOUND


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_axe_finds_nothing_at_the_desk(
    browser: Browser,
    address: str,  # noqa: F811
    desk_shelf: Shelf,
    enter: Enter,
    language: str,
    width: int,
) -> None:
    axe = (needs.module("axe-core") / "axe.min.js").read_text("utf-8")
    places = fill(desk_shelf, enter)
    page = signed_in(browser, address, language, scripts=True)
    page.set_viewport_size({"width": width, "height": 740})
    found, seen = [], 0
    for path in PAGES:
        for name, value in places.items():
            path = path.replace(name, value)
        answer = None if "{" in path else page.goto(f"{address}{path}")
        if answer is None or not answer.headers["content-type"].startswith("text/html"):
            continue
        seen += answer.status == 200
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [(scheme, path, *one) for one in page.evaluate(FOUND)]
    assert seen > 20
    assert found == []
    page.context.close()
