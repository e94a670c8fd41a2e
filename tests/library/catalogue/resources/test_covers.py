"""The page whose picture stands for a resource."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.curation import undo
from library.catalogue.queue import tasks
from library.catalogue.resources import covers
from library.core.errors import Changed, UsageError
from library.core.resource import Cover
from tests.library.catalogue.builders import decide, edition, put


def test_a_page_is_chosen_drawn_and_let_go(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a", pages=3))
    cover = Cover(filed.edition, 3)
    with catalogue.write() as writer:
        conn = writer.conn
        assert covers.of(conn, filed.resource) is None
        assert covers.of(conn, "none") is None
        assert covers.put(writer, filed.resource, cover, by="rosa", version=0)
        assert not covers.put(writer, filed.resource, cover, by="rosa")
        assert covers.of(conn, filed.resource) == cover
        assert tasks.subjects(conn, "picture") == {f"{'a' * 64}/3/small"}
        assert covers.put(writer, filed.resource, None, by="rosa")
        assert covers.of(conn, filed.resource) is None
        newest, first = history.entries(conn, 9)
        none = {"edition": "", "page": 0}
        assert (first.before, first.after) == (none, {"edition": filed.edition, "page": 3})
        assert (newest.before, newest.after) == (first.after, none)
        with pytest.raises(Changed):
            covers.put(writer, filed.resource, cover, by="ana", version=first.id)


@pytest.mark.parametrize("page", [0, 4, -1])
def test_a_page_that_is_not_there_is_refused(catalogue: Catalogue, page: int) -> None:
    filed = put(catalogue, edition("a", pages=3))
    other = put(catalogue, edition("b", pages=9))
    with catalogue.write() as writer:
        for cover in (Cover(filed.edition, page), Cover(other.edition, 1)):
            with pytest.raises(UsageError, match="not there"):
                covers.put(writer, filed.resource, cover, by="rosa")
        with pytest.raises(UsageError, match="no resource"):
            covers.put(writer, "none", None, by="rosa")
        assert history.count(writer.conn) == 0


def test_it_is_undone_to_the_page_before_and_to_none(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a", pages=3))
    with catalogue.write() as writer:
        numbers = []
        for page in (2, 3):
            covers.put(writer, filed.resource, Cover(filed.edition, page), by="rosa")
            numbers.append(history.head(writer.conn))
        with pytest.raises(Changed):
            undo.undo(writer, numbers[0], by="ana", decide=decide)
        for number, before in zip(numbers[::-1], (Cover(filed.edition, 2), None), strict=True):
            undo.undo(writer, number, by="ana", decide=decide)
            assert covers.of(writer.conn, filed.resource) == before
