"""Turns: held by one, for a time, by whoever lives."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.queue import tasks, turns
from library.core import leases

GONE = f"{leases.here()}:999999999.1:1"  # a process of this machine that is no more
ELSEWHERE = "ben+machine+start+space:1.1:1"


def test_a_name_is_held_by_one_until_it_is_free_or_over(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        assert turns.take(conn, "a", ELSEWHERE, 60)
        assert turns.take(conn, "a", ELSEWHERE, 60)  # still one's own
        assert not turns.take(conn, "a", "me", 60)
        assert not turns.take_anew(conn, "a", ELSEWHERE, 60)
        assert turns.any_held(conn, "a")
        assert not turns.any_held(conn, "a_")  # no sign of it stands for others
        assert not turns.hold(conn, "a", "me", 60)
        turns.free(conn, "a", "me")
        assert not turns.take(conn, "a", "me", 60)
        turns.free(conn, "a", ELSEWHERE)
        assert turns.take(conn, "a", "me", -1)  # and it is over at once
        assert not turns.any_held(conn, "a")
        assert turns.take(conn, "a", ELSEWHERE, 60)


def test_what_a_process_of_this_machine_held_is_free_when_it_has_ended(
    catalogue: Catalogue,
) -> None:
    with catalogue.write() as writer:
        for name, owner in (("a", GONE), ("b", ELSEWHERE), ("c", GONE)):
            assert turns.take(writer.conn, name, owner, 60)
        assert turns.take(writer.conn, "a", "me", 60)
        assert not turns.take(writer.conn, "b", "me", 60)
        tasks.free_the_dead(writer.conn)
        assert not turns.any_held(writer.conn, "c")
        assert turns.any_held(writer.conn, "b")
