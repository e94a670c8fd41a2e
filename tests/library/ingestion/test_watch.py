"""A watched folder: what has settled is brought in once, what is still being written is not."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from library.ingestion.folders import unfinished
from library.ingestion.watch import Watch
from tests import needs

LONG = "Street vendors keep the pavement clean and the neighbours fed. " * 20


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def names(watch: Watch) -> list[str]:
    settled = watch.look()
    watch.given(settled)
    return [found.path.name for found in settled]


def test_a_file_is_given_once_it_has_looked_the_same_twice(inbox: Path) -> None:
    watch = Watch([inbox])
    assert names(watch) == []
    (inbox / "a.md").write_text("half")
    assert names(watch) == []
    (inbox / "a.md").write_text("half and half")
    assert names(watch) == []
    assert names(watch) == ["a.md"]
    assert names(watch) == []
    (inbox / "a.md").write_text("another")
    assert [names(watch), names(watch), names(watch)] == [[], ["a.md"], []]


def test_what_was_settled_and_not_dealt_with_is_given_again(inbox: Path) -> None:
    (inbox / "a.md").write_text("words")
    watch = Watch([inbox])
    watch.look()
    assert [one.path.name for one in watch.look()] == ["a.md"]
    assert [one.path.name for one in watch.look()] == ["a.md"]


def test_staffs_new_word_makes_a_file_new(inbox: Path) -> None:
    (inbox / "a.md").write_text("words")
    watch = Watch([inbox])
    assert [names(watch), names(watch)] == [[], ["a.md"]]
    (inbox / "metadata.csv").write_text("file,title\na.md,Told by staff\n")
    assert names(watch) == []
    settled = watch.look()
    assert [dict(one.fields) for one in settled] == [{"title": "Told by staff"}]


@pytest.mark.parametrize(
    "name",
    ["a.pdf.part", "a.pdf.crdownload", "~$report.docx", ".~lock.a.odt#", "a.txt~", "A.PDF.TMP"],
)
def test_names_of_what_is_not_finished_are_passed_by(inbox: Path, name: str) -> None:
    assert unfinished(Path(name))
    (inbox / name).write_text("words")
    watch = Watch([inbox])
    assert [names(watch), names(watch)] == [[], []]


def test_an_empty_file_is_waited_for(inbox: Path) -> None:
    file = inbox / "a.pdf"
    file.touch()
    watch = Watch([inbox])
    assert [names(watch), names(watch)] == [[], []]
    os.utime(file, (1, 1))
    assert [names(watch), names(watch)] == [[], ["a.pdf"]]


def test_what_is_no_file_is_said_once_and_taken_when_it_is_one(inbox: Path) -> None:
    said: list[str] = []
    os.mkfifo(inbox / "pipe.pdf")
    (inbox / "later.md").symlink_to(inbox / "target.md")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(inbox / "line.txt"))
        watch = Watch([inbox], say=said.append)
        assert [names(watch) for _ in range(3)] == [[], [], []]
    assert len(said) == 3
    for name, why in (("pipe.pdf", "a pipe"), ("line.txt", "a pipe"), ("later.md", "not there")):
        assert [line for line in said if name in line and why in line], (name, said)
    (inbox / "target.md").write_text("words")
    assert [names(watch), sorted(names(watch))] == [[], ["later.md", "target.md"]]
    assert len(said) == 3


def test_a_mount_that_vanishes_is_said_and_nothing_is_read_again(inbox: Path) -> None:
    said: list[str] = []
    (inbox / "a.md").write_text("words")
    watch = Watch([inbox], said.append)
    assert [names(watch), names(watch)] == [[], ["a.md"]]
    away = inbox.rename(inbox.with_name("away"))
    assert [names(watch), names(watch)] == [[], []]
    [line] = said
    assert "inbox is not there" in line
    inbox.mkdir()  # the empty place of a mount
    assert names(watch) == []
    inbox.rmdir()
    away.rename(inbox)
    assert [names(watch), names(watch), names(watch)] == [[], [], []]
    assert "can be read again" in said[1]
    assert len([one for one in said if "can be read again" in one]) == 1


def test_links_out_of_a_watched_folder_are_never_given_and_said_once(
    inbox: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / ".env").write_text("PASSWORD=x")
    (inbox / "one.md").write_text("words")
    (inbox / "env.md").symlink_to(secret / ".env")
    (inbox / "folder").symlink_to(secret)
    (inbox / "circle").symlink_to(inbox)
    said: list[str] = []
    watch = Watch([inbox], said.append)
    assert [names(watch), names(watch), names(watch)] == [[], ["one.md"], []]
    later = inbox / "later.md"
    later.symlink_to("/etc/passwd")  # also one that comes while it is watched
    (inbox / "one.md").unlink()
    (inbox / "one.md").symlink_to("/etc/hostname")  # and one in the place of a file
    assert [names(watch), names(watch), names(watch)] == [[], [], []]
    for name in ("env.md", "folder", "later.md", "one.md"):
        assert len([line for line in said if f"{name} " in line]) == 1, (name, said)


def test_a_home_inside_the_watched_folder_is_never_brought_in(inbox: Path) -> None:
    (inbox / "one.md").write_text(f"# One\n\n{LONG}", "utf-8")
    command = [sys.executable, "-m", "library", "ingest", ".", "--watch", "--every", "0.2"]
    running = subprocess.Popen(
        [*command, "--json", "--jobs", "1"],
        cwd=inbox,
        env={**os.environ, "LIBRARY_HOME": "var", "PYTHONPATH": str(needs.ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert json.loads(running.stdout.readline())["outcome"] == "added"
    for number in range(3):  # what would have been brought in of the home comes before these
        (inbox / f"more-{number}.md").write_text(f"# More {number}\n\n{LONG}{number}", "utf-8")
        came = json.loads(running.stdout.readline())
        assert (came["outcome"], Path(came["file"]).name) == ("added", f"more-{number}.md")
    running.send_signal(signal.SIGINT)
    out, errors = running.communicate(timeout=60)
    assert (running.returncode, sum(json.loads(out)["summary"].values())) == (0, 4), errors
    assert errors.count("var is the home of this library") == 1


def test_the_command_brings_in_what_is_dropped_until_it_is_stopped(
    tmp_path: Path, inbox: Path
) -> None:
    (inbox / "first.md").write_text(f"# First\n\n{LONG}", "utf-8")
    command = [sys.executable, "-m", "library", "ingest", str(inbox), "--watch", "--every", "0.2"]
    running = subprocess.Popen(
        [*command, "--json", "--jobs", "1"],
        cwd=needs.ROOT,
        env={**os.environ, "LIBRARY_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines: queue.Queue[dict[str, object]] = queue.Queue()

    def listen() -> None:
        assert running.stdout is not None
        for line in running.stdout:
            lines.put(json.loads(line))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        assert lines.get(timeout=60)["outcome"] == "added"
        (inbox / "unfinished.md.part").write_text(f"# Second\n\n{LONG}", "utf-8")
        (inbox / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
        failed = lines.get(timeout=60)
        assert (failed["outcome"], Path(str(failed["file"])).name) == ("failed", "bad.pdf")
        (inbox / "unfinished.md.part").rename(inbox / "second.md")
        assert lines.get(timeout=60)["outcome"] == "added"
        shutil.move(inbox, tmp_path / "away")
        assert running.stderr is not None
        for line in running.stderr:
            if "is not there" in line:
                break
        shutil.move(tmp_path / "away", inbox)
        (inbox / "third.md").write_text(f"# Third\n\n{LONG} Third.", "utf-8")
        assert Path(str(lines.get(timeout=60)["file"])).name == "third.md"
    finally:
        running.send_signal(signal.SIGINT)
        listener.join(timeout=60)
        errors = running.stderr.read() if running.stderr else ""
        running.wait(timeout=60)
        for pipe in (running.stdout, running.stderr):
            assert pipe is not None
            pipe.close()
    assert running.returncode == 0, errors
    assert "Traceback" not in errors
    summary = lines.get(timeout=5)["summary"]
    assert isinstance(summary, dict)
    assert (summary["added"], summary["failed"], summary["unchanged"]) == (3, 1, 0)
