"""What readers are told, and that it is nothing of a draft."""

from __future__ import annotations

from library.catalogue import Catalogue
from library.catalogue.resources import status
from library.core.resource import (
    Collection,
    Standing,
    Status,
)
from tests.library.catalogue.builders import TOPIC, edition, put


def test_drafts_are_in_no_public_answer(catalogue: Catalogue) -> None:
    filed = put(catalogue, edition("a"), TOPIC, status=Status.DRAFT)
    shown = put(catalogue, edition("b"), TOPIC)
    with catalogue.write() as writer:
        both = Collection("c", "C", "", (filed.resource, shown.resource))
        writer.set_collection(both)
    assert catalogue.resource(filed.resource) is None
    assert catalogue.resource(filed.resource, public=False) is not None
    assert catalogue.by_slug("our-streets") is None
    assert [one.id for one in catalogue.newest(5)] == [shown.resource]
    assert catalogue.every() == [shown.resource]
    assert catalogue.totals().resources == 1
    assert [slug for slug, _ in catalogue.slugs()] == ["our-streets-2"]
    original = catalogue.original("a" * 64)
    assert original is not None
    assert not original.public
    public = catalogue.resource(shown.resource)
    assert public is not None
    assert catalogue.related(public, 5) == []
    [collection] = catalogue.collections()
    assert collection.resources == (shown.resource,)
    with catalogue.write() as writer:
        status.put(writer, filed.resource, Standing(Status.PUBLISHED), by="ana")
    assert catalogue.by_slug("our-streets") is not None
    assert [one.id for one in catalogue.related(public, 5)] == [filed.resource]
