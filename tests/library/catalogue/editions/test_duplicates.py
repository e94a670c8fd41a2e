"""What staff say of a pair is done and remembered, and neither a file nor an address is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from library.catalogue import Catalogue, Filed
from library.catalogue.changes import history
from library.catalogue.editions import duplicates, likenesses
from library.catalogue.editions.likenesses import Likeness
from library.catalogue.queue import tasks
from library.catalogue.resources import queries
from library.catalogue.storage import schema
from library.core.errors import UsageError
from library.core.resource import Collection, Resource, Statement, Status
from tests.library.catalogue.builders import decide, edition, put


def likely(catalogue: Catalogue, one: Filed, other: Filed) -> None:
    with catalogue.write() as writer:
        pair = Likeness(one.edition, other.edition, "newer version", 0.9)
        likenesses.record(writer.conn, [pair])


def proposed(catalogue: Catalogue) -> list[frozenset[str]]:
    with catalogue.read() as conn:
        return [frozenset((pair.one, pair.other)) for pair, _, _ in likenesses.every(conn)]


def held(catalogue: Catalogue, id_: str) -> Resource:
    found = catalogue.resource(id_, public=False)
    assert found is not None
    return found


def test_a_dismissed_pair_is_not_proposed_again(catalogue: Catalogue) -> None:
    one, other = put(catalogue, edition("a")), put(catalogue, edition("b", "Other"))
    likely(catalogue, one, other)
    assert len(proposed(catalogue)) == 1
    with catalogue.write() as writer:
        duplicates.dismiss(writer, other.edition, one.edition, by="ana")
    likely(catalogue, one, other)  # a later look finds it once more
    assert proposed(catalogue) == []
    with catalogue.read() as conn:
        [row] = conn.execute(select(schema.verdicts)).all()
    assert (row.verdict, row.by) == ("dismissed", "ana")
    assert row.at
    with catalogue.write() as writer:
        assert duplicates.reconsider(writer, one.edition, other.edition, by="ana")
        assert not duplicates.reconsider(writer, one.edition, other.edition, by="ana")
        told = [change.action for change in history.entries(writer.conn, 9)]
    assert set(told) == {"dismissed", "reconsidered"}
    assert len(proposed(catalogue)) == 1


def test_joined_resources_are_one_and_every_address_leads_there(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), Statement("topic", ("law",), "guess"), work="staff:streets")
    other = put(catalogue, edition("b", "Nuestras calles", "es"), work="staff:calles")
    third = put(catalogue, edition("c", "Nos rues", "fr"), work="staff:calles")
    assert third.resource == other.resource
    for slug, ids in (("both", (other.resource, one.resource)), ("spanish", (other.resource,))):
        with catalogue.write() as writer:
            writer.set_collection(Collection(slug, slug, "", ids))
    likely(catalogue, one, other)
    with catalogue.write() as writer:
        duplicates.join(writer, other.edition, one.edition, by="ana", decide=decide)
    whole = held(catalogue, one.resource)
    assert {one.language for one in whole.editions} == {"en", "es", "fr"}
    assert (whole.slug, whole.filed("topic")) == ("our-streets", ("law",))
    assert catalogue.every() == [one.resource]
    for address in ("our-streets", "nuestras-calles", other.resource):
        there = catalogue.by_slug(address)
        assert there is not None and there.id == one.resource, address
    assert [c.resources for c in catalogue.collections()] == [(one.resource,), (one.resource,)]
    assert catalogue.original("b" * 64) is not None
    assert proposed(catalogue) == []
    with catalogue.read() as conn:
        assert other.resource in tasks.subjects(conn, "index")  # found no more as itself
        assert queries.resource_named(conn, "calles") == one.resource
    fourth = put(catalogue, edition("d", "As nossas ruas", "pt"), work="staff:calles")
    assert (fourth.how, fourth.resource) == ("joined", one.resource)
    assert catalogue.faults() == []


def test_what_cannot_be_joined_is_refused_and_nothing_changes(catalogue: Catalogue) -> None:
    one, other = put(catalogue, edition("a")), put(catalogue, edition("b", "Other"))
    draft = put(catalogue, edition("c", "Brouillon", "fr"), status=Status.DRAFT)
    for pair, words in (
        ((one.edition, other.edition), "an edition in en"),
        ((one.edition, draft.edition), "status differs"),
        ((one.edition, "gone"), "no edition gone"),
        ((one.edition, one.edition), "the same edition"),
    ):
        with pytest.raises(UsageError, match=words), catalogue.write() as writer:
            duplicates.join(writer, *pair, by="ana", decide=decide)
    assert len(catalogue.every(public=False)) == 3
    with catalogue.read() as conn:
        assert conn.execute(select(schema.verdicts)).all() == []


def test_a_newer_version_takes_the_place_of_the_older_and_no_address_is_lost(
    catalogue: Catalogue,
) -> None:
    older = put(
        catalogue,
        edition("a", "Agreement 2019"),
        Statement("date", "2019", "staff"),
        Statement("topic", ("law",), "staff"),
    )
    newer = put(catalogue, edition("b", "Agreement 2021"), Statement("date", "2021", "guess"))
    with catalogue.write() as writer:
        writer.set_collection(Collection("start", "Start", "", (older.resource, newer.resource)))
        tasks.owe(writer.conn, "layout", [newer.edition, older.edition])
        tasks.owe(writer.conn, "ocr", [f"{newer.edition}/es+en"])
        duplicates.replace(writer, newer.edition, older.edition, by="ana", decide=decide)
    resource = held(catalogue, older.resource)
    [kept] = resource.editions
    assert (kept.id, kept.sha256) == (older.edition, "b" * 64)
    assert (kept.title, str(kept.date)) == ("Agreement 2021", "2021")
    assert (resource.slug, resource.filed("topic")) == ("agreement-2019", ("law",))
    assert catalogue.every() == [older.resource]
    for address in ("agreement-2019", "agreement-2021", newer.resource):
        there = catalogue.by_slug(address)
        assert there is not None and there.id == older.resource, address
    assert [page.number for page in catalogue.pages(older.edition)] == [1]
    for sha in ("a", "b"):  # readers who kept a link to the older file still have it
        original = catalogue.original(sha * 64)
        assert original is not None and original.public
    assert catalogue.collections()[0].resources == (older.resource,)
    with catalogue.read() as conn:
        assert queries.versions(conn, older.edition) == ["a" * 64]
        assert tasks.subjects(conn, "layout") == {older.edition}
        assert tasks.subjects(conn, "ocr") == {f"{older.edition}/es+en"}
    assert catalogue.faults() == []
    again = put(catalogue, edition("a", "Agreement 2019"))  # from wherever it comes
    assert (again.how, again.resource) == ("duplicate", older.resource)


def test_a_newer_version_leaves_the_other_editions_of_its_resource(catalogue: Catalogue) -> None:
    older = put(catalogue, edition("a", "Agreement 2019"))
    newer = put(catalogue, edition("b", "Agreement 2021"), work="staff:x")
    french = put(catalogue, edition("c", "Accord", "fr"), work="staff:x")
    with catalogue.write() as writer:
        duplicates.dismiss(writer, newer.edition, french.edition, by="ana")
        duplicates.replace(writer, newer.edition, older.edition, by="ana", decide=decide)
    assert [one.language for one in held(catalogue, french.resource).editions] == ["fr"]
    assert len(catalogue.every()) == 2
    with catalogue.read() as conn:
        assert frozenset((older.edition, french.edition)) in likenesses.dismissed(conn)


def test_a_draft_takes_no_place_and_another_language_neither(catalogue: Catalogue) -> None:
    older = put(catalogue, edition("a"))
    draft = put(catalogue, edition("b"), status=Status.DRAFT)
    french = put(catalogue, edition("c", "Accord", "fr"))
    for newer, words in ((draft, "status differs"), (french, "same language")):
        with pytest.raises(UsageError, match=words), catalogue.write() as writer:
            duplicates.replace(writer, newer.edition, older.edition, by="ana", decide=decide)
    assert held(catalogue, older.resource).editions[0].sha256 == "a" * 64


def test_a_file_saved_over_another_is_a_version_that_may_be_saved_back(
    catalogue: Catalogue,
) -> None:
    first = put(catalogue, edition("a"))
    put(catalogue, edition("b"), replaces=first.edition)
    with catalogue.read() as conn:
        assert queries.versions(conn, first.edition) == ["a" * 64]
    back = put(catalogue, edition("a"), replaces=first.edition)
    assert (back.how, back.resource) == ("replaced", first.resource)
    with catalogue.read() as conn:
        assert queries.versions(conn, first.edition) == ["b" * 64]
