"""Backups from before stay beside the newest, fewer the older they are; each can be restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.core.errors import UsageError
from library.core.settings import Settings
from library.operations import backup, generations
from library.store import originals
from tests.library.web.conftest import Shelf

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path / "home"))
    made.add("Rules of a fund", ["All about the fund."])
    yield made
    made.engine.close()
    made.catalogue.close()


def aged(target: Path, days: int) -> None:
    """Let the backup in a folder have been made some days ago."""
    manifest = target / "manifest.json"
    made = json.loads(manifest.read_text())
    then = datetime.now(UTC) - timedelta(days=days)
    manifest.write_text(json.dumps(made | {"made": then.isoformat(timespec="seconds")}))


def test_a_backup_every_day_for_two_years_keeps_days_weeks_and_months() -> None:
    held: list[datetime] = []
    for day in range(730):
        held.append(NOW + timedelta(days=day))
        kept = generations.to_keep(held)
        assert held[-1] in kept and len(kept) <= 7 + 4 + 12
        held = sorted(kept)
    ages = [(held[-1] - moment).days for moment in held]
    assert set(range(7)) <= set(ages)
    assert any(13 < age < 29 for age in ages) and max(ages) > 300


def test_many_backups_in_a_day_are_one_of_that_day() -> None:
    made = [NOW + timedelta(minutes=minute) for minute in range(60)]
    assert generations.to_keep(made) == {made[-1]}


def test_what_was_taken_away_since_is_in_the_backup_from_before(
    shelf: Shelf, tmp_path: Path
) -> None:
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    aged(target, 3)
    with shelf.catalogue.write() as writer:
        writer.conn.exec_driver_sql("UPDATE pages SET text = ''")  # somebody's mistake
    backup.backup(shelf.settings, shelf.catalogue, target)
    [moment] = generations.every(target)
    earlier = target / generations.EARLIER / moment.strftime(generations.NAMED)
    assert not (earlier / "originals").exists()  # they are shared
    restored = {}
    for name, source in (("old", earlier), ("new", target)):
        settings = Settings(home=tmp_path / name)
        assert backup.restore(settings, source) == 1
        catalogue = open_catalogue(settings)
        with catalogue.read() as conn:
            restored[name] = conn.exec_driver_sql("SELECT text FROM pages").scalar()
        catalogue.close()
    assert restored == {"old": "All about the fund.", "new": ""}


def test_one_that_is_let_go_takes_no_original_along(shelf: Shelf, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    for days in (400, 390, 380):
        aged(target, days)
        backup.backup(shelf.settings, shelf.catalogue, target)
    with_others = target / generations.EARLIER / "20200101-000000"
    with_others.mkdir()
    (with_others / "note.txt").write_text("mine")
    backup.backup(shelf.settings, shelf.catalogue, target)
    assert (with_others / "note.txt").read_text() == "mine"
    assert len(list(originals.every(target / "originals"))) == 1
    assert backup.verified(target)


def test_vocabularies_that_a_library_has_as_files_come_along(shelf: Shelf, tmp_path: Path) -> None:
    own = shelf.settings.vocabularies
    own.mkdir()
    content = b"# of our own \xff\n"
    (own / "use.toml").write_bytes(content)
    (own / "notes.txt").write_text("none of them")
    target = tmp_path / "copy"
    backup.backup(shelf.settings, shelf.catalogue, target)
    again = Settings(home=tmp_path / "again")
    backup.restore(again, target)
    assert [path.name for path in again.vocabularies.iterdir()] == ["use.toml"]
    assert (again.vocabularies / "use.toml").read_bytes() == content
    manifest = target / "manifest.json"
    whole = json.loads(manifest.read_text())
    for wrong in (
        {"../use.toml": whole["vocabularies"]["use.toml"]},
        {"use.toml": {**whole["vocabularies"]["use.toml"], "text": "other"}},
        {"use.toml": "text"},
        ["use.toml"],
    ):
        manifest.write_text(json.dumps({**whole, "vocabularies": wrong}))
        with pytest.raises(UsageError):
            backup.restore(Settings(home=tmp_path / "never"), target)
    del whole["vocabularies"]  # a backup from before
    manifest.write_text(json.dumps(whole))
    backup.restore(Settings(home=tmp_path / "older"), target)
