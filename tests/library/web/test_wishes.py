"""Page pictures: who wishes for very many keeps nobody else from theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from library.web import files
from library.web.app import app_of
from library.web.site import Site
from library.web.wishes import ADDRESSES, FORGOTTEN, PLACES, SHARE, UNDER_WAY, Wishes

ONE, OTHER = "203.0.113.9", "203.0.113.10"


def names(number: int) -> list[Path]:
    return [Path(f"/nowhere/{n}.webp") for n in range(number)]


def test_an_address_has_a_share_of_what_is_under_way(tmp_path: Path) -> None:
    now = [0.0]
    wishes = Wishes(lambda: now[0])
    assert [wishes.may(ONE, path) for path in names(1492)].count(True) == UNDER_WAY
    assert wishes.may(ONE, names(1)[0])  # the same once more is none more
    assert wishes.may(OTHER, names(1)[0])
    assert all(wishes.may("", path) for path in names(1492))  # this computer
    now[0] += FORGOTTEN
    assert wishes.may(ONE, Path("/nowhere/more.webp"))


def test_a_picture_that_is_drawn_makes_room_for_one_more(tmp_path: Path) -> None:
    wishes = Wishes(lambda: 0.0)
    pictures = [tmp_path / str(n) for n in range(UNDER_WAY + 1)]
    assert all(wishes.may(ONE, path) for path in pictures[:-1])
    assert not wishes.may(ONE, pictures[-1])
    pictures[0].touch()
    assert wishes.may(ONE, pictures[-1])


def test_who_waits_takes_half_of_the_places_at_most() -> None:
    wishes = Wishes()
    held = [wishes.place(ONE) for _ in range(PLACES)]
    assert [one.__enter__() for one in held].count(True) == SHARE == PLACES // 2
    with wishes.place(OTHER) as free:
        assert free
    for one in held:
        one.__exit__(None, None, None)
    assert not wishes._waiting


def test_addresses_that_are_remembered_are_bounded() -> None:
    wishes = Wishes()
    for number in range(ADDRESSES + 9):
        wishes.may(f"10.{number >> 8}.{number & 255}.1", names(1)[0])
    assert len(wishes._wished) == ADDRESSES


def test_one_who_turns_every_page_gets_503_and_the_next_reader_a_wish(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.drawn, "__defaults__", (0.0,))
    monkeypatch.setattr(files, "WISHES", Wishes())
    monkeypatch.setattr("library.web.wishes.UNDER_WAY", 1)
    asked: list[int] = []
    monkeypatch.setattr(
        type(site.catalogue),
        "wish_picture",
        lambda self, sha, page, small=False: asked.append(page),
    )
    for drawn in site.settings.images.rglob("*.webp"):  # by other tests, in the home they share
        drawn.unlink()
    address = "/resources/our-streets-our-table/en/{}/picture.webp"
    robot, reader = (TestClient(app_of(site), client=(one, 1)) for one in (ONE, OTHER))
    for client in (robot, robot, reader):
        for page in (1, 2):
            assert client.get(address.format(page)).status_code == 503
    assert asked == [1, 1, 1]


def test_the_newest_wish_is_drawn_first(site: Site) -> None:
    for page in (1, 2, 3):
        site.catalogue.wish_picture("a" * 64, page)
    drawn = [site.catalogue.claim("picture", 60)[0].subject.rpartition("/")[2] for _ in range(3)]
    assert drawn == ["3", "2", "1"]
