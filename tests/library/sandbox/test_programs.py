"""Programs that are not ours run confined: nothing to write to, nobody to talk to, and an end."""

from __future__ import annotations

import platform
import sys
import threading
from pathlib import Path

import pytest

from library.core.cancellation import Stopping
from library.core.errors import Damaged, InputError, TooLarge, TooSlow, Unsupported
from library.sandbox import Stopped, programs

CONFINED = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
confined = pytest.mark.skipif(not CONFINED, reason="programs are fully confined on Linux only")


def run(script: str, file: Path | bytes = b"a page", result: str = "", seconds: float = 20) -> str:
    arguments = ["-c", script, "sh", "{file}", "{folder}"]
    return programs.run(
        "sh", arguments, file, seconds=seconds, memory=2**29, output_limit=10**5, result=result
    ).decode()


def test_the_file_is_standard_input_and_has_a_place_with_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "report.doc"
    path.write_text("words of the file\n")
    assert run("read line; echo $line $1", path).startswith("words of the file /")
    assert run('case "$1" in "$2"/*.doc) read line < "$1"; echo $line;; esac', path) == (
        "words of the file\n"
    )


def test_what_it_leaves_in_its_folder_is_the_result() -> None:
    assert run("echo on paper > out.txt; echo said", result="out.txt") == "on paper\n"


def test_it_learns_nothing_from_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "hidden")
    assert run("echo $A_SECRET; set").count("hidden") == 0


def test_its_end_is_told_in_the_words_of_the_library() -> None:
    with pytest.raises(TooSlow):
        run("while :; do :; done", seconds=0.5)
    with pytest.raises(TooLarge):
        run("while :; do echo more and more; done")
    with pytest.raises(Damaged, match="ended with 3"):
        run("exit 3")
    with pytest.raises(Unsupported, match="needs no-such-program"):
        programs.run("no-such-program", [], b"", seconds=1, memory=2**29, output_limit=1)


def test_it_is_given_up_when_whoever_wants_it_is_to_stop() -> None:
    stopping = Stopping()
    asked = threading.Timer(0.3, stopping.set)
    asked.start()
    endless = ["-c", "while :; do :; done"]
    with pytest.raises(Stopped):
        programs.run(
            "sh", endless, b"", seconds=60, memory=2**29, output_limit=10**5, stop=stopping
        )
    asked.join()


@confined
@pytest.mark.parametrize(
    "script",
    [
        "echo x > there",  # no result is asked for: nothing is written
        "/bin/ls; exit 0",  # a process
        "(exit 0)",
    ],
)
def test_it_may_not_write_nor_start_a_process(script: str) -> None:
    with pytest.raises(InputError):
        run(script)


@confined
def test_it_sees_no_folder_but_its_own_and_the_systems(tmp_path: Path) -> None:
    secret = tmp_path / "catalogue.sqlite"
    secret.write_text("all there is")
    for script in (
        f"read line < {secret} && echo $line",
        f"echo spoilt > {secret}",
        "read line < /proc/1/environ",
    ):
        with pytest.raises(InputError):
            run(script, result="out.txt")
    assert secret.read_text() == "all there is"


@confined
def test_a_link_out_of_its_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("all there is")
    with pytest.raises(Damaged):
        programs.run(
            "ln",
            ["-s", str(secret), "out"],
            b"",
            seconds=20,
            memory=2**29,
            output_limit=1_000,
            result="out",
        )


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run("echo x > a; echo y > b", result="a")
    with pytest.raises(TooSlow):
        run("while :; do :; done", seconds=0.5)
    assert list(tmp_path.iterdir()) == []
