"""What is kept of which documents look alike."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.editions import likenesses
from library.core.resource import Page, Statement
from library.likeness import similarity
from tests.library.catalogue.builders import edition, put

WORDS = "Street vendors can bargain with the city about permits, water and light. " * 30


def test_every_edition_that_was_marked_has_its_own_shape(catalogue: Catalogue) -> None:
    day = Statement("date", "2019-05-01", "guess")
    first = put(catalogue, edition("a", "Our streets", "en", 3))
    second = put(catalogue, edition("b", "Nuestras calles", "es", 4), day)
    with catalogue.write() as writer:
        conn = writer.conn
        assert likenesses.unmarked(conn) == [first.edition, second.edition]
        assert likenesses.marked(conn) == []
        mark = similarity.mark_of([Page(1, WORDS)])
        for one in (second, first):
            likenesses.keep_mark(conn, one.edition, mark, 0)
            likenesses.keep_outline(conn, one.edition, one.edition.encode())
        assert likenesses.unmarked(conn) == []
        told = [
            (id_, shape.language, shape.pages, shape.headings, shape.filename, shape.outline)
            for id_, shape, _ in likenesses.marked(conn)
        ]
        assert told == [
            (first.edition, "en", 3, 1, "a.pdf", first.edition.encode()),
            (second.edition, "es", 4, 1, "b.pdf", second.edition.encode()),
        ]
        assert all(len(anchors) for _, _, anchors in likenesses.marked(conn))


def test_a_document_with_other_words_since_is_marked_again(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        mark = similarity.mark_of([Page(1, WORDS)])
        likenesses.keep_mark(writer.conn, filed.edition, mark, 77)
        assert likenesses.unmarked(writer.conn) == [filed.edition]
