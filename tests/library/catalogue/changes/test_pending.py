"""What waits until somebody has looked and says yes."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from library.catalogue import Catalogue
from library.catalogue.changes import pending
from library.catalogue.storage import mapping, schema


def test_it_waits_is_read_by_its_kind_and_goes_once(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        first = pending.put(writer.conn, "table", "a.csv", {"rows": [1]}, by="rosa")
        second = pending.put(writer.conn, "table", "b.csv", {"rows": [2]}, by="ana")
        change = pending.put(writer.conn, "change", "", {}, by="ana")
        held = pending.get(writer.conn, first, "table")
        assert held is not None
        assert (held.name, held.by, held.content) == ("a.csv", "rosa", {"rows": [1]})
        assert pending.get(writer.conn, first, "change") is None
        waiting = pending.every(writer.conn, "table")
        assert [(one.id, one.name, one.content) for one in waiting] == [
            (second, "b.csv", {}),
            (first, "a.csv", {}),
        ]
        assert [one.id for one in pending.every(writer.conn, "change")] == [change]
        assert [pending.drop(writer.conn, first) for _ in range(2)] == [True, False]
        assert pending.get(writer.conn, first, "table") is None


def test_what_nobody_said_yes_to_goes_by_itself(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        kept, old = (pending.put(writer.conn, "table", "", {}, by="rosa") for _ in range(2))
        at = mapping.said(datetime.now(UTC) - 2 * pending.KEPT)
        writer.conn.execute(update(schema.pending).where(schema.pending.c.id == old).values(at=at))
        new = pending.put(writer.conn, "table", "", {}, by="rosa")
        assert [one.id for one in pending.every(writer.conn, "table")] == [new, kept]
