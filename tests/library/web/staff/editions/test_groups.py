"""Resources become one work and editions works of their own, and both can be taken back."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.resources import collections as catalogue_collections
from library.catalogue.resources import corrections, queries
from library.core.resource import Collection, PartialDate, Status
from library.metadata import decide
from tests.library.web.conftest import Shelf
from tests.library.web.staff.batch.test_batch import held
from tests.library.web.staff.conftest import token_of, undos_of
from tests.markup import parsed, text, values


@pytest.fixture
def three(desk_shelf: Shelf) -> list[str]:
    """One work as three resources, each with its own address, words and place."""
    topics = desk_shelf.vocabularies.order("topic")
    made = [
        desk_shelf.add("Safe at work", ["a"], language="en", work="safe", topic=topics[:1],
                       date=PartialDate(2019)),
        desk_shelf.add("Seguras", ["b"], language="es", topic=topics[1:2]),
        desk_shelf.add("Seguras no trabalho", ["c"], language="pt", work="seguras"),
    ]  # fmt: skip
    other = desk_shelf.catalogue.every()[0]
    with desk_shelf.catalogue.write() as writer:
        writer.set_collection(Collection("both", "Both", "", (made[1], other, made[0])))
        writer.set_collection(Collection("one", "One", "", (other, made[2])))
    desk_shelf.index()
    return made


def looked(client: TestClient, ids: list[str]) -> str:
    token = token_of(client.get("/staff/own").text)
    return client.post("/staff/group", data={"form": token, "pick": ids}).text


def joined(client: TestClient, ids: list[str], stays: str) -> str:
    page = looked(client, ids)
    sent = {
        "form": token_of(page), "sure": "1", "stays": stays,
        "pick": values(page, '[name="pick"]', "value"),
        "seen": values(page, '[name="seen"]', "value"),
    }  # fmt: skip
    answer = client.post("/staff/group", data=sent)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def test_its_address_alone_changes_nothing(ben: TestClient, three: list[str]) -> None:
    asked = ben.get("/staff/group")
    assert (asked.status_code, asked.headers["location"]) == (303, "/staff/resources")
    page = ben.get("/staff/group", params={"pick": three[:2]})
    assert page.status_code == 200
    assert sorted(values(page, '[name="pick"]', "value")) == sorted(three[:2])


def undo_newest(client: TestClient, what: str) -> int:
    page = client.get("/staff/history")
    [entry, *_] = [one for one in parsed(page).css("li.change") if what in text(one)]
    return client.post(undos_of(entry)[0], data={"form": token_of(page)}).status_code


def collections(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    with shelf.catalogue.read() as conn:
        return {one.slug: one.resources for one in catalogue_collections.held(conn)}


def test_three_become_one_and_are_three_again(
    desk_shelf: Shelf, three: list[str], ben: TestClient
) -> None:
    before, places = [held(desk_shelf, one) for one in three], collections(desk_shelf)
    form = ben.get("/staff/many", params={"pick": three}).text
    assert "These are editions of one work" in form
    page = looked(ben, three)
    assert "Seguras no trabalho" in page and "notice wrong" not in page
    address = joined(ben, three, three[1])
    assert address == f"/staff/resources/{three[1]}"
    whole = held(desk_shelf, three[1])
    assert whole.languages == ("en", "es", "pt")
    assert whole.slug == "seguras"
    assert len(whole.filed("topic")) == 1  # what was said first of the work
    for slug in ("safe-at-work", "seguras-no-trabalho"):
        there = ben.get(f"/resources/{slug}")
        assert there.headers["location"] == "/resources/seguras"
    assert ben.get(f"/api/resources/{three[0]}").status_code == 308
    assert undo_newest(ben, "made editions of one work") == 303
    after = [held(desk_shelf, one) for one in three]
    for was, now in zip(before, after, strict=True):
        assert (now.slug, now.editions, now.filed("topic"), now.added, now.status) == (
            was.slug, was.editions, was.filed("topic"), was.added, was.status,
        )  # fmt: skip
    assert collections(desk_shelf) == places
    with desk_shelf.catalogue.read() as conn:
        assert queries.resource_named(conn, "seguras") == three[2]
        assert queries.resource_named(conn, "safe") == three[0]
        assert list(history.faults(conn)) == []
    assert desk_shelf.catalogue.faults() == []
    assert ben.get("/resources/safe-at-work").status_code == 200
    assert ben.get("/search?q=seguras").text.count("Seguras no trabalho")
    # And once more, from the beginning: nothing is left that stands in the way.
    joined(ben, three, three[0])
    assert undo_newest(ben, "made editions of one work") == 303


@pytest.mark.parametrize("what", ["language", "status"])
def test_why_they_cannot_be_one_is_said(
    desk_shelf: Shelf, three: list[str], ben: TestClient, what: str
) -> None:
    status = Status.DRAFT if what == "status" else Status.PUBLISHED
    language = "fr" if what == "status" else "es"
    other = desk_shelf.add("Another", ["d"], language=language, status=status)
    page = looked(ben, [*three, other])
    told = {"language": "in one language: Español", "status": "Their status differs"}[what]
    assert told in page
    sent = {"form": token_of(page), "sure": "1", "pick": [*three, other],
            "seen": values(page, '[name="seen"]', "value")}  # fmt: skip
    assert ben.post("/staff/group", data=sent).status_code == 409
    assert held(desk_shelf, three[0]).languages == ("en",)


def test_an_edition_becomes_a_work_of_its_own(desk_shelf: Shelf, ben: TestClient) -> None:
    [both] = desk_shelf.catalogue.every()
    english, spanish = held(desk_shelf, both).editions
    topic = desk_shelf.vocabularies.order("topic")[0]
    with desk_shelf.catalogue.write() as writer:
        words = {english.id: {"topic": (topic,), "title": "Our own fund"}}
        corrections.correct(writer, both, words, by="ana", decide=decide, languages=("en",))
        writer.set_collection(Collection("start", "Start", "", (both,)))
    page = ben.get(f"/staff/resources/{both}").text
    assert page.count("This edition is a work of its own") == 2
    [version] = set(values(page, '[name="version"]', "value"))
    sent = {"form": token_of(page), "version": version, "edition": english.id}
    answer = ben.post(f"/staff/resources/{both}/part", data=sent)
    new = answer.headers["location"].partition("?")[0].rpartition("/")[2]
    assert held(desk_shelf, both).languages == ("es",)
    mine = held(desk_shelf, new)
    assert (mine.languages, mine.editions[0].title) == (("en",), "Our own fund")
    assert mine.filed("topic") == held(desk_shelf, both).filed("topic") == (topic,)
    assert mine.slug == "our-own-fund-2"  # the old address is the old resource's
    assert ben.get("/resources/our-own-fund").status_code == 200
    # The same word beside the file joins it to nothing again.
    again = desk_shelf.add("Un fondo propio", ["Un fondo de huelga."], language="es", work="fund")
    assert again == both
    assert held(desk_shelf, new).languages == ("en",)
    assert collections(desk_shelf) == {"start": (both,)}
    assert ben.post(f"/staff/resources/{both}/part", data=sent).status_code == 409
    assert undo_newest(ben, "an edition made a work of its own") == 303
    whole = held(desk_shelf, both)
    assert set(whole.languages) == {"es", "en"}
    assert whole.filed("topic") == (topic,)
    with desk_shelf.catalogue.read() as conn:
        said = corrections.said(conn, [english.id, spanish.id])
        assert said[spanish.id].get("topic") is None
    assert ben.get("/resources/our-own-fund-2").status_code in (301, 308)
    assert desk_shelf.catalogue.faults() == []


def test_what_was_moved_again_since_is_not_taken_back(
    desk_shelf: Shelf, three: list[str], ben: TestClient
) -> None:
    joined(ben, three, three[0])
    edition = held(desk_shelf, three[0]).edition("es").id
    page = ben.get(f"/staff/resources/{three[0]}").text
    [version] = set(values(page, '[name="version"]', "value"))
    sent = {"form": token_of(page), "version": version, "edition": edition}
    assert ben.post(f"/staff/resources/{three[0]}/part", data=sent).status_code == 303
    assert undo_newest(ben, "made editions of one work") == 409
    assert undo_newest(ben, "an edition made a work of its own") == 303
    assert undo_newest(ben, "made editions of one work") == 303
    assert held(desk_shelf, three[1]).languages == ("es",)


def test_a_whole_that_was_withdrawn_is_not_published_by_parting_it_again(
    desk_shelf: Shelf, three: list[str], ben: TestClient
) -> None:
    joined(ben, three, three[0])
    page = ben.get(f"/staff/resources/{three[0]}").text
    version = values(page, '[name="version"]', "value")[0]
    sent = {"form": token_of(page), "version": version, "status": "withdrawn", "reason": "Names."}
    assert ben.post(f"/staff/resources/{three[0]}/standing", data=sent).status_code == 303
    assert undo_newest(ben, "made editions of one work") == 303
    assert {held(desk_shelf, one).status for one in three} == {Status.WITHDRAWN}
