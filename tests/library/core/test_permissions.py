"""Other accounts of a computer read nothing of a library, whatever the umask it is begun with."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from library.catalogue import open_catalogue
from library.core import permissions
from library.core.settings import Settings
from library.operations import check
from library.search import indexer
from library.vocabularies import Vocabularies
from tests import builders
from tests.needs import ROOT

LONG = "Street vendors keep the pavement clean and the neighbours fed. " * 20


def library(
    home: Path, *words: str | Path, umask: int = 0o022, **settings: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "library", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home), **settings},
        umask=umask,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def open_in(folder: Path, mask: int = 0o077) -> list[str]:
    found = [folder, *folder.rglob("*")]
    return [f"{one} {one.stat().st_mode:o}" for one in found if one.stat().st_mode & mask]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "pavement.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (folder / "bins.pdf").write_bytes(builders.pdf([[*builders.lines(LONG[:300])]]))
    return folder


@pytest.mark.parametrize("umask", [0o022, 0o000, 0o077])
def test_all_that_is_made_is_closed_whatever_the_umask(
    inbox: Path, tmp_path: Path, umask: int
) -> None:
    home, copy, other = tmp_path / "home", tmp_path / "copy", tmp_path / "other"
    commands: list[tuple[Path, list[str | Path]]] = [
        (home, ["ingest", inbox]),
        (home, ["reindex"]),
        (home, ["backup", copy]),
        (other, ["restore", copy]),
    ]
    for where, words in commands:
        done = library(where, *words, umask=umask)
        assert done.returncode == 0, done.stderr
    for folder in (home, copy, other):
        assert open_in(folder) == []
        assert len(list(folder.rglob("*"))) > 5
    library(home, "vocabulary", "export", tmp_path / "given.ttl", umask=umask)
    given = stat.S_IMODE((tmp_path / "given.ttl").stat().st_mode)
    assert given == 0o666 & ~umask  # made to be given away


def test_what_is_made_while_it_is_open_is_closed_too(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        with_log = open_catalogue(Settings(home=tmp_path / "home"), make=True)
        assert with_log.totals().resources == 0
        assert (tmp_path / "home/catalogue.sqlite-wal").exists()
        assert open_in(tmp_path / "home") == []
        with_log.close()
    finally:
        os.umask(before)


def test_a_home_from_before_is_closed_once_and_that_is_said(inbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    library(home, "ingest", inbox)
    for path in [home, *home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    done = library(home, "search", "pavement", "--json")
    assert (done.returncode, json.loads(done.stdout)["total"]) == (0, 2)
    assert "Others could read" in done.stderr
    assert open_in(home) == []
    assert library(home, "search", "pavement").stderr == ""


def test_check_finds_what_is_open_deeper_and_mends_it(inbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    library(home, "ingest", inbox)
    original = next((home / "originals").glob("??/??/*"))
    original.chmod(0o444)
    done = library(home, "check", "--json")
    assert (done.returncode, "others can read" in done.stdout) == (1, True)
    assert library(home, "check", "--repair").returncode == 0
    assert open_in(home) == []
    assert library(home, "check").returncode == 0


def test_a_home_may_be_shared_with_a_group_on_purpose(inbox: Path, tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    for words in (["ingest", inbox], ["backup", copy], ["check"]):
        done = library(home, *words, umask=0, LIBRARY_SHARED="group")
        assert (done.returncode, "Others" in done.stderr) == (0, False), done.stdout + done.stderr
    for folder in (home, copy):
        assert open_in(folder, 0o007) == []
        for one in [folder, *folder.rglob("*")]:
            assert one.stat().st_mode & 0o040, one
    assert library(home, "check", LIBRARY_SHARED="everybody").returncode == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a home to somebody else")
def test_a_home_of_somebody_else_is_named_with_what_mends_it(inbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    library(home, "ingest", inbox)
    shutil.chown(home, 65534)
    assert "belongs to another account" in library(home, "search", "pavement").stderr


def test_what_cannot_be_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Settings(home=tmp_path / "home")
    catalogue = open_catalogue(chosen, make=True)
    chosen.home.chmod(0o755)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(permissions, "is_ours", lambda path: False)
    assert permissions.close(chosen).open == (chosen.home,)
    words = Vocabularies.load(chosen.languages)
    engine = indexer.open_engine(chosen, words)
    found = next(check.check(chosen, catalogue, engine, words))
    assert (found.finding, found.mend) == ("others can read what the library keeps", None)
    assert "chmod -R go=" in found.remedy
    engine.close()
    catalogue.close()
