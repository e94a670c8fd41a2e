"""What was done to keep the library well, and which workers live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.storage import mapping, schema
from library.catalogue.upkeep import log
from library.core import leases
from tests.library.catalogue.builders import edition, put


def test_the_last_of_a_kind_and_the_last_that_ended_so(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert log.last(writer.conn, "backup") is None
        for number, well in enumerate((True, False, False)):
            log.note(writer.conn, "backup", well=well, told={"number": number})
        log.note(writer.conn, "drill", well=True, told={"number": 9})
        for well, number in ((None, 2), (False, 2), (True, 0)):
            done = log.last(writer.conn, "backup", well=well)
            assert done is not None
            assert done.told == {"number": number}
            assert done.well is (number == 0)


def test_the_last_few_of_each_kind_are_kept(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        log.note(writer.conn, "drill", well=True, told={})
        for number in range(log.KEPT + 3):
            log.note(writer.conn, "check", well=True, told={"number": number})
        kept = writer.conn.execute(select(schema.upkeep)).all()
        numbers = [row.told["number"] for row in kept if row.kind == "check"]
        assert sorted(numbers) == list(range(3, log.KEPT + 3))
        assert len(kept) == log.KEPT + 1


def test_a_worker_lives_while_it_is_heard_of(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "dead", lambda name: name == "killed")
    with catalogue.write() as writer:
        for name in ("one", "one", "two", "killed"):
            log.beat(writer.conn, name)
        assert len(log.workers(writer.conn)) == 2
        long_ago = mapping.said(datetime.now(UTC) - timedelta(seconds=log.ALIVE + 5))
        named = schema.state.c.name == "worker two"
        writer.conn.execute(update(schema.state).where(named).values(time=long_ago))
        assert len(log.workers(writer.conn)) == 1
        log.leave(writer.conn, "one")
        names = writer.conn.scalars(select(schema.state.c.name)).all()
        assert [one for one in names if one.startswith("worker ")] == ["worker two"]


def test_what_came_since_a_moment(catalogue: Catalogue) -> None:
    before = datetime.now(UTC) - timedelta(seconds=5)
    put(catalogue, edition("a"))
    with catalogue.write() as writer:
        for _ in range(2):
            history.note(writer.conn, by="rosa", action="x", subject="y")
        assert log.younger(writer.conn, before) == (1, 2)
        assert log.younger(writer.conn, datetime.now(UTC) + timedelta(seconds=5)) == (0, 0)
