"""Concepts that staff change: resources follow, the index follows, and undo brings all back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import SearchEngine
from index.engines import open_engine
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.changes import history
from library.catalogue.curation import concepts
from library.catalogue.curation import undo as curation_undo
from library.catalogue.curation.concepts import Change, Curator
from library.catalogue.queue import tasks as outbox
from library.catalogue.vocabulary import schemes
from library.core.errors import Changed, UsageError
from library.core.resource import Page, Resource, Statement, Status
from library.core.settings import Settings
from library.metadata import decide
from library.operations import check
from library.search import indexer
from library.vocabularies import Concept, Scheme, Vocabularies, edits, records
from library.vocabularies.rules import Broken
from library.web.links import query_of
from tests import needs
from tests.library.catalogue.builders import edition

SETTINGS = Settings()
FILES = Vocabularies.load(SETTINGS.languages)
ANA = Curator("ana", FILES, decide)


def put(catalogue: Catalogue, sha: str, text: str = "Words.", **said: str | tuple[str, ...]) -> str:
    statements = [Statement(name, value, "staff") for name, value in said.items()]
    made = edition(sha, f"Work {sha}")
    with catalogue.write() as writer:
        writer.store_original(made.sha256, 1, made.filename)
        filed = writer.file(made, [Page(1, text)], statements, decide, status=Status.PUBLISHED)
    return filed.resource


def curate(
    catalogue: Catalogue,
    change: Change,
    concept: str = "law",
    *,
    facet: str = "topic",
    action: str = concepts.EDITED,
    version: str = "",
) -> bool:
    seen = [concepts.Seen(facet, concept, version)] if version else []
    with catalogue.write() as writer:
        subject = concepts.subject(facet, concept)
        return concepts.curate(
            writer, ANA, {facet: change}, action=action, subject=subject, seen=seen
        )


def undo(catalogue: Catalogue, number: int | None = None) -> None:
    with catalogue.write() as writer:
        last = history.entries(writer.conn, 1)[0].id
        curation_undo.undo(writer, number or last, by="ben", decide=decide, vocabularies=FILES)


def label(text: str, language: str = "en", id: str = "law", *, hidden: bool = False) -> Change:
    def change(scheme: Scheme) -> Scheme:
        concept = edits.labelled(scheme.concepts[id], language, text, hidden=hidden)
        return edits.edited(scheme, concept, silent=id in scheme.silent)

    return change


def add(id: str, name: str, broader: str = "") -> Change:
    return lambda s: edits.added(s, Concept(id, "topic", {"en": name}, broader=broader))


def move(id: str, broader: str) -> Change:
    return lambda s: edits.edited(
        s, replace(s.concepts[id], broader=broader), silent=id in s.silent
    )


def words(catalogue: Catalogue) -> Vocabularies:
    return catalogue.vocabularies(FILES)


def held(catalogue: Catalogue, id_: str) -> Resource:
    found = catalogue.resource(id_, public=False)
    assert found is not None
    return found


def owed(catalogue: Catalogue) -> set[str]:
    """What is owed to the index, and owed no more."""
    with catalogue.write() as writer:
        found = outbox.subjects(writer.conn, "index")
        tasks = outbox.claim(writer.conn, "index", "test", 1, 99)
        outbox.finish(writer.conn, [task.id for task in tasks])
    return set(found)


def state(catalogue: Catalogue) -> object:
    """All that a change of concepts can change."""
    with catalogue.read() as conn:
        kept = schemes.every(conn)
    now = words(catalogue)
    return (
        kept,
        {facet: now.schemes[facet] for facet in ("topic", "kind", "place")},
        [one.concepts for one in catalogue.resources(catalogue.every(public=False))],
    )


def test_a_label_is_known_at_once_and_nothing_is_indexed_for_it(catalogue: Catalogue) -> None:
    put(catalogue, "a", topic=("law",))
    owed(catalogue)
    before = catalogue.revision()
    assert words(catalogue) is FILES
    assert curate(catalogue, label("श्रम विधि", "hi"))
    assert not curate(catalogue, label("श्रम विधि", "hi"))
    assert words(catalogue).named("श्रम विधि", alone=True) == {("topic", "law")}
    assert owed(catalogue) == set()
    assert catalogue.revision() > before
    now = words(catalogue)
    assert catalogue.vocabularies(now) is now


def test_resources_follow_a_merge_and_come_back(catalogue: Catalogue) -> None:
    one = put(catalogue, "a", topic=("law", "wages"))
    other = put(catalogue, "b", topic=("wages", "migration"))
    third = put(catalogue, "c", topic=("migration",))
    owed(catalogue)
    before = state(catalogue)
    assert curate(catalogue, lambda s: edits.merged(s, "wages", "law"), action=concepts.MERGED)
    assert held(catalogue, one).filed("topic") == ("law",)
    assert held(catalogue, other).filed("topic") == ("law", "migration")
    assert owed(catalogue) == {one, other}
    now = words(catalogue)
    assert now.renamed("topic", "wages") == "law"
    assert now.find("topic", "wages") == "law"
    after = state(catalogue)
    with catalogue.write() as writer:  # what was said is as it was said, and means the other
        for resource in catalogue.every():
            writer.settle(resource, decide)
    assert state(catalogue) == after
    owed(catalogue)
    undo(catalogue)
    assert state(catalogue) == before
    assert owed(catalogue) == {one, other}
    assert held(catalogue, third).filed("topic") == ("migration",)


def test_a_kind_follows_a_merge_too(catalogue: Catalogue) -> None:
    one = put(catalogue, "a", kind="toolkit")
    put(catalogue, "b", kind="report")
    before = state(catalogue)
    owed(catalogue)
    curate(catalogue, lambda s: edits.merged(s, "toolkit", "guide"), "guide", facet="kind")
    assert held(catalogue, one).kind == "guide"
    assert owed(catalogue) == {one}
    undo(catalogue)
    assert state(catalogue) == before


def test_moving_a_concept_indexes_what_stands_below_it_and_no_more(catalogue: Catalogue) -> None:
    curate(catalogue, add("courts", "Toil courts"), "courts", action=concepts.ADDED)
    curate(catalogue, add("rulings", "Rulings of toil", "courts"), "rulings")
    ids = [put(catalogue, sha, topic=(topic,)) for sha, topic in
           zip("abc", ("courts", "rulings", "wages"), strict=True)]  # fmt: skip
    owed(catalogue)
    curate(catalogue, move("courts", "law"), "courts")
    assert words(catalogue).expand("topic", ["rulings"]) == ("rulings", "courts", "law")
    assert owed(catalogue) == set(ids[:2])


def test_a_retired_concept_is_kept_or_taken_off(catalogue: Catalogue) -> None:
    one = put(catalogue, "a", topic=("law", "wages"))
    before = state(catalogue)
    owed(catalogue)
    curate(catalogue, lambda s: edits.retired(s, "law", "kept"), action=concepts.RETIRED)
    assert held(catalogue, one).filed("topic") == ("law", "wages")
    assert owed(catalogue) == set()
    undo(catalogue)
    assert state(catalogue) == before
    curate(catalogue, lambda s: edits.retired(s, "law", "removed"), action=concepts.RETIRED)
    assert held(catalogue, one).filed("topic") == ("wages",)
    assert owed(catalogue) == {one}
    assert words(catalogue).find("topic", "law") == "law"
    curate(catalogue, lambda s: edits.retired(s, "law", None), action=concepts.BROUGHT_BACK)
    assert held(catalogue, one).filed("topic") == ("law", "wages")


def test_two_people_at_once_are_told(catalogue: Catalogue) -> None:
    version = records.version_of(FILES.schemes["topic"], "law")
    curate(catalogue, label("one"), version=version)
    with pytest.raises(Changed):
        curate(catalogue, label("two"), version=version)
    curate(catalogue, lambda s: edits.merged(s, "wages", "law"))
    with pytest.raises(Changed):
        undo(catalogue, 1)  # the same concept was changed since
    undo(catalogue, 2)
    undo(catalogue, 1)
    assert words(catalogue).schemes == FILES.schemes


def test_undo_breaks_no_rule(catalogue: Catalogue) -> None:
    def called(id: str, name: str) -> Change:
        return lambda s: edits.edited(
            s, replace(s.concepts[id], preferred={**s.concepts[id].preferred, "en": name}),
            silent=False,
        )  # fmt: skip

    held_before = FILES.schemes["topic"].concepts["law"].preferred["en"]
    curate(catalogue, called("law", "Statutes"))
    curate(catalogue, called("wages", held_before), "wages")
    with pytest.raises(Broken, match="preferred label"):
        undo(catalogue, 1)
    undo(catalogue, 2)
    undo(catalogue, 1)


def test_undo_makes_no_circle(catalogue: Catalogue) -> None:
    curate(catalogue, add("courts", "Toil courts", "law"), "courts")
    curate(catalogue, move("courts", ""), "courts")
    curate(catalogue, move("law", "courts"))
    with pytest.raises(UsageError, match="is narrower than it"):
        undo(catalogue, 2)
    assert words(catalogue).expand("topic", ["law"]) == ("law", "courts")


def test_what_breaks_a_rule_changes_nothing(catalogue: Catalogue) -> None:
    put(catalogue, "a", topic=("law",))
    before = state(catalogue)
    for change in (move("law", "law"), add("law", "Law"), move("law", "nowhere")):
        with pytest.raises(UsageError):
            curate(catalogue, change)
    with pytest.raises(UsageError):
        curate(catalogue, lambda s: s, facet="language")
    assert state(catalogue) == before
    with catalogue.read() as conn:
        assert history.count(conn) == 0


def test_a_change_that_the_file_has_no_place_for_is_found(catalogue: Catalogue) -> None:
    curate(catalogue, add("courts", "Toil courts", "law"), "courts")
    with catalogue.write() as writer:
        schemes.put(writer.conn, "topic", {"rights": {"preferred": {"en": "Rights"}}})
    told = [one.subject for one in check._vocabularies(catalogue, FILES)]
    assert told == ["topic/rights: the file says it is now “law”"]


def test_many_at_once_leave_one_of_the_same_name(catalogue: Catalogue) -> None:
    outcomes: list[str] = []

    def one(number: int) -> None:
        try:
            curate(catalogue, add(f"courts-{number}", "Toil courts"), f"courts-{number}")
            outcomes.append("made")
        except Broken as told:
            outcomes.append(told.what)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", *["preferred taken"] * 3]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[SearchEngine]:
    made = open_engine("whoosh", tmp_path / "index", SETTINGS.languages, FILES.version)
    yield made
    made.close()


def test_what_staff_changed_is_found_by(catalogue: Catalogue, engine: SearchEngine) -> None:
    def found(**asked: str) -> set[str]:
        query = query_of(list(asked.items()), words(catalogue)).query
        return {hit.id for hit in engine.search(query).hits}

    def follow() -> int:
        return indexer.bring_up_to_date(catalogue, engine, FILES)

    law = put(catalogue, "a", "The bench sits on Monday.", topic=("law",))
    pay = put(catalogue, "b", "Money for hours.", topic=("wages",))
    indexer.rebuild(catalogue, engine, FILES)
    assert found(q="निर्णयशाला") == set()
    curate(catalogue, label("निर्णयशाला", "hi"))
    assert found(q="निर्णयशाला") == {law}
    curate(catalogue, lambda s: edits.merged(s, "wages", "law"))
    assert follow() == 1
    assert found(topic="wages") == found(topic="law") == {law, pay}
    assert engine.search(query_of([], FILES).query).counts["topic"]["law"] == 2
    curate(catalogue, add("courts", "Toil courts", "law"), "courts")
    third = put(catalogue, "c", "Benches.", topic=("courts",))
    follow()
    assert found(topic="law") == {law, pay, third}
    for _ in range(3):
        with catalogue.read() as conn:
            [last] = [one for one in history.entries(conn, 9) if one.undoes is None
                      and one.id not in history.undone(conn, range(9))][:1]  # fmt: skip
        undo(catalogue, last.id)
        follow()
    assert found(topic="wages") == {pay}
    assert found(topic="law") == {law}
    assert found(q="निर्णयशाला") == set()
    assert words(catalogue).schemes == FILES.schemes


@needs.SQLITE
def test_a_backup_holds_what_staff_changed(tmp_path: Path) -> None:
    from library.operations import backup

    home = Settings(home=tmp_path / "home")
    made = open_catalogue(home, make=True)
    curate(made, label("bench"))
    backup.backup(home, made, tmp_path / "copy")
    made.close()
    again = Settings(home=tmp_path / "again")
    backup.restore(again, tmp_path / "copy")
    back = open_catalogue(again)
    assert words(back).find("topic", "bench") == "law"
    back.close()


def test_a_worker_knows_the_concepts_as_they_are_now(tmp_path: Path) -> None:
    from library.ingestion.pipeline import Ingest
    from library.operations.worker import Worker

    settings = Settings(home=tmp_path)
    made = open_catalogue(settings, make=True)
    engine = open_engine("whoosh", settings.index, settings.languages, FILES.version)
    ingest = Ingest(settings, made, engine, FILES)
    curate(made, label("bench"))
    Worker(ingest).once()
    assert ingest.vocabularies.find("topic", "bench") == "law"
    engine.close()
    made.close()
