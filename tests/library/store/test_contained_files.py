"""Nothing outside a folder is read by its being ingested, whatever links and pipes are in it."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

from library.core.errors import Unreadable, UsageError
from library.core.settings import Settings
from library.ingestion import folders
from library.ingestion.folders import Found, Passed
from library.ingestion.watch import Watch
from library.store import contained_files, homes, originals


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    (folder / "deep").mkdir(parents=True)
    (folder / "secret.md").write_text("the password is swordfish")
    (folder / "deep/inner.md").write_text("the password is marlin")
    return folder


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.md").write_text("words")
    return folder


def look(*paths: Path, home: homes.Home | None = None) -> tuple[list[Found], list[Passed]]:
    passed: dict[Passed, None] = {}
    return list(folders.find(paths, home, passed.setdefault)), list(passed)


def names(found: list[Found]) -> list[str]:
    return [one.path.name for one in found]


def test_links_that_leave_the_folder_are_named_and_never_read(inbox: Path, outside: Path) -> None:
    (inbox / ".env").write_text("TOKEN=swordfish")
    (inbox / "a.md").symlink_to(outside / "secret.md")
    (inbox / "b.md").symlink_to("../outside/secret.md")
    (inbox / "c").symlink_to(outside)
    (inbox / "d.md").symlink_to("/etc/passwd")
    (inbox / "e.md").symlink_to("/dev/zero")
    (inbox / "f.md").symlink_to("f.md")
    (inbox / "g.md").symlink_to("h.md")
    (inbox / "h.md").symlink_to("g.md")
    (inbox / "i.txt").symlink_to(".env")
    (inbox / "j").symlink_to(".")
    found, passed = look(inbox)
    assert names(found) == ["good.md"]
    links = {"a.md", "b.md", "c", "d.md", "e.md", "f.md", "g.md", "h.md", "i.txt", "j"}
    assert {one.path.name for one in passed} == links - {"j"}
    assert {one.reason for one in passed} == {"link"}


def test_links_that_stay_in_the_folder_are_followed_and_circles_end(inbox: Path) -> None:
    (inbox / "sub").mkdir()
    (inbox / "sub/deep.md").write_text("words")
    (inbox / "again.md").symlink_to("sub/deep.md")
    (inbox / "sub/round").symlink_to("..")
    (inbox / "chain.md").symlink_to("again.md")
    found, passed = look(inbox)
    assert names(found) == ["again.md", "chain.md", "good.md", "deep.md"]
    assert passed == []
    assert originals.checksum(found[1].path, found[1].place) == originals.checksum(found[3].path)


def test_a_link_that_was_named_is_followed(inbox: Path, outside: Path, tmp_path: Path) -> None:
    link, folder = tmp_path / "link.md", tmp_path / "linked"
    link.symlink_to(outside / "secret.md")
    folder.symlink_to(inbox)
    found, passed = look(link, folder)
    assert (names(found), passed) == (["link.md", "good.md"], [])
    assert all(originals.checksum(one.path, one.place)[1] for one in found)


def test_watching_passes_over_the_same_and_says_it_once(inbox: Path, outside: Path) -> None:
    said: list[str] = []
    watch = Watch([inbox], said.append)
    (inbox / "a.md").symlink_to(outside / "secret.md")
    (inbox / "c").symlink_to(outside)
    for _ in range(3):
        settled = watch.look()
        watch.given(settled)
        assert {one.path.name for one in settled} <= {"good.md"}
    assert len(said) == 2
    assert all("leads out of" in line for line in said)


@pytest.mark.parametrize("kind", ["fifo", "socket", "link to a fifo"])
def test_what_is_no_file_is_refused_and_nobody_waits_for_it(inbox: Path, kind: str) -> None:
    path = inbox / "pipe.md"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    else:
        os.mkfifo(inbox / ".hidden")
        (inbox / "real").mkdir()
        os.mkfifo(inbox / "real/other.md")
        path.symlink_to("real/other.md")
    for found in look(inbox)[0] + look(path)[0]:
        if found.path.name != "good.md":
            with pytest.raises(Unreadable):
                originals.checksum(found.path, found.place)


def test_notes_that_are_links_out_of_the_folder_are_not_read(inbox: Path, outside: Path) -> None:
    (outside / "table.csv").write_text("file,title\ngood.md,From elsewhere\n")
    (outside / "note.toml").write_text('title = "From elsewhere"\n')
    (outside / "list.toml").write_text('[[collection]]\nslug = "a"\ntitle = "From elsewhere"\n')
    (inbox / "metadata.csv").symlink_to(outside / "table.csv")
    (inbox / "good.toml").symlink_to(outside / "note.toml")
    (inbox / "collections.toml").symlink_to(outside / "list.toml")
    for path in (inbox, inbox / "good.md"):
        [found], passed = look(path)
        assert (dict(found.fields), found.problem) == ({}, None)
        named = {one.path.name for one in passed}
        assert named >= {"metadata.csv", "good.toml"}
    assert "collections.toml" in {one.path.name for one in look(inbox)[1]}
    assert list(folders.collections_in([inbox])) == []


def test_a_table_speaks_of_its_own_folder_alone(inbox: Path, outside: Path) -> None:
    (inbox / "sub").mkdir()
    (inbox / "metadata.csv").write_text(
        "file,title\n../outside/secret.md,A\n/etc/passwd,B\nsub/../../outside/secret.md,C\n"
        "./sub/../good.md,Told\n"
    )
    [found], passed = look(inbox)
    assert dict(found.fields) == {"title": "Told"}
    assert len(passed) == 2  # two names lead to the same
    assert all(one.path.name == "metadata.csv" for one in passed)


@pytest.mark.parametrize("what", ["file", "folder", "pipe"])
def test_what_changed_since_it_was_found_is_not_followed(
    inbox: Path, outside: Path, what: str
) -> None:
    (inbox / "deep").mkdir()
    (inbox / "deep/inner.md").write_text("words")
    found = next(one for one in look(inbox)[0] if one.path.name == "inner.md")
    shutil.rmtree(inbox / "deep")
    if what == "folder":
        (inbox / "deep").symlink_to(outside / "deep")
    else:
        (inbox / "deep").mkdir()
        if what == "file":
            (inbox / "deep/inner.md").symlink_to(outside / "secret.md")
        else:
            os.mkfifo(inbox / "deep/inner.md")
    with pytest.raises(Unreadable):
        originals.checksum(found.path, found.place)
    with pytest.raises(Unreadable):
        originals.put(outside / "store", found.path, found.place)
    assert not list(outside.glob("store/??/??/*"))


def test_a_folder_swapped_again_and_again_never_gives_what_is_outside(
    inbox: Path, outside: Path
) -> None:
    (inbox / "deep").mkdir()
    (inbox / "deep/inner.md").write_text("words")
    found = next(one for one in look(inbox)[0] if one.path.name == "inner.md")
    real, link = inbox / "deep", inbox / "link"
    link.symlink_to(outside / "deep")
    for _ in range(50):
        real.rename(inbox / "real")
        link.rename(real)
        with pytest.raises(Unreadable):
            originals.checksum(found.path, found.place)
        real.rename(link)
        (inbox / "real").rename(real)
        with contained_files.opened(found.path, found.place) as file:
            assert file.read() == b"words"


UNFINISHED = [
    "~$report.docx",
    ".~lock.x.odt#",
    "x.tmp",
    "x.pdf.part",
    "x.pdf.crdownload",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "._x.pdf",
    "x.txt~",
]


@pytest.mark.parametrize("name", UNFINISHED)
def test_ingest_and_watching_pass_over_the_same_names(inbox: Path, name: str) -> None:
    (inbox / name).write_text("words")
    watch = Watch([inbox])
    watch.look()
    assert names(watch.look()) == ["good.md"] == names(look(inbox)[0])


def settings_in(folder: Path) -> Settings:
    home = folder / "var"
    (home / "originals/ab/cd").mkdir(parents=True)
    (home / "originals/ab/cd" / ("abcd" + "0" * 60)).write_text("words")
    (home / "index").mkdir()
    (home / "index/about.json").write_text("{}")
    (home / "catalogue.sqlite").write_bytes(b"SQLite format 3\0")
    return Settings(home=home)


def test_nothing_of_the_home_is_a_document_however_it_is_reached(
    inbox: Path, tmp_path: Path
) -> None:
    chosen = settings_in(inbox)
    home = homes.home_of(chosen)
    (inbox / "link").symlink_to("var")
    (inbox / "one.md").symlink_to(next(chosen.originals.glob("??/??/*")))
    (inbox / "more.sqlite").symlink_to("var/catalogue.sqlite")
    found, passed = look(inbox, home=home)
    assert names(found) == ["good.md"]
    assert {one.path.name for one in passed} == {"var", "link", "one.md", "more.sqlite"}
    assert names(look(inbox)[0]) == ["good.md"]  # told by what it is, too
    (tmp_path / "elsewhere").symlink_to(chosen.home)
    for path in (chosen.home, chosen.originals, tmp_path / "elsewhere", chosen.home / "x/y"):
        with pytest.raises(UsageError, match="inside the home"):
            look(path, home=home)


def test_other_libraries_and_backups_are_passed_over(inbox: Path, tmp_path: Path) -> None:
    other = settings_in(inbox / "other").home
    backup = inbox / "backup"
    backup.mkdir()
    (backup / "manifest.json").write_text("{}")
    shutil.copy(other / "catalogue.sqlite", backup)
    served = inbox / "served"  # a home whose catalogue is in a database server
    shutil.copytree(other / "originals", served / "originals")
    found, passed = look(inbox)
    assert names(found) == ["good.md"]
    assert {(one.path.name, one.reason) for one in passed} == {
        (name, "library") for name in ("var", "backup", "served")
    }
    with pytest.raises(UsageError, match="library restore"):
        look(backup)
    assert len(look(served / "originals")[0]) == 1  # named, as who has lost a catalogue would


def test_a_catalogue_outside_the_home_is_no_document(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (inbox / "books.sqlite").write_bytes(b"SQLite format 3\0")
    (inbox / "books.sqlite-wal").write_bytes(b"log")
    chosen = Settings(home=tmp_path / "home", database=f"sqlite:///{inbox / 'books.sqlite'}")
    assert names(look(inbox, home=homes.home_of(chosen))[0]) == ["good.md"]
