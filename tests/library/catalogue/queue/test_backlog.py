"""What waits, how much and since when; what was tried too often stands apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from library.catalogue import Catalogue
from library.catalogue.queue import backlog, tasks
from library.catalogue.queue.backlog import Backlog
from library.catalogue.storage import mapping, schema
from library.core.resource import Outcome, Status

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_nothing_waits_in_a_new_library(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        assert backlog.backlogs(conn) == []
        assert backlog.stored(conn) == (0, 0, None)


def test_files_come_first_then_tasks_by_kind_with_the_oldest(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        writer.store_original("a" * 64, 5, "a.pdf")
        held = tasks.record(conn, "a.pdf", "a" * 64, {}, Status.DRAFT, "", 0)
        assert held is not None
        tasks.owe(conn, "picture", ["p"])
        tasks.owe(conn, "layout", ["one", "two"])
        for number, subject in enumerate(("one", "two")):
            named = schema.tasks.c.subject == subject
            moment = mapping.said(NOW - number * HOUR)
            conn.execute(update(schema.tasks).where(named).values(added=moment))
        told = backlog.backlogs(conn)
        assert [(one.kind, one.waiting, one.stuck) for one in told] == [
            ("arrival", 1, 0), ("layout", 2, 0), ("picture", 1, 0),
        ]  # fmt: skip
        assert told[1].oldest == NOW - HOUR
        tasks.end_arrival(conn, held.id, Outcome.ADDED, readers="1")
        assert [one.kind for one in backlog.backlogs(conn)] == ["layout", "picture"]


def test_a_task_at_its_last_attempt_waits_until_it_is_given_up(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        tasks.owe(conn, "layout", ["x"])
        for _ in range(tasks.ATTEMPTS):
            [task] = tasks.claim(conn, "layout", "me", 60, 1)
            assert [(one.waiting, one.stuck) for one in backlog.backlogs(conn)] == [(1, 0)]
            tasks.give_back(conn, [task.id], tried=True)
        assert backlog.backlogs(conn) == [Backlog("layout", 0, None, 1)]


def test_how_much_came_between_two_moments(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn, table = writer.conn, schema.originals
        for number in range(4):
            row = {"sha256": f"{number}", "bytes": 10**number, "media_type": "", "filename": ""}
            conn.execute(insert(table).values(**row, added=(NOW + number * HOUR).isoformat()))
        assert backlog.added_bytes(conn, NOW + HOUR, NOW + 3 * HOUR) == 110
        assert backlog.added_bytes(conn, NOW - HOUR, NOW) == 0
        assert backlog.stored(conn) == (4, 1111, NOW)
