"""Bits that turn by themselves are found in all that is catalogued; what is written is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from library import accounts
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.storage import sums
from library.catalogue.storage.sums import SUMMED, sum_of
from library.core.resource import Role
from library.core.settings import Settings
from tests import needs
from tests.library.catalogue.builders import TOPIC, edition, put

pytestmark = needs.SQLITE


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    yield made
    made.close()


def wrong(catalogue: Catalogue) -> set[tuple[str, str]]:
    with catalogue.read() as conn:
        return set(sums.wrong(conn))


def rot(home: Path, statement: str) -> None:
    """Change rows as the disk would: no transaction of ours knows of it."""
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as conn:
        for (trigger,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            conn.execute(f"DROP TRIGGER {trigger}")
        assert conn.execute(statement).rowcount
        conn.commit()


def filled(catalogue: Catalogue) -> None:
    """Something in every table that has sums."""
    put(catalogue, edition("a"), TOPIC)
    put(catalogue, edition("b", "Our work"), replace(TOPIC, field="title", value="Our work"))
    accounts.add(catalogue, "Ana", Role.ADMIN, "four words nobody guesses")
    with catalogue.write() as writer:
        writer.conn.exec_driver_sql(
            "INSERT INTO collections (slug, title, summary, position, desk) VALUES "
            "('first', 'First', '', 0, '')"
        )


def test_what_is_written_is_as_it_was_written(catalogue: Catalogue) -> None:
    filled(catalogue)
    assert wrong(catalogue) == set()
    with catalogue.read() as conn:
        for table in SUMMED:
            named = conn.exec_driver_sql("SELECT count(*) FROM sums WHERE name = ?", (table,))
            rows = conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert named.scalar() == rows > 0, table
        assert not conn.exec_driver_sql("SELECT * FROM touched").all()


ROT = {
    "the text of a page": "UPDATE pages SET text = 'Words of the pagE' WHERE number = 1",
    "its blocks": "UPDATE pages SET blocks = '[]'",
    "a title": "UPDATE editions SET title = 'Our Streets' WHERE title = 'Our streets'",
    "the password of somebody": "UPDATE users SET password = replace(password, 'a', 'b')",
    "a role": "UPDATE users SET role = 'staff'",
    "a status": "UPDATE resources SET status = 'draft'",
    "what was said": "UPDATE statements SET value = '\"x\"'",
    "a concept": "UPDATE concepts SET position = 7",
    "a collection": "UPDATE collections SET title = 'Second'",
    "an address": "UPDATE slugs SET slug = slug || 'x'",
    "the name of a file": "UPDATE originals SET filename = 'other.pdf'",
    "a row that is gone": "DELETE FROM statements WHERE id = 1",
}


@pytest.mark.parametrize("statement", ROT.values(), ids=ROT.keys())
def test_what_changes_by_itself_is_found(
    catalogue: Catalogue, tmp_path: Path, statement: str
) -> None:
    filled(catalogue)
    rot(tmp_path, statement)
    table = next(word for word in statement.split() if word in SUMMED)
    assert {name for name, _ in wrong(catalogue)} == {table}
    with catalogue.write():
        pass  # a transaction that touches nothing of it
    assert {name for name, _ in wrong(catalogue)} == {table}


def test_a_bit_turned_in_the_file_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    filled(catalogue)
    catalogue.close()
    file = tmp_path / "catalogue.sqlite"
    data = file.read_bytes()
    assert data.count(b"Words of the page") == 2
    file.write_bytes(data.replace(b"Words of the page", b"Words of the pagd", 1))
    again = open_catalogue(Settings(home=tmp_path))
    try:
        assert again.faults() == []  # SQLite itself sees nothing
        assert {name for name, _ in wrong(again)} == {"pages"}
    finally:
        again.close()


def test_every_change_and_what_goes_with_it_is_followed(catalogue: Catalogue) -> None:
    filled(catalogue)
    with catalogue.write() as writer:
        writer.conn.exec_driver_sql("UPDATE pages SET text = 'new'")
        writer.conn.exec_driver_sql("UPDATE slugs SET slug = slug || '-new'")
        writer.conn.exec_driver_sql("DELETE FROM statements")
        writer.conn.exec_driver_sql("DELETE FROM users")
    assert wrong(catalogue) == set()
    with catalogue.read() as conn:
        left = conn.exec_driver_sql("SELECT DISTINCT name FROM sums").scalars().all()
    assert not {"users", "statements"} & set(left)


def test_a_row_that_others_wrote_meanwhile_is_not_judged_before_it_is_settled(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Whoever works on the file with other programs is no rot: the next transaction settles it."""
    filled(catalogue)
    with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as conn:
        conn.execute("UPDATE editions SET title = 'By hand'")
        conn.commit()
    with catalogue.write():
        pass
    assert wrong(catalogue) == set()


def test_rows_without_a_sum_get_one(catalogue: Catalogue) -> None:
    filled(catalogue)
    with catalogue.write() as writer:
        writer.conn.exec_driver_sql("DELETE FROM sums")
    with catalogue.write() as writer:
        assert sums.add_missing(writer.conn, "pages", 1) == 1
        assert sums.add_missing(writer.conn, "pages", 10) == 1
        assert sums.add_missing(writer.conn, "pages", 10) == 0
    assert wrong(catalogue) == set()


def test_a_slice_goes_on_where_the_last_one_ended(catalogue: Catalogue) -> None:
    filled(catalogue)
    with catalogue.read() as conn:
        first = sums.verify(conn, "pages", 0, 1)
        second = sums.verify(conn, "pages", first.last, 9)
        assert (first.looked, second.looked) == (1, 1)
        assert sums.verify(conn, "pages", second.last, 9).looked == 0


def test_values_are_told_apart_by_kind_and_place() -> None:
    told = {sum_of(*values) for values in ((1,), ("1",), (None,), ("",), ("1", ""), ("", "1"))}
    assert len(told) == 6
    assert sum_of("ab", "c") != sum_of("a", "bc")
