"""What was stored and never acknowledged is set aside after a day, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.core.settings import Settings
from library.operations.check import check
from library.store import originals, unclaimed
from tests.library.web.conftest import Shelf


def test_a_file_that_nobody_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(Settings(home=tmp_path / "home"))
    shelf.add("A strike fund", ["Built in quiet months."])
    shelf.index()
    folder = shelf.settings.originals
    source = tmp_path / "left.txt"
    source.write_text("Stored, and its process killed before it was noted.")
    left = originals.put(folder, source)

    def found() -> list[str]:
        every = check(shelf.settings, shelf.catalogue, shelf.engine, shelf.vocabularies)
        return [one.subject for one in every if "stored file" in one.finding]

    assert found() == []  # it may be just coming
    assert unclaimed.set_aside(shelf.settings, shelf.catalogue) == 0
    monkeypatch.setattr(unclaimed, "COMING", -1.0)
    assert found() == [left.sha256]
    assert unclaimed.set_aside(shelf.settings, shelf.catalogue) == 1
    assert found() == []
    assert (folder / unclaimed.FOLDER / left.sha256).read_bytes() == source.read_bytes()
    assert originals.put(folder, source).new  # brought again it is stored again
    shelf.catalogue.close()


def test_one_that_is_brought_again_has_just_come(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("A fund.")
    stored = originals.put(tmp_path / "o", source)
    path = originals.path_of(tmp_path / "o", stored.sha256)
    before = path.stat().st_ctime_ns
    assert not originals.put(tmp_path / "o", source).new
    assert path.stat().st_ctime_ns > before
