"""A library whose catalogue is in a server is backed up, tried out and restored as any other."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.catalogue.changes import history
from library.catalogue.resources import queries
from library.core.errors import NotUsable, UsageError
from library.core.settings import DUMP, Settings
from library.operations import backup, restore_drill, sealed
from library.store import originals
from tests import postgres
from tests.library.catalogue.builders import edition, put


def fill(settings: Settings) -> None:
    """Two works with their originals, and a change by staff."""
    with closing(open_catalogue(settings)) as catalogue:
        for name in ("one", "two"):
            file = settings.home / f"{name}.md"
            file.write_text(f"# {name}\n\nStreet vendors keep the pavement clean.")
            stored = originals.put(settings.originals, file)
            made = replace(edition("a"), id=stored.sha256[:16], sha256=stored.sha256, title=name)
            put(catalogue, replace(made, bytes=stored.bytes))
        with catalogue.write() as writer:
            history.note(writer.conn, by="ana", action="edit", subject="s", after={"n": "é\0"})


def held(settings: Settings) -> tuple[object, ...]:
    with closing(open_catalogue(settings)) as catalogue, catalogue.read() as conn:
        assert catalogue.faults() == []
        assert list(history.faults(conn)) == []
        return queries.amounts(conn), queries.originals(conn), catalogue.every()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = postgres.library(tmp_path / "home")
    made.home.mkdir(exist_ok=True)
    fill(made)
    return made


def copied(settings: Settings, target: Path) -> backup.Copied:
    with closing(open_catalogue(settings)) as catalogue:
        return backup.backup(settings, catalogue, target)


def test_a_backup_of_a_server_is_restored_and_tried_out(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgres.programs()), prepend=":")
    target = tmp_path / "copy"
    made = copied(settings, target)
    assert (made.originals, made.resources) == (2, 2)
    assert {path.name for path in target.iterdir()} == {DUMP, "manifest.json", "originals"}
    again = copied(settings, target)
    assert again.before
    assert again.new == 0
    assert (target / "earlier").is_dir()
    told = backup.told(target)
    assert (told.resources, told.editions, told.entries) == (2, 2, 1)

    with closing(open_catalogue(settings)) as catalogue:
        assert restore_drill.drill(settings, target, catalogue).resources == 2
    drills = "SELECT count(*) FROM pg_database WHERE datname LIKE %(name)s"
    assert postgres.ask(drills, {"name": "library_drill%"}) == 0

    with pytest.raises(UsageError, match="a library in the database"):
        backup.restore(replace(settings, home=tmp_path / "other"), target)
    with pytest.raises(UsageError, match="LIBRARY_DATABASE names none"):
        backup.restore(Settings(home=tmp_path / "file"), target)
    fresh = postgres.empty(tmp_path / "new")
    assert backup.restore(fresh, target) == 2
    assert held(fresh) == held(settings)


def test_an_encrypted_backup_of_a_server_is_restored(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyrage = pytest.importorskip("pyrage")
    monkeypatch.setenv("PATH", str(postgres.programs()), prepend=":")
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(str(key))
    target = tmp_path / "copy"
    with closing(open_catalogue(settings)) as catalogue:
        sealed.seal(settings, catalogue, target, [str(key.to_public())])
    fresh = postgres.empty(tmp_path / "new")
    with sealed.opened(target, tmp_path / "key") as plain:
        assert backup.restore(fresh, plain) == 2
    assert held(fresh) == held(settings)


def test_a_library_of_a_file_goes_into_a_server(tmp_path: Path) -> None:
    """All of it: the history with its chain, and numbers that go on where they were."""
    before = postgres.of_a_file(tmp_path / "home")
    fill(before)
    target = tmp_path / "copy"
    copied(before, target)
    fresh = postgres.empty(tmp_path / "new")
    assert backup.restore(fresh, target) == 2
    assert held(fresh) == held(before)
    with closing(open_catalogue(fresh)) as catalogue:
        put(catalogue, edition("b"))
        assert len(catalogue.claim("index", 60.0, 9)) == 3


def test_without_the_programs_of_the_server_it_is_said_what_to_install(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="pg_dump is not installed"):
        copied(settings, tmp_path / "copy")


def test_a_dump_that_is_damaged_leaves_the_database_empty(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from library.catalogue.storage import dumps

    monkeypatch.setenv("PATH", str(postgres.programs()), prepend=":")
    target = tmp_path / "copy"
    copied(settings, target)
    whole = (target / DUMP).read_bytes()
    (target / DUMP).write_bytes(whole[: len(whole) // 2])
    fresh = postgres.empty(tmp_path / "new")
    with pytest.raises(NotUsable, match="its catalogue is not what it was"):
        backup.restore(fresh, target)
    with pytest.raises(NotUsable, match="pg_restore did not succeed"):
        dumps.put_back(fresh.database_url, target / DUMP)
    assert not dumps.is_taken(fresh.database_url)
