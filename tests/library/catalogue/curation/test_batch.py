"""One change of many resources: whole, told as one, taken back as one."""

from __future__ import annotations

import pytest

from library.catalogue import Catalogue, Filed
from library.catalogue.changes import history
from library.catalogue.curation import batch, undo
from library.catalogue.curation.batch import Wish
from library.catalogue.resources.corrections import Word
from library.core.errors import Changed
from library.core.resource import Resource, Standing, Status
from tests.library.catalogue.builders import TOPIC, decide, edition, put


def held(catalogue: Catalogue, one: Filed) -> Resource:
    found = catalogue.resource(one.resource, public=False)
    assert found is not None
    return found


def wish(catalogue: Catalogue, one: Filed, status: Status | None = None, **words: Word) -> Wish:
    return Wish(
        one.resource,
        batch.seen(held(catalogue, one)),
        {one.edition: words},
        Standing(status) if status else None,
    )


def carry_out(catalogue: Catalogue, *wishes: Wish) -> int:
    with catalogue.write() as writer:
        return batch.carry_out(writer, wishes, by="rosa", decide=decide)


@pytest.fixture
def two(catalogue: Catalogue) -> tuple[Filed, Filed]:
    return put(catalogue, edition("a"), TOPIC), put(catalogue, edition("b"))


def test_the_last_word_of_staff_is_their_only_one(
    catalogue: Catalogue, two: tuple[Filed, Filed]
) -> None:
    for word in ("law", "health", "wages"):
        carry_out(catalogue, *(wish(catalogue, one, topic=(word,), kind="guide") for one in two))
    for one in two:
        assert held(catalogue, one).filed("topic") == ("wages",)
        said = [each for each in catalogue.statements(one.edition) if each.source == "staff"]
        assert sorted((each.field, each.value) for each in said) == [
            ("kind", "guide"), ("topic", ("wages",)),
        ]  # fmt: skip
    carry_out(catalogue, wish(catalogue, two[0], topic=None))
    assert held(catalogue, two[0]).filed("topic") == ("organising", "law")  # what was guessed


def test_it_is_told_as_one_and_taken_back_as_one(
    catalogue: Catalogue, two: tuple[Filed, Filed]
) -> None:
    before = [(held(catalogue, one).kind, held(catalogue, one).status) for one in two]
    number = carry_out(
        catalogue, *(wish(catalogue, one, Status.DRAFT, kind="report") for one in two)
    )
    assert [(held(catalogue, one).kind, held(catalogue, one).status) for one in two] == [
        ("report", Status.DRAFT)
    ] * 2
    with catalogue.write() as writer:
        [whole] = history.folded(writer.conn, 9)
        assert (whole.id, whole.action, whole.after["resources"]) == (number, batch.ACTION, 2)
        assert history.count(writer.conn) == 5
        undo.undo(writer, number, by="ana", decide=decide)
        assert list(history.faults(writer.conn)) == []
    assert [(held(catalogue, one).kind, held(catalogue, one).status) for one in two] == before


def test_where_one_was_changed_meanwhile_none_is(
    catalogue: Catalogue, two: tuple[Filed, Filed]
) -> None:
    wishes = [wish(catalogue, one, kind="report") for one in two]
    carry_out(catalogue, wish(catalogue, two[1], kind="guide"))
    with pytest.raises(Changed):
        carry_out(catalogue, *wishes)
    assert [held(catalogue, one).kind for one in two] == ["", "guide"]
