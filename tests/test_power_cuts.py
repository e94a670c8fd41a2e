"""What is acknowledged is on the disk: a power cut takes nothing of it away."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from index.engines import open_engine
from index.engines.checksums import replace
from library import accounts
from library.catalogue import open_catalogue
from library.catalogue.accounts import users
from library.catalogue.arrivals.uploads import Wanted
from library.catalogue.queue import tasks
from library.catalogue.storage import sqlite_file
from library.cli.command_line import commands
from library.core.errors import Empty
from library.core.resource import Role, Status, Stored
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.pipeline import Ingest
from library.operations.backup import backup, restore
from library.store import originals, uploads
from tests.index.builders import LANGUAGES, document
from tests.library.web.conftest import Shelf
from tests.power_cuts import Disk


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch, tmp_path)


def test_an_original_and_every_folder_on_the_way_to_it(tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "guide.txt").write_text("Know your rights")
    kept = originals.put(tmp_path / "o", tmp_path / "guide.txt")
    path = originals.path_of(tmp_path / "o", kept.sha256)
    assert disk.named() == [str(path.relative_to(tmp_path))]
    assert disk.lost() == []
    for folder in (path.parent, path.parent.parent, tmp_path / "o"):
        assert disk.synced(folder)


def test_originals_that_come_together_and_their_folders_once(tmp_path: Path, disk: Disk) -> None:
    texts = {f"{number}.txt": f"Know your rights, part {number}" for number in range(5)}
    texts |= {"again.txt": texts["0.txt"], "empty.txt": ""}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    results = originals.put_all(tmp_path / "o", [(tmp_path / name, None) for name in texts])
    *kept, empty = results
    assert isinstance(empty, Empty)
    assert disk.lost() == []
    for one in kept:
        assert isinstance(one, Stored)
        assert originals.verify(tmp_path / "o", one.sha256)
    assert list((tmp_path / "o" / "incoming").iterdir()) == []
    before = disk.synced(tmp_path / "o")
    more = [tmp_path / "more.txt", tmp_path / "most.txt"]
    for path in more:
        path.write_text(path.name)
    originals.put_all(tmp_path / "o", [(path, None) for path in more])
    assert disk.synced(tmp_path / "o") == before + 1
    assert disk.lost() == []


def test_a_folder_before_its_files_are_noted(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(4):
        (inbox / f"{number}.txt").write_text(f"A strike fund of {number} markets. " * 20)
    lost: list[list[str]] = []
    note = tasks.record

    def record(*words: Any) -> tasks.Arrival | None:
        lost.append([one for one in disk.lost() if "originals" in one])
        return note(*words)

    monkeypatch.setattr(tasks, "record", record)
    work = Ingest(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
    assert len(list(work.files(folders.find([inbox]), jobs=2))) == 4
    assert lost == [[], [], [], []]
    assert [one for one in disk.lost() if "originals" in one] == []
    shelf.catalogue.close()


def test_each_piece_of_an_upload_before_it_is_counted(tmp_path: Path, disk: Disk) -> None:
    settings = Settings(home=tmp_path / "home")
    shelf = Shelf(settings)
    accounts.add(shelf.catalogue, "ben", Role.STAFF, "correct horse battery")
    with shelf.catalogue.read() as conn:
        [user] = users.every(conn)
    sending = uploads.Uploads(shelf.catalogue, settings.originals, user)
    upload = sending.begin(Wanted("a key", "guide.txt", 8, "", Status.DRAFT))
    part = sending._part(upload.id)
    for count, piece in enumerate((b"Know", b" you"), 1):
        counted: list[int] = []
        grown = uploads.kept.grown
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                uploads.kept,
                "grown",
                lambda *given, told=counted, on=grown: (told.append(disk.synced(part)), on(*given))[
                    1
                ],
            )
            sending.append(upload.id, 4 * (count - 1), piece)
        assert counted == [count]
    done = sending.finish(upload.id)
    assert done.sha256
    assert originals.verify(settings.originals, done.sha256)
    assert [one for one in disk.lost() if "originals" in one] == []
    shelf.catalogue.close()


def test_a_new_catalogue(tmp_path: Path, disk: Disk) -> None:
    def fill(path: Path) -> None:
        sqlite3.connect(path).executescript("CREATE TABLE one (x); INSERT INTO one VALUES (1);")

    sqlite_file.make(tmp_path / "catalogue.sqlite", fill)
    assert disk.named() == ["catalogue.sqlite"]
    assert disk.lost() == []


def test_a_backup_one_that_takes_its_place_and_what_is_restored_of_it(
    tmp_path: Path, disk: Disk
) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("A strike fund", ["Built in quiet months."])
    target = tmp_path / "backup"
    target.mkdir()
    backup(shelf.settings, shelf.catalogue, target)
    assert {"backup/catalogue.sqlite", "backup/manifest.json"} <= set(disk.named())
    assert [one for one in disk.lost() if one.startswith("backup/")] == []
    shelf.catalogue.close()

    smaller = Shelf(Settings(home=tmp_path / "smaller"))
    smaller.add("A notice", ["Of the meeting."])
    backup(smaller.settings, smaller.catalogue, target, replace=True)
    smaller.catalogue.close()
    assert [one for one in disk.lost() if one.startswith("backup/")] == []
    [kept] = (target / "replaced").iterdir()
    for file in (*kept.iterdir(), kept):
        assert disk.synced(file), file

    again = Settings(home=tmp_path / "again")
    again.home.mkdir()
    assert restore(again, target) == 1
    assert "again/catalogue.sqlite" in disk.named()
    assert [one for one in disk.lost() if one.startswith("again/")] == []


def test_an_index_that_is_made_and_one_that_is_changed(tmp_path: Path, disk: Disk) -> None:
    engine = open_engine("whoosh", tmp_path, LANGUAGES, "1")
    engine.rebuild([document("a", "A strike fund.")])
    engine.update([document("b", "A market.")])
    engine.rebuild([document("c", "Another.")])
    assert {str(tmp_path / name) for name in ("current", "previous")} <= {
        str(tmp_path / name) for name in disk.named()
    }
    lost = [one for one in disk.lost() if not one.endswith("its bytes") or "gen" not in one]
    assert lost == []
    # Whoosh names its files before we bring them to the disk.
    generation = tmp_path / "generations" / (tmp_path / "current").read_text()
    engine.update([document("d", "One more.")])
    assert [file.name for file in generation.glob("*[!k]") if not disk.synced(file)] == []
    engine.close()


def test_a_file_that_is_written_whole_or_not_at_all(tmp_path: Path, disk: Disk) -> None:
    replace(tmp_path / "current", "one")
    assert disk.named() == ["current"]
    assert disk.lost() == []


def test_a_vocabulary_written_to_a_file(
    tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_HOME", str(tmp_path / "home"))
    open_catalogue(Settings(home=tmp_path / "home"), make=True).close()
    file = tmp_path / "topics.ttl"
    commands.main(["vocabulary", "export", str(file)], "library", standalone_mode=False)
    assert "topics.ttl" in disk.named()
    assert [one for one in disk.lost() if one.startswith("topics")] == []
