"""Lin's morning, in a real browser on a small phone, with scripts off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from library import skos
from tests.library.web.conftest import Shelf
from tests.library.web.staff.test_browser import TOO_WIDE, address, signed_in

__all__ = ["address"]

WORD = "निर्णयशाला"


def test_from_a_word_nobody_knew_to_a_file_for_a_partner(
    browser: Browser, address: str, desk_shelf: Shelf, tmp_path: Path
) -> None:
    for topic in ("law", "wages"):
        desk_shelf.add(f"On {topic}", [f"Words on {topic}."], topic=(topic,))
    desk_shelf.index()
    # Words that a program typed are not counted: this one has the name of a browser.
    reader = browser.new_page(user_agent="Mozilla/5.0 (Android 14; Mobile; rv:140.0) Firefox/140.0")
    reader.goto(f"{address}/search?q={WORD}")
    assert reader.get_by_text("On law").count() == 0

    page = signed_in(browser, address)
    page.get_by_role("link", name="Vocabularies").first.click()
    page.get_by_role("link", name="What people searched for and did not find").click()
    page.get_by_text("Add it to a concept").click()
    page.get_by_label("Concept, by any of its names").fill("law and rights")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Whoever searches for it finds the concept")
    expect(page.get_by_text(WORD)).to_have_count(0)
    reader.goto(f"{address}/search?q={WORD}")
    assert reader.get_by_text("On law").count()

    page.goto(f"{address}/staff/vocabularies/topic")
    page.get_by_role("link", name="Wages and income").click()
    page.get_by_label("It is the same as").select_option("law")
    page.locator("#merge button").first.click()
    assert page.evaluate("location.hash") == "#merge"
    expect(page.get_by_text("/search?topic=wages will lead to")).not_to_have_count(0)
    page.locator("#merge").get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("one concept now")
    reader.goto(f"{address}/search?topic=wages")
    assert reader.url.endswith("topic=law")
    assert reader.get_by_text("On wages").count()

    page.goto(f"{address}/staff/vocabularies/topic")
    page.get_by_role("link", name="A new concept").click()
    page.get_by_label("Name shown").first.fill("Toil courts")
    page.get_by_label("Broader concept").select_option("law")
    page.get_by_role("button", name="Save").click()
    assert page.url.split("?")[0].endswith("/topic/concepts/toil-courts")

    page.goto(f"{address}/staff/vocabularies/exchange")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Turtle").nth(1).click()
    file = tmp_path / "topic.ttl"
    waiting.value.save_as(file)
    [found] = skos.read(file.read_bytes(), file.name)
    courts = next(one for one in found.concepts if one.id == "toil-courts")
    law = next(one for one in found.concepts if one.id == "law")
    assert courts.broader == (law.uri,)
    assert WORD in law.alternative["hi"]
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("the same: 25")).not_to_have_count(0)
    page.get_by_role("button", name="Import it, as one change").click()
    expect(page.get_by_role("status")).to_contain_text("nothing to change")

    for path in ("", "/topic", "/topic/new", "/topic/concepts/law", "/searches", "/exchange"):
        page.goto(f"{address}/staff/vocabularies{path}")
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == [], path

    page.goto(f"{address}/staff/history")
    page.get_by_role("button", name="Undo").nth(1).click()
    reader.goto(f"{address}/search?topic=wages")
    assert reader.url.endswith("topic=wages")
    page.context.close()
    reader.close()
