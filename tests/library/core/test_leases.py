"""What a process held when it was killed is free at once; a living one keeps what it holds."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from library.core import leases
from tests import needs


def test_a_living_holder_is_not_dead() -> None:
    assert not leases.dead(leases.me())


def test_an_ended_process_of_this_machine_is_dead() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    assert leases.dead(f"{leases.here()}:{ended.pid}:1")


def test_another_process_with_the_same_number_is_not_the_holder() -> None:
    host, process, thread = leases.me().split(":")
    number, _, began = process.partition(".")
    assert leases.dead(f"{host}:{number}.{int(began) - 1}:{thread}")
    assert not leases.dead(f"{host}:{number}.:{thread}")


def test_of_another_machine_nothing_is_known() -> None:
    assert not leases.dead("elsewhere:1:1")
    assert not leases.dead("nonsense")


def test_a_machine_that_was_started_again_holds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "etc").mkdir()
    boot = tmp_path / "proc/sys/kernel/random/boot_id"
    boot.parent.mkdir(parents=True)
    names = {}
    for machine in ("one", "other", ""):
        (tmp_path / "etc/machine-id").write_text(machine)
        for start in ("first", "second"):
            boot.write_text(start)
            monkeypatch.setattr(leases, "SYSTEM", tmp_path)
            leases._machine.cache_clear()
            names[machine, start] = leases.me()
    leases._machine.cache_clear()
    monkeypatch.setattr(leases, "_place", lambda: (*named(names["one", "second"]),))
    dead = {place for place, name in names.items() if leases.dead(name)}
    assert dead == {("one", "first")}
    # Where a container does not know its machine, nothing is known of what was before.
    monkeypatch.setattr(leases, "_place", lambda: (*named(names["", "second"]),))
    assert not any(leases.dead(name) for name in names.values())


def named(name: str) -> list[str]:
    return name.split(":")[0].split("+")[1:]


def test_a_process_of_another_container_is_not_judged() -> None:
    """One with numbers of processes of its own, under the same name of a host."""
    program = shutil.which("unshare") or needs.absent("unshare is not installed")
    asked = "from library.core import leases; print(leases.me())"
    done = subprocess.run(
        [program, "--pid", "--fork", "--mount-proc", sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        cwd=needs.ROOT,
    )
    if done.returncode:
        needs.absent("this account may not have processes numbered anew")
    other = done.stdout.strip()
    assert other.split("+")[:3] == leases.me().split("+")[:3]  # the same host, machine and start
    assert not leases.dead(other)
    assert leases.dead(other.replace(named(other)[2], named(leases.me())[2]))


def test_folders_of_the_dead_are_swept_and_those_of_the_living_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = tmp_path / f"reading-{leases.here()}:{ended.pid}.1:1-abc"
    other = tmp_path / "reading-matter"
    for folder in (left, other):
        folder.mkdir()
    (left / "page.png").touch()
    with tempfile.TemporaryDirectory(prefix=leases.prefix("reading")) as mine:
        leases.sweep_folders("reading")
        assert Path(mine).is_dir()
    assert not left.exists()
    assert other.exists()
