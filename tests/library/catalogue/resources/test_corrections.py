"""Staff's word, field by field, in the place of what they said before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.queue import tasks
from library.catalogue.resources import corrections
from library.catalogue.resources.corrections import Word
from library.core.errors import Changed, UsageError
from library.core.resource import Resource, Statement
from tests.library.catalogue.builders import TOPIC, decide, edition, put


def correct(
    catalogue: Catalogue, resource: str, edition: str, version: int | None = None, **words: Word
) -> bool:
    with catalogue.write() as writer:
        return corrections.correct(
            writer, resource, {edition: words}, by="rosa", decide=decide,
            languages=("en", "es"), version=version,
        )  # fmt: skip


def held(catalogue: Catalogue, resource: str) -> Resource:
    found = catalogue.resource(resource)
    assert found is not None
    return found


def test_staffs_word_wins_is_taken_back_and_refuses_a_guess(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC)
    one = filed.resource, filed.edition
    assert correct(catalogue, *one, topic=("health",), publisher="The union")
    assert held(catalogue, filed.resource).filed("topic") == ("health",)
    assert held(catalogue, filed.resource).publisher == "The union"
    assert not correct(catalogue, *one, topic=("health",))
    assert correct(catalogue, *one, topic=())
    assert held(catalogue, filed.resource).filed("topic") == ()
    assert correct(catalogue, *one, topic=None)
    assert held(catalogue, filed.resource).filed("topic") == ("organising", "law")
    with catalogue.read() as conn:
        assert corrections.said(conn, [filed.edition, "none"]) == {
            filed.edition: {"publisher": "The union"},
            "none": {},
        }
        newest, *_, first = history.entries(conn, 9)
    assert (first.by, first.action, first.subject) == ("rosa", "words", filed.resource)
    assert first.before == {filed.edition: {"topic": None, "publisher": None}}
    assert first.after == {filed.edition: {"topic": ["health"], "publisher": "The union"}}
    assert newest.after == {filed.edition: {"topic": None}}


def test_the_history_keeps_words_and_gives_them_back() -> None:
    words = {"e": {"topic": ("a", "b"), "title": "T", "kind": None}}
    assert corrections.words_of(corrections.told(words)) == words


def test_the_address_follows_the_title_of_the_librarys_first_language(
    catalogue: Catalogue,
) -> None:
    spanish = put(catalogue, edition("b", "Nuestra calle", "es"), work="w")
    english = put(catalogue, edition("a"), work="w")
    assert english.resource == spanish.resource
    correct(catalogue, spanish.resource, spanish.edition, title="La calle")
    before = held(catalogue, spanish.resource).slug
    correct(catalogue, spanish.resource, english.edition, title="The street")
    assert held(catalogue, spanish.resource).slug == "the-street" != before
    old = catalogue.by_slug(before)
    assert old is not None
    assert old.id == spanish.resource


def test_a_scan_whose_language_is_another_is_owed_to_be_read_again(catalogue: Catalogue) -> None:
    scan = put(catalogue, replace(edition("a"), scanned=1))
    words = put(catalogue, edition("b"))
    for filed in (scan, words):
        correct(catalogue, filed.resource, filed.edition, title="Another")
    with catalogue.read() as conn:
        assert tasks.subjects(conn, "ocr") == frozenset()
    for filed in (scan, words):
        correct(catalogue, filed.resource, filed.edition, language="hi")
    with catalogue.read() as conn:
        assert tasks.subjects(conn, "ocr") == {scan.edition}


def test_two_editions_in_one_language_cannot_be(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), work="w")
    other = put(catalogue, edition("b", "Nuestra calle", "es"), work="w")
    with pytest.raises(UsageError):
        correct(catalogue, other.resource, other.edition, language="en")
    assert held(catalogue, one.resource).languages == ("en", "es")


def test_what_is_not_there_and_what_was_changed_since_is_refused(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"))
    other = put(catalogue, edition("b"))
    for resource, of in (("none", filed.edition), (filed.resource, other.edition)):
        with pytest.raises(UsageError):
            correct(catalogue, resource, of, title="X")
    assert correct(catalogue, filed.resource, filed.edition, version=0, title="X")
    with pytest.raises(Changed):
        correct(catalogue, filed.resource, filed.edition, version=0, title="Y")


def test_what_a_command_reads_beside_a_file_is_in_the_history_where_it_is_new(
    catalogue: Catalogue,
) -> None:
    filed = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        for _ in range(2):
            said = [Statement("kind", "toolkit", "staff")]
            corrections.note(writer, filed.edition, said, decide)
        [change] = history.entries(writer.conn, 9)
    assert (change.by, change.subject) == (history.COMMAND_LINE, filed.resource)
    assert (change.before, change.after) == (
        {filed.edition: {"kind": None}}, {filed.edition: {"kind": "toolkit"}},
    )  # fmt: skip
