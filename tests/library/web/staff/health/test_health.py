"""The page on health: what is wrong is said in words, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.catalogue.statistics import latency
from library.catalogue.statistics.latency import Timed
from library.catalogue.upkeep import fixity
from library.operations import backup, upkeep
from library.web.usage import today
from tests.library.web.conftest import Shelf
from tests.library.web.staff.conftest import Enter
from tests.markup import has, one, text, values


def section(page: str, anchor: str) -> str:
    return text(one(page, f"section#{anchor}"))


def spoiled(shelf: Shelf) -> str:
    resource = shelf.catalogue.resource(shelf.catalogue.every()[0])
    assert resource is not None
    sha256 = resource.editions[0].sha256
    with shelf.catalogue.write() as writer:
        fixity.note(writer.conn, {sha256: "changed"})
    return sha256


def test_staff_and_admins_see_how_each_part_is(ben: TestClient, ana: TestClient) -> None:
    for client in (ben, ana):
        page = client.get("/staff/health").text
        for anchor in ("originals", "backup", "disk", "index", "queue", "history", "speed"):
            assert section(page, anchor)
        assert "library backup /mnt/usb/library" in section(page, "backup")
        assert "library work" in section(page, "queue")
        assert "Works in the index: 1." in section(page, "index")


def test_what_is_to_be_done_now_stands_first_and_on_the_first_page(
    ben: TestClient, desk_shelf: Shelf, tmp_path: Path
) -> None:
    assert "Needs doing now" not in ben.get("/staff/").text
    backup.backup(desk_shelf.settings, desk_shelf.catalogue, tmp_path / "copy of it")
    sha256 = spoiled(desk_shelf)
    front = ben.get("/staff/").text
    assert "Needs doing now" in front
    assert has(front, '[href="/staff/health#originals"]')
    page = ben.get("/staff/health").text
    assert values(page, ".health", "class")[0] == "health is-act"
    told = section(page, "originals")
    assert f"({sha256[:12]})" in told
    assert "cp '" in told  # a folder with a space in its name is quoted
    assert "library check" in told
    assert "Its file is damaged on the disk" in ben.get("/staff/queue").text


def test_a_failed_backup_and_a_failed_trial_are_told(ben: TestClient, desk_shelf: Shelf) -> None:
    told = {"where": "/mnt/usb", "fault": "The disk is full."}
    upkeep.note(desk_shelf.catalogue, "backup", well=True, told={"where": "/mnt/usb", "bytes": 9})
    upkeep.note(desk_shelf.catalogue, "backup", well=False, told=told)
    upkeep.note(desk_shelf.catalogue, "drill", well=False, told=told)
    page = section(ben.get("/staff/health").text, "backup")
    assert page.count("The disk is full.") == 2
    assert "library backup /mnt/usb" in page
    assert "library restore /mnt/usb --drill" in page


def test_when_searches_are_slow_what_helps_is_said(ben: TestClient, desk_shelf: Shelf) -> None:
    line = Timed(today(), "whoosh", 3, True, True, latency.bucket(6000))
    with desk_shelf.catalogue.write() as writer:
        latency.record(writer.conn, {line: 40})
    page = section(ben.get("/staff/health").text, "speed")
    assert "more memory" in page
    assert "3 words · with a phrase · filtered" in page


def test_an_index_that_cannot_be_used_does_not_hide_the_page(
    ben: TestClient, desk_shelf: Shelf
) -> None:
    for path in sorted(desk_shelf.settings.index.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    page = ben.get("/staff/health").text
    assert "library reindex" in section(page, "index")
    ben.headers["Accept-Language"] = "es"
    told = section(ben.get("/staff/health").text, "index")
    assert "No hay ningún índice en" in told
    assert "There is no index" not in told


@pytest.mark.parametrize("language", ["ar", "hi", "es", "fr", "pt"])
def test_health_is_told_in_every_language(enter: Enter, desk_shelf: Shelf, language: str) -> None:
    spoiled(desk_shelf)
    ben = enter("ben")
    ben.headers["Accept-Language"] = language
    page = ben.get("/staff/health").text
    for english in ("Look at", "act now", "Backups", "Nothing waits", "needs doing"):
        assert english not in page
