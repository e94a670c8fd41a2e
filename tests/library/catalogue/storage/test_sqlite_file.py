"""The file of a catalogue: what is empty, cut, strange or missing is no new library."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.catalogue.storage import upgrades
from library.core.errors import NotUsable, UsageError
from library.core.settings import Settings
from tests import needs

pytestmark = needs.SQLITE


def test_a_library_that_was_never_made_says_how(tmp_path: Path) -> None:
    with pytest.raises(NotUsable, match="library init"):
        open_catalogue(Settings(home=tmp_path))


def test_a_database_of_another_kind_or_time_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database at all, but some text" * 100)
    with pytest.raises(NotUsable, match="cannot be used"):
        open_catalogue(Settings(home=tmp_path))
    newer = tmp_path / "newer"
    open_catalogue(Settings(home=newer), make=True).close()
    conn = sqlite3.connect(newer / "catalogue.sqlite")
    conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.commit()
    conn.close()
    with pytest.raises(NotUsable, match="newer version"):
        open_catalogue(Settings(home=newer))
    with pytest.raises(UsageError, match="not a database URL"):
        open_catalogue(Settings(home=tmp_path, database="nonsense"))


def refuses(home: Path, match: str) -> None:
    """Whether nothing takes it for a library, new or old, and nothing of it is changed."""
    path = home / "catalogue.sqlite"
    before = path.read_bytes() if path.exists() else None
    for make in (False, True):
        with pytest.raises(NotUsable, match=match) as told:
            open_catalogue(Settings(home=home), make=make)
        assert "library restore" in told.value.remedy
    assert (path.read_bytes() if path.exists() else None) == before


def test_an_empty_cut_or_strange_catalogue_is_no_new_library(tmp_path: Path) -> None:
    open_catalogue(Settings(home=tmp_path), make=True).close()
    path = tmp_path / "catalogue.sqlite"
    whole = path.read_bytes()
    for content, match in (
        (b"", "empty: 0 bytes"),
        (whole[:50], "cut short"),
        (whole[: len(whole) // 2], "cut short"),
        (whole[:-1], "cut short"),
        (b"\0" * len(whole), "not a SQLite database"),
        (os.urandom(4096), "not a SQLite database"),
        (b"<html>Your login has expired</html>", "not a SQLite database"),
    ):
        path.write_bytes(content)
        refuses(tmp_path, match)
    path.write_bytes(whole)
    open_catalogue(Settings(home=tmp_path)).close()


def test_a_database_of_another_program_is_no_library(tmp_path: Path) -> None:
    for statements in (
        ["PRAGMA journal_mode=WAL"],
        ["CREATE TABLE alembic_version (version_num TEXT)"],
        ["CREATE TABLE moz_places (id INTEGER)"],
        [
            "CREATE TABLE alembic_version (version_num TEXT)",
            "INSERT INTO alembic_version VALUES ('0001')",
        ],
    ):
        with closing(sqlite3.connect(tmp_path / "catalogue.sqlite")) as conn:
            for statement in statements:
                conn.execute(statement)
            conn.commit()
        refuses(tmp_path, "the tables of no library")
        (tmp_path / "catalogue.sqlite").unlink()


def test_a_missing_catalogue_beside_originals_is_no_new_library(tmp_path: Path) -> None:
    original = tmp_path / "originals/ab/cd" / ("abcd" + "0" * 60)
    original.parent.mkdir(parents=True)
    original.write_text("words")
    refuses(tmp_path, "is missing, and there are originals")
    original.unlink()
    (tmp_path / "catalogue.sqlite-wal").write_text("a log")
    refuses(tmp_path, "its log")
    (tmp_path / "catalogue.sqlite-wal").unlink()
    (tmp_path / "catalogue.sqlite").symlink_to(tmp_path / "disk/that/is/not/there")
    with pytest.raises(NotUsable, match="leads nowhere"):
        open_catalogue(Settings(home=tmp_path), make=True)
    (tmp_path / "catalogue.sqlite").unlink()
    open_catalogue(Settings(home=tmp_path), make=True).close()
    assert [one.name for one in tmp_path.glob("catalogue*")] == ["catalogue.sqlite"]


def test_one_that_was_stopped_while_it_was_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrades, "bring_up_to_date", stop)
    with pytest.raises(KeyboardInterrupt):
        open_catalogue(Settings(home=tmp_path), make=True)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []
    code = (
        "import sys; from pathlib import Path; from library.catalogue import open_catalogue; "
        "from library.core.settings import Settings; "
        "print(open_catalogue(Settings(home=Path(sys.argv[1])), make=True).totals().resources)"
    )
    begun = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE)
        for _ in range(3)  # several at once, whoever is quickest
    ]
    assert [one.communicate(timeout=120)[0] for one in begun] == [b"0\n"] * 3
    assert not list(tmp_path.glob("*.new-*"))
