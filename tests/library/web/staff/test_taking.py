"""One press for each field: what the file said or was guessed is confirmed, refused or used."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from library.core.resource import Evidence, Statement
from library.metadata import decide
from tests.library.web.conftest import Shelf
from tests.library.web.staff.resources.test_edit import form_of, guessed, held
from tests.markup import has

__all__ = ["guessed"]


def staffs(shelf: Shelf, edition: str) -> dict[str, object]:
    """What staff say of an edition."""
    return {one.field: one.value for one in shelf.catalogue.statements(edition)
            if one.source == "staff"}  # fmt: skip


def test_a_press_saves_nothing_yet_and_keeps_what_was_written(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    edition = held(desk_shelf).edition("en").id
    page = ben.get(guessed).text
    assert has(page, f'[formaction="{guessed}#at-{edition}.date"]')
    sent = form_of(page)
    sent[f"{edition}.rights"] = ["Written and not saved"]
    answer = ben.post(guessed, data={**sent, "take": f"refuse:{edition}.date"})
    assert answer.status_code == 200
    assert has(answer.text, f'[name="{edition}.date.ours"][value="1"][checked]')
    assert has(answer.text, f'[id="at-{edition}.date"] > details[open]')
    again = form_of(answer.text)
    assert again[f"{edition}.rights"] == ["Written and not saved"]
    assert {one.source for one in desk_shelf.catalogue.statements(edition)} == {"guess"}
    assert ben.post(guessed, data=again).status_code == 303
    assert staffs(desk_shelf, edition) == {"date": "", "rights": "Written and not saved"}


def test_all_that_is_there_is_confirmed_with_one_press(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    assert ben.get("/staff/queue").text.count(f"{guessed}") == 1
    answer = ben.post(guessed, data={**sent, "right": "1"})
    assert answer.status_code == 303
    assert set(staffs(desk_shelf, edition)) == {
        "title", "date", "summary", "topic", "language", "authors",
    }  # fmt: skip
    assert guessed not in ben.get("/staff/queue").text
    assert guessed not in answer.headers["location"]
    again = ben.post(guessed, data={**form_of(ben.get(guessed).text), "next": "1"})
    assert again.headers["location"].endswith("done=same")


def test_refusing_empties_a_field_and_is_staff_s_word(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    for name in (f"{edition}.date", f"{edition}.authors", "work.topic"):
        sent = form_of(ben.post(guessed, data={**sent, "take": f"refuse:{name}"}).text)
    assert ben.post(guessed, data=sent).status_code == 303
    now = held(desk_shelf)
    assert (now.edition("en").date, now.edition("en").authors, now.filed("topic")) == (None, (), ())


def test_using_what_was_said_beside_what_is_believed(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    edition = held(desk_shelf).edition("en").id
    topics = desk_shelf.vocabularies.order("topic")
    with desk_shelf.catalogue.write() as writer:
        writer.guess_again(
            edition,
            [
                Statement("title", "A fund of our own", "guess", (), 0.6),
                Statement("title", "The fund", "guess", (Evidence(1, "fund"),), 0.4),
                Statement("topic", (topics[0],), "guess", (), 0.8),
                Statement("topic", (topics[1], topics[2]), "guess", (), 0.4),
                Statement("authors", ("A. One",), "guess", (), 0.9),
                Statement("authors", ("B. Two", "C. Three"), "guess", (), 0.5),
            ],
            decide,
        )
    page = ben.get(guessed).text
    assert not has(page, f'[value="use:0:{edition}.title"]')  # it is what is believed
    sent = form_of(page)
    for name in (f"{edition}.title", "work.topic", f"{edition}.authors"):
        assert has(page, f'[value="use:1:{name}"]')
        sent = form_of(ben.post(guessed, data={**sent, "take": f"use:1:{name}"}).text)
    assert ben.post(guessed, data=sent).status_code == 303
    now = held(desk_shelf)
    assert now.filed("topic") == (topics[1], topics[2])
    assert (now.edition("en").title, now.edition("en").authors) == (
        "The fund",
        ("B. Two", "C. Three"),
    )


@pytest.mark.parametrize(
    "take", ["", "x", "use", "use:9:EN.title", "use:-1:EN.title", "refuse:EN.title", "refuse:no"]
)
def test_a_press_that_means_nothing_changes_nothing(
    ben: TestClient, guessed: str, desk_shelf: Shelf, take: str
) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    answer = ben.post(guessed, data={**sent, "take": take.replace("EN", edition)})
    assert answer.status_code in (200, 303)
    if answer.status_code == 200:
        assert form_of(answer.text) == sent


def test_another_language_by_any_name(ben: TestClient, guessed: str, desk_shelf: Shelf) -> None:
    edition = held(desk_shelf).edition("en").id
    sent = form_of(ben.get(guessed).text)
    sent[f"{edition}.language.add"] = ["Swahili"]
    assert ben.post(guessed, data=sent).status_code == 303
    assert "sw" in held(desk_shelf).languages


def test_saving_goes_on_to_what_needs_a_person_next(
    ben: TestClient, guessed: str, desk_shelf: Shelf
) -> None:
    queue = ben.get("/staff/queue").text
    order = list(dict.fromkeys(re.findall(r"/staff/resources/([\w-]+)/words", queue)))
    assert len(order) == 2
    first = f"/staff/resources/{order[0]}/words"
    sent = form_of(ben.get(first).text)
    page = ben.get(first).text
    assert "document 1 of 2" in page
    answer = ben.post(first, data={**sent, "next": "1"})
    assert answer.headers["location"] == f"/staff/resources/{order[1]}/words?done=same"
    second = f"/staff/resources/{order[1]}/words"
    answer = ben.post(second, data={**form_of(ben.get(second).text), "next": "back"})
    assert answer.headers["location"] == f"{first}?done=same"
    for id_ in order:
        page = ben.get("/staff/queue").text
        data = {"resource": id_, "reason": ["no topic", "no title"], "form": sent["form"]}
        assert id_ in page
        ben.post("/staff/queue/leave", data=data)
    answer = ben.post(first, data={**form_of(ben.get(first).text), "next": "1"})
    assert answer.headers["location"].startswith("/staff/queue")


def test_concepts_by_any_label(ben: TestClient, desk_shelf: Shelf) -> None:
    found = ben.get("/staff/concepts/topic?q=gr%C3%A8ve").json()
    assert found
    assert {"id", "label", "also"} == found[0].keys()
    assert "grève" in found[0]["also"]
    assert ben.get("/staff/concepts/topic?q=").json() == []
    assert ben.get("/staff/concepts/topic?q=zzzzzz").json() == []
    languages = ben.get("/staff/concepts/language?q=swahili").json()
    assert "sw" in [one["id"] for one in languages]
    assert len(ben.get("/staff/concepts/place?q=s").json()) <= 12
    assert ben.get("/staff/concepts/title?q=a").status_code == 404
