"""Many at once: chosen, looked at, done as one, and taken back as one."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.resources import collections, corrections, status
from library.core.resource import Collection, Resource, Standing, Status
from library.metadata import decide
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of, undos_of
from tests.markup import count, has, texts, values


@pytest.fixture
def ids(desk_shelf: Shelf) -> list[str]:
    """Twelve drafts and what the desk's shelf holds already."""
    made = [
        desk_shelf.add(f"Wages, part {n}", [f"Wages {n}."], status=Status.DRAFT, kind="report")
        for n in range(12)
    ]
    desk_shelf.index()
    return made


def held(shelf: Shelf, id_: str) -> Resource:
    found = shelf.catalogue.resource(id_, public=False)
    assert found is not None
    return found


def asked(client: TestClient, **fields: object) -> str:
    """The address of the preview of what was asked."""
    token = token_of(client.get("/staff/own").text)
    answer = client.post("/staff/many", data={"form": token, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def confirmed(client: TestClient, address: str) -> str:
    """Say yes to a preview; the address of what was done."""
    page = client.get(address).text
    [seal] = values(page, '[name="seal"]', "value")
    answer = client.post(address, data={"form": token_of(page), "seal": seal})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def undone(client: TestClient, address: str) -> None:
    page = client.get(address).text
    [undo] = undos_of(page)
    answer = client.post(undo, data={"form": token_of(page)})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith(address)


def test_the_shelf_is_searched_as_the_site_is(desk_shelf: Shelf, ids: list[str], ben: TestClient):
    topic = desk_shelf.vocabularies.order("topic")[0]
    with desk_shelf.catalogue.write() as writer:
        edition = held(desk_shelf, ids[0]).editions[0].id
        corrections.correct(writer, ids[0], {edition: {"topic": (topic,)}}, by="x", decide=decide)

    def count(query: str) -> int:
        number, what, *_ = texts(ben.get(f"/staff/resources?{query}"), "[role=status]")[0].split()
        assert what.startswith("resource")
        return int(number)

    assert count("") == 14
    assert count("words=wages") == 12
    assert count("status=draft") == 13
    assert count(f"topic={topic}") == 1
    assert count("topic=none") == 13
    assert count(f"topic=-{topic}") == 13
    assert count("kind=report") == 12
    assert count("language=es") == 1
    assert count("year=none") == 14
    assert count("from=2000") == 0
    assert count("since=2000-01-01") == 14
    assert count("until=2000-01-01") == 0
    assert count("q=strike") == 1
    assert "was left out" in ben.get("/staff/resources?topic=nonsense&since=soon").text


def test_a_concept_is_added_to_all_that_a_search_finds(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    topic = desk_shelf.vocabularies.order("topic")[3]
    label = desk_shelf.vocabularies.label("topic", topic, "es")
    form = ben.get("/staff/many?all=1&search=words%3Dwages")
    assert "12 resources are chosen" in form.text
    address = asked(
        ben, all="1", search="words=wages", topic=label,
        **{"topic.how": "add", "status": "published"},
    )  # fmt: skip
    page = ben.get(address).text
    assert "12 resources would change." in page
    assert held(desk_shelf, ids[0]).filed("topic") == ()
    done = confirmed(ben, address)
    assert ben.get(address).status_code == 404
    for id_ in ids:
        assert held(desk_shelf, id_).filed("topic") == (topic,)
        assert held(desk_shelf, id_).status is Status.PUBLISHED
        assert held(desk_shelf, id_).kind == "report"
    with desk_shelf.catalogue.read() as conn:
        assert list(history.faults(conn)) == []
        actions = [one.action for one in history.entries(conn, 100, subjects=[ids[4]])]
        assert sorted(actions) == ["status", "words"]
        whole, *others = history.folded(conn, 100)
        assert {one.action for one in others} == {"account added"}
        assert (whole.action, whole.after["resources"]) == ("many", 12)
    # The index followed, as it does when one is changed.
    assert ben.get("/api/search", params={"topic": topic}).json()["total"] == 12
    assert count(ben.get("/staff/history"), 'li[class="change"]') == 3
    undone(ben, done)
    assert held(desk_shelf, ids[7]).filed("topic") == ()
    assert held(desk_shelf, ids[7]).status is Status.DRAFT
    assert ben.get("/api/search", params={"topic": topic}).json()["total"] == 0
    with desk_shelf.catalogue.read() as conn:
        assert list(history.faults(conn)) == []
    again = ben.get(done)
    assert "Undone by ben" in again.text
    assert undos_of(again) == []


def test_what_was_changed_again_since_is_left_and_named(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    done = confirmed(ben, asked(ben, pick=ids[:3], publisher="The union",
                                **{"publisher.how": "set"}))  # fmt: skip
    edition = held(desk_shelf, ids[1]).editions[0].id
    with desk_shelf.catalogue.write() as writer:
        words = {edition: {"publisher": "The other union"}}
        corrections.correct(writer, ids[1], words, by="ana", decide=decide)
    undone(ben, done)
    assert held(desk_shelf, ids[0]).publisher == ""
    assert held(desk_shelf, ids[1]).publisher == "The other union"
    page = ben.get(done).text
    assert "1 was changed again since" in page
    assert "Wages, part 1" in page.split("changed again since")[1]


def test_what_changed_between_looking_and_saying_yes_is_shown_first(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    address = asked(ben, pick=ids[:2], kind="toolkit", **{"kind.how": "set"})
    page = ben.get(address).text
    [seal] = values(page, '[name="seal"]', "value")
    edition = held(desk_shelf, ids[0]).editions[0].id
    with desk_shelf.catalogue.write() as writer:
        words = {edition: {"kind": "toolkit"}}
        corrections.correct(writer, ids[0], words, by="ana", decide=decide)
    answer = ben.post(address, data={"form": token_of(page), "seal": seal})
    assert answer.status_code == 409
    assert "nothing was done" in answer.text
    assert "1 resource would change." in answer.text
    assert held(desk_shelf, ids[1]).kind == "report"
    confirmed(ben, address)
    assert held(desk_shelf, ids[1]).kind == "toolkit"


def test_a_collection_is_filled_and_emptied(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    with desk_shelf.catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start here", "", (ids[5],)))
    done = confirmed(ben, asked(ben, pick=ids[4:7], collection="start",
                                **{"collection.how": "add"}))  # fmt: skip
    with desk_shelf.catalogue.read() as conn:
        found = collections.of(conn, "start")
        assert found is not None and found.resources == (ids[5], ids[4], ids[6])
    undone(ben, done)
    with desk_shelf.catalogue.read() as conn:
        found = collections.of(conn, "start")
        assert found is not None and found.resources == (ids[5],)
    confirmed(ben, asked(ben, pick=ids[4:7], collection="start", **{"collection.how": "take"}))
    with desk_shelf.catalogue.read() as conn:
        found = collections.of(conn, "start")
        assert found is not None and found.resources == ()


def test_what_cannot_be_is_named_and_left(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    slug = held(desk_shelf, ids[0]).slug
    address = asked(ben, pick=ids[:3], status="superseded", successor=slug)
    page = ben.get(address).text
    assert "2 resources would change." in page
    assert "It cannot take its own place." in page
    confirmed(ben, address)
    assert [held(desk_shelf, one).status for one in ids[:3]] == [
        Status.DRAFT, Status.SUPERSEDED, Status.SUPERSEDED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"topic.how": "add", "topic": "no such thing"}, "is not known under"),
        ({"topic.how": "add", "topic": ""}, "Nothing is written under"),
        ({"status": "withdrawn"}, "write a reason"),
        ({"status": "embargoed"}, "a future day"),
        ({"status": "superseded", "successor": "nowhere"}, "by its address"),
        ({}, "Nothing was asked for"),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_written_stays(
    fields: dict[str, str], told: str, ids: list[str], ben: TestClient
) -> None:
    token = token_of(ben.get("/staff/own").text)
    answer = ben.post("/staff/many", data={"form": token, "pick": ids[:2], **fields})
    assert answer.status_code == 422
    assert told in answer.text
    for value in filter(None, fields.values()):
        assert has(answer.text, f'[value="{value}"]')
    assert count(answer.text, '[name="pick"]') == 2


def test_an_embargo_and_a_withdrawal_of_many_bring_what_they_need(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    confirmed(ben, asked(ben, pick=ids[:2], status="withdrawn", reason="Wrong  names."))
    assert held(desk_shelf, ids[0]).standing.reason == "Wrong names."
    confirmed(ben, asked(ben, pick=ids[:2], status="embargoed", until="2999-01-01"))
    assert held(desk_shelf, ids[1]).standing.until == "2999-01-01"
    with desk_shelf.catalogue.write() as writer:
        status.put(writer, ids[2], Standing(Status.PUBLISHED), by="ana")


def test_what_is_dropped_is_not_done(desk_shelf: Shelf, ids: list[str], ben: TestClient) -> None:
    address = asked(ben, pick=ids[:2], kind="toolkit", **{"kind.how": "set"})
    page = ben.get(address).text
    assert ben.post(f"{address}/drop", data={"form": token_of(page)}).status_code == 303
    assert ben.get(address).status_code == 404
    assert held(desk_shelf, ids[0]).kind == "report"


def test_a_guess_is_staffs_word_only_where_it_is_changed(
    desk_shelf: Shelf, ids: list[str], ben: TestClient
) -> None:
    """Two editions: the word stands on the first, and the second says nothing of the work."""
    [both] = [one for one in desk_shelf.catalogue.every(public=True) if one not in ids]
    confirmed(ben, asked(ben, pick=[both, ids[0]], kind="report", **{"kind.how": "set"}))
    resource = held(desk_shelf, both)
    with desk_shelf.catalogue.read() as conn:
        said = corrections.said(conn, [one.id for one in resource.editions])
        assert [words.get("kind") for words in said.values()] == ["report", None]
        assert history.entries(conn, 9, subjects=[ids[0]]) == []  # it was a report already
