"""Originals: stored once, for ever, or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.core import leases, resource
from library.core.errors import Empty, StorageFull, TooLarge, Unreadable
from library.store import originals
from tests import needs


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "guide.txt"
    path.write_bytes(b"Know your rights")
    return path


def test_a_file_is_kept_under_its_checksum(tmp_path: Path, file: Path) -> None:
    stored = originals.put(tmp_path / "o", file)
    assert stored.sha256 == hashlib.sha256(b"Know your rights").hexdigest()
    path = originals.path_of(tmp_path / "o", stored.sha256)
    assert path.read_bytes() == b"Know your rights"
    assert path.parent.parent.name == stored.sha256[:2]
    assert stored.new
    assert originals.verify(tmp_path / "o", stored.sha256)
    assert list(originals.every(tmp_path / "o")) == [stored.sha256]


def test_the_same_bytes_are_kept_once(tmp_path: Path, file: Path) -> None:
    first = originals.put(tmp_path / "o", file)
    other = tmp_path / "copy.txt"
    other.write_bytes(file.read_bytes())
    assert originals.put(tmp_path / "o", other) == resource.Stored(first.sha256, first.bytes, False)


def test_a_damaged_copy_is_seen_and_a_short_one_written_again(tmp_path: Path, file: Path) -> None:
    stored = originals.put(tmp_path / "o", file)
    path = originals.path_of(tmp_path / "o", stored.sha256)
    path.chmod(0o600)
    path.write_bytes(b"Know your rightz")
    assert not originals.verify(tmp_path / "o", stored.sha256)
    path.write_bytes(b"Know")
    assert originals.put(tmp_path / "o", file).new
    assert originals.verify(tmp_path / "o", stored.sha256)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "nothing.pdf").touch()
    with pytest.raises(Empty, match=r"nothing\.pdf is empty"):
        originals.put(tmp_path / "o", tmp_path / "nothing.pdf")


def test_a_vanished_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not there any more"):
        originals.put(tmp_path / "o", tmp_path / "gone.pdf")
    with pytest.raises(Unreadable, match="is a folder"):
        originals.put(tmp_path / "o", tmp_path)


def test_too_large_a_file_leaves_nothing_behind(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(originals, "LARGEST", 4)
    with pytest.raises(TooLarge):
        originals.put(tmp_path / "o", file)
    assert not list(tmp_path.glob("o/**/*.part"))


def test_names_that_cannot_be_printed_are_shown_escaped() -> None:
    assert originals.shown(Path("two\nlines 🧾.pdf")) == "two\\nlines 🧾.pdf"
    assert originals.shown(Path(os.fsdecode(b"caf\xe9.pdf"))) == "caf\\udce9.pdf"


def test_unfinished_copies_are_swept_when_they_are_old(tmp_path: Path) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (incoming / "a.part").touch()
    assert originals.sweep(tmp_path, time.time() - 60) == 0
    assert originals.sweep(tmp_path, time.time() + 60) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this machine lets tests make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True
    )
    if made.returncode:
        needs.absent("this user may not mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_nothing_is_harmed(tmp_path: Path, small_disk: Path) -> None:
    small, large = tmp_path / "small.bin", tmp_path / "large.bin"
    small.write_bytes(os.urandom(100_000))
    large.write_bytes(os.urandom(2_000_000))
    stored = originals.put(small_disk / "o", small)
    with pytest.raises(StorageFull, match="The disk is full") as caught:
        originals.put(small_disk / "o", large)
    assert caught.value.exit_code == 3
    assert originals.verify(small_disk / "o", stored.sha256)
    assert not list(small_disk.glob("o/incoming/*"))


def test_what_a_killed_process_was_copying_is_swept_at_once(tmp_path: Path) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    (incoming / f"{leases.here()}:{ended.pid}.1:7:abc.part").write_bytes(b"half")
    living = incoming / f"{leases.me()}:abc.part"
    living.write_bytes(b"half")
    assert originals.sweep(tmp_path, 0) == 1
    assert list(incoming.iterdir()) == [living]
