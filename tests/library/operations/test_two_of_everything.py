"""Two of everything at work on one home, with a backup while they are; and a clock that jumps."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks import failing_disk as small
from library.catalogue.changes import history
from library.catalogue.resources import corrections
from library.catalogue.storage import mapping
from library.core.errors import Changed
from library.core.settings import Settings
from library.ingestion import folders
from library.metadata import decide
from library.operations import backup, restore_drill
from library.operations.worker import Worker
from library.vocabularies import Vocabularies

NUMBER = 4  # files of each ingest, changes of each of the staff


@pytest.fixture(scope="module")
def words() -> Vocabularies:
    return Vocabularies.load(Settings().languages)


@pytest.fixture
def home(tmp_path: Path, words: Vocabularies) -> Path:
    return small.prepare(tmp_path, words)


def test_two_workers_two_ingests_two_staff_and_a_backup_meanwhile(
    home: Path, tmp_path: Path, words: Vocabularies
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(NUMBER):
        path = inbox / f"{number}.md"
        path.write_text(f"# About zebra{number}\n\nWritten by all of zebra{number}.\n", "utf-8")
    wrong: list[BaseException] = []
    ended = threading.Event()

    def ingesting() -> None:
        with small.opened(home, words) as library:
            for _ in library.ingest().files(folders.find([inbox])):
                pass

    def working() -> None:
        with small.opened(home, words) as library:
            worker = Worker(library.ingest())
            while not ended.is_set():
                if not worker.once():
                    ended.wait(0.05)

    def correcting(name: str) -> None:
        with small.opened(home, words) as library:
            for number in range(NUMBER):
                while True:
                    one = library.catalogue.resources(library.catalogue.every())[0]
                    given = {one.editions[0].id: {"title": f"Titled by {name} {number}"}}
                    last = library.catalogue.ask(history.last, one.id)
                    try:
                        with library.catalogue.write() as writer:
                            corrections.correct(
                                writer, one.id, given, by=name, decide=decide, version=last
                            )
                    except Changed:
                        continue  # the other was quicker, and nothing of theirs is lost
                    break

    def copying() -> None:
        with small.opened(home, words) as library:
            for _ in range(3):
                backup.backup(library.settings, library.catalogue, tmp_path / "copy")

    def noting(do: object, *given: str) -> None:
        try:
            do(*given)  # type: ignore[operator]
        except BaseException as error:
            wrong.append(error)

    def begun(do: object, *given: str) -> threading.Thread:
        thread = threading.Thread(target=noting, args=(do, *given))
        thread.start()
        return thread

    workers = [begun(working), begun(working)]
    others = [begun(ingesting), begun(ingesting), begun(copying)]
    others += [begun(correcting, "ana"), begun(correcting, "ben")]
    for thread in others:
        thread.join()
    ended.set()
    for thread in workers:
        thread.join()
    assert wrong == []
    assert small.after(home, words, "edit", done=False) == []
    with small.opened(home, words) as library:
        assert all(small.found(library, f"zebra{number}") == 1 for number in range(NUMBER))
        one = library.catalogue.resources(library.catalogue.every())[0]
        changes = library.catalogue.ask(history.entries, 99, subjects=[one.id])
        said = {str(change.after) for change in changes if change.by in ("ana", "ben")}
        assert len(said) >= NUMBER * 2  # each of them, in the order they came
        restore_drill.drill(library.settings, tmp_path / "copy", library.catalogue)


def test_a_clock_that_jumps_loses_nothing(
    home: Path, tmp_path: Path, words: Vocabularies, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = timedelta()
    monkeypatch.setattr(mapping, "now", lambda: mapping.said(datetime.now(UTC) + shift))
    for number, days in enumerate((0, 400, -400, 0)):
        shift = timedelta(days=days)
        (tmp_path / "new" / "new.md").write_text(
            f"# About yak{number}\n\n{small.NEW} of yak{number}.\n", "utf-8"
        )
        with small.opened(home, words) as library:
            small.taking_in(library, tmp_path)
            small.correcting(library, tmp_path)
        assert small.after(home, words, "edit", done=True) == []
    with small.opened(home, words) as library:
        assert all(small.found(library, f"yak{number}") for number in range(4))
