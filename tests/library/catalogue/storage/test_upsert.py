"""Numbers that are added to, in one statement each."""

from __future__ import annotations

from sqlalchemy import select

from library.catalogue import Catalogue
from library.catalogue.storage import schema, upsert


def line(day: str, times: int) -> dict[str, object]:
    return {
        "day": day, "engine": "whoosh", "terms": 1, "phrase": False, "narrowed": False, "bucket": 4,
        "times": times,
    }  # fmt: skip


def test_a_line_is_made_or_added_to_by_its_whole_key(catalogue: Catalogue) -> None:
    table = schema.durations
    with catalogue.write() as writer:
        upsert.add(writer.conn, table, [])
        upsert.add(writer.conn, table, [line("1", 2), line("2", 3)])
        upsert.add(writer.conn, table, [line("2", 4), line("2", 5), line("3", 1)])
        held = writer.conn.execute(select(table.c.day, table.c.times).order_by(table.c.day)).all()
    assert [tuple(row) for row in held] == [("1", 2), ("2", 12), ("3", 1)]
