"""What is kept of an edition until it is described."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.queue import undescribed
from library.catalogue.queue.undescribed import Undescribed
from library.core.errors import TooSlow
from library.core.messages import Message
from library.core.resource import Heading, Said
from tests.library.catalogue.builders import edition, put

SAID = Said(
    {"title": "Our pavement", "author": "Ana Pérez"},
    (Heading("One", 1, 1), Heading("Two", 3, 2)),
    7,
    (Message("unread sounds", {"number": 2}),),
)


def test_what_a_file_says_of_itself_comes_back_as_it_was(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a")).edition
    problem = TooSlow("too slow", file="a.pdf")
    with catalogue.write() as writer:
        undescribed.keep(writer.conn, Undescribed(one, 5, SAID, problem))
    with catalogue.read() as conn:
        held = undescribed.of(conn, one)
        assert undescribed.among(conn, [one, "another"]) == {one}
    assert held is not None
    assert (held.edition, held.arrival, held.said) == (one, 5, SAID)
    assert type(held.problem) is TooSlow
    assert held.problem.text == problem.text
    with catalogue.write() as writer:
        undescribed.keep(writer.conn, Undescribed(one, 5, Said(), None))
    with catalogue.read() as conn:
        assert undescribed.of(conn, one) == Undescribed(one, 5, Said(), None)


def test_it_is_gone_when_the_edition_is_described_or_is_gone(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a")).edition
    with catalogue.write() as writer:
        undescribed.keep(writer.conn, Undescribed(one, 5, SAID, None))
        undescribed.drop(writer.conn, one)
        assert undescribed.of(writer.conn, one) is None


def test_it_goes_with_the_words_to_another_edition(catalogue: Catalogue) -> None:
    one, other = (put(catalogue, edition(sha)).edition for sha in "ab")
    with catalogue.write() as writer:
        undescribed.keep(writer.conn, Undescribed(one, 5, SAID, None))
        undescribed.keep(writer.conn, Undescribed(other, 6, Said(), None))
        undescribed.move(writer.conn, one, other)
        assert undescribed.of(writer.conn, one) is None
        assert undescribed.of(writer.conn, other) == Undescribed(other, 5, SAID, None)
