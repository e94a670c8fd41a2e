"""Uploads whose pieces reach several machines, and what is made for readers on one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from library import accounts
from library.catalogue import Catalogue, open_catalogue
from library.catalogue.accounts import users
from library.catalogue.accounts.users import Role, User
from library.catalogue.arrivals.uploads import Wanted
from library.core.resource import Status
from library.core.settings import Settings
from library.store import shared_files, shared_uploads, uploads
from library.store.holdings import holdings_of, prepare, store_of
from library.store.shared_uploads import SharedUploads, uploads_of
from library.store.uploads import Refused

BODY = b"What is known by many cannot be lost by one of them."


@pytest.fixture
def one(tmp_path: Path) -> Settings:
    (tmp_path / "shared").mkdir()
    settings = Settings(home=tmp_path / "one", store=f"file://{tmp_path / 'shared'}")
    settings.home.mkdir()
    prepare(settings)
    return settings


@pytest.fixture
def other(one: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "other").mkdir()
    return replace(one, home=tmp_path / "other")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with closing(open_catalogue(Settings(home=tmp_path / "catalogue"), make=True)) as made:
        yield made


@pytest.fixture
def ana(catalogue: Catalogue) -> User:
    accounts.add(catalogue, "ana", Role.STAFF, "correct horse battery")
    with catalogue.read() as conn:
        [user] = users.every(conn)
    return user


def begun(at: uploads.Uploads, key: str = "a key 1") -> str:
    return at.begin(Wanted(key, "guide.txt", len(BODY), "", Status.DRAFT)).id


def test_pieces_that_reach_several_machines_become_one_file(
    one: Settings, other: Settings, catalogue: Catalogue, ana: User
) -> None:
    here, there = uploads_of(one, catalogue, ana), uploads_of(other, catalogue, ana)
    assert isinstance(here, SharedUploads)
    id_ = begun(here)
    there.append(id_, 0, BODY[:9], hashlib.sha256(BODY[:9]).hexdigest())
    assert here.stands(id_).offset == 9
    assert here.digest(here.stands(id_)) == hashlib.sha256(BODY[:9]).hexdigest()
    here.append(id_, 9, BODY[9:])
    done = there.finish(id_, hashlib.sha256(BODY).hexdigest())
    assert done.complete
    assert here.finish(id_).arrival == done.arrival  # safe to repeat, anywhere
    assert holdings_of(one, catalogue).verify(done.sha256)
    assert list(here.store.every("uploads/")) == []


def test_of_two_pieces_for_one_place_one_is_taken(
    one: Settings, other: Settings, catalogue: Catalogue, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = uploads_of(one, catalogue, ana), uploads_of(other, catalogue, ana)
    id_ = begun(here)
    before = here.stands(id_)
    here.append(id_, 0, BODY[:9])
    with monkeypatch.context() as patch:  # as if both had looked before either was noted
        patch.setattr(SharedUploads, "stands", lambda self, id_: before)
        with pytest.raises(Refused) as refused:
            there.append(id_, 0, BODY[:12])
    assert (refused.value.why, refused.value.upload.offset) == ("offset", 9)  # type: ignore[union-attr]
    there.append(id_, 9, BODY[9:])
    assert there.finish(id_).sha256 == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("offset", "piece", "sha256", "why"),
    [(3, b"a", "", "offset"), (0, b"a", "0" * 64, "digest"), (0, BODY + b"a", "", "length")],
)
def test_a_piece_that_will_not_do_is_refused(
    one: Settings, catalogue: Catalogue, ana: User,
    offset: int, piece: bytes, sha256: str, why: str,
) -> None:  # fmt: skip
    here = uploads_of(one, catalogue, ana)
    id_ = begun(here)
    with pytest.raises(Refused) as refused:
        here.append(id_, offset, piece, sha256)
    assert refused.value.why == why


def test_a_piece_that_is_lost_or_changed_has_the_file_sent_anew(
    one: Settings, catalogue: Catalogue, ana: User
) -> None:
    here = uploads_of(one, catalogue, ana)
    assert isinstance(here, SharedUploads)
    for number, harm in enumerate((here.store.remove, lambda name: here.store.write(name, b"x"))):
        id_ = begun(here, f"a key {number}")
        here.append(id_, 0, BODY)
        [(name, _)] = here.store.every(f"uploads/{id_}/")
        harm(name)
        assert here.digest(here.stands(id_)) == ""
        with pytest.raises(Refused, match="absent"):
            here.finish(id_)
        with pytest.raises(Refused, match="absent"):
            here.stands(id_)


def test_another_file_than_was_begun_is_refused_and_one_given_up_leaves_nothing(
    one: Settings, catalogue: Catalogue, ana: User
) -> None:
    here = uploads_of(one, catalogue, ana)
    assert isinstance(here, SharedUploads)
    id_ = begun(here)
    here.append(id_, 0, BODY)
    with pytest.raises(Refused, match="changed"):
        here.finish(id_, "0" * 64)
    id_ = begun(here, "a key 2")
    here.append(id_, 0, BODY[:3])
    here.give_up(id_)
    assert list(here.store.every("uploads/")) == []
    assert list(holdings_of(one, catalogue).every()) == []


def test_what_nobody_goes_on_with_is_thrown_away(
    one: Settings, catalogue: Catalogue, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = uploads_of(one, catalogue, ana)
    assert isinstance(here, SharedUploads)
    id_ = begun(here)
    here.append(id_, 0, BODY[:3])
    here.store.write("uploads/nobody/000000000000-a", b"stray")
    assert shared_uploads.sweep(one, catalogue) == 0
    monkeypatch.setattr(shared_uploads, "STRAY", -60.0)
    assert shared_uploads.sweep(one, catalogue) == 1
    monkeypatch.setattr(uploads, "KEPT", -60.0)
    assert shared_uploads.sweep(one, catalogue) == 1
    assert list(here.store.every("uploads/")) == []


def test_what_one_machine_made_the_other_has(one: Settings, other: Settings) -> None:
    path, there = one.images / "ab" / "1.webp", other.images / "ab" / "1.webp"
    assert not shared_files.bring(other, there)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a picture")
    shared_files.share(one, path)
    assert shared_files.bring(other, there)
    assert there.read_bytes() == b"a picture"
    path.write_bytes(b"a newer one")
    shared_files.share(one, path)
    assert shared_files.bring(other, there) and there.read_bytes() == b"a picture"
    assert shared_files.bring(other, there, anew=True) and there.read_bytes() == b"a newer one"


def test_what_is_shared_goes_when_it_is_old_or_too_much(one: Settings) -> None:
    for name in ("1.webp", "2.webp", "3.webp"):
        path = one.images / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 100)
        shared_files.share(one, path)
    assert shared_files.thin(one, one.images, 250) == 1
    assert shared_files.thin(one, one.images, 1000, seconds=3600) == 0
    assert shared_files.thin(one, one.images, 1000, seconds=-1) == 2
    store = store_of(one)
    assert store is not None
    assert list(store.every("images/")) == []


def test_a_store_that_is_away_has_nothing_and_stops_nobody(one: Settings, tmp_path: Path) -> None:
    (tmp_path / "shared").rename(tmp_path / "away")
    path = one.images / "1.webp"
    assert not shared_files.bring(one, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"here")
    assert shared_files.bring(one, path)
