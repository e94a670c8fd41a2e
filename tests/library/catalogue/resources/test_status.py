"""Who may see what, what was changed and by whom, and the way back."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import Catalogue
from library.catalogue.changes import history
from library.catalogue.curation import undo as curation_undo
from library.catalogue.editions import duplicates
from library.catalogue.queue import tasks
from library.catalogue.resources import corrections, queries
from library.catalogue.resources import status as status_
from library.core.errors import Changed, UsageError
from library.core.resource import LISTED, READABLE, Resource, Standing, Statement, Status
from library.metadata import decide
from library.operations import check
from tests import needs
from tests.library.catalogue.builders import edition, put

TOMORROW = "2999-01-01"


def held(catalogue: Catalogue, id_: str) -> Resource:
    found = catalogue.resource(id_, public=False)
    assert found is not None
    return found


def stand(catalogue: Catalogue, id_: str, wanted: Standing, version: int | None = None) -> bool:
    with catalogue.write() as writer:
        return status_.put(writer, id_, wanted, by="ana", version=version)


def wanted(status: Status, successor: str = "") -> Standing:
    return Standing(status, until=TOMORROW, reason="It was wrong.", successor=successor)


@pytest.mark.parametrize("status", list(Status))
def test_every_question_of_the_catalogue_respects_every_status(
    catalogue: Catalogue, status: Status
) -> None:
    one = put(catalogue, edition("a"), Statement("topic", ("law",), "staff"))
    other = put(catalogue, edition("b", "Other"), Statement("topic", ("law",), "staff"))
    stand(catalogue, one.resource, wanted(status, other.resource))
    listed, readable = status in LISTED, status in READABLE
    assert held(catalogue, one.resource).status is status
    assert (one.resource in catalogue.every()) is listed
    assert bool(catalogue.resources([one.resource])) is listed
    assert (len(catalogue.newest(9)) == 2) is listed
    assert (catalogue.totals().resources == 2) is listed
    assert ("our-streets" in [slug for slug, _ in catalogue.slugs()]) is listed
    assert bool(catalogue.related(held(catalogue, other.resource), 9)) is listed
    assert bool(catalogue.resource(one.resource)) is readable
    assert bool(catalogue.by_slug("our-streets")) is readable
    original = catalogue.original("a" * 64)
    assert original is not None
    assert original.public is readable
    assert original.withdrawn is (status is Status.WITHDRAWN)
    assert bool(catalogue.withdrawn("our-streets")) is (status is Status.WITHDRAWN)
    assert bool(catalogue.withdrawn(one.resource)) is (status is Status.WITHDRAWN)


def test_a_change_of_standing_is_noted_and_owed_to_the_index(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"))
    revision = catalogue.revision()
    with catalogue.write() as writer:
        tasks.finish(writer.conn, [task.id for task in tasks.claim(writer.conn, "index", "x", 9, 9)])  # fmt: skip  # noqa: E501
    assert stand(catalogue, one.resource, Standing(Status.WITHDRAWN, reason=" It was  wrong. "))
    assert catalogue.revision() > revision
    with catalogue.read() as conn:
        [change] = history.entries(conn, 9)
        assert one.resource in tasks.subjects(conn, "index")
    assert (change.by, change.action, change.subject) == ("ana", "status", one.resource)
    assert change.before == {"status": "published", "reason": ""}
    assert change.after == {"status": "withdrawn", "reason": "It was wrong."}
    now = held(catalogue, one.resource).standing
    assert now.since
    assert not stand(catalogue, one.resource, now)
    stand(catalogue, one.resource, replace(now, law_year=2019))
    assert held(catalogue, one.resource).standing.since == now.since


def test_what_does_not_belong_to_a_status_is_let_go(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"))
    stand(catalogue, one.resource, wanted(Status.EMBARGOED))
    assert held(catalogue, one.resource).standing.reason == ""
    stand(catalogue, one.resource, wanted(Status.PUBLISHED))
    assert held(catalogue, one.resource).standing.until == ""


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (Standing(Status.WITHDRAWN, reason=" "), "told why"),
        (Standing(Status.EMBARGOED, until="2001-01-01"), "later day"),
        (Standing(Status.EMBARGOED, until="soon"), "not a day"),
        (Standing(Status.SUPERSEDED), "needs the newer one"),
        (Standing(Status.SUPERSEDED, successor="nothing"), "needs the newer one"),
        (Standing(Status.PUBLISHED, law_year=12), "not a year"),
        (Standing(Status.PUBLISHED, review_by="2020-13-01"), "not a day"),
    ],
)
def test_what_makes_no_sense_is_refused(
    catalogue: Catalogue, refused: Standing, words: str
) -> None:
    one = put(catalogue, edition("a"))
    with pytest.raises(UsageError, match=words):
        stand(catalogue, one.resource, refused)
    assert held(catalogue, one.resource).status is Status.PUBLISHED


def test_nothing_takes_its_own_place(catalogue: Catalogue) -> None:
    one, other = put(catalogue, edition("a")), put(catalogue, edition("b", "Other"))
    stand(catalogue, one.resource, wanted(Status.SUPERSEDED, other.resource))
    for id_, successor in ((one, one), (other, one)):
        with pytest.raises(UsageError, match="its own place"):
            stand(catalogue, id_.resource, wanted(Status.SUPERSEDED, successor.resource))


def test_an_embargo_ends_by_itself(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    one = put(catalogue, edition("a"))
    stand(catalogue, one.resource, Standing(Status.EMBARGOED, until=TOMORROW))
    assert catalogue.end_embargoes() == 0
    monkeypatch.setattr(status_, "today", lambda: TOMORROW)
    assert catalogue.end_embargoes() == 1
    assert catalogue.end_embargoes() == 0
    assert catalogue.by_slug("our-streets") is not None
    with catalogue.read() as conn:
        assert history.entries(conn, 1)[0].by == history.LIBRARY


def test_what_is_not_for_readers_joins_nothing_they_can_read(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), work="staff:streets")
    draft = put(catalogue, edition("b", "Calles", "es"), work="staff:streets", status=Status.DRAFT)
    assert draft.how == "added"
    assert draft.resource != one.resource
    assert len(held(catalogue, one.resource).editions) == 1


def test_what_joined_another_leads_on_through_it(catalogue: Catalogue) -> None:
    old, one = put(catalogue, edition("a")), put(catalogue, edition("b", "One"))
    two = put(catalogue, edition("c", "Deux", "fr"))
    stand(catalogue, old.resource, wanted(Status.SUPERSEDED, two.resource))
    with catalogue.write() as writer:
        duplicates.join(writer, one.edition, two.edition, by="ana", decide=decide)
    assert held(catalogue, old.resource).standing.successor == one.resource


def test_two_people_at_once_are_told(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"))
    stand(catalogue, one.resource, Standing(Status.DRAFT), version=0)
    with pytest.raises(Changed):
        stand(catalogue, one.resource, Standing(Status.REVIEW), version=0)
    with catalogue.read() as conn:
        version = history.last(conn, one.resource)
    assert stand(catalogue, one.resource, Standing(Status.REVIEW), version=version)


def correct(catalogue: Catalogue, id_: str, words: corrections.Words) -> bool:
    with catalogue.write() as writer:
        return corrections.correct(
            writer, id_, words, by="ben", decide=decide, languages=("en", "es")
        )


def undo(catalogue: Catalogue, number: int) -> str:
    with catalogue.write() as writer:
        return curation_undo.undo(writer, number, by="ana", decide=decide, languages=("en", "es"))


def test_staff_s_word_wins_is_noted_and_can_be_taken_back(catalogue: Catalogue) -> None:
    one = put(
        catalogue,
        edition("a", "scan0001"),
        Statement("title", "scan0001", "file", confidence=0.4),
        Statement("summary", "A guess.", "guess", confidence=0.9),
        Statement("topic", ("law",), "guess", confidence=0.9),
    )
    words = {
        one.edition: {"title": "Our streets", "summary": "", "authors": ("A", "B"), "topic": ()}
    }
    assert correct(catalogue, one.resource, words)
    assert not correct(catalogue, one.resource, words)
    now = held(catalogue, one.resource)
    [only] = now.editions
    assert (only.title, only.summary, only.authors) == ("Our streets", "", ("A", "B"))
    assert (now.slug, now.filed("topic")) == ("our-streets", ())
    assert {one.source for one in catalogue.statements(only.id)} == {"file", "guess", "staff"}
    with catalogue.read() as conn:
        [change] = history.entries(conn, 9)
    assert change.before[only.id] == dict.fromkeys(words[only.id])
    assert change.after[only.id]["authors"] == ["A", "B"]
    assert undo(catalogue, change.id) == one.resource
    back = held(catalogue, one.resource)
    assert (back.editions[0].title, back.filed("topic")) == ("scan0001", ("law",))
    assert back.editions[0].authors == ()
    assert back.slug == "scan0001"
    assert catalogue.by_slug("our-streets") is not None
    with pytest.raises(Changed, match="undone already"):
        undo(catalogue, change.id)


def test_what_is_written_beside_a_file_since_is_noted_too(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), Statement("rights", "CC BY", "staff"))
    new = [Statement("rights", "CC BY-SA", "staff"), Statement("topic", ("law",), "staff")]
    for _ in range(2):
        with catalogue.write() as writer:
            corrections.note(writer, one.edition, new, decide)
    with catalogue.read() as conn:
        [change] = history.entries(conn, 9)
    assert (change.by, change.before) == (
        history.COMMAND_LINE,
        {one.edition: {"rights": "CC BY", "topic": None}},
    )
    undo(catalogue, change.id)
    assert held(catalogue, one.resource).filed("topic") == ()


def test_an_undo_never_takes_back_what_came_later(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"))
    for status in (Status.DRAFT, Status.REVIEW):
        stand(catalogue, one.resource, Standing(status))
    with pytest.raises(Changed, match="since"):
        undo(catalogue, 1)
    undo(catalogue, 2)
    assert held(catalogue, one.resource).status is Status.DRAFT
    undo(catalogue, 3)  # an undo is a change like any other
    assert held(catalogue, one.resource).status is Status.REVIEW
    with pytest.raises(UsageError):
        undo(catalogue, 99)


def test_a_dismissal_and_a_join_can_be_taken_back_and_a_replacement_cannot(
    catalogue: Catalogue,
) -> None:
    one, other = put(catalogue, edition("a")), put(catalogue, edition("b", "Autre", "fr"))
    with catalogue.write() as writer:
        duplicates.dismiss(writer, one.edition, other.edition, by="ana")
    with catalogue.read() as conn:
        changes = history.entries(conn, 9)
    assert {change.subject for change in changes} == {one.resource, other.resource}
    undo(catalogue, changes[0].id)
    with pytest.raises(Changed):
        undo(catalogue, changes[1].id)
    with catalogue.write() as writer:
        duplicates.join(writer, one.edition, other.edition, by="ana", decide=decide)
        number = history.entries(writer.conn, 1)[0].id
    assert len(catalogue.every()) == 1
    undo(catalogue, number)
    assert len(catalogue.every()) == 2
    newer = put(catalogue, edition("c", "Newer"))
    with catalogue.write() as writer:
        duplicates.replace(writer, newer.edition, one.edition, by="ana", decide=decide)
        number = history.entries(writer.conn, 1)[0].id
    with pytest.raises(UsageError, match="cannot be undone"):
        undo(catalogue, number)


def test_two_editions_are_never_in_one_language(catalogue: Catalogue) -> None:
    one = put(catalogue, edition("a"), work="staff:w")
    put(catalogue, edition("b", "Otra", "es"), work="staff:w")
    with pytest.raises(UsageError, match="one language"):
        correct(catalogue, one.resource, {one.edition: {"language": "es"}})
    assert {e.language for e in held(catalogue, one.resource).editions} == {"en", "es"}


@needs.SQLITE
def test_the_chain_tells_what_was_altered(catalogue: Catalogue, tmp_path: Path) -> None:
    one = put(catalogue, edition("a"))
    for status in (Status.DRAFT, Status.REVIEW, Status.PUBLISHED):
        stand(catalogue, one.resource, Standing(status))
    with catalogue.read() as conn:
        assert list(history.faults(conn)) == []
    file = sqlite3.connect(tmp_path / "catalogue.sqlite")
    for statement in ("UPDATE history SET by = 'eva' WHERE id = 2", "DELETE FROM history"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            file.execute(statement)
    kept = file.execute("SELECT * FROM history").fetchall()
    file.execute("DROP TRIGGER history_is_kept_from_update")
    file.execute("DROP TRIGGER history_is_kept_from_delete")
    for statement, fault in (
        ("UPDATE history SET by = 'eva' WHERE id = 2", "Entry 2 of the history was altered"),
        ("UPDATE history SET after = '{}' WHERE id = 1", "Entry 1 of the history was altered"),
        ("DELETE FROM history WHERE id = 2", "Entry 2 of the history is missing"),
        ("DELETE FROM history WHERE id = 3", "The history should have 3 entries, and has 2"),
        ("DELETE FROM history", "The history should have 3 entries, and has 0"),
    ):
        file.execute(statement)
        file.commit()
        with catalogue.read() as conn:
            [found] = history.faults(conn)
        assert fault in str(found)
        assert fault in next(one.subject for one in check._catalogue(catalogue))
        file.execute("DELETE FROM history")
        file.executemany(f"INSERT INTO history VALUES ({', '.join('?' * 9)})", kept)
        file.commit()
    file.close()
    with catalogue.read() as conn:
        assert queries.every_resource(conn, public=True)
