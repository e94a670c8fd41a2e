"""Collections as staff make them: named, filled, ordered, taken away, each with its history."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.resources import collections
from library.catalogue.resources.collections import Placing
from library.core.errors import Changed, UsageError
from library.core.resource import Collection
from tests.library.catalogue.builders import edition, put


@pytest.fixture
def three(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(put(catalogue, edition(sha)).resource for sha in "abc")


def make(catalogue: Catalogue, *resources: str, title: str = "First aid") -> str:
    with catalogue.write() as writer:
        return collections.make(writer, title, "Read.", resources, by="rosa")


def held(catalogue: Catalogue, slug: str) -> Collection:
    with catalogue.read() as conn:
        found = collections.of(conn, slug)
    assert found is not None
    return found


def test_it_is_made_after_the_others_with_an_address_of_its_own(
    catalogue: Catalogue, three: tuple[str, ...]
) -> None:
    one, two, other = three
    made = [make(catalogue, one, two, one)]
    made += [make(catalogue, title=title) for title in ("¡¡!!", "First, aid")]
    assert made == ["first-aid", "collection", "first-aid-2"]
    assert held(catalogue, "first-aid") == Collection("first-aid", "First aid", "Read.", (one, two))
    with catalogue.read() as conn:
        assert [one.slug for one in collections.held(conn)] == made
        assert [one.slug for one in collections.held(conn) if two in one.resources] == made[:1]
        assert not any(other in one.resources for one in collections.held(conn))
        assert collections.is_of_the_desk(conn, "first-aid")
        assert not collections.is_of_the_desk(conn, "of-a-folder")
        assert collections.of(conn, "nothing") is None


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        (" ", ""),
        ("x" * (collections.LONGEST_TITLE + 1), ""),
        ("x", "y" * (collections.LONGEST_SUMMARY + 1)),
    ],
)
def test_what_cannot_be_called_so_is_refused(
    catalogue: Catalogue, title: str, summary: str
) -> None:
    with catalogue.write() as writer, pytest.raises(UsageError):
        collections.make(writer, title, summary, (), by="rosa")


def test_the_longest_words_are_taken_and_white_space_is_not(catalogue: Catalogue) -> None:
    title, summary = "x" * collections.LONGEST_TITLE, "y" * collections.LONGEST_SUMMARY
    with catalogue.write() as writer:
        slug = collections.make(writer, f" {title}  ", f"\n{summary} ", (), by="rosa")
    assert held(catalogue, slug) == Collection(slug, title, summary, ())


def test_what_is_not_there_cannot_be_put_in(catalogue: Catalogue) -> None:
    with catalogue.write() as writer, pytest.raises(UsageError, match="not there any more"):
        collections.make(writer, "X", "", ("none",), by="rosa")
    with catalogue.write() as writer, pytest.raises(UsageError, match="not there any more"):
        collections.place(writer, Placing("none"), by="rosa")


def test_things_are_put_at_the_end_and_taken_out(
    catalogue: Catalogue, three: tuple[str, ...]
) -> None:
    one, two, other = three
    slug = make(catalogue, one, two)
    with catalogue.write() as writer:
        assert collections.place(writer, Placing(slug, add=(other, two), out=(one,)), by="rosa")
        assert not collections.place(writer, Placing(slug, add=(two,)), by="rosa")
        assert history.count(writer.conn) == 2
        [last] = history.entries(writer.conn, 1)
    assert held(catalogue, slug).resources == (two, other)
    assert (last.before, last.after) == (
        {"resources": [one, two]}, {"resources": [two, other]},
    )  # fmt: skip


def test_whoever_saw_an_older_one_changes_nothing(
    catalogue: Catalogue, three: tuple[str, ...]
) -> None:
    slug = make(catalogue)
    with catalogue.write() as writer:
        version = history.last(writer.conn, collections.subject(slug))
        wanted = Collection(slug, "Now", "", three)
        assert collections.put(writer, slug, wanted, by="rosa", version=version)
        other = Collection(slug, "Otherwise", "", three)
        with pytest.raises(Changed):
            collections.put(writer, slug, other, by="ana", version=version)
        second = collections.make(writer, "Second", "", (), by="rosa")
        every = history.last(writer.conn, collections.EVERY)
        with pytest.raises(Changed):
            collections.order(writer, [second, slug], by="ana", version=every + 1)


def test_taken_away_it_is_gone_and_stays_the_desks_until_it_is_brought_back(
    catalogue: Catalogue, three: tuple[str, ...]
) -> None:
    slug = make(catalogue, *three)
    before = held(catalogue, slug)
    with catalogue.write() as writer:
        assert collections.put(writer, slug, None, by="rosa")
        assert collections.of(writer.conn, slug) is None
        assert not any(three[0] in one.resources for one in collections.held(writer.conn))
        assert collections.is_of_the_desk(writer.conn, slug)
        [change] = history.entries(writer.conn, 1)
        collections.undo(writer, change, by="ana")
        with pytest.raises(Changed):
            collections.undo(writer, change, by="ana")
        undoes = [one.undoes for one in history.entries(writer.conn, 1)]
    assert held(catalogue, slug) == before
    assert undoes == [change.id]


def test_a_new_one_undone_is_not_there(catalogue: Catalogue) -> None:
    slug = make(catalogue)
    with catalogue.write() as writer:
        [change] = history.entries(writer.conn, 1)
        collections.undo(writer, change, by="ana")
        assert collections.of(writer.conn, slug) is None


def test_a_change_is_undone_unless_what_it_changed_was_changed_since(
    catalogue: Catalogue, three: tuple[str, ...]
) -> None:
    slug = make(catalogue, *three)
    with catalogue.write() as writer:
        first = Collection(slug, "Second", "Read.", three[::-1])
        collections.put(writer, slug, first, by="rosa")
        [change] = history.entries(writer.conn, 1)
        collections.put(writer, slug, Collection(slug, "Second", "More", three[::-1]), by="rosa")
        collections.undo(writer, change, by="ana")
        assert collections.of(writer.conn, slug) == Collection(slug, "First aid", "More", three)
        collections.put(writer, slug, Collection(slug, "Third", "More", three), by="rosa")
        with pytest.raises(Changed):
            collections.undo(writer, change, by="ana")


def test_their_order_is_changed_and_undone(catalogue: Catalogue) -> None:
    made = [make(catalogue, title=title) for title in ("A", "B", "C")]
    with catalogue.write() as writer:
        assert not collections.order(writer, made, by="rosa")
        assert not collections.order(writer, ["a", "none"], by="rosa")
        assert collections.order(writer, ["c", "c", "a"], by="rosa")
        [change] = history.entries(writer.conn, 1)
        assert [one.slug for one in collections.held(writer.conn)] == ["c", "a", "b"]
        collections.undo(writer, change, by="ana")
        assert [one.slug for one in collections.held(writer.conn)] == made
        collections.order(writer, ["b"], by="rosa")
        with pytest.raises(Changed):
            collections.undo(writer, change, by="ana")
