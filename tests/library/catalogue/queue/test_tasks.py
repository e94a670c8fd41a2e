"""What waits to be done: claimed with a lease, finished once, left for a person at last."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.catalogue.queue import tasks
from library.catalogue.resources import status
from library.core import leases
from library.core.resource import (
    Outcome,
    Standing,
    Status,
)
from tests.library.catalogue.builders import edition, put


def test_the_outbox_owes_an_index_for_every_change_and_leases_run_out(
    catalogue: Catalogue,
) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        [task] = tasks.claim(writer.conn, "index", "me", 60, 10)
        assert task.subject == filed.resource
        assert tasks.claim(writer.conn, "index", "another", 60, 10) == []
    with catalogue.write() as writer:
        # Owed once more while it was done.
        status.put(writer, filed.resource, Standing(Status.DRAFT), by="ana")
        tasks.finish(writer.conn, [task.id])
        assert tasks.owed(writer.conn, "index") == 1
        [again] = tasks.claim(writer.conn, "index", "me", -1, 10)
        [taken] = tasks.claim(writer.conn, "index", "another", 60, 10)
        assert taken.id == again.id
        tasks.give_back(writer.conn, [taken.id], tried=False)
        assert tasks.claim(writer.conn, "index", "third", 60, 10) != []


def test_nobody_waits_for_one_who_finds_nothing_to_do(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "write", lambda self: pytest.fail("asked for the lock"))
        assert catalogue.claim("layout", 60) == []
        assert catalogue.claim_arrivals(60) == []
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "layout", ["e", "f"])
    assert [task.subject for task in catalogue.claim("layout", 60)] == ["e"]
    assert [task.subject for task in catalogue.claim("layout", 60)] == ["f"]


def test_a_task_that_always_fails_is_left_for_a_person(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "layout", ["e"])
        for _ in range(tasks.ATTEMPTS):
            [task] = tasks.claim(writer.conn, "layout", "me", 60, 1)
            tasks.give_back(writer.conn, [task.id], tried=True)
        assert tasks.claim(writer.conn, "layout", "me", 60, 1) == []
        assert tasks.stuck(writer.conn) == [("layout", "e", (task.id,))]
        tasks.try_again(writer.conn, [task.id])
        assert tasks.claim(writer.conn, "layout", "me", 60, 1) != []


def test_an_arrival_is_read_by_one_and_remembered(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        first = tasks.record(writer.conn, "/x/a.pdf", "a" * 64, {"t": "1"}, Status.DRAFT, "me", 60)
        assert first is not None
        assert first.fields == {"t": "1"}
        other = tasks.record(writer.conn, "/x/a.pdf", "a" * 64, {}, Status.DRAFT, "you", 60)
        assert other is None
        assert tasks.claim_arrivals(writer.conn, "you", 60, 5) == []
        tasks.end_arrival(writer.conn, first.id, Outcome.ADDED, readers="1", edition=filed.edition)
        ended = tasks.arrival(writer.conn, "/x/a.pdf", "a" * 64)
        assert ended is not None
        assert ended.outcome is Outcome.ADDED
        assert tasks.waiting_arrivals(writer.conn) == 0


def test_only_those_of_a_kind_are_claimed_the_oldest_first_up_to_a_limit(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        tasks.owe(conn, "layout", ["a", "b", "a", "c"])
        tasks.owe(conn, "picture", ["p"])
        assert tasks.owed(conn, "layout") == 3
        assert tasks.subjects(conn, "layout") == {"a", "b", "c"}
        assert [one.subject for one in tasks.claim(conn, "layout", "me", 60, 2)] == ["a", "b"]
        tasks.owe(conn, "layout", ["d"])
        assert tasks.claim(conn, "layout", "me", 60, 9, among=["a", "d"])[0].subject == "d"
        assert tasks.is_owed(conn, "layout")
        [last] = tasks.claim(conn, "layout", "me", 60, 9)
        assert (last.subject, last.attempts) == ("c", 1)
        assert not tasks.is_owed(conn, "layout")
        assert tasks.is_owed(conn, "picture")


def test_more_are_owed_than_one_statement_holds(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        tasks.owe(writer.conn, "index", [str(n) for n in range(1_201)])
        tasks.owe(writer.conn, "index", [str(n) for n in range(1_201)])
        assert tasks.owed(writer.conn, "index") == 1_201


def test_a_task_given_back_for_later_waits_and_one_not_tried_counts_no_attempt(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        tasks.owe(conn, "layout", ["a", "b"])
        first, second = tasks.claim(conn, "layout", "me", 60, 2)
        tasks.give_back(conn, [first.id], tried=True, later=60)
        tasks.give_back(conn, [second.id], tried=False)
        [again] = tasks.claim(conn, "layout", "me", 60, 2)
        assert (again.subject, again.attempts) == ("b", 1)


def test_who_ends_frees_what_it_held_and_it_was_not_tried(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        writer.store_original("a" * 64, 1, "a.pdf")
        tasks.record(conn, "/x/a.pdf", "a" * 64, {}, Status.DRAFT, "", 0)
        tasks.owe(conn, "layout", ["a", "b"])
        [mine] = tasks.claim(conn, "layout", "me", 60, 1)
        [other] = tasks.claim(conn, "layout", "you", 60, 1)
        [held] = tasks.claim_arrivals(conn, "me", 60, 1)
        assert not tasks.has_arrived(conn)
        tasks.release(conn, "me")
        assert tasks.has_arrived(conn)
        [again] = tasks.claim(conn, "layout", "third", 60, 9)
        assert (again.id, again.attempts) == (mine.id, 1)
        assert again.id != other.id
        arrival = tasks.numbered(conn, held.id)
        assert arrival is not None
        assert arrival.attempts == 0


def test_what_the_dead_held_is_free_at_once(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "dead", lambda owner: owner == "killed")
    with catalogue.write() as writer:
        conn = writer.conn
        tasks.owe(conn, "layout", ["a", "b"])
        tasks.claim(conn, "layout", "killed", 60, 1)
        tasks.claim(conn, "layout", "alive", 60, 1)
        tasks.free_the_dead(conn)
        assert [one.subject for one in tasks.claim(conn, "layout", "me", 60, 9)] == ["a"]


def test_an_arrival_is_seen_as_it_stands(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        conn = writer.conn
        for name in "abc":
            writer.store_original(name * 64, 1, name)
            tasks.record(conn, f"/{name}", name * 64, {}, Status.DRAFT, "", 0)
        [first, *_] = tasks.claim_arrivals(conn, "me", 60, 1)
        assert [one.reading for one in tasks.seen(conn, 9)] == [False, False, True]
        tasks.end_arrival(conn, first.id, Outcome.ADDED, readers="1", edition=filed.edition)
        tasks.owe(conn, "ocr", [f"{filed.edition}/es"])
        newest, second, oldest = tasks.seen(conn, 9)
        assert (oldest.resource, oldest.scanning, oldest.ended != "") == (
            filed.resource, True, True,
        )  # fmt: skip
        assert (newest.resource, newest.scanning, newest.ended) == (None, False, "")
        assert [one.arrival.path for one in tasks.seen(conn, 1, before=newest.arrival.id)] == ["/b"]
        assert tasks.seen_one(conn, second.arrival.id) == second
        assert tasks.seen_one(conn, 99) is None


def test_an_arrival_whose_reading_never_ends_is_stuck_until_it_is_read_again(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        writer.store_original("a" * 64, 1, "a.pdf")
        held = tasks.record(conn, "/a", "a" * 64, {"t": "1"}, Status.DRAFT, "", 0)
        assert held is not None
        for _ in range(tasks.ATTEMPTS):
            assert not tasks.seen(conn, 1)[0].stuck
            tasks.claim_arrivals(conn, "killed", -1, 1)
        assert tasks.claim_arrivals(conn, "me", 60, 1) == []
        assert tasks.seen(conn, 1)[0].stuck
        tasks.remember(conn, held.id, {"t": "2"})
        tasks.read_again(conn, held.id)
        [again] = tasks.claim_arrivals(conn, "me", 60, 1)
        assert (again.id, again.fields) == (held.id, {"t": "2"})
        assert tasks.arrivals_at(conn, "/a") == [tasks.numbered(conn, held.id)]
        tasks.give_back_arrivals(conn, "me")
        assert tasks.has_arrived(conn)


def test_an_index_that_was_kept_longer_than_this_one_is_ahead(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        assert not tasks.behind(conn, "whoosh")
        tasks.brought(conn, "whoosh", 3)
        assert not tasks.behind(conn, "whoosh")
        assert tasks.behind(conn, "another")
        tasks.brought(conn, "another", 5)
        assert tasks.behind(conn, "whoosh")
        tasks.brought(conn, "whoosh", 5)
        assert not tasks.behind(conn, "whoosh")
