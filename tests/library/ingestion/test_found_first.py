"""A document is found by its words before it is known what it is, and nothing is lost between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from library.catalogue.queue import backlog, undescribed
from library.catalogue.queue import tasks as outbox
from library.cli.parts import Library
from library.core.leases import me
from library.core.resource import Outcome
from library.ingestion import folders
from library.ingestion.pipeline import Ended
from library.operations.worker import Worker
from library.sandbox.children import Child, Nursing
from tests.library.ingestion.bringing import LONG, bring_in, found, only, sound

ES = "Las vendedoras limpian la acera y cuidan de sus vecinas. " * 20


class Cut(BaseException):
    """A process that ends here."""


def cut_short(library: Library, inbox: Path) -> None:
    """Bring a folder in, and stop when all of it is found."""

    def stop(left: int) -> None:
        raise Cut

    with pytest.raises(Cut):
        list(library.ingest().files(folders.find([inbox]), on_found=stop))


def test_what_is_found_has_a_title_a_page_and_says_that_more_follows(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    seen: list[int] = []

    def look(left: int) -> None:
        seen.append(left)
        resource = only(library)
        [edition] = resource.editions
        assert found(library, "pavement") == ["Our pavement"]
        assert (resource.slug, edition.language) == (resource.id, "")
        assert library.catalogue.pages(edition.id)[0].text.startswith("Our pavement")
        with library.catalogue.read() as conn:
            assert undescribed.among(conn, [edition.id]) == {edition.id}
            [row] = outbox.seen(conn, 5)
            waits = {one.kind: one.waiting for one in backlog.backlogs(conn)}
        assert (row.describing, row.arrival.outcome) == (True, Outcome.ADDED)
        assert waits[undescribed.KIND] == 1

    [ended] = library.ingest().files(folders.find([inbox]), on_found=look)
    assert seen == [1]
    assert (ended.outcome, ended.language) == (Outcome.ADDED, "en")
    resource = only(library)
    assert resource.slug == "our-pavement"
    again = library.catalogue.by_slug(resource.id)  # who saw it before finds it again
    assert again is not None and again.slug == "our-pavement"
    with library.catalogue.read() as conn:
        assert not undescribed.among(conn, [resource.editions[0].id])
        assert not outbox.seen(conn, 5)[0].describing
    assert sound(library)


def test_what_was_found_before_the_end_is_described_after_it(library: Library, inbox: Path) -> None:
    for number in range(3):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    cut_short(library, inbox)
    assert len(found(library, "pavement")) == 3
    ended = bring_in(library, inbox)
    assert {one.outcome for one in ended.values()} == {Outcome.UNCHANGED}
    works = library.catalogue.resources(library.catalogue.every())
    assert [work.slug for work in works] == ["pavement-0", "pavement-1", "pavement-2"]
    assert {work.editions[0].language for work in works} == {"en"}
    assert sound(library)


def test_a_worker_describes_what_an_interrupted_command_found(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    cut_short(library, inbox)
    worker = Worker(library.ingest())
    while worker.once():
        pass
    assert only(library).slug == "our-pavement"
    assert sound(library)


def test_editions_of_one_work_are_found_alone_and_come_together(
    library: Library, inbox: Path
) -> None:
    (inbox / "en.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (inbox / "es.md").write_text(f"# Nuestra acera\n\n{ES}", "utf-8")
    (inbox / "metadata.csv").write_text("file,resource\nen.md,x\nes.md,x\n", "utf-8")
    alone: list[str] = []

    def look(left: int) -> None:
        alone.extend(library.catalogue.every())

    ended = list(library.ingest().files(folders.find([inbox]), on_found=look))
    assert len(alone) == 2
    assert {one.resource for one in ended} == {alone[0]}
    assert only(library).languages == ("en", "es")
    assert sorted(library.engine.ids()) == [alone[0]]
    gone = library.catalogue.by_slug(alone[1])
    assert gone is not None and gone.id == alone[0]
    assert sound(library)


def test_what_staff_say_meanwhile_stays(library: Library, inbox: Path) -> None:
    from library import metadata
    from library.catalogue.resources import corrections

    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")

    def say(left: int) -> None:
        edition = only(library).editions[0].id
        with library.catalogue.write() as writer:
            words = metadata.staff({"title": "Told by staff"}, library.vocabularies)
            corrections.note(writer, edition, words, metadata.decide)

    list(library.ingest().files(folders.find([inbox]), on_found=say))
    edition = only(library).editions[0]
    assert (edition.title, edition.language) == ("Told by staff", "en")
    assert sound(library)


def test_what_another_process_described_meanwhile_ends_as_it_did_there(
    library: Library, inbox: Path
) -> None:
    (inbox / "a.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")

    def other(left: int) -> None:
        with library.catalogue.write() as writer:  # its lease ran out
            outbox.release(writer.conn, me())
        assert [one.outcome for one in library.ingest().descriptions()] == [Outcome.ADDED]

    [ended] = library.ingest().files(folders.find([inbox]), on_found=other)
    assert (ended.outcome, ended.resource, ended.language) == (
        Outcome.ADDED,
        only(library).id,
        "en",
    )
    assert sound(library)


def test_a_fault_of_ours_in_describing_is_said_and_tried_later(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        (inbox / f"{number}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    from library.ingestion import candidates

    real = candidates.same_words

    def fails(conn: object, edition: object, *more: object) -> object:
        if "Pavement 0" in str(edition):
            raise RuntimeError("a fault")
        return real(conn, edition, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(candidates, "same_words", fails)
        ended = bring_in(library, inbox)
    assert (ended["0.md"].outcome, ended["0.md"].reason) == (Outcome.PARTIAL, "fault")
    assert ended["1.md"].outcome is Outcome.ADDED
    assert len(found(library, "pavement")) == 2
    with library.catalogue.read() as conn:
        assert outbox.owed(conn, undescribed.KIND) == 1
    with library.catalogue.write() as writer:
        task = outbox.task(writer.conn, undescribed.KIND, undescribed_of(library))
        assert task is not None and task.attempts == 1
        outbox.try_again(writer.conn, [task.id])
    done: list[Ended] = list(library.ingest().descriptions())
    assert [one.outcome for one in done] == [Outcome.ADDED]
    assert sound(library)


def undescribed_of(library: Library) -> str:
    works = library.catalogue.resources(library.catalogue.every())
    with library.catalogue.read() as conn:
        [one] = undescribed.among(conn, [e.id for work in works for e in work.editions])
    return one


def test_each_file_is_read_by_a_child_of_its_own_and_eight_are_described_by_one(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        (inbox / f"{number:02}.md").write_text(f"# Pavement {number}\n\n{number} {LONG}", "utf-8")
    begun: list[str] = []
    child = Nursing.child

    def counted(self: Nursing, task: dict[str, Any], given: int, name: str) -> Child:
        begun.append(task["function"].partition(":")[2])
        return child(self, task, given, name)

    monkeypatch.setattr(Nursing, "child", counted)
    ended = bring_in(library, inbox)
    assert {one.outcome for one in ended.values()} == {Outcome.ADDED}
    assert begun.count("told_and_read") == 20
    assert begun.count("described_each") == 3
    assert len(begun) == 23
    every = library.catalogue.every()
    titles = {work.editions[0].title for work in library.catalogue.resources(every)}
    assert titles == {f"Pavement {number}" for number in range(20)}
