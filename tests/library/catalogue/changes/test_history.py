"""The history is only added to, and tells when it was made to be otherwise."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.changes.history import Note
from library.core.errors import Changed


def note(conn: Connection, number: int, subject: str = "s", undoes: int | None = None) -> int:
    return history.note(
        conn, by="rosa", action="a", subject=subject,
        before={"n": number - 1}, after={"n": number}, undoes=undoes,
    )  # fmt: skip


def unguarded(conn: Connection, statement: str) -> None:
    """Alter entries as somebody with the file, or the server, in their hands could."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("ALTER TABLE history DISABLE TRIGGER USER"))
        conn.execute(text(statement))
        conn.execute(text("ALTER TABLE history ENABLE TRIGGER USER"))
        return
    triggers = conn.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history'")
    ).all()
    for name, _ in triggers:
        conn.execute(text(f"DROP TRIGGER {name}"))
    conn.execute(text(statement))
    for _, made in triggers:
        conn.execute(text(made))


def test_entries_are_numbered_and_come_back_newest_first(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert (history.head(writer.conn), history.count(writer.conn)) == (0, 0)
        assert [note(writer.conn, number, f"s{number % 2}") for number in (1, 2, 3)] == [1, 2, 3]
        assert [one.id for one in history.entries(writer.conn, 9)] == [3, 2, 1]
        assert [one.id for one in history.entries(writer.conn, 1)] == [3]
        assert [one.id for one in history.entries(writer.conn, 9, subjects=["s1"])] == [3, 1]
        assert [one.id for one in history.entries(writer.conn, 9, before=3)] == [2, 1]
        assert [one.id for one in history.between(writer.conn, 2, 3)] == [2, 3]
        assert [one.id for one in history.between(writer.conn, 1, 3, 2)] == [1, 2]
        held = history.entry(writer.conn, 2)
        assert held is not None
        assert (held.by, held.action, held.subject, held.before, held.after) == (
            "rosa", "a", "s0", {"n": 1}, {"n": 2},
        )  # fmt: skip
        assert history.entry(writer.conn, 9) is None
        assert (history.head(writer.conn), history.count(writer.conn)) == (3, 3)


def test_a_subject_is_at_the_version_of_its_last_entry(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for number, subject in enumerate(("a", "b", "a"), 1):
            note(writer.conn, number, subject)
        assert [history.last(writer.conn, one) for one in ("a", "b", "c")] == [3, 2, 0]
        many = [f"x{n}" for n in range(1200)]
        assert history.versions(writer.conn, ["a", *many, "b"]) == {"a": 3, "b": 2}
        history.expect(writer.conn, "a", 3)
        history.expect(writer.conn, "a", None)
        history.expect(writer.conn, "c", 0)
        with pytest.raises(Changed, match="Somebody else"):
            history.expect(writer.conn, "a", 1)


def test_what_is_undone_is_known(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        note(writer.conn, 1)
        note(writer.conn, 2)
        note(writer.conn, 1, undoes=2)
        assert history.undone(writer.conn, [1, 2, 3]) == {2}
        found = history.undoing(writer.conn, 2)
        assert found is not None
        assert (found.id, found.undoes) == (3, 2)
        assert history.undoing(writer.conn, 1) is None


def test_many_at_once_are_one_chain_as_one_by_one(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        assert history.note_all(writer.conn, [], by="rosa") == 0
        notes = [Note("a", f"s{n}", {}, {"n": n}) for n in range(1, 2301)]
        assert history.note_all(writer.conn, notes, by="rosa") == 2300
        assert note(writer.conn, 1) == 2301
        assert list(history.faults(writer.conn)) == []


def test_a_change_of_many_is_shown_as_one(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        note(writer.conn, 1)
        parts = [Note("words", f"s{n}", {}, {}) for n in range(5)]
        whole = Note(history.MANY, "many", {}, {"first": 2, "resources": 5})
        history.note_all(writer.conn, [*parts, whole], by="rosa")
        note(writer.conn, 2)
        assert [one.id for one in history.folded(writer.conn, 9)] == [8, 7, 1]
        assert [one.id for one in history.folded(writer.conn, 2)] == [8, 7]
        assert [one.id for one in history.folded(writer.conn, 9, before=7)][-1] == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET by = 'x'", "DELETE FROM history WHERE id = 2"]
)
def test_the_database_refuses_to_alter_entries(catalogue: Catalogue, statement: str) -> None:
    with catalogue.write() as writer:
        note(writer.conn, 1)
        note(writer.conn, 2)
    with pytest.raises(DatabaseError), catalogue._engine.begin() as conn:
        conn.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE history SET by = 'x' WHERE id = 2", "Entry 2 of the history was altered"),
        ("UPDATE history SET after = '{}' WHERE id = 1", "Entry 1 of the history was altered"),
        ("DELETE FROM history WHERE id = 2", "Entry 2 of the history is missing"),
        ("DELETE FROM history WHERE id = 3", "should have 3 entries, and has 2"),
        ("DELETE FROM history", "should have 3 entries, and has 0"),
    ],
)
def test_what_was_altered_taken_out_or_cut_off_is_told(
    catalogue: Catalogue, statement: str, told: str
) -> None:
    with catalogue.write() as writer:
        for number in (1, 2, 3):
            note(writer.conn, number)
        assert list(history.faults(writer.conn)) == []
        unguarded(writer.conn, statement)
        [fault] = history.faults(writer.conn)
        assert told in str(fault)
