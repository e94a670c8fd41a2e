"""What the writer makes of a file: an edition of its own, of a work, or in the place of another."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue
from library.core.resource import (
    Statement,
)
from tests.library.catalogue.builders import TOPIC, decide, edition, put


def test_editions_of_one_work_are_one_resource(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"), work="staff:streets")
    second = put(catalogue, edition("b", "Nuestras calles", "es"), work="staff:streets")
    assert (second.how, second.resource) == ("joined", first.resource)
    resource = catalogue.resource(first.resource)
    assert resource is not None
    assert resource.languages == ("en", "es")
    assert resource.edition("es").title == "Nuestras calles"
    third = put(catalogue, edition("c", "Other", "es"), work="staff:streets")
    assert third.how == "added"
    assert catalogue.totals().resources == 2


def test_the_same_file_is_one_edition(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    revision = catalogue.revision()
    again = put(catalogue, edition("a"))
    assert (again.how, again.resource) == ("duplicate", first.resource)
    assert catalogue.revision() == revision


def test_an_address_is_never_given_twice_and_an_old_one_leads_on(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    with catalogue.write() as writer:
        assert writer.rename(first.resource, "A better title") == "a-better-title"
    second = put(catalogue, edition("b"))
    moved = catalogue.by_slug("our-streets")
    other = catalogue.resource(second.resource)
    assert moved is not None
    assert other is not None
    assert (moved.id, moved.slug) == (first.resource, "a-better-title")
    assert other.slug == "our-streets-2"
    with catalogue.write() as writer:
        assert writer.rename(first.resource, "Our streets") == "our-streets"


def test_staffs_word_wins_and_both_are_kept(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC)
    with catalogue.write() as writer:
        writer.say(
            filed.edition,
            [Statement("topic", ("health",), "staff"), Statement("title", "Told", "staff")],
            decide,
        )
    resource = catalogue.resource(filed.resource)
    assert resource is not None
    assert resource.filed("topic") == ("health",)
    assert resource.editions[0].title == "Told"
    assert {one.source for one in catalogue.statements(filed.edition)} == {"guess", "staff"}


def test_a_newer_version_keeps_the_address(catalogue: Catalogue) -> None:
    first = put(catalogue, edition("a"))
    second = put(catalogue, edition("b"), replaces=first.edition)
    assert (second.how, second.resource, second.edition) == (
        "replaced",
        first.resource,
        first.edition,
    )
    resource = catalogue.by_slug("our-streets")
    assert resource is not None
    assert resource.editions[0].sha256 == "b" * 64


@pytest.mark.parametrize("name", ["title", "summary", "date", "rights", "source_url", "language"])
def test_each_column_of_an_edition_is_what_was_said_last(catalogue: Catalogue, name: str) -> None:
    filed = put(catalogue, edition("a"))
    word = {"date": "2001-05", "language": "hi"}.get(name, "Said")
    with catalogue.write() as writer:
        writer.say(filed.edition, [Statement(name, word, "staff")], decide)
    resource = catalogue.resource(filed.resource)
    assert resource is not None
    assert str(getattr(resource.editions[0], name)) == word
