"""On a small phone without scripts: a report sent and closed, a draft published in one press."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from library.web.site import Site
from tests.library.web.conftest import Shelf
from tests.library.web.staff.resources.test_publish import draft_of
from tests.library.web.staff.test_browser import address, signed_in  # noqa: F401
from tests.library.web.test_browser import TOO_WIDE


def test_a_mistake_is_reported_and_closed(
    browser: Browser,
    address: str,  # noqa: F811
    desk_site: Site,
) -> None:
    slug = next(slug for slug, _ in desk_site.catalogue.slugs())
    for language in ("en", "ar"):
        page = signed_in(browser, address, language)
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{address}/resources/{slug}/en/1")
        page.locator('[href^="/report/"]').click()
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == []
        page.locator("textarea").fill("The number is wrong. " * 20)
        page.locator(".askstaff button").click()
        expect(page.locator('.notice[role="status"]')).to_be_visible()
        page.goto(f"{address}/staff/queue")
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == []
        page.locator(".reports button").click()
        expect(page.locator(".reports")).to_have_count(0)
        page.context.close()


def test_what_belongs_to_a_status_is_asked_where_it_is_chosen(
    browser: Browser,
    address: str,  # noqa: F811
    desk_shelf: Shelf,
) -> None:
    page = signed_in(browser, address)
    page.goto(f"{address}/staff/resources/{draft_of(desk_shelf)}")
    publish = page.locator('#standing button[value="published"]')
    expect(publish).to_be_visible()
    expect(page.locator("#standing [type=radio]").first).to_be_hidden()
    page.locator("#standing summary").click()
    asked = page.locator("#standing .of-status")
    expect(asked).to_have_count(3)
    for place, status in enumerate(("embargoed", "superseded", "withdrawn")):
        page.locator(f'#standing [type=radio][value="{status}"]').check()
        for other in range(3):
            expect(asked.nth(other)).to_be_visible(visible=other == place)
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == []
    publish.click()
    expect(page.locator('.notice[role="status"]')).to_contain_text("All can find and read it")
    expect(publish).to_have_count(0)
    page.context.close()
