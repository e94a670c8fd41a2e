"""A disk that turns bits or cuts files: what it did is named, and never shown as if it were right.

Of the index it is tried in tests/index/engines/test_vendor_errors.py.
"""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue import open_catalogue
from library.catalogue.changes import history
from library.catalogue.storage import sums
from library.cli.packs import packer
from library.cli.parts import Library
from library.core.errors import LibraryError
from library.core.settings import Settings
from library.operations import backup, upkeep
from library.operations.check import check
from library.store import originals
from library.web.app import app_of
from library.web.packs.order import Order
from tests.library.web.conftest import Shelf

Rot = Callable[[bytes], bytes]
WORDS = "All about {}: a strike fund is built in quiet months. "


def turned(seed: int) -> Rot:
    """One bit is another."""

    def turn(content: bytes) -> bytes:
        at = random.Random(seed).randrange(len(content))
        return content[:at] + bytes([content[at] ^ 1 << seed % 8]) + content[at + 1 :]

    return turn


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def rot(path: Path, how: Rot) -> None:
    path.chmod(0o600)
    path.write_bytes(how(path.read_bytes()))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in `home`, and a backup of it in `backup`."""
    folder = tmp_path_factory.mktemp("rot")
    shelf = Shelf(Settings(home=folder / "home"))
    for name in ("fund", "rules", "wages"):
        shelf.add(f"On {name}", [WORDS.format(name) * 20])
    shelf.index()
    backup.backup(shelf.settings, shelf.catalogue, folder / "backup")
    shelf.engine.close()
    shelf.catalogue.close()
    return folder


@pytest.fixture
def there(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("how", [turned(3), cut, None], ids=["turned", "cut", "gone"])
def test_an_original_is_named_and_brought_back_by_its_checksum(
    there: Path, how: Rot | None
) -> None:
    shelf = Shelf(Settings(home=there / "home"))
    one, other, _ = originals.every(shelf.settings.originals)
    for sha256 in (one, other):
        path = originals.path_of(shelf.settings.originals, sha256)
        rot(path, how) if how else path.unlink()
    rot(originals.path_of(there / "backup" / "originals", other), cut)  # and its copy

    def found() -> dict[str, bool]:
        every = check(
            shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies, there / "backup"
        )
        mended = {}
        for finding in every:
            if finding.mend and "original" in finding.finding:
                finding.mend()
            mended[finding.subject] = finding.mend is not None
        return mended

    assert found() == {one: True, other: False}
    assert originals.verify(shelf.settings.originals, one)
    assert found() == {other: False}
    shelf.engine.close()
    shelf.catalogue.close()


def test_a_damaged_original_is_given_to_nobody_and_said_and_brought_back(there: Path) -> None:
    shelf = Shelf(Settings(home=there / "home"))
    one, *_ = originals.every(shelf.settings.originals)
    path = originals.path_of(shelf.settings.originals, one)
    came = path.read_bytes()
    site = shelf.site()
    client = TestClient(app_of(site))
    assert client.get(f"/originals/{one}/a.pdf").content == came
    rot(path, turned(3))
    worker = upkeep.Upkeep(shelf.settings, shelf.catalogue)
    worker._due = [one]
    upkeep.note(shelf.catalogue, "backup", well=True, told={"where": str(there / "carried away")})
    worker._original()  # there is no backup that it could be brought back from
    for etag in ("", f'"{one}"'):
        answer = client.get(f"/originals/{one}/a.pdf", headers={"If-None-Match": etag})
        assert answer.status_code == 503 and came[:40] not in answer.content
        assert "damaged here, and is not given out" in answer.text
    page = client.get(f"/originals/{one}/a.pdf", headers={"Accept-Language": "es"})
    assert "copia de seguridad" in page.text
    program = client.get(f"/originals/{one}/a.pdf", headers={"Accept": "application/json"})
    assert "backup" in program.json()["detail"]
    with packer(library_of(shelf), pictures=False) as made:
        made.make(Order(language="en", originals=True), there / "pack.zip")
    with zipfile.ZipFile(there / "pack.zip") as pack:
        assert len([name for name in pack.namelist() if "original." in name]) == 2
    backup.backup(shelf.settings, shelf.catalogue, there / "backup")  # as it does every week
    worker._due, worker._look = [one], 0.0
    worker._original()
    assert path.read_bytes() == came
    assert client.get(f"/originals/{one}/a.pdf").content == came
    site.close()


def library_of(shelf: Shelf) -> Library:
    return Library(shelf.settings, shelf.catalogue, shelf.vocabularies, shelf.engine)


@pytest.mark.parametrize("seed", [*range(14), 23])
def test_a_bit_turned_in_the_catalogue_is_never_read_as_something_else(
    there: Path, whole: Path, seed: int
) -> None:
    path = there / "home" / "catalogue.sqlite"
    told = texts(whole / "home")
    rot(path, turned(seed))
    try:
        changed = texts(there / "home") != told
        named = faults(there / "home") if changed else []
    except LibraryError as error:
        named = [str(error)]
        changed = True
    assert bool(named) or not changed


def test_a_catalogue_that_was_cut_is_refused(there: Path) -> None:
    rot(there / "home" / "catalogue.sqlite", cut)
    with pytest.raises(LibraryError, match="library restore"):
        open_catalogue(Settings(home=there / "home"))


@pytest.mark.parametrize("how", [turned(5), turned(11), cut], ids=["turned", "again", "cut"])
def test_any_file_of_a_backup_is_named_before_anything_is_made(there: Path, how: Rot) -> None:
    for file in sorted(path for path in (there / "backup").rglob("*") if path.is_file()):
        if file.parent.name == "earlier":
            continue
        before = file.read_bytes()
        rot(file, how)
        again = Settings(home=there / "again")
        try:
            backup.restore(again, there / "backup")
        except LibraryError:
            assert not (there / "again" / "catalogue.sqlite").exists()
        else:  # when it was made, or how many there were, says nothing of what is in it
            assert file.name == "manifest.json"
            assert texts(there / "again") == texts(there / "home")
            shutil.rmtree(there / "again")
        file.write_bytes(before)


def texts(home: Path) -> list[object]:
    """What readers would be shown."""
    with closing(open_catalogue(Settings(home=home))) as catalogue:
        works = sorted(catalogue.resources(catalogue.every()), key=lambda work: work.slug)
        pages = [page for work in works for page in catalogue.pages(work.editions[0].id)]
        return [*works, *pages]


def faults(home: Path) -> list[object]:
    """What `library check` would say of the catalogue."""
    with closing(open_catalogue(Settings(home=home))) as catalogue, catalogue.read() as conn:
        return [*catalogue.faults(), *sums.wrong(conn), *history.faults(conn)]
