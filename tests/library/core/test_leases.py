"""What a process held when it was killed is free at once; a living one keeps what it holds."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from library.core import leases


def test_a_living_holder_is_not_dead() -> None:
    assert not leases.dead(leases.me())


def test_an_ended_process_of_this_machine_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert leases.dead(f"{socket.gethostname()}:{ended.pid}:1")


def test_another_process_with_the_same_number_is_not_the_holder() -> None:
    host, process, thread = leases.me().split(":")
    number, _, began = process.partition(".")
    assert leases.dead(f"{host}:{number}.{int(began) - 1}:{thread}")
    assert not leases.dead(f"{host}:{number}.:{thread}")


def test_of_another_machine_nothing_is_known() -> None:
    assert not leases.dead("elsewhere:1:1")
    assert not leases.dead("nonsense")


def test_folders_of_the_dead_are_swept_and_those_of_the_living_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f"reading-{socket.gethostname()}:{ended.pid}.1:1-abc"
    other = tmp_path / "reading-matter"
    for folder in (left, other):
        folder.mkdir()
    (left / "page.png").touch()
    with tempfile.TemporaryDirectory(prefix=leases.prefix("reading")) as mine:
        leases.sweep_folders("reading")
        assert Path(mine).is_dir()
    assert not left.exists()
    assert other.exists()
