"""The form of a resource: what needs a person first, on one screen, and the queue asked once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import event
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from library.catalogue.resources.corrections import OF_EDITION, OF_RESOURCE
from library.catalogue.statistics import reader_reports, review_queue
from library.core.resource import Evidence, Statement
from library.metadata import decide
from library.web.staff.review_queue import entries
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import sign_in, token_of
from tests.library.web.staff.resources.test_edit import form_of, held
from tests.library.web.staff.test_browser import address, signed_in  # noqa: F401
from tests.markup import has, parsed, texts


def guess(shelf: Shelf, id_: str = "", **unsure: float) -> str:
    """Most of what can be guessed of a resource, the first or this; the address of its form."""
    id_ = id_ or shelf.catalogue.every()[0]
    topic, kind = shelf.vocabularies.order("topic")[0], shelf.vocabularies.order("kind")[0]
    evidence = (Evidence(1, "strike fund is built"),)
    values: dict[str, Any] = {
        "title": "A fund of our own", "summary": "How a fund is built. " * 20, "date": "2019",
        "authors": ("A. One", "B. Two"), "language": "en", "topic": (topic,), "kind": kind,
        "publisher": "The Weather House", "series": "Notes",
    }  # fmt: skip
    said = [
        Statement(name, value, "guess", evidence, unsure.get(name, 0.9))
        for name, value in values.items()
    ]
    with shelf.catalogue.write() as writer:
        writer.guess_again(held(shelf, id_).edition("en").id, said, decide)
    return f"/staff/resources/{id_}/words"


def test_what_is_unsure_stands_first_and_unfolded(ben: TestClient, desk_shelf: Shelf) -> None:
    form = guess(desk_shelf, date=0.4)
    page = ben.get(form).text
    edition = held(desk_shelf).edition("en").id
    first = texts(page, "form.words > fieldset:first-of-type .field-name")
    assert first == ["Date English", "Title Español"]  # nobody said it: it is the file's name
    assert has(page, f'[id="at-{edition}.date"] > details[open]')
    assert not has(page, f'[id="at-{edition}.title"] > details[open]')
    folded = {one.attributes["data-name"] for one in parsed(page).css(".empties .field")}
    assert f"{edition}.rights" in folded
    assert f"{edition}.title" not in folded
    assert form_of(page)[f"{edition}.rights"] == [""]  # what is folded is sent


def test_every_field_of_the_form_stands_once(ben: TestClient, desk_shelf: Shelf) -> None:
    page = ben.get(guess(desk_shelf, date=0.4)).text
    names = [one.attributes["data-name"] for one in parsed(page).css(".field")]
    editions = [edition.id for edition in held(desk_shelf).editions]
    wanted = [f"{id_}.{name}" for id_ in editions for name in OF_EDITION]
    assert sorted(map(str, names)) == sorted([*wanted, *(f"work.{name}" for name in OF_RESOURCE)])


def asked(shelf: Shelf, act: Callable[[], object]) -> list[str]:
    """The statements that the database was asked meanwhile."""
    seen: list[str] = []

    def heard(conn: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
    return seen


def test_the_queue_is_worked_out_once_for_a_page(
    ben: TestClient, desk_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    count: list[int] = []
    worked_out = review_queue.queue

    def counted(conn: Any) -> Any:
        count.append(1)
        return worked_out(conn)

    monkeypatch.setattr(review_queue, "queue", counted)
    form = guess(desk_shelf, date=0.4)
    sent = form_of(ben.get(form).text)
    assert len(count) == 1
    count.clear()
    ben.post(form, data=sent)
    assert count == []
    wrong = {"work.kind": "no such kind", "next": "1"}
    late = {"version": "77", "next": "1"}
    press = {"take": "refuse:work.topic"}
    for more in ({"next": "1"}, {"next": "back"}, {"right": "1"}, press, wrong, late):
        count.clear()
        ben.post(form, data={**sent, **more})
        assert len(count) == 1, more
    count.clear()
    ben.get("/staff/queue")
    assert len(count) == 1


def test_a_longer_queue_asks_the_database_no_more(ben: TestClient, desk_shelf: Shelf) -> None:
    def ask() -> object:
        return ben.get("/staff/queue")

    ask()
    few = len(asked(desk_shelf, ask))
    for number in range(12):
        desk_shelf.add(f"Number {number}", ["Without a topic."])
    assert ben.get("/staff/queue").text.count("It has no topic.") > 10
    assert len(asked(desk_shelf, ask)) <= few


def test_round_the_queue() -> None:
    order = [review_queue.Work(id_, ("no topic",)) for id_ in "abc"]
    steps = [(of, step, entries.beside(order, of, step)) for of in "acx" for step in (1, -1)]
    assert steps == [("a", 1, "b"), ("a", -1, "c"), ("c", 1, "a"), ("c", -1, "b"),
                     ("x", 1, "a"), ("x", -1, "c")]  # fmt: skip
    assert entries.beside(order[:1], "a", 1) == ""
    assert entries.beside([], "a", 1) == ""


def test_a_report_is_seen_and_closed_where_it_is_corrected(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    resource = held(desk_shelf)
    with desk_shelf.catalogue.write() as writer:
        reader_reports.record(writer, resource.edition("en").id, 1, "The date is wrong.", "en")
    form = f"/staff/resources/{resource.id}/words"
    page = ben.get(form).text
    assert texts(page, ".in-queue q") == ["The date is wrong."]
    [button] = parsed(page).css('.in-queue button[name="report"]')
    data = {"report": button.attributes["value"] or "", "of": resource.id, "form": token_of(page)}
    answer = ben.post("/staff/queue/close", data=data)
    assert answer.headers["location"] == f"{form}?done=closed"
    assert not has(ben.get(form).text, ".in-queue q")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_screen_for_a_document_whose_guesses_are_right(
    browser: Browser,
    address: str,  # noqa: F811
    desk_shelf: Shelf,
    language: str,
) -> None:
    alone = desk_shelf.add("On its own", ["A strike fund is built in quiet months."], quality=0.4)
    form = guess(desk_shelf, alone)
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False, locale=language
    )
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}{form}")
    for one in (*page.locator(".words > fieldset .field").all(), page.locator(".save button").first,
                page.locator(".sight"), page.locator(".in-queue")):  # fmt: skip
        expect(one).to_be_visible()
        box = one.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < box["y"] + min(box["height"], 100) <= 800, one
    assert page.evaluate("scrollY") == 0
    context.close()


def test_the_way_through_the_queue_with_keys(
    browser: Browser,
    address: str,  # noqa: F811
    desk_shelf: Shelf,
) -> None:
    form = guess(desk_shelf, title=0.4)
    page: Page = signed_in(browser, address, scripts=True)
    page.goto(f"{address}{form}")
    expect(page.locator("#in-queue")).to_contain_text("of 2")
    edition = held(desk_shelf).edition("en").id
    field = page.locator(f'[id="at-{edition}.title"]')
    field.locator("input:not([type])").fill("The fund")
    expect(field.locator("input[type=checkbox]")).to_be_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page).not_to_have_url(f"{address}{form}")
    expect(page.locator("form.words > [role=status]")).to_have_count(1)  # the script runs
    page.keyboard.press("p")
    expect(page).to_have_url(f"{address}{form}?done=same")
    assert held(desk_shelf).edition("en").title == "The fund"
    page.context.close()
