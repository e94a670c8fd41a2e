"""What every store does, whatever it is made of; and what goes wrong with each."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from library.core import store_address
from library.core.errors import NotUsable, StorageFull, Unreachable, Unreadable, UsageError
from library.core.settings import Settings
from library.store import s3 as s3_store
from library.store.folder_store import MARK, FolderStore
from library.store.holdings import store_of
from library.store.protocol import Store, checksum, verify
from library.store.s3 import S3Store
from tests import s3

WORDS = b"What is kept for others is kept with care."


class Contract:
    """What every store does."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        raise NotImplementedError

    def test_what_was_put_is_there_whole_and_only_once(self, store: Store, tmp_path: Path) -> None:
        file = _file(tmp_path, WORDS)
        assert store.facts("originals/a") is None
        assert store.put("originals/a", file)
        assert not store.put("originals/a", _file(tmp_path, b"other"))
        with store.open("originals/a") as kept:
            assert kept.read() == WORDS
        facts = store.facts("originals/a")
        assert facts is not None
        assert facts.bytes == len(WORDS)
        assert abs(facts.changed - time.time()) < 60
        assert file.read_bytes() == b"other", "the file that was put stays where it was"

    def test_what_is_broken_can_be_put_anew(self, store: Store, tmp_path: Path) -> None:
        store.put("originals/a", _file(tmp_path, WORDS[:-4]))
        digest = hashlib.sha256(WORDS).hexdigest()
        assert not verify(store, "originals/a", digest)
        assert store.put("originals/a", _file(tmp_path, WORDS), replace=True)
        assert verify(store, "originals/a", digest)
        assert checksum(store, "originals/a") == (digest, len(WORDS))

    def test_a_part_of_a_file_is_read_without_the_rest(self, store: Store, tmp_path: Path) -> None:
        store.put("a/b", _file(tmp_path, WORDS))

        def part(first: int, size: int | None) -> bytes:
            with store.open("a/b", first, size) as kept:
                return b"".join(iter(lambda: kept.read(5), b""))

        assert part(5, 2) == WORDS[5:7]
        assert part(5, None) == WORDS[5:]
        assert part(0, 4) == WORDS[:4]
        assert part(3, 0) == b""
        assert part(len(WORDS) - 2, 10) == WORDS[-2:]
        assert part(len(WORDS), None) == b""

    def test_names_come_in_their_order_and_by_their_beginning(self, store: Store) -> None:
        for name in ("b/2", "b/1", "a/1", "bc/1"):
            store.write(name, name.encode())
        assert [name for name, _ in store.every("b/")] == ["b/1", "b/2"]
        assert [name for name, _ in store.every("b")] == ["b/1", "b/2", "bc/1"]
        assert [facts.bytes for _, facts in store.every("a/")] == [3]
        assert list(store.every("none/")) == []

    def test_what_is_written_takes_the_place_of_what_was(self, store: Store) -> None:
        store.write("packs/a.json", b"{}")
        store.write("packs/a.json", b'{"made": 1}')
        with store.open("packs/a.json") as kept:
            assert kept.read() == b'{"made": 1}'

    def test_what_is_moved_or_removed_is_there_no_more(self, store: Store) -> None:
        store.write("a/1", WORDS)
        store.move("a/1", "unclaimed/1")
        assert store.facts("a/1") is None
        assert verify(store, "unclaimed/1", hashlib.sha256(WORDS).hexdigest())
        store.remove("unclaimed/1")
        store.remove("unclaimed/1")
        assert store.facts("unclaimed/1") is None
        with pytest.raises(Unreadable, match="not in the store"):
            store.move("a/1", "a/2")

    def test_what_is_missing_is_said_by_its_name(self, store: Store) -> None:
        with pytest.raises(Unreadable, match="originals/none") as raised:
            store.open("originals/none")
        assert raised.value.remedy

    def test_of_many_who_put_one_name_at_once_one_is_first(
        self, store: Store, tmp_path: Path
    ) -> None:
        file = _file(tmp_path, WORDS)
        new: list[bool] = []
        ready = threading.Barrier(8)

        def put() -> None:
            ready.wait()
            new.append(store.put("originals/a", file))

        threads = [threading.Thread(target=put) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(new) == [False] * 7 + [True]


class TestFolder(Contract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        folder = tmp_path / "shared"
        folder.mkdir()
        made = store_of(Settings(home=tmp_path, store=f"file://{folder}"))
        assert isinstance(made, FolderStore)
        made.make()
        return made

    def test_a_folder_without_its_disk_is_not_taken_for_an_empty_store(
        self, store: Store, tmp_path: Path
    ) -> None:
        store.write("a/1", WORDS)
        (tmp_path / "shared" / MARK).unlink()  # as the folder below a mount has none
        deeds: tuple[Callable[[], object], ...] = (
            lambda: store.facts("a/1"),
            lambda: store.write("a/2", WORDS),
            lambda: store.put("a/2", _file(tmp_path, WORDS)),
            lambda: list(store.every("a/")),
        )
        for do in deeds:
            with pytest.raises(Unreachable, match="its disk is not there"):
                do()

    def test_nothing_is_left_of_what_did_not_come_whole(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(NotUsable):
            store.put("a/1", tmp_path / "none")
        assert list((tmp_path / "shared" / "incoming").glob("*")) == []


class TestS3(Contract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        made = store_of(Settings(home=tmp_path, store=s3.setting()))
        assert isinstance(made, S3Store)
        return made

    def test_what_is_large_is_sent_in_parts(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(s3_store, "SINGLE", 5 << 20)
        data = bytes(range(256)) * (11 << 12)  # 11 MB
        assert store.put("originals/large", _file(tmp_path, data))
        assert not store.put("originals/large", _file(tmp_path, data))
        assert verify(store, "originals/large", hashlib.sha256(data).hexdigest())

    def test_names_come_in_pages(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(s3_store, "PAGE", 3)
        names = [f"p/{number:04}" for number in range(10)]
        for name in names:
            store.write(name, b"")
        assert [name for name, _ in store.every("p/")] == names

    def test_a_server_that_cannot_put_only_what_is_not_there_is_told_to_put(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert isinstance(store, S3Store)
        client, put = store._client, store._client.put_object

        def simple(**asked: object) -> object:
            if "IfNoneMatch" in asked:
                from botocore.exceptions import ClientError

                raise ClientError({"Error": {"Code": "NotImplemented"}}, "PutObject")
            return put(**asked)

        monkeypatch.setattr(client, "put_object", simple)
        assert store.put("a", _file(tmp_path, WORDS))
        assert not store.put("a", _file(tmp_path, WORDS))

    @pytest.mark.parametrize(
        ("status", "code", "error", "said"),
        [
            (403, "SignatureDoesNotMatch", Unreachable, "does not let this key in"),
            (403, "InvalidAccessKeyId", Unreachable, "does not let this key in"),
            (401, "Whatever", Unreachable, "does not let this key in"),
            (404, "NoSuchBucket", Unreachable, "no bucket"),
            (507, "XMinioStorageFull", StorageFull, "is full"),
            (503, "SlowDown", Unreachable, "does not answer"),
            (400, "Odd", NotUsable, "does not do what was asked"),
        ],
    )
    def test_what_a_server_refuses_is_said_with_what_to_do(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        status: int,
        code: str,
        error: type[NotUsable],
        said: str,
    ) -> None:
        monkeypatch.setattr(s3_store, "ATTEMPTS", 1)
        with s3.answering(status, code) as host:
            store = _at(f"s3+http://ana:hush-hush@{host}/bucket")
            file = _file(tmp_path, WORDS)
            deeds: tuple[Callable[[], object], ...] = (
                lambda: store.put("a", file, replace=True),
                lambda: store.open("a"),
                lambda: list(store.every("a")),
            )
            for do in deeds:
                store._away = 0.0
                with pytest.raises(error, match=said) as raised:
                    do()
                assert raised.value.remedy
                assert "hush-hush" not in str(raised.value)
                assert f"http://{host}" in str(raised.value)

    def test_in_a_bucket_that_is_missing_nothing_is_lost(self, tmp_path: Path) -> None:
        address = s3.setting().replace("/library-", "/nowhere-")
        with pytest.raises(Unreachable, match="no bucket nowhere-"):
            _at(address).facts("originals/a")

    def test_a_server_that_is_away_is_not_waited_for_twice(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        monkeypatch.setattr(s3_store, "ATTEMPTS", 1)
        store = _at(f"s3+http://ana:hush@127.0.0.1:{port}/bucket")
        for _ in range(2):
            with pytest.raises(Unreachable, match="does not answer"):
                store.facts("a")
        assert store._away > time.monotonic()

    def test_what_is_cut_short_on_the_way_is_not_taken_for_whole(self) -> None:
        with s3.cutting(WORDS, 7) as host:
            store = _at(f"s3+http://ana:hush@{host}/bucket")
            with store.open("a") as kept, pytest.raises(Unreachable):
                while kept.read(10):
                    pass


def test_addresses_are_read_and_shown_without_their_secret(tmp_path: Path) -> None:
    written = (
        "s3+https://ana:s%2Fe%40c@store.example:9000/originals/union/one?region=eu-1&timeout=5"
    )
    address = store_address.read(written)
    assert address is not None
    assert (address.key, address.secret, address.region, address.timeout) == (
        "ana", "s/e@c", "eu-1", 5
    )  # fmt: skip
    assert address.where == "https://store.example:9000/originals/union/one"
    assert "s/e@c" not in repr(address)
    settings = Settings(home=tmp_path, store=written)
    assert {"s/e@c", "s%2Fe%40c"} <= set(settings.secrets)
    assert store_address.read("") is None
    assert store_address.read("file:///mnt/library").folder == Path("/mnt/library")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "written",
    [
        "s3://bucket", "s3+https://ana@host/bucket", "s3+https://ana:hush@host/",
        "s3+https://ana:hush@host/bucket/../x", "s3+https://ana:hush@host/bucket?ca",
        "s3+https://ana:hush@host/bucket?timeout=0", "s3+https://ana:hush@host/bucket?else=1",
        "s3+https://ana:hush@host:x/bucket", "file://host/folder", "file:///", "/mnt/library",
        "ftp://ana:hush@host/bucket", "s3+https://ana:hush@host/bucket#x",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_no_secret_is_shown(written: str) -> None:
    with pytest.raises(UsageError, match="no address of a store") as raised:
        store_address.read(written)
    assert "hush" not in str(raised.value)
    assert "s3+https://" in raised.value.remedy


def _at(written: str) -> S3Store:
    address = store_address.read(written)
    assert address is not None
    return S3Store(address)


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path
