"""Which originals are held against their checksums now: all within a month, the damaged daily."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, update

from library.catalogue import Catalogue
from library.catalogue.storage import mapping, schema
from library.catalogue.upkeep import fixity
from library.catalogue.upkeep.fixity import AGAIN, ROUND
from tests.library.catalogue.builders import edition, put

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def stored(conn: Connection, ago: dict[str, timedelta]) -> None:
    """Let originals have come so long ago."""
    for sha256, time in ago.items():
        row = {"sha256": sha256, "bytes": 1, "media_type": "", "filename": f"{sha256}.pdf"}
        conn.execute(schema.originals.insert().values(**row, added=mapping.said(NOW - time)))


def looked_at(conn: Connection, sha256: str, ago: timedelta, fault: str = "") -> None:
    fixity.note(conn, {sha256: fault})
    at = mapping.said(NOW - ago)
    conn.execute(update(schema.fixity).where(schema.fixity.c.sha256 == sha256).values(at=at))


def test_those_overdue_come_first_the_longest_ago_first(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        stored(writer.conn, {"a": ROUND + MINUTE, "b": ROUND + 2 * MINUTE, "c": ROUND - MINUTE})
        assert fixity.due(writer.conn, NOW, 9) == ["b", "a"]
        assert fixity.due(writer.conn, NOW) == ["b"]


def test_else_one_at_a_time_for_all_to_have_their_turn(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert fixity.due(writer.conn, NOW, 9) == []
        stored(writer.conn, {"a": 5 * AGAIN, "b": 3 * AGAIN})
        assert fixity.due(writer.conn, NOW, 9) == ["a"]
        looked_at(writer.conn, "a", ROUND / 2 - MINUTE)
        assert fixity.due(writer.conn, NOW, 9) == []  # two in a month: one each fortnight
        looked_at(writer.conn, "a", ROUND / 2 + MINUTE)
        assert fixity.due(writer.conn, NOW, 9) == ["a"]


def test_one_that_just_came_is_not_looked_at_on_its_first_day(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        stored(writer.conn, {"a": AGAIN - MINUTE})
        assert fixity.due(writer.conn, NOW, 9) == []


def test_what_is_damaged_is_looked_at_again_a_day_later_before_all_else(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        stored(writer.conn, {"a": 9 * ROUND, "b": 9 * ROUND, "c": 9 * ROUND})
        looked_at(writer.conn, "b", AGAIN + MINUTE, "changed")
        looked_at(writer.conn, "c", AGAIN - MINUTE, "missing")
        assert fixity.due(writer.conn, NOW, 9) == ["b"]
        looked_at(writer.conn, "b", AGAIN - MINUTE, "changed")
        assert fixity.due(writer.conn, NOW, 9) == ["a"]


def test_how_far_the_round_is(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert fixity.progress(writer.conn, NOW) == fixity.Progress(0, 0, None, ())
        stored(writer.conn, {"a": 2 * ROUND, "b": MINUTE, "c": 2 * ROUND, "d": 3 * ROUND})
        looked_at(writer.conn, "a", MINUTE)
        looked_at(writer.conn, "c", MINUTE, "missing")
        told = fixity.progress(writer.conn, NOW)
        assert (told.originals, told.fresh, told.oldest) == (4, 2, NOW - 3 * ROUND)
        [damage] = told.damaged
        assert (damage.sha256, damage.filename, damage.fault) == ("c", "c.pdf", "missing")
        assert (damage.at, damage.resource) == (NOW - MINUTE, None)


def test_a_damaged_original_names_its_resource_and_is_forgotten_when_whole(
    catalogue: Catalogue,
) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        fixity.note(writer.conn, {})
        fixity.note(writer.conn, {"a" * 64: "changed"})
        assert [one.resource for one in fixity.damaged(writer.conn)] == [filed.resource]
        fixity.note(writer.conn, {"a" * 64: ""})
        assert fixity.damaged(writer.conn) == []
