"""A backup that only who has the key can read, brought up to date, and opened again."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from library.catalogue import open_catalogue
from library.core.errors import NotUsable, UsageError
from library.core.settings import Settings
from library.operations import backup, restore_drill, sealed
from library.store import originals
from tests.library.web.conftest import Shelf

SECRET = "the vendors of the north market"


def keys(folder: Path, name: str) -> tuple[str, Path]:
    made = pyrage.x25519.Identity.generate()
    file = folder / f"{name}.key"
    file.write_text(f"# a key\n{made}\n")
    return str(made.to_public()), file


def test_it_is_read_with_the_key_alone_and_nothing_of_it_without(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("On wages", [f"Written by {SECRET}."])
    shelf.index()
    recipient, key = keys(tmp_path, "ours")
    _, others = keys(tmp_path, "others")
    target = tmp_path / "backup"
    assert sealed.seal(shelf.settings, shelf.catalogue, target, [recipient]).new == 1
    first = {path: path.stat().st_mtime_ns for path in (target / "originals").rglob("*.age")}

    shelf.add("On rules", ["Rules of order."])
    again = sealed.seal(shelf.settings, shelf.catalogue, target, [recipient])
    assert (again.new, again.originals) == (1, 2)
    assert {path: path.stat().st_mtime_ns for path in first} == first  # not encrypted anew
    [earlier] = (target / "earlier").iterdir()

    for file in (path for path in target.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert SECRET.encode() not in content
        assert file.name == sealed.ABOUT or content.startswith(b"age-encryption.org/v1")

    with pytest.raises(UsageError, match="--identity"), sealed.opened(target, None):
        pass
    with pytest.raises(NotUsable), sealed.opened(target, others):
        pass
    with sealed.opened(target, key) as plain:
        done = restore_drill.drill(shelf.settings, plain, None)
    assert (done.originals, done.resources) == (2, 2)
    with sealed.opened(earlier, key) as plain:  # one from before shares its originals
        assert backup.restore(Settings(home=tmp_path / "again"), plain) == 1
    with closing(open_catalogue(Settings(home=tmp_path / "again"))) as catalogue:
        assert [work.slug for work in catalogue.resources(catalogue.every())] == ["on-wages"]
    shelf.engine.close()
    shelf.catalogue.close()


def test_a_fuller_one_is_not_replaced_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("On wages", ["All about wages."])
    recipient, key = keys(tmp_path, "ours")
    target = tmp_path / "backup"
    sealed.seal(shelf.settings, shelf.catalogue, target, [recipient])
    with closing(open_catalogue(Settings(home=tmp_path / "new"), make=True)) as empty:
        settings = Settings(home=tmp_path / "new")
        with pytest.raises(NotUsable, match="right library"):
            sealed.seal(settings, empty, target, [recipient])
        sealed.seal(settings, empty, target, [recipient], replace=True)
    [replaced] = (target / "replaced").iterdir()
    [sha256] = originals.every(shelf.settings.originals)
    path = originals.path_of(target / "originals", sha256)
    path = path.with_name(f"{path.name}.age")
    with path.open("r+b") as file:
        file.seek(-3, os.SEEK_END)
        file.write(b"xyz")
    with pytest.raises(NotUsable, match="damaged"), sealed.opened(replaced, key):
        pass
    shelf.engine.close()
    shelf.catalogue.close()


def test_what_is_no_recipient_and_what_is_no_backup(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    recipient, _ = keys(tmp_path, "ours")
    with pytest.raises(UsageError, match="age-keygen"):
        sealed.seal(shelf.settings, shelf.catalogue, tmp_path / "backup", ["age1nobody"])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    with pytest.raises(UsageError):
        sealed.seal(shelf.settings, shelf.catalogue, tmp_path / "mine", [recipient])
    shelf.engine.close()
    shelf.catalogue.close()
