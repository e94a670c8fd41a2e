"""What waits to be done: claimed with a lease, finished once, left for a person at last."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.catalogue.queue import tasks
from library.catalogue.resources import status
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
