"""Files that browsers send a piece at a time: each its account's, and found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from library.catalogue import Catalogue
from library.catalogue.accounts import users
from library.catalogue.arrivals import uploads
from library.catalogue.arrivals.uploads import Wanted
from library.catalogue.queue import tasks
from library.catalogue.storage import mapping, schema
from library.core.resource import Role, Status

FILE = Wanted("k1", "hours.pdf", 900, "1700000000000", Status.DRAFT)


@pytest.fixture
def two(catalogue: Catalogue) -> tuple[int, int]:
    with catalogue.write() as writer:
        return (
            users.add(writer.conn, "Rosa", "rosa", Role.STAFF, "x").id,
            users.add(writer.conn, "Ana", "ana", Role.STAFF, "x").id,
        )


def test_an_upload_is_its_accounts_alone(catalogue: Catalogue, two: tuple[int, int]) -> None:
    rosa, ana = two
    with catalogue.write() as writer:
        made = uploads.begin(writer.conn, rosa, FILE)
        assert (made.name, made.bytes, made.offset, made.complete) == ("hours.pdf", 900, 0, False)
        assert uploads.held(writer.conn, rosa, made.id) == made
        assert uploads.begun(writer.conn, rosa, "k1") == made
        assert uploads.held(writer.conn, ana, made.id) is None
        assert uploads.begun(writer.conn, ana, "k1") is None
        assert uploads.known(writer.conn, ana, FILE) is None


@pytest.mark.parametrize(
    "other",
    [
        replace(FILE, name="days.pdf"),
        replace(FILE, bytes=901),
        replace(FILE, modified="1700000000001"),
        replace(FILE, replaces="e"),
    ],
)
def test_what_seems_the_same_file_is_known_and_no_other(
    catalogue: Catalogue, two: tuple[int, int], other: Wanted
) -> None:
    with catalogue.write() as writer:
        uploads.begin(writer.conn, two[0], FILE)
        last = uploads.begin(writer.conn, two[0], replace(FILE, key="k2"))
        assert uploads.known(writer.conn, two[0], replace(FILE, key="k3")) == last
        assert uploads.known(writer.conn, two[0], other) is None


def test_it_grows_comes_whole_and_arrives(catalogue: Catalogue, two: tuple[int, int]) -> None:
    rosa, ana = two
    with catalogue.write() as writer:
        conn = writer.conn
        made = uploads.begin(conn, rosa, FILE)
        other = uploads.begin(conn, rosa, replace(FILE, key="k2", name="days.pdf"))
        assert uploads.grown(conn, made.id, 500)
        assert not uploads.grown(conn, "gone", 500)
        assert [one.id for one in uploads.unfinished(conn, rosa)] == [made.id, other.id]
        assert (uploads.count(conn, rosa), uploads.count(conn, ana)) == (2, 0)
        uploads.goes_on(conn, made.id, replace(FILE, status=Status.PUBLISHED))
        assert uploads.whole(conn, made.id, "a" * 64)
        assert not uploads.whole(conn, "gone", "a" * 64)
        writer.store_original("a" * 64, 900, "hours.pdf")
        arrival = tasks.record(conn, "desk/x", "a" * 64, {}, Status.DRAFT, "", 0)
        assert arrival is not None
        uploads.arrived(conn, made.id, arrival.id)
        now = uploads.held(conn, rosa, made.id)
        assert now is not None
        assert (now.offset, now.sha256, now.status, now.complete) == (
            500, "a" * 64, Status.PUBLISHED, True,
        )  # fmt: skip
        assert [one.id for one in uploads.unfinished(conn, rosa)] == [other.id]
        assert uploads.count(conn, rosa) == 1
        assert uploads.every(conn) == {other.id}


def test_what_nobody_touched_for_long_is_forgotten(
    catalogue: Catalogue, two: tuple[int, int]
) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        old, new, let_go = (
            uploads.begin(conn, two[0], replace(FILE, key=key)).id for key in ("a", "b", "c")
        )
        moment = mapping.said(datetime.now(UTC) - timedelta(seconds=90))
        conn.execute(
            update(schema.uploads).where(schema.uploads.c.id == old).values(touched=moment)
        )
        uploads.forget(conn, let_go)
        assert uploads.forget_old(conn, 120) == []
        assert uploads.forget_old(conn, 60) == [old]
        assert uploads.every(conn) == {new}
