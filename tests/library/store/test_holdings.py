"""Originals, wherever a library keeps them: the same is done with them, and each fault is said."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.queue import turns
from library.core.errors import (
    Busy,
    Empty,
    InputError,
    NotUsable,
    StorageFull,
    Unreachable,
    Unreadable,
)
from library.core.resource import Stored
from library.core.settings import Settings
from library.store import originals, shared_holdings, unclaimed
from library.store.folder_store import FolderStore
from library.store.holdings import (
    Holdings,
    HomeHoldings,
    holdings_of,
    prepare,
    put_back,
    store_of,
)
from library.store.protocol import name_of
from library.store.shared_holdings import IN_USE, SharedHoldings, claim_of
from library.store.turns import turn
from tests import s3

WORDS = b"What is kept for others is kept with care."
SHA256 = hashlib.sha256(WORDS).hexdigest()
KINDS = ("home", "folder", "s3")


def settings_of(kind: str, tmp_path: Path, name: str = "home") -> Settings:
    if kind == "folder":
        shared = tmp_path / "shared"
        shared.mkdir(exist_ok=True)
        settings = Settings(home=tmp_path / name, store=f"file://{shared}")
    elif kind == "s3":
        settings = Settings(home=tmp_path / name, store=s3.setting())
    else:
        settings = Settings(home=tmp_path / name)
    prepare(settings)
    return settings


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return settings_of(request.param, tmp_path)


@pytest.fixture
def shared(tmp_path: Path) -> Settings:
    return settings_of("folder", tmp_path)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path / "catalogue"), make=True)
    yield made
    made.close()


def test_an_original_is_kept_once_and_can_be_read(
    settings: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    holdings = holdings_of(settings, catalogue)
    file = written(tmp_path, WORDS)
    assert not holdings.held(SHA256, len(WORDS))
    assert holdings.put(file) == Stored(SHA256, len(WORDS), new=True)
    assert holdings.put(file) == Stored(SHA256, len(WORDS), new=False)
    assert holdings.held(SHA256, len(WORDS))
    assert not holdings.held(SHA256, 3)
    assert holdings.size(SHA256) == len(WORDS)
    assert holdings.verify(SHA256)
    assert list(holdings.every()) == [SHA256]
    with holdings.open(SHA256, 5, 2) as part:
        assert part.read() == WORDS[5:7]
    with holdings.local(SHA256) as path:
        assert (path.read_bytes(), path.name) == (WORDS, SHA256)
    with pytest.raises(Unreadable):
        holdings.open("0" * 64)
    assert holdings.size("0" * 64) is None
    assert not holdings.verify("0" * 64)


def test_of_several_files_each_is_kept_or_said_why_not(
    settings: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    holdings = holdings_of(settings, catalogue)
    files = [
        written(tmp_path, data, f"{number}") for number, data in enumerate((WORDS, b"", WORDS))
    ]
    kept = holdings.put_all([(file, None) for file in (*files, tmp_path / "gone")])
    assert [one.sha256 for one in kept if isinstance(one, Stored)] == [SHA256, SHA256]
    assert [type(one) for one in kept if isinstance(one, InputError)] == [Empty, Unreadable]


def test_what_comes_in_pieces_is_kept_when_it_is_whole(
    settings: Settings, catalogue: Catalogue
) -> None:
    holdings = holdings_of(settings, catalogue)
    incoming = holdings.incoming("guide.txt")
    incoming.write(WORDS[:9])
    assert list(holdings.every()) == []
    incoming.write(WORDS[9:])
    assert incoming.keep() == Stored(SHA256, len(WORDS), new=True)
    incoming.discard()
    given_up = holdings.incoming("other.txt")
    given_up.write(b"some")
    given_up.discard()
    assert list(holdings.every()) == [SHA256]
    left = [path for path in settings.home.rglob("incoming/*") if path.is_file()]
    assert left == []


def test_what_was_damaged_is_brought_back_from_a_copy(
    settings: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    holdings = holdings_of(settings, catalogue)
    holdings.put(written(tmp_path, WORDS))
    originals.put(tmp_path / "copy", written(tmp_path, WORDS))
    damage(settings, WORDS[:-5])
    assert not holdings.verify(SHA256)
    holdings.bring_back(tmp_path / "copy", SHA256)
    assert holdings.verify(SHA256)
    originals.path_of(tmp_path / "copy", SHA256).chmod(0o600)
    originals.path_of(tmp_path / "copy", SHA256).write_bytes(b"rotten")
    with pytest.raises(Unreadable, match="damaged there too"):
        holdings.bring_back(tmp_path / "copy", SHA256)
    assert holdings.verify(SHA256)


def test_one_that_was_cut_short_in_the_store_is_stored_again(
    shared: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    holdings = holdings_of(shared, catalogue)
    holdings.put(written(tmp_path, WORDS))
    damage(shared, WORDS[:-5])
    assert holdings.put(written(tmp_path, WORDS)).new
    assert holdings.verify(SHA256)


def test_a_backup_is_put_back_where_nothing_is_catalogued(
    settings: Settings, catalogue: Catalogue, tmp_path: Path
) -> None:
    originals.put(tmp_path / "copy", written(tmp_path, WORDS))
    for _ in range(2):  # safe to repeat
        put_back(settings, tmp_path / "copy", {SHA256: len(WORDS)})
    assert holdings_of(settings, catalogue).verify(SHA256)


def test_another_machine_fetches_what_it_reads_and_keeps_a_copy(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    settings_of("folder", tmp_path)
    here = holdings_of(settings_of("folder", tmp_path, "one"), catalogue)
    there_settings = settings_of("folder", tmp_path, "other")
    there = holdings_of(there_settings, catalogue)
    here.put(written(tmp_path, WORDS))
    copy = originals.path_of(there_settings.copies, SHA256)
    assert not copy.exists()
    with there.local(SHA256) as path:
        assert path.read_bytes() == WORDS
        copy.unlink()  # as when others took all the room
        assert path.read_bytes() == WORDS
    assert not path.exists()
    assert list((there_settings.copies / IN_USE).iterdir()) == []
    with there.local(SHA256):
        pass
    store = store_of(there_settings)
    assert store is not None
    store.remove(name_of(SHA256))
    with there.local(SHA256) as path:  # its own copy
        assert path.read_bytes() == WORDS
    assert there.size(SHA256) is None


def test_what_has_changed_in_the_store_is_not_read(tmp_path: Path, catalogue: Catalogue) -> None:
    here = holdings_of(settings_of("folder", tmp_path, "one"), catalogue)
    other = settings_of("folder", tmp_path, "other")
    there = holdings_of(other, catalogue)
    here.put(written(tmp_path, WORDS))
    damage(other, WORDS[::-1])
    with pytest.raises(Unreadable, match="is not what it was"), there.local(SHA256):
        pass
    store = store_of(other)
    assert store is not None
    store.remove(name_of(SHA256))
    with pytest.raises(Unreadable, match="is not in the store"), there.local(SHA256):
        pass
    assert [path for path in other.copies.rglob("*") if path.is_file()] == []


def test_there_are_no_more_copies_than_the_settings_say(
    tmp_path: Path, catalogue: Catalogue, shared: Settings
) -> None:
    holdings = holdings_of(shared, catalogue)
    sums = [holdings.put(written(tmp_path, bytes([65 + one]) * 1000)).sha256 for one in range(6)]
    for number, sha256 in enumerate(sums):
        os.utime(originals.path_of(shared.copies, sha256), (number + 1, number + 1))
    with holdings.local(sums[0]):
        shared_holdings.thin(shared.copies, 2000)
    kept = {path.name for path in shared.copies.glob("??/??/*")}
    assert kept == {sums[0], sums[5]}, "the one that is read was used last"


def test_a_disk_without_room_is_said_before_anything_is_fetched(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    here = holdings_of(settings_of("folder", tmp_path, "one"), catalogue)
    here.put(written(tmp_path, WORDS))
    poor = settings_of("folder", tmp_path, "other")
    object.__setattr__(poor, "keep_free", 10**9)
    with pytest.raises(StorageFull), holdings_of(poor, catalogue).local(SHA256):
        pass


def test_what_killed_processes_were_reading_is_let_go(
    tmp_path: Path, catalogue: Catalogue, shared: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    holdings = holdings_of(shared, catalogue)
    holdings.put(written(tmp_path, WORDS))
    with holdings.local(SHA256) as path:
        holdings.sweep()
        assert path.exists()
        monkeypatch.setattr(shared_holdings.leases, "dead", lambda owner: True)
        holdings.sweep()
        assert not path.parent.exists()


def test_a_library_is_not_begun_over_the_originals_of_another(
    tmp_path: Path, catalogue: Catalogue, shared: Settings
) -> None:
    prepare(shared, catalogue)
    holdings_of(shared, catalogue).put(written(tmp_path, WORDS))
    with pytest.raises(NotUsable, match="catalogue is empty"):
        prepare(shared, catalogue)


def test_nothing_is_acknowledged_while_the_store_is_away(
    tmp_path: Path, catalogue: Catalogue, shared: Settings
) -> None:
    holdings = holdings_of(shared, catalogue)
    (tmp_path / "shared").rename(tmp_path / "away")
    for do in (
        lambda: holdings.put(written(tmp_path, WORDS)),
        lambda: holdings.put_all([(written(tmp_path, WORDS), None)]),
        lambda: holdings.verify(SHA256),
        lambda: holdings.size(SHA256),
    ):
        with pytest.raises(Unreachable):
            do()  # type: ignore[no-untyped-call]
    (tmp_path / "away").rename(tmp_path / "shared")
    assert holdings.put(written(tmp_path, WORDS)).new


def test_what_nobody_needs_is_set_aside_and_what_somebody_found_is_not(
    tmp_path: Path, catalogue: Catalogue, shared: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    holdings = holdings_of(shared, catalogue)
    holdings.put(written(tmp_path, WORDS))
    assert unclaimed.set_aside(shared, catalogue) == 0  # it may be just coming
    monkeypatch.setattr(unclaimed, "COMING", -1.0)
    assert holdings.held(SHA256, len(WORDS))  # somebody is to note that it is needed
    assert unclaimed.set_aside(shared, catalogue) == 0
    with catalogue.write() as writer:
        holdings.forget(writer, SHA256)  # also not by who stored it first
    assert holdings.size(SHA256)
    with catalogue.write() as writer:
        for name in list(held_turns(writer.conn)):
            turns.free(writer.conn, name, name.removeprefix(claim_of(SHA256)))
    assert list(unclaimed.those(shared, {})) == [SHA256]
    assert unclaimed.set_aside(shared, catalogue) == 1
    assert list(holdings.every()) == []
    store = store_of(shared)
    assert store is not None
    assert [name for name, _ in store.every("unclaimed/")] == [f"unclaimed/{SHA256}"]
    assert holdings.put(written(tmp_path, WORDS)).new


def test_one_machine_a_day_looks_through_a_store(
    tmp_path: Path, catalogue: Catalogue, shared: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unclaimed, "COMING", -1.0)
    holdings_of(shared, catalogue).put(written(tmp_path, WORDS))
    with catalogue.write() as writer:
        writer.store_original(SHA256, len(WORDS), "a")
    assert unclaimed.set_aside(shared, catalogue, 3600.0) == 0  # what is catalogued stays
    holdings_of(shared, catalogue).put(written(tmp_path, b"stray"))
    assert unclaimed.set_aside(shared, catalogue, 3600.0) == 0
    assert unclaimed.set_aside(shared, catalogue) == 1


def test_a_turn_is_one_holders_and_is_renewed_and_free_again(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.store.turns.SECONDS", 0.8)
    with turn(catalogue, "a name"):
        time.sleep(1.2)  # longer than it lasts unless it is renewed
        assert not catalogue.change(turns.take, "a name", "another", 5)
        assert catalogue.change(turns.take, "another name", "another", 5)
    assert catalogue.change(turns.take, "a name", "another", 5)
    with pytest.raises(Busy), turn(catalogue, "a name"):
        pass


def held_turns(conn: object) -> list[str]:
    from sqlalchemy import Connection, select

    from library.catalogue.storage import schema

    assert isinstance(conn, Connection)
    return list(conn.scalars(select(schema.turns.c.name)))


def damage(settings: Settings, data: bytes) -> None:
    """Let other bytes lie where an original does."""
    store = store_of(settings)
    if store is None:
        path = originals.path_of(settings.originals, SHA256)
        path.chmod(0o600)
        path.write_bytes(data)
        return
    store.write(name_of(SHA256), data)


def written(folder: Path, data: bytes, name: str = "file") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_each_kind_is_what_its_settings_say(tmp_path: Path, catalogue: Catalogue) -> None:
    kinds: dict[str, type[Holdings]] = {
        "home": HomeHoldings, "folder": SharedHoldings, "s3": SharedHoldings
    }  # fmt: skip
    for kind, made in kinds.items():
        assert isinstance(holdings_of(settings_of(kind, tmp_path, kind), catalogue), made)
    assert isinstance(store_of(settings_of("folder", tmp_path)), FolderStore)
