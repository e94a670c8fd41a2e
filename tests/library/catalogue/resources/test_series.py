"""A series in the order staff give it; of what they did not place the newest comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.resources import series
from library.core.errors import Changed
from library.core.resource import LISTED, PartialDate, Statement, Status
from tests.library.catalogue.builders import edition, put

NAME = "Sheets"


def add(catalogue: Catalogue, sha: str, year: int, status: Status = Status.PUBLISHED) -> str:
    one = replace(edition(sha), date=PartialDate(year))
    return put(catalogue, one, Statement("series", NAME, "staff"), status=status).resource


@pytest.fixture
def three(catalogue: Catalogue) -> list[str]:
    """The newest first."""
    put(catalogue, edition("f"))  # of no series
    return [add(catalogue, sha, year) for sha, year in (("a", 2022), ("b", 2021), ("c", 2020))]


def test_without_order_the_newest_comes_first(catalogue: Catalogue, three: list[str]) -> None:
    with catalogue.read() as conn:
        assert series.order(conn, NAME) == three
        assert series.order(conn, "") == []
        assert not series.is_ordered(conn, NAME)
        assert series.walk(conn, NAME, three[0]) == (0, three)


def test_put_in_order_each_has_its_place_and_what_comes_later_has_none(
    catalogue: Catalogue, three: list[str]
) -> None:
    first, second, third = three
    with catalogue.write() as writer:
        assert series.put(writer, NAME, [third, third, "none", first], by="rosa")
        assert series.order(writer.conn, NAME) == [third, first, second]
        assert series.is_ordered(writer.conn, NAME)
        assert not series.is_ordered(writer.conn, "Other")
        assert not series.put(writer, NAME, [third, first, second], by="rosa")
    later = add(catalogue, "d", 2030)
    draft = add(catalogue, "e", 2031, Status.DRAFT)
    with catalogue.read() as conn:
        assert series.order(conn, NAME) == [third, first, second, draft, later]
        assert series.order(conn, NAME, among=LISTED) == [third, first, second, later]
        assert series.walk(conn, NAME, first) == (2, [third, first, second, later])
        assert series.walk(conn, NAME, later)[0] == 0
        assert series.walk(conn, NAME, "none")[0] == 0


def test_saying_the_order_that_is_there_already_is_a_change_once(
    catalogue: Catalogue, three: list[str]
) -> None:
    with catalogue.write() as writer:
        assert series.put(writer, NAME, three, by="rosa")  # from now on it stays so
        assert not series.put(writer, NAME, three, by="rosa")
        assert history.count(writer.conn) == 1


def test_whoever_saw_an_older_one_changes_nothing(catalogue: Catalogue, three: list[str]) -> None:
    with catalogue.write() as writer:
        series.put(writer, NAME, three[::-1], by="rosa", version=0)
        with pytest.raises(Changed):
            series.put(writer, NAME, three, by="ana", version=0)


def test_it_is_undone_to_no_order_and_to_the_one_before(
    catalogue: Catalogue, three: list[str]
) -> None:
    with catalogue.write() as writer:
        series.put(writer, NAME, three[::-1], by="rosa")
        [first] = history.entries(writer.conn, 1)
        series.put(writer, NAME, [three[1]], by="rosa")
        [second] = history.entries(writer.conn, 1)
        with pytest.raises(Changed):
            series.undo(writer, first, by="ana")
        series.undo(writer, second, by="ana")
        assert series.order(writer.conn, NAME) == three[::-1]
        series.undo(writer, first, by="ana")
        assert series.order(writer.conn, NAME) == three
        assert not series.is_ordered(writer.conn, NAME)
        [last] = history.entries(writer.conn, 1)
        assert (last.by, last.subject, last.undoes) == ("ana", "series Sheets", first.id)
