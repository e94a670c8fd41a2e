"""What needs a person comes worst first, and what a person said of it is done and stays."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from library.catalogue.changes import history
from library.catalogue.editions import likenesses
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.queue import tasks
from library.catalogue.statistics import review_queue
from library.catalogue.statistics.review_queue import Pair, Work
from library.catalogue.storage import mapping, schema
from library.core.messages import KEPT_IN_ENGLISH, Message
from library.core.resource import Page, Resource, Statement, Status
from library.metadata import decide
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import token_of, undos_of
from tests.markup import count, one, text, values

QUEUE = "/staff/queue"


def queue(shelf: Shelf) -> list[Work | Pair]:
    with shelf.catalogue.read() as conn:
        return review_queue.queue(conn)


def resource(shelf: Shelf, id_: str) -> Resource:
    found = shelf.catalogue.resource(id_, public=False)
    assert found is not None
    return found


def edition(shelf: Shelf, id_: str) -> str:
    return resource(shelf, id_).editions[0].id


def sure(shelf: Shelf, id_: str, **confidence: float) -> None:
    """Everything is known of a resource, as sure as it is said."""
    topic = shelf.vocabularies.order("topic")[0]
    values: dict[str, str | tuple[str, ...]] = {
        "title": "T", "date": "2019", "language": "en", "topic": (topic,)
    }  # fmt: skip
    said = [
        Statement(name, value, "guess", confidence=confidence.get(name, 0.9))
        for name, value in values.items()
        if confidence.get(name, 0.9)
    ]
    with shelf.catalogue.write() as writer:
        writer.guess_again(edition(shelf, id_), said, decide)


@pytest.fixture
def shelf(desk_shelf: Shelf) -> Shelf:
    """A shelf on which all is well."""
    for id_ in desk_shelf.catalogue.every(public=False):
        for edition in resource(desk_shelf, id_).editions:
            with desk_shelf.catalogue.write() as writer:
                said = [Statement("title", edition.title, "guess", confidence=0.9)]
                writer.guess_again(edition.id, said, decide)
        sure(desk_shelf, id_, language=0)
    assert queue(desk_shelf) == []
    return desk_shelf


def alike(
    shelf: Shelf, one: str, other: str, kind: str, shared: tuple[str, ...] = ("Nairobi",)
) -> None:
    with shelf.catalogue.write() as writer:
        pair = Likeness(
            edition(shelf, one),
            edition(shelf, other),
            kind,  # type: ignore[arg-type]
            0.93,
            pages=((1, 1, 0.99),),
            shared=shared,
        )
        likenesses.record(writer.conn, [pair])


def test_a_pair_that_shares_no_names_says_what_it_shares(ben: TestClient, shelf: Shelf) -> None:
    one, other = shelf.add("A", ["Words of a."]), shelf.add("B", ["Mots de b."])
    alike(shelf, one, other, "translation", shared=())
    page = ben.get(QUEUE).text
    assert "They share no names" in page and "Both name" not in page


def test_the_worst_comes_first(shelf: Shelf) -> None:
    made = {
        "no topic": shelf.add("A", ["Words of a."]),
        "unsure title": shelf.add("B", ["Words of b."]),
        "poor text": shelf.add("C", [Page(1, "Wrds f c", score=0.3)], quality=0.3),
        "no words": shelf.add("D", [""]),
        "no title": shelf.add("E", ["Words of e."]),
    }
    sure(shelf, made["no topic"], topic=0)
    sure(shelf, made["unsure title"], title=0.4)
    sure(shelf, made["poor text"])
    sure(shelf, made["no words"])
    sure(shelf, made["no title"], title=0)
    found = [one for one in queue(shelf) if isinstance(one, Work)]
    assert [(one.reasons, one.resource) for one in found] == [
        ((reason,), id_) for reason, id_ in reversed(made.items())
    ]


def test_staff_s_word_is_never_unsure(shelf: Shelf) -> None:
    id_ = shelf.add("A", ["Words of a."])
    sure(shelf, id_, title=0.4)
    assert len(queue(shelf)) == 1
    with shelf.catalogue.write() as writer:
        writer.say(edition(shelf, id_), [Statement("title", "A", "staff")], decide)
    assert queue(shelf) == []


def test_what_is_left_as_it_is_does_not_come_up_again(ben: TestClient, shelf: Shelf) -> None:
    id_ = shelf.add("Poor <title>", ["Words."], status=Status.DRAFT)
    sure(shelf, id_, title=0.4, topic=0)
    page = ben.get(QUEUE).text
    assert "1 thing to check" in page
    assert "It has no topic." in page
    sent = {"form": token_of(page), "resource": id_, "reason": ["no topic"]}
    assert ben.post(f"{QUEUE}/leave", data=sent).status_code == 303
    [one] = queue(shelf)
    assert isinstance(one, Work)
    assert one.reasons == ("unsure title",)
    assert ben.post(f"{QUEUE}/leave", data={**sent, "reason": ["odd"]}).status_code == 422
    with shelf.catalogue.read() as conn:
        assert history.entries(conn, 1)[0].action == "left as it is"


def test_what_is_withdrawn_needs_nobody(ben: TestClient, shelf: Shelf) -> None:
    id_ = shelf.add("A", ["Words."], status=Status.WITHDRAWN)
    sure(shelf, id_, title=0)
    assert queue(shelf) == []
    assert "Nothing to check." in ben.get(QUEUE).text


@pytest.mark.parametrize(
    ("kind", "language", "offered"),
    [
        ("same words", "en", ["replace", "replace", "dismiss"]),
        ("newer version", "en", ["replace", "replace", "dismiss"]),
        ("translation", "fr", ["join", "dismiss"]),
    ],
)
def test_pairs_are_joined_replaced_or_dismissed(
    ben: TestClient, nobody: TestClient, shelf: Shelf, kind: str, language: str, offered: list[str]
) -> None:
    first = shelf.add("First of all", ["Words of the first."])
    second = shelf.add("Second of all", ["Words of the second."], language=language)
    for id_ in (first, second):
        sure(shelf, id_, language=0)
    before = {id_: resource(shelf, id_) for id_ in (first, second)}
    shelf.index()
    for verdict in dict.fromkeys(offered):
        if verdict != "dismiss":
            continue
        alike(shelf, first, second, kind)
        page = ben.get(QUEUE).text
        item = one(page, "li.pair")
        assert values(item, '[name="verdict"]', "value") == offered
        assert "93 in 100 alike" in text(item)
        assert "Nairobi" in text(item)
    editions = [before[id_].editions[0].id for id_ in (first, second)]
    sent = {"form": token_of(page), "one": editions[0], "other": editions[1]}
    assert ben.post(f"{QUEUE}/pair", data={**sent, "verdict": "dismiss"}).status_code == 303
    alike(shelf, first, second, kind)
    assert queue(shelf) == []
    [undo, *_] = undos_of(ben.get("/staff/history"))
    assert ben.post(undo, data={"form": sent["form"]}).status_code == 303
    assert len(queue(shelf)) == 1
    wrong = {"verdict": "join" if language == "en" else "replace"}
    assert ben.post(f"{QUEUE}/pair", data={**sent, **wrong}).status_code == 409
    assert ben.post(f"{QUEUE}/pair", data={**sent, "verdict": offered[0]}).status_code == 303
    assert [one for one in queue(shelf) if isinstance(one, Pair)] == []
    assert nobody.get(f"/resources/{before[second].slug}").status_code in (200, 308)
    assert nobody.get(f"/resources/{before[first].slug}").status_code in (200, 308)
    [stays] = set(shelf.catalogue.every()) & {first, second}
    assert "said to be two works" in ben.get(f"/staff/resources/{stays}").text
    assert count(ben.get(f"/staff/history?of={stays}"), '[class="change"]') >= 4
    assert ben.post(f"{QUEUE}/pair", data={**sent, "verdict": "dismiss"}).status_code in (303, 409)


FILES = Message(
    "unread files", {"number": 1, "names": "sums.xlsx", "opener": Message("a mail program")}
)
KEPT = Message(KEPT_IN_ENGLISH, {"detail": "A chart was not read. Save it as PDF."})


def test_which_parts_were_not_read_is_said_in_the_language_of_who_looks(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    every = [resource(desk_shelf, w.resource) for w in queue(desk_shelf) if isinstance(w, Work)]
    work = next(each for each in every if each.status is Status.PUBLISHED)
    held = work.editions[0].id
    with desk_shelf.catalogue.write() as writer:
        unread = mapping.unread_value((FILES, KEPT))
        writer.conn.execute(
            update(schema.editions).where(schema.editions.c.id == held).values(unread=unread)
        )
    ben.cookies.set("language", "es")
    page = ben.get(QUEUE)
    assert text(one(page, "ul.list li li p.soft:not([lang])")).startswith(
        "Contiene archivos que no se leyeron (1): sums.xlsx. Guarde"
    )
    assert text(one(page, "ul.list li li p.soft[lang=en]")) == KEPT.text()
    public = ben.get(f"/resources/{work.slug}")
    shown = text(one(public, "details.note"))
    assert "Contiene archivos que no se leyeron (1): sums.xlsx." in shown
    assert "Guarde" not in shown
    assert text(one(public, "details.note li[lang=en]")) == KEPT.text()
    record = ben.get(f"/api/resources/{work.id}").json()
    assert record["editions"][0]["unread"] == [FILES.whole(), KEPT.text()]


@pytest.mark.parametrize(("kind", "more"), [("ocr", ""), ("ocr", "/es+en"), ("layout", "")])
def test_what_was_given_up_stands_among_what_needs_a_person(
    desk_shelf: Shelf, kind: str, more: str
) -> None:
    work = next(one for one in queue(desk_shelf) if isinstance(one, Work))
    held = edition(desk_shelf, work.resource)

    def reasons() -> set[str]:
        return {
            reason
            for one in queue(desk_shelf)
            if isinstance(one, Work) and one.resource == work.resource
            for reason in one.reasons
        }

    with desk_shelf.catalogue.write() as writer:
        tasks.owe(writer.conn, kind, [held + more])
    for attempt in range(tasks.ATTEMPTS):
        assert "given up" not in reasons(), attempt
        [task] = desk_shelf.catalogue.claim(kind, 60, among=[held + more])
        assert "given up" not in reasons(), attempt  # somebody is at it
        with desk_shelf.catalogue.write() as writer:
            tasks.give_back(writer.conn, [task.id], tried=True)
    assert "given up" in reasons()
    with desk_shelf.catalogue.write() as writer:
        tasks.try_again(writer.conn, [task.id])
    assert "given up" not in reasons()
