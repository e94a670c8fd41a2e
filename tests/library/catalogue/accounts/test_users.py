"""Accounts and the browsers that are signed in to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from library.catalogue import Catalogue
from library.catalogue.accounts import users
from library.catalogue.accounts.users import IDLE, LONGEST, User
from library.catalogue.storage import mapping, schema
from library.core.resource import Role


def rosa(conn: Connection) -> User:
    return users.add(conn, "Rosa", "rosa", Role.STAFF, "kept")


def ago(seconds: float) -> str:
    return mapping.said(datetime.now(UTC) - timedelta(seconds=seconds))


def test_an_account_is_found_by_its_key_with_its_password(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        assert (made.name, made.role, made.disabled, made.signed_in) == (
            "Rosa", Role.STAFF, False, None,
        )  # fmt: skip
        assert users.named(writer.conn, "rosa") == (made, "kept")
        assert users.user(writer.conn, made.id) == made
        assert (users.named(writer.conn, "Rosa"), users.user(writer.conn, 99)) == (None, None)
        users.add(writer.conn, "Ana", "ana", Role.ADMIN, "x")
        assert [one.name for one in users.every(writer.conn)] == ["Ana", "Rosa"]
        assert users.count(writer.conn) == 2


def test_only_the_account_that_is_meant_is_changed(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        other = users.add(writer.conn, "Ana", "ana", Role.STAFF, "hers")
        users.set_password(writer.conn, made.id, "new")
        users.set_role(writer.conn, made.id, Role.ADMIN)
        held = users.named(writer.conn, "rosa")
        assert held is not None
        assert (held[1], held[0].role) == ("new", Role.ADMIN)
        assert users.named(writer.conn, "ana") == (other, "hers")


def test_a_session_is_found_by_its_digest_and_notes_when_its_account_was_used(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        users.begin_session(writer.conn, made.id, "d1", "Firefox")
        found = users.session(writer.conn, "d1")
        assert found is not None
        assert (found.user.name, found.agent) == ("Rosa", "Firefox")
        assert found.user.signed_in is not None
        assert users.session(writer.conn, "d2") is None


@pytest.mark.parametrize(
    ("seen", "began", "lives"),
    [
        (IDLE - 60, IDLE, True),
        (IDLE + 60, IDLE + 60, False),
        (10, LONGEST - 60, True),
        (10, LONGEST + 60, False),
    ],
)
def test_a_session_ends_when_it_rests_and_after_its_longest(
    catalogue: Catalogue, seen: float, began: float, lives: bool
) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        users.begin_session(writer.conn, made.id, "d", "")
        writer.conn.execute(update(schema.sessions).values(seen=ago(seen), began=ago(began)))
        assert (users.session(writer.conn, "d") is not None) is lives
        assert len(users.sessions(writer.conn, made)) == lives
        users.begin_session(writer.conn, made.id, "another", "")  # lets those go that are over
        assert writer.conn.exec_driver_sql("SELECT count(*) FROM sessions").scalar() == 1 + lives


def test_being_seen_keeps_a_session_alive(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        users.begin_session(writer.conn, made.id, "d", "")
        writer.conn.execute(update(schema.sessions).values(seen=ago(IDLE - 60)))
        held = users.session(writer.conn, "d")
        assert held is not None
        users.note_seen(writer.conn, held.id)
        again = users.session(writer.conn, "d")
        assert again is not None
        assert again.seen > held.seen


def test_sessions_end_one_by_one_all_but_one_or_all(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        made, other = rosa(writer.conn), users.add(writer.conn, "Ana", "ana", Role.STAFF, "x")
        for digest in ("a", "b", "c"):
            users.begin_session(writer.conn, made.id, digest, digest)
        users.begin_session(writer.conn, other.id, "hers", "")
        newest, *_ = held = users.sessions(writer.conn, made)
        assert [one.agent for one in held] == ["c", "b", "a"]
        users.end_sessions(writer.conn, made.id, only=newest.id)
        assert [one.agent for one in users.sessions(writer.conn, made)] == ["b", "a"]
        users.end_sessions(writer.conn, made.id, besides=held[1].id)
        assert [one.agent for one in users.sessions(writer.conn, made)] == ["b"]
        users.set_disabled(writer.conn, made.id, True)
        assert users.sessions(writer.conn, made) == []
        assert users.session(writer.conn, "hers") is not None
        users.set_disabled(writer.conn, other.id, False)
        assert users.session(writer.conn, "hers") is not None
        users.end_every_session(writer.conn)
        assert users.session(writer.conn, "hers") is None


def test_a_disabled_account_has_no_session_even_where_one_is_left(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        made = rosa(writer.conn)
        users.begin_session(writer.conn, made.id, "d", "")
        writer.conn.execute(update(schema.users).values(disabled=True))
        assert users.session(writer.conn, "d") is None
