"""What keeps a library well: rounds over its originals, copies tried out, notes of both.

Long because all of them are rounds of one worker over one small library.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.changes import history
from library.catalogue.upkeep import fixity
from library.catalogue.upkeep import log as kept
from library.core.errors import NotUsable, StorageFull, UsageError
from library.core.settings import Settings
from library.ingestion import confinement
from library.operations import backup, check, health, restore_drill, upkeep
from library.operations.upkeep import Upkeep
from library.store import originals
from library.store.holdings import holdings_of
from tests.library.web.conftest import Shelf

NOW = datetime.now(UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path / "home"))
    for name in ("fund", "rules", "wages"):
        made.add(f"On {name}", [f"All about {name}."])
    made.index()
    yield made
    made.engine.close()
    made.catalogue.close()


def stored(shelf: Shelf) -> list[str]:
    return list(originals.every(shelf.settings.originals))


def spoil(shelf: Shelf, sha256: str, words: bytes | None = b"other") -> None:
    path = originals.path_of(shelf.settings.originals, sha256)
    path.chmod(0o600)
    if words is None:
        path.unlink()
    else:
        path.write_bytes(words)


def aged(catalogue: Catalogue, days: float) -> None:
    """As if everything had come, and been looked at, some days earlier."""
    moment = (NOW - timedelta(days=days)).isoformat(timespec="microseconds")
    with catalogue.write() as writer:
        writer.conn.execute(text("update originals set added = :at"), {"at": moment})
        writer.conn.execute(text("update fixity set at = :at"), {"at": moment})


def due(catalogue: Catalogue, now: datetime = NOW) -> str | None:
    with catalogue.read() as conn:
        found = fixity.due(conn, now)
    return found[0] if found else None


def progress(catalogue: Catalogue) -> fixity.Progress:
    with catalogue.read() as conn:
        return fixity.progress(conn, NOW)


def test_what_was_just_stored_is_not_read_again(shelf: Shelf) -> None:
    assert due(shelf.catalogue) is None
    assert progress(shelf.catalogue).fresh == 3


def test_a_round_takes_a_month_and_every_original_has_its_turn(shelf: Shelf) -> None:
    aged(shelf.catalogue, 2)
    seen: list[str] = []
    for day in range(40):
        now = NOW + timedelta(days=day)
        found = due(shelf.catalogue, now)
        if found is None:
            continue
        seen.append(found)
        with shelf.catalogue.write() as writer:
            fixity.note(writer.conn, {found: ""})
            writer.conn.execute(
                text("update fixity set at = :at where sha256 = :sha256"),
                {"at": now.isoformat(timespec="microseconds"), "sha256": found},
            )
    assert sorted(seen[:3]) == stored(shelf)
    assert len(seen) == 4  # one every ten days: three in a round of thirty


def test_what_is_overdue_is_caught_up_with_at_once(shelf: Shelf) -> None:
    aged(shelf.catalogue, 45)
    assert progress(shelf.catalogue).fresh == 0
    with shelf.catalogue.read() as conn:
        assert len(fixity.due(conn, NOW, 50)) == 3
    for left in (2, 1, 0):
        found = due(shelf.catalogue)
        assert found is not None
        with shelf.catalogue.write() as writer:
            fixity.note(writer.conn, {found: ""})
        assert progress(shelf.catalogue).fresh == 3 - left
    assert due(shelf.catalogue) is None


@pytest.mark.parametrize(("words", "fault"), [(b"other", "changed"), (None, "missing")])
def test_a_damaged_original_is_found_and_kept_in_mind_until_it_is_back(
    shelf: Shelf, words: bytes | None, fault: str
) -> None:
    sha256 = stored(shelf)[0]
    path = originals.path_of(shelf.settings.originals, sha256)
    whole = path.read_bytes()
    spoil(shelf, sha256, words)
    aged(shelf.catalogue, 45)
    for _ in range(3):
        assert Upkeep(shelf.settings, shelf.catalogue)._original()
    [damage] = progress(shelf.catalogue).damaged
    assert (damage.sha256, damage.fault) == (sha256, fault)
    assert damage.resource in shelf.catalogue.every()
    assert due(shelf.catalogue, NOW) is None
    assert due(shelf.catalogue, NOW + timedelta(days=1.1)) == sha256  # somebody may have mended it
    path.write_bytes(whole)
    with shelf.catalogue.write() as writer:
        fixity.note(
            writer.conn,
            {sha256: upkeep.fault_of(holdings_of(shelf.settings, shelf.catalogue), sha256)},
        )
    assert not progress(shelf.catalogue).damaged


def test_checking_all_at_once_notes_what_it_saw(shelf: Shelf) -> None:
    aged(shelf.catalogue, 45)
    spoil(shelf, stored(shelf)[0])
    found = list(check.check(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies))
    assert [one.finding for one in found] == ["an original has changed on the disk"]
    check.note(shelf.catalogue, 1, 0)
    seen = progress(shelf.catalogue)
    assert (seen.fresh, len(seen.damaged)) == (2, 1)
    with shelf.catalogue.read() as conn:
        whole, chain = kept.last(conn, "check"), kept.last(conn, "chain")
    assert whole is not None and not whole.well and whole.told == {"found": 1, "mended": 0}
    assert chain is not None and chain.well


def test_a_worker_does_what_is_due_and_then_rests(shelf: Shelf) -> None:
    aged(shelf.catalogue, 45)
    one = Upkeep(shelf.settings, shelf.catalogue)
    assert one.once()  # the history
    assert one.once()  # an original
    assert not one._original()  # the next one waits a little
    with shelf.catalogue.read() as conn:
        assert kept.last(conn, "chain") is not None
    assert not Upkeep(shelf.settings, shelf.catalogue)._by_day()


def test_a_worker_holds_what_is_catalogued_against_its_sums_a_little_at_a_time(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "ROWS", 1)
    monkeypatch.setattr(upkeep, "REST", 0.0)

    def all_of_it() -> kept.Done:
        one = Upkeep(shelf.settings, shelf.catalogue)
        while one._some_rows():
            pass
        with shelf.catalogue.read() as conn:
            last = kept.last(conn, "sums")
        assert last is not None
        return last

    found = all_of_it()
    assert found.well and found.told["rows"] > 10
    assert all_of_it().at == found.at  # once a day
    with closing(sqlite3.connect(shelf.settings.home / "catalogue.sqlite")) as conn:
        conn.execute("DROP TRIGGER touched_pages_update")
        conn.execute("UPDATE pages SET text = text || 'x' WHERE rowid = 1")
        conn.execute("DELETE FROM upkeep")
        conn.commit()
    found = all_of_it()
    assert not found.well
    assert found.told["wrong"] == 1 and found.told["named"][0].startswith("pages ")
    assert health.look_at(shelf.settings, shelf.catalogue, shelf.engine).rows.state == "act"


def test_check_names_what_has_changed_by_itself(shelf: Shelf) -> None:
    with closing(sqlite3.connect(shelf.settings.home / "catalogue.sqlite")) as conn:
        conn.execute("DROP TRIGGER touched_editions_update")
        conn.execute("UPDATE editions SET title = 'Another' WHERE rowid = 1")
        conn.commit()
    found = [
        one
        for one in check.check(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
        if one.finding == "what is catalogued has changed by itself"
    ]
    assert [one.subject.partition(" ")[0] for one in found] == ["editions"]
    assert found[0].remedy


def test_a_worker_tells_what_readers_are_not_held_to(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.sandbox.lacking", lambda: ("folders",))
    confinement.tell(shelf.catalogue)
    confinement.tell(shelf.catalogue)
    report = health.look_at(shelf.settings, shelf.catalogue, shelf.engine)
    assert report.confinement.state == "look"
    with shelf.catalogue.read() as conn:
        number = conn.exec_driver_sql("SELECT count(*) FROM upkeep WHERE kind = 'confined'")
        assert number.scalar() == 1


def test_a_worker_says_that_it_lives_and_that_it_ends(shelf: Shelf) -> None:
    def alive() -> int:
        with shelf.catalogue.read() as conn:
            return len(kept.workers(conn))

    stop = threading.Event()
    thread = threading.Thread(target=upkeep.live, args=(shelf.catalogue, stop))
    thread.start()
    for _ in range(200):
        if alive():
            break
        stop.wait(0.02)
    assert alive() == 1
    stop.set()
    thread.join()
    assert alive() == 0
    with shelf.catalogue.write() as writer:
        kept.beat(writer.conn, "elsewhere:1.1:1")
        kept.beat(writer.conn, "elsewhere:1.1:1")
    assert alive() == 1
    with shelf.catalogue.write() as writer:
        writer.conn.execute(text("update state set time = '2020-01-01T00:00:00+00:00'"))
    assert alive() == 0  # not heard of for years


def test_only_the_last_few_of_a_kind_are_kept(shelf: Shelf) -> None:
    for number in range(30):
        upkeep.note(shelf.catalogue, "backup", well=number != 28, told={"n": number})
    upkeep.note(shelf.catalogue, "drill", well=True, told={})
    with shelf.catalogue.read() as conn:
        assert conn.execute(text("select count(*) from upkeep")).scalar() == kept.KEPT + 1
        last, bad = kept.last(conn, "backup"), kept.last(conn, "backup", well=False)
    assert last is not None and last.told == {"n": 29}
    assert bad is not None and bad.told == {"n": 28}


def test_a_backup_is_noted_and_a_drill_finds_it_good(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    made = backup.backup(shelf.settings, shelf.catalogue, copy)
    assert made.originals == 3
    tried = restore_drill.drill(shelf.settings, copy, shelf.catalogue)
    assert (tried.originals, tried.resources) == (3, 3)
    with shelf.catalogue.read() as conn:
        noted, drilled = kept.last(conn, "backup"), kept.last(conn, "drill")
    assert noted is not None and noted.well
    assert noted.told["where"] == str(copy)
    assert noted.told["sha256"] == made.sha256
    assert noted.told["bytes"] == made.bytes > 0
    assert noted.told["same_disk"] is True
    assert drilled is not None and drilled.well and drilled.told["resources"] == 3
    assert not list(tmp_path.glob("**/drill-*"))


def test_a_drill_finds_a_damaged_backup_and_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, copy)
    path = originals.path_of(copy / "originals", stored(shelf)[0])
    path.chmod(0o600)
    path.write_bytes(b"other")
    with pytest.raises(NotUsable, match="damaged"):
        restore_drill.drill(shelf.settings, copy, shelf.catalogue)
    with shelf.catalogue.read() as conn:
        noted = kept.last(conn, "drill")
    assert noted is not None and not noted.well and "damaged" in noted.told["fault"]
    with pytest.raises(UsageError, match="not a backup"):
        restore_drill.drill(shelf.settings, tmp_path / "nothing", shelf.catalogue)


def test_a_drill_says_when_there_is_no_room_for_it(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, copy)
    monkeypatch.setattr(backup, "room_for", lambda source: 1 << 60)
    with pytest.raises(StorageFull, match="TMPDIR"):
        restore_drill.drill(shelf.settings, copy, shelf.catalogue)
    with shelf.catalogue.read() as conn:
        assert kept.last(conn, "drill") is None  # that says nothing of the backup


def test_a_damaged_original_keeps_no_other_from_being_copied_and_restored(
    shelf: Shelf, tmp_path: Path
) -> None:
    bad, gone, _ = stored(shelf)
    spoil(shelf, bad)
    spoil(shelf, gone, None)
    made = backup.backup(shelf.settings, shelf.catalogue, tmp_path / "copy")
    assert (made.originals, set(made.missing)) == (1, {bad, gone})
    with shelf.catalogue.read() as conn:
        noted = kept.last(conn, "backup")
    assert noted is not None and not noted.well and "missing or damaged" in noted.told["fault"]
    assert backup.restore(replace(shelf.settings, home=tmp_path / "new"), tmp_path / "copy") == 1


def test_a_backup_with_more_history_is_not_replaced(shelf: Shelf, tmp_path: Path) -> None:
    """As when an older copy was restored, and then copied over the newer one."""
    copy = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, tmp_path / "older")
    with shelf.catalogue.write() as writer:
        history.note(writer.conn, by="ana", action="change", subject="a")
    backup.backup(shelf.settings, shelf.catalogue, copy)
    older = replace(shelf.settings, home=tmp_path / "new")
    backup.restore(older, tmp_path / "older")
    with (
        closing(open_catalogue(older)) as catalogue,
        pytest.raises(NotUsable, match="entries of history"),
    ):
        backup.backup(older, catalogue, copy)
    assert backup.verified(copy)
    (copy / "manifest.json").write_text("{}")
    with pytest.raises(NotUsable, match="cannot be told"):
        backup.backup(shelf.settings, shelf.catalogue, copy)
    made = backup.backup(shelf.settings, shelf.catalogue, copy, replace=True)
    assert (made.originals, made.kept is not None) == (3, True)


def test_a_backup_that_was_stopped_between_its_two_files_is_whole(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, copy)
    with shelf.catalogue.write() as writer:
        history.note(writer.conn, by="ana", action="change", subject="a")
    moved = Path.replace

    def stop(self: Path, target: Path) -> Path:
        if target.name == "manifest.json":
            raise KeyboardInterrupt
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        backup.backup(shelf.settings, shelf.catalogue, copy)
    monkeypatch.undo()
    assert len(backup.verified(copy)) == 3
    assert backup.told(copy).entries == 1
    assert backup.backup(shelf.settings, shelf.catalogue, copy).new == 0


def test_a_log_that_is_left_alone_is_not_laid_over_what_is_restored(
    shelf: Shelf, tmp_path: Path
) -> None:
    backup.backup(shelf.settings, shelf.catalogue, tmp_path / "copy")
    (tmp_path / "new").mkdir()
    (tmp_path / "new/catalogue.sqlite-wal").write_bytes(b"of another catalogue")
    with pytest.raises(UsageError, match="sqlite-wal"):
        backup.restore(replace(shelf.settings, home=tmp_path / "new"), tmp_path / "copy")


def test_a_copy_that_cannot_be_written_is_noted_and_named(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotUsable, match="could not be written"):
        backup.backup(shelf.settings, shelf.catalogue, tmp_path / "file" / "copy")
    with shelf.catalogue.read() as conn:
        noted = kept.last(conn, "backup")
    assert noted is not None and not noted.well


MANIFESTS = {
    "a way out of the folder": lambda made: made | {"originals": {"../../etc/passwd": 1}},
    "a list where a table belongs": lambda made: made | {"originals": ["a" * 64]},
    "a list for all of it": lambda made: [made],
    "a size that is none": lambda made: made | {"originals": {"a" * 64: True}},
    "no catalogue": lambda made: made | {"catalogue": ["x"]},
    "text": lambda made: "x",
}


@pytest.mark.parametrize("wrong", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_a_backup_whose_list_was_written_by_somebody_else_is_none(
    shelf: Shelf, tmp_path: Path, wrong: Callable[[Any], Any]
) -> None:
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    manifest = target / "manifest.json"
    manifest.write_text(json.dumps(wrong(json.loads(manifest.read_text()))))
    with pytest.raises(UsageError):
        backup.restore(Settings(home=tmp_path / "new"), target)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("which", ["manifest.json", "catalogue.sqlite", "an original", "a folder"])
def test_links_in_a_backup_are_not_followed(shelf: Shelf, tmp_path: Path, which: str) -> None:
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    sha256 = stored(shelf)[0]
    place = {
        "an original": originals.path_of(target / "originals", sha256),
        "a folder": originals.path_of(target / "originals", sha256).parent,
    }.get(which, target / which)
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises((UsageError, NotUsable)):
        backup.restore(Settings(home=tmp_path / "new"), target)


def test_a_first_backup_that_was_stopped_is_gone_on_with(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_copy", "_switch"):  # before originals are copied, and after
        target = tmp_path / name
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):

            def stop(*given: Any) -> None:
                raise KeyboardInterrupt

            patch.setattr(backup, name, stop)
            backup.backup(shelf.settings, shelf.catalogue, target)
        assert backup.backup(shelf.settings, shelf.catalogue, target).originals == 3
    between = tmp_path / "between"
    shutil.copytree(tmp_path / "_switch", between)
    (between / "manifest.json").rename(between / "manifest.json.part")  # between two renames
    assert backup.backup(shelf.settings, shelf.catalogue, between).originals == 3
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letters").mkdir()
    with pytest.raises(UsageError):
        backup.backup(shelf.settings, shelf.catalogue, tmp_path / "mine")
