"""Every page of the desk on the smallest phone, with the longest names, from either side."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from library import accounts
from library.catalogue.statistics import reader_reports
from library.core.resource import Role
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import PASSWORD, Enter, token_of
from tests.library.web.staff.test_browser import address, signed_in  # noqa: F401
from tests.library.web.staff.test_roles import DESK
from tests.library.web.test_browser import TOO_WIDE

LONG = "Informal_Workers_Organising_Guide_final-final_v12_" * 4
PAGES = [
    route.path for route in DESK
    if "GET" in (route.methods or ())
    and not route.path.endswith((".webp", ".csv", ".json", "stream", "exchange/{facet}"))
]  # fmt: skip


def fill(shelf: Shelf, enter: Enter) -> dict[str, str]:
    """Long names wherever people or files may bring them; what stands in places of addresses."""
    accounts.add(shelf.catalogue, "x" * 60, Role.STAFF, PASSWORD)
    id_ = shelf.add(LONG, ["word " * 300], quality=0.3)
    resource = shelf.catalogue.resource(id_)
    assert resource is not None
    edition = resource.editions[0].id
    with shelf.catalogue.write() as writer:
        reader_reports.record(writer, edition, 1, LONG, "en")
    ben = enter("ben")
    token = token_of(ben.get("/staff/own").text)
    ben.post("/staff/collections", data={"form": token, "title": LONG, "do": "make"})
    place = f"/staff/resources/{id_}"
    words = ben.get(f"{place}/words").text
    data = {"form": token_of(words), f"{edition}.title": f"{LONG}2", f"{edition}.was": "",
            f"{edition}.rights": LONG, "version": "0"}  # fmt: skip
    assert ben.post(f"{place}/words", data=data).status_code in (303, 409)
    return {"{id}": id_, "{edition}": edition, "{page:int}": "1", "{facet}": "topic"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_desk_is_wider_than_the_smallest_phone(
    browser: Browser,
    address: str,  # noqa: F811
    desk_shelf: Shelf,
    enter: Enter,
    language: str,
) -> None:
    places = fill(desk_shelf, enter)
    page = signed_in(browser, address, language)
    page.set_viewport_size({"width": 320, "height": 640})
    seen = 0
    for path in PAGES:
        for name, value in places.items():
            path = path.replace(name, value)
        if "{" in path:
            continue
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        seen += answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == [], path
    assert seen > 20
    page.context.close()
