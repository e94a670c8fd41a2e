"""Collections and series: made and put in order by buttons, numbers, fingers and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.resources import collections as catalogue_collections
from library.catalogue.resources import series as ordering
from library.core.resource import Collection, PartialDate, Status
from library.ingestion import folders
from library.ingestion import pipeline as ingesting
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import sign_in, token_of
from tests.library.web.staff.editions.test_groups import collections, undo_newest
from tests.library.web.staff.test_browser import address, signed_in
from tests.library.web.test_browser import TOO_WIDE
from tests.markup import one, values

__all__ = ["address"]


@pytest.fixture
def four(desk_shelf: Shelf) -> list[str]:
    made = [
        desk_shelf.add(f"Guide {n}", [f"Guide {n}."], series="Guides", date=PartialDate(2010 + n))
        for n in range(4)
    ]
    with desk_shelf.catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start here", "Read.", tuple(made[:3])))
    desk_shelf.index()
    return made


def sent(client: TestClient, path: str, page: str = "", **fields: object) -> int:
    text = client.get(page or path).text
    version = values(text, '[name="version"]', "value")
    data = {"form": token_of(text), "version": version[0] if version else "", **fields}
    return client.post(path, data=data).status_code


def test_a_collection_is_made_filled_called_and_taken_away(
    desk_shelf: Shelf, four: list[str], ben: TestClient
) -> None:
    assert sent(ben, "/staff/collections", title=" ", summary="x") == 422
    assert sent(ben, "/staff/collections", title="First  month", summary="In order.") == 303
    here = "/staff/collections/first-month"
    assert sent(ben, here, do="add", named="nothing there") == 422
    assert sent(ben, here, do="add", named="http://x/resources/guide-2?q=a") == 303
    assert sent(ben, here, do="add", named=four[0]) == 303
    assert collections(desk_shelf)["first-month"] == (four[2], four[0])
    assert sent(ben, here, do="order", order=[four[2], four[0]], move=f"{four[0]} up") == 303
    assert collections(desk_shelf)["first-month"] == (four[0], four[2])
    public = ben.get("/collections/first-month").text
    assert public.index("Guide 0") < public.index("Guide 2")
    assert sent(ben, here, do="save", title="The first month", summary="") == 303
    assert "The first month" in ben.get("/").text
    assert sent(ben, here, do="save", title="", summary="") == 422
    assert sent(ben, here, out=four[0], do="order", order=[four[0], four[2]]) == 303
    assert collections(desk_shelf)["first-month"] == (four[2],)
    assert sent(ben, here, do="delete") == 303
    assert ben.get("/collections/first-month").status_code == 404
    assert ben.get(here).status_code == 404
    assert undo_newest(ben, "collection changed") == 303
    assert "The first month" in ben.get("/collections/first-month").text
    with desk_shelf.catalogue.read() as conn:
        assert list(history.faults(conn)) == []


def test_a_collection_becomes_a_course_and_is_one_no_more_when_undone(
    desk_shelf: Shelf, four: list[str], ben: TestClient
) -> None:
    here = "/staff/collections/start"
    assert sent(ben, here, do="save", title="Start here", summary="Read.", course="1") == 303
    assert one(ben.get(here).text, '[name="course"]').attributes.keys() >= {"checked"}
    assert len(one(ben.get("/collections/start").text, "ol.course").css("li > article")) == 3
    assert undo_newest(ben, "collection changed") == 303
    assert "course" not in one(ben.get("/collections/start").text, "main").html  # type: ignore[operator]
    with desk_shelf.catalogue.read() as conn:
        assert list(history.faults(conn)) == []


def test_a_draft_in_a_collection_is_for_staff_only(desk_shelf: Shelf, ben: TestClient) -> None:
    [draft] = set(desk_shelf.catalogue.every(public=False)) - set(desk_shelf.catalogue.every())
    sent(ben, "/staff/collections", title="Hidden", summary="")
    assert sent(ben, "/staff/collections/hidden", do="add", named=draft) == 303
    assert "A secret draft" in ben.get("/staff/collections/hidden").text
    assert "A secret draft" not in ben.get("/collections/hidden").text


def test_two_people_do_not_undo_each_other(
    desk_shelf: Shelf, four: list[str], ana: TestClient, ben: TestClient
) -> None:
    here = "/staff/collections/start"
    page = ben.get(here).text
    [version, *_] = values(page, '[name="version"]', "value")
    assert sent(ana, here, do="add", named=four[3]) == 303
    data = {"form": token_of(page), "version": version, "do": "order", "order": four[2::-1]}
    assert ben.post(here, data=data).status_code == 409
    assert sent(ben, here, do="order", order=four[2::-1]) == 409  # a row is missing from it
    assert collections(desk_shelf)["start"] == tuple(four)


def test_from_the_page_of_a_resource(desk_shelf: Shelf, four: list[str], ben: TestClient) -> None:
    here = f"/staff/resources/{four[3]}"
    assert sent(ben, f"{here}/collections", here, collection="start", do="add") == 303
    assert collections(desk_shelf)["start"] == tuple(four)
    assert "Take out" in ben.get(here).text
    assert sent(ben, f"{here}/collections", here, collection="start", do="out") == 303
    assert sent(ben, f"{here}/collections", here, collection="none such", do="add") == 409
    assert collections(desk_shelf)["start"] == tuple(four[:3])


def test_the_collections_have_an_order(desk_shelf: Shelf, four: list[str], ben: TestClient) -> None:
    for name in ("Alpha", "Beta"):
        sent(ben, "/staff/collections", title=name, summary="")
    assert sent(ben, "/staff/collections/order", "/staff/collections",
                order=["start", "alpha", "beta"], **{"place.beta": "1"}) == 303  # fmt: skip
    assert [one.slug for one in desk_shelf.catalogue.collections()] == ["beta", "start", "alpha"]
    assert undo_newest(ben, "collections put in order") == 303
    assert [one.slug for one in desk_shelf.catalogue.collections()] == ["start", "alpha", "beta"]


def test_what_staff_touched_at_the_desk_is_theirs(
    desk_shelf: Shelf, four: list[str], ben: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "collections.toml").write_text(
        '[[collection]]\nslug = "start"\ntitle = "From the folder"\nresources = ["guide-0", "x"]\n'
        '[[collection]]\nslug = "other"\ntitle = "Other"\nresources = ["guide-1"]\n', "utf-8"
    )  # fmt: skip
    made = ingesting.Ingest(
        desk_shelf.settings, desk_shelf.catalogue, desk_shelf.engine, desk_shelf.vocabularies
    )

    def ingested() -> list[str]:
        return made.collections(folders.collections_in([tmp_path]))

    assert ingested() == ["A collection names a resource that is not here: start: x."]
    assert collections(desk_shelf)["start"] == (four[0],)
    assert "as its folder says" in ben.get("/staff/collections/start").text
    assert sent(ben, "/staff/collections/start", do="save", title="Ours", summary="") == 303
    assert sent(ben, "/staff/collections/other", do="delete") == 303
    told = ingested()
    assert len(told) == 2
    assert all("stays as it is" in line for line in told)
    assert {one.slug: one.title for one in desk_shelf.catalogue.collections()} == {"start": "Ours"}


def test_a_series_is_put_in_order_and_readers_see_it(
    desk_shelf: Shelf, four: list[str], ben: TestClient
) -> None:
    assert "of 4 in the series" not in ben.get("/resources/guide-1").text
    assert "Guides" in ben.get("/staff/series").text
    here = "/staff/series?of=Guides"
    asked = [four[2], four[0], four[1], four[3]]
    assert sent(ben, "/staff/series", here, of="Guides", order=asked) == 303
    page = ben.get("/resources/guide-0")
    assert "2 of 4 in the series “Guides”" in page.text
    walk = one(page, "nav.series")
    assert values(walk, '[rel="prev"]', "href") == ["/resources/guide-2"]
    assert values(walk, '[rel="next"]', "href") == ["/resources/guide-1"]
    desk_shelf.add("Guide 4", ["Guide 4."], series="Guides", status=Status.DRAFT)
    assert "of 4 in the series" in ben.get("/resources/guide-0").text  # drafts are not counted
    newest = desk_shelf.add("Guide 5", ["Guide 5."], series="Guides", date=PartialDate(2030))
    with desk_shelf.catalogue.read() as conn:
        assert ordering.order(conn, "Guides")[:5] == [*asked, newest]
    assert "in the series “Guides”" in ben.get("/resources/guide-5").text
    assert "5 of 5" not in ben.get("/resources/guide-5").text  # nobody has placed it
    assert undo_newest(ben, "series put in order") == 409  # two more are in it since
    assert sent(ben, "/staff/series", here, of="Guides", move=f"{newest} first",
                order=[*asked, newest]) == 303  # fmt: skip
    assert "1 of 5" in ben.get("/resources/guide-5").text
    assert undo_newest(ben, "series put in order") == 303
    assert "2 of 5" in ben.get("/resources/guide-0").text


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the desk with scripts on."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en")
    page = context.new_page()
    sign_in(page, address)
    yield page
    context.close()


def titles(page: Page) -> list[str]:
    return page.locator(".ordered [data-name]").all_inner_texts()


def test_by_drag_and_by_keys(phone: Page, address: str, desk_shelf: Shelf, four: list[str]) -> None:
    phone.goto(f"{address}/staff/collections/start")
    handles = phone.locator(".ordered .handle")
    first, last = (handles.nth(n).bounding_box() for n in (0, 2))
    assert first and last
    phone.mouse.move(first["x"] + 10, first["y"] + 10)
    phone.mouse.down()
    phone.mouse.move(first["x"] + 10, last["y"] + last["height"] + 20, steps=12)
    phone.mouse.up()
    assert titles(phone) == ["Guide 1", "Guide 2", "Guide 0"]
    assert phone.locator(".ordered .place").first.input_value() == "1"
    handles.first.focus()
    phone.keyboard.press("ArrowDown")
    assert titles(phone) == ["Guide 2", "Guide 1", "Guide 0"]
    assert "Guide 1: 2 / 3. Not saved yet." in phone.locator("[role=status]").all_inner_texts()
    assert phone.evaluate("document.activeElement.className").endswith("handle")
    phone.get_by_role("button", name="Save the order").click()
    phone.get_by_text("Saved.").wait_for()
    assert collections(desk_shelf)["start"] == (four[2], four[1], four[0])


def test_with_a_finger(browser: Browser, address: str, desk_shelf: Shelf, four: list[str]) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="en"
    )
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}/staff/series?of=Guides")
    assert titles(page) == ["Guide 3", "Guide 2", "Guide 1", "Guide 0"]
    page.locator(".ordered").evaluate("one => one.scrollIntoView()")  # all of it under a finger
    touch = context.new_cdp_session(page)
    top = page.locator(".ordered .handle").nth(3).bounding_box()
    end = page.locator(".ordered .handle").nth(0).bounding_box()
    assert top and end

    def send(kind: str, y: float) -> None:
        points = [{"x": top["x"] + 10, "y": y}] if kind != "touchEnd" else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", top["y"] + 10)
    steps = 10
    for n in range(1, steps + 1):
        send("touchMove", top["y"] + (end["y"] - 20 - top["y"]) * n / steps)
    send("touchEnd", 0)
    assert titles(page)[0] == "Guide 0"
    context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_rooms_fit_a_small_phone_without_scripts(
    browser: Browser, address: str, desk_shelf: Shelf, four: list[str], language: str
) -> None:
    page = signed_in(browser, address, language)
    for path in ("collections", "collections/start", "series", "series?of=Guides", "tables",
                 f"many?pick={four[0]}", "resources?topic=none"):  # fmt: skip
        page.goto(f"{address}/staff/{path}")
        assert page.locator("main *:visible").evaluate_all(TOO_WIDE) == [], path
        for control in page.locator("main button:visible, main select:visible").all():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 43.5, path
    page.goto(f"{address}/staff/collections/start")
    page.locator("button[value$=' last']").first.click()
    with desk_shelf.catalogue.read() as conn:
        found = catalogue_collections.of(conn, "start")
    assert found is not None and found.resources == (four[1], four[2], four[0])
    page.context.close()
