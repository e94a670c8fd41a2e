"""How often somebody may try: some attempts are free, then each wait is twice as long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from library.catalogue import Catalogue
from library.catalogue.accounts import throttle
from library.catalogue.accounts.throttle import ACCOUNT, ADDRESS, PAIR, Limit, Subject
from library.catalogue.storage import schema

WHO: Subject = (PAIR, "rosa 192.0.2.7")
WHERE: Subject = (ADDRESS, "192.0.2.7")


def later(conn: Connection) -> None:
    """Let every wait be over."""
    conn.execute(update(schema.attempts).values(until=""))


@pytest.mark.parametrize(
    ("number", "wait"),
    [(0, 0.0), (4, 0.0), (5, 30.0), (6, 60.0), (9, 480.0), (10, 900.0), (5_000, 900.0)],
)
def test_a_wait_doubles_up_to_the_longest(number: int, wait: float) -> None:
    assert PAIR.wait(number) == wait


def test_an_address_has_more_that_are_free_and_waits_longer() -> None:
    assert (ADDRESS.wait(99), ADDRESS.wait(100), ADDRESS.wait(199)) == (0.0, 30.0, 3600.0)


def test_attempts_that_are_free_wait_for_nothing_and_the_next_waits(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        waits = [throttle.begin(writer.conn, [WHO, WHERE]) for _ in range(7)]
    assert waits[:5] == [0.0] * 5
    assert all(25 < wait <= 30 for wait in waits[5:])  # and asking meanwhile makes it no longer


def test_a_wait_that_is_over_is_followed_by_one_twice_as_long(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for _ in range(6):
            later(writer.conn)
            assert throttle.begin(writer.conn, [WHO]) == 0.0
        assert 55 < throttle.begin(writer.conn, [WHO]) <= 60


def test_who_succeeds_begins_anew_and_the_address_has_as_many_less(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        throttle.begin(writer.conn, [(PAIR, "lucha 192.0.2.7"), WHERE])
        for _ in range(4):
            throttle.begin(writer.conn, [WHO, WHERE])
        throttle.succeeded(writer.conn, [WHO], [WHERE])
        assert writer.conn.scalars(select(schema.attempts.c.number)).all() == [1, 1]
        throttle.forget(writer.conn, (PAIR, "lucha 192.0.2.7"))
        assert throttle.begin(writer.conn, [WHO, WHERE]) == 0.0
        throttle.forget(writer.conn, WHERE)
        assert writer.conn.scalars(select(schema.attempts.c.number)).all() == [1]


def test_others_are_not_held_up(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for _ in range(6):
            throttle.begin(writer.conn, [WHO])
        assert throttle.begin(writer.conn, [(ACCOUNT, "lucha"), WHERE]) == 0.0
        # An address that is called as an account is another subject.
        assert throttle.begin(writer.conn, [(ADDRESS, "rosa 192.0.2.7")]) == 0.0


def test_attempts_are_forgiven_as_time_goes_by(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        for _ in range(5):
            throttle.begin(writer.conn, [WHO])
        assert throttle.begin(writer.conn, [WHO]) > 0
        earlier = datetime.now(UTC) - timedelta(seconds=2 * PAIR.forgiven + 1)
        writer.conn.execute(update(schema.attempts).values(last=earlier.isoformat()))
        later(writer.conn)
        assert throttle.begin(writer.conn, [WHO]) == 0.0  # three and this one: none too many
        assert writer.conn.scalar(select(schema.attempts.c.number)) == 4


def test_what_was_typed_is_not_kept_and_a_day_later_nothing_is(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        throttle.begin(writer.conn, [(ACCOUNT, "my password"), WHERE])
        [*subjects] = writer.conn.scalars(select(schema.attempts.c.subject))
        assert [len(one) for one in subjects] == [64, 64]
        writer.conn.execute(update(schema.attempts).values(last="2020-01-01"))
        throttle.begin(writer.conn, [WHO])
        assert len(writer.conn.scalars(select(schema.attempts.c.subject)).all()) == 1


def test_the_first_wait_is_never_longer_than_the_longest() -> None:
    assert Limit("x", free=1, first=50.0, longest=20.0, forgiven=1.0).wait(1) == 20.0
