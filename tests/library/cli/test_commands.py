"""The commands as typed: their lines, their exit codes, and no traceback ever.

Long because one home serves all commands, as it does whoever types them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.needs import ROOT

LONG = "Street vendors keep the pavement clean and the neighbours fed. " * 20


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    _fill(folder)
    return folder


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home into which the two files were brought once, by the command."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "inbox").mkdir()
    _fill(folder / "inbox")
    assert library(folder / "home", "ingest", folder / "inbox").returncode == 0
    return folder / "home"


@pytest.fixture
def filled(brought_in: Path, home: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(brought_in, home, symlinks=True)
    return home


def _fill(folder: Path) -> None:
    (folder / "pavement.md").write_text(f"# Our pavement\n\n{LONG}", "utf-8")
    (folder / "bins.md").write_text(f"# Our bins\n\n{LONG}", "utf-8")


def library(home: Path, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "library", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_a_library_from_nothing_to_an_answer(home: Path, inbox: Path) -> None:
    assert "holds 0 resources" in library(home, "init").stdout
    assert library(home, "init").returncode == 0
    (inbox / "empty.pdf").touch()
    done = library(home, "ingest", inbox, "--topic", "organising", "--json")
    assert done.returncode == 1
    assert "empty.pdf is empty" in done.stderr
    *files, last = map(json.loads, done.stdout.splitlines())
    assert {one["outcome"] for one in files} == {"added", "failed"}
    assert set(files[0]) == {
        "file",
        "outcome",
        "resource",
        "language",
        "pages",
        "seconds",
        "reason",
    }
    assert last["summary"] == {
        "added": 2,
        "unchanged": 0,
        "duplicate": 0,
        "partial": 0,
        "failed": 1,
    }
    assert last["pages"] == 2
    found = json.loads(library(home, "search", "bins", "--json").stdout)
    assert [hit["title"] for hit in found["hits"]] == ["Our bins"]
    assert found["hits"][0]["excerpts"][0]["marks"]
    assert (
        library(home, "search", "pavement", "--topic", "organising").stdout.count("resources/") == 2
    )
    assert "0 resources" in library(home, "search", "pavement", "--language", "fr").stdout


def test_links_out_and_the_home_inside_the_folder_are_passed_over_and_named(
    inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text(f"# Swordfish\n\n{LONG}", "utf-8")
    (inbox / "a.md").symlink_to("../secret.md")
    (inbox / "bins.md").unlink()
    (inbox / "~$report.docx").write_bytes(b"\x06Ana" + b"\0" * 158)
    (inbox / ".DS_Store").write_text("words")
    home = inbox / "var"
    for outcome in ("added", "unchanged", "unchanged"):
        done = library(home, "ingest", inbox, "--json")
        assert done.returncode == 0, done.stderr
        *files, last = map(json.loads, done.stdout.splitlines())
        assert [(Path(one["file"]).name, one["outcome"]) for one in files] == [
            ("pavement.md", outcome)
        ]
        told = {Path(one["file"]).name: one["reason"] for one in last["passed_over"]}
        assert told == {"a.md": "link", "var": "library", "~$report.docx": "unfinished"}
        assert all(name in done.stderr for name in told)
    assert json.loads(library(home, "search", "swordfish", "--json").stdout)["total"] == 0
    assert "passed over  3" in library(home, "ingest", inbox).stdout
    refused = library(home, "ingest", home / "originals")
    assert (refused.returncode, "outside it" in refused.stderr) == (2, True)
    (inbox / "pavement.md").unlink()
    assert library(home, "ingest", inbox).returncode == 0  # there is something, and nothing to do


def test_a_drafted_file_is_kept_from_readers(home: Path, inbox: Path) -> None:
    library(home, "ingest", inbox, "--draft")
    assert json.loads(library(home, "search", "pavement", "--json").stdout)["total"] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["search", "x"], 3, "library init"),
        (["serve"], 3, "library init"),
        (["ingest"], 2, "Usage"),
        (["nonsense"], 2, "No such command"),
        (["ingest", "{inbox}", "--topic", "no-such-topic"], 2, "no-such-topic"),
        (["ingest", "{inbox}/nowhere"], 1, "not there"),
        (["reindex", "--engine", "lucene"], 2, "lucene"),
        (["restore", "{inbox}"], 2, "not a backup"),
    ],
)
def test_what_is_wrong_is_said_with_its_exit_code(
    home: Path, inbox: Path, words: list[str], code: int, said: str
) -> None:
    done = library(home, *(word.format(inbox=inbox) for word in words))
    assert done.returncode == code, done.stderr
    assert said in done.stderr


def test_a_wrong_setting_is_named(home: Path) -> None:
    done = library(home, "init", LIBRARY_ENGINE="lucene")
    assert (done.returncode, "LIBRARY_ENGINE" in done.stderr) == (2, True)


def test_an_engine_that_is_gone_says_what_to_do(filled: Path) -> None:
    done = library(filled, "search", "rent", LIBRARY_ENGINE="tantivy")
    assert (done.returncode, "Set it to whoosh" in done.stderr) == (2, True), done.stderr
    assert library(filled, "search", "rent", LIBRARY_ENGINE="whoosh").returncode == 0


def test_a_lost_index_is_built_anew(filled: Path) -> None:
    for path in sorted((filled / "index").rglob("*"), reverse=True):
        path.unlink() if path.is_file() or path.is_symlink() else path.rmdir()
    assert library(filled, "check").returncode == 1
    assert "2 resources can be found" in library(filled, "reindex").stdout
    assert library(filled, "check").returncode == 0


def test_a_backup_becomes_a_working_library(filled: Path, inbox: Path, tmp_path: Path) -> None:
    assert library(filled, "backup", tmp_path / "copy").returncode == 0
    assert library(filled, "backup", tmp_path / "copy").returncode == 0
    assert library(filled, "backup", inbox).returncode == 2
    assert library(filled, "restore", tmp_path / "copy").returncode == 2
    tried = library(filled, "restore", tmp_path / "copy", "--drill")
    assert (tried.returncode, "is good: 2 originals" in tried.stdout) == (0, True)
    assert "2 resources" in library(filled, "init").stdout
    other = tmp_path / "other"
    alone = library(other, "restore", tmp_path / "copy", "--drill")
    assert (alone.returncode, "no library here" in alone.stdout) == (0, True)
    assert not other.exists()
    assert library(other, "restore", tmp_path / "copy").returncode == 0
    assert json.loads(library(other, "search", "bins", "--json").stdout)["total"] == 1
    assert library(other, "check", "--json").returncode == 0
    damaged = next((tmp_path / "copy").glob("originals/*/*/*"))
    damaged.chmod(0o600)
    damaged.write_bytes(b"something else")
    again = library(tmp_path / "third", "restore", tmp_path / "copy")
    assert (again.returncode, "damaged" in again.stderr) == (3, True)
    tried = library(filled, "restore", tmp_path / "copy", "--drill")
    assert (tried.returncode, "damaged" in tried.stderr) == (3, True)
    spoilt = next((filled / "originals").glob("??/??/*"))
    spoilt.chmod(0o600)
    spoilt.write_bytes(b"something else")
    partly = library(filled, "backup", tmp_path / "fourth")
    assert (partly.returncode, "1 originals are missing or damaged" in partly.stderr) == (1, True)


def test_a_spoilt_catalogue_is_refused_everywhere_and_the_backup_stays(
    filled: Path, inbox: Path, tmp_path: Path
) -> None:
    made = library(filled, "backup", tmp_path / "copy")
    assert (made.returncode, "2 resources" in made.stdout) == (0, True)
    kept = {path: path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file()}
    catalogue = filled / "catalogue.sqlite"
    whole = catalogue.read_bytes()
    middle = len(whole) // 2
    for spoilt in (
        b"",
        whole[:middle],
        b"garbage" * 1000,
        whole[:4096] + b"\0" * (len(whole) - 4096),  # as long as it was
    ):
        catalogue.write_bytes(spoilt)
        done = library(filled, "backup", tmp_path / "copy")
        assert done.returncode == 3, done.stdout
        assert "library restore" in done.stderr
        now = {path: path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file()}
        assert now == kept
    catalogue.write_bytes(b"")
    for words in (["init"], ["ingest", inbox], ["search", "x"], ["check"], ["serve"], ["work"]):
        done = library(filled, *words)
        assert (done.returncode, "is empty: 0 bytes" in done.stderr) == (3, True), words
    assert catalogue.read_bytes() == b""
    catalogue.unlink()
    assert "originals in" in library(filled, "init").stderr
    again = library(filled, "restore", tmp_path / "copy")
    assert (again.returncode, "2 resources in 2 editions, 2 originals" in again.stdout) == (0, True)
    assert json.loads(library(filled, "search", "bins", "--json").stdout)["total"] == 1


def test_a_fuller_backup_gives_way_only_when_told_to_and_is_kept(
    filled: Path, inbox: Path, tmp_path: Path
) -> None:
    copy, small = tmp_path / "copy", tmp_path / "small"
    library(filled, "backup", copy)
    (inbox / "bins.md").unlink()
    library(small, "ingest", inbox)
    done = library(small, "backup", copy)
    assert (done.returncode, "fuller" in done.stderr) == (3, True)
    assert "1 of them not in this library" in done.stderr
    assert not list(copy.glob("*.part"))
    done = library(small, "backup", copy, "--replace")
    assert (done.returncode, "is kept" in done.stdout) == (0, True)
    [kept] = (copy / "replaced").iterdir()
    for source, total in ((copy, 1), (kept, 2)):
        other = tmp_path / f"other-{total}"
        done = library(other, "restore", source)
        assert (done.returncode, f"{total} originals are back" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("number", "before"),
    [
        (signal.SIGINT, ""),
        (signal.SIGTERM, ""),
        (signal.SIGINT, "trap '' INT TERM; "),  # as a shell script begins its background jobs
    ],
)
def test_ctrl_c_loses_nothing(home: Path, inbox: Path, number: signal.Signals, before: str) -> None:
    for page in range(40):
        (inbox / f"{page}.md").write_text(f"# Pavement {page}\n\n{page} {LONG}", "utf-8")
    command = [sys.executable, "-m", "library", "ingest", str(inbox), "--json"]
    running = subprocess.Popen(
        ["/bin/sh", "-c", f'{before}exec "$@"', "sh", *command],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    running.stdout.readline()
    running.send_signal(number)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 128 + number, errors
    assert "Nothing is lost" in errors
    assert "Traceback" not in errors
    done = library(home, "ingest", inbox, "--json")
    assert done.returncode == 0
    summary = json.loads(done.stdout.splitlines()[-1])["summary"]
    assert summary["added"] + summary["unchanged"] == 42
    assert summary["unchanged"] >= 1
    assert library(home, "check").returncode == 0


def test_the_site_and_its_worker_start_and_stop_together(filled: Path) -> None:
    site = subprocess.Popen(
        [sys.executable, "-m", "library", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(filled)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert site.stdout is not None
        address = re.search(r"http://\S+?(?=/ )", site.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address.group() + "/healthz", timeout=30) as answer:
            assert json.load(answer)["resources"] == 2
        threads = Path(f"/proc/{site.pid}/task").glob("*/children")
        begun = [child for thread in threads for child in thread.read_text().split()]
        told = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in begun}
        worker = [one for one, words in told.items() if b"\0work\0" in words]
        assert len(worker) == 1
        occupied = library(filled, "serve", "--port", address.group().rpartition(":")[2])
        assert occupied.returncode == 2
        assert "another program" in occupied.stderr
    finally:
        site.send_signal(signal.SIGTERM)
        site.communicate(timeout=30)
    assert site.returncode == 0
    for _ in range(100):
        if not Path(f"/proc/{worker[0]}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{worker[0]}").exists()


def test_scans_are_read_again_on_request_or_the_request_is_refused(filled: Path) -> None:
    for words, told in (
        (("--again", "pavement.md"), "go together"),
        (("--again", "nothing", "--language", "en"), "no resource called nothing"),
    ):
        done = library(filled, "work", *words)
        assert done.returncode == 2 and told in done.stderr
    done = library(filled, "work", "--again", "pavement.md", "--language", "en")
    assert done.returncode == 1
    assert "has no scanned page" in done.stderr or "Tesseract" in done.stderr


def test_accounts_from_the_first_to_the_last(home: Path) -> None:
    library(home, "init")
    assert "library user add NAME --role admin" in library(home, "user", "list").stdout
    add = ("user", "add", "ana", "--role", "admin", "--password-stdin")
    short = typed(home, "too short\n", *add)
    assert (short.returncode, short.stdout) == (2, "")
    assert "12 characters or more" in short.stderr
    made = typed(home, "correct horse battery\n", *add)
    assert (made.returncode, made.stdout) == (0, "ana can sign in at /staff/ as admin.\n")
    assert typed(home, "correct horse battery\n", *add).returncode == 2
    assert library(home, "user", "list").stdout == "ana  admin  last signed in: never\n"
    [one] = map(json.loads, library(home, "user", "list", "--json").stdout.splitlines())
    assert (one["name"], one["role"], one["disabled"]) == ("ana", "admin", False)
    last = library(home, "user", "disable", "ana")
    assert last.returncode == 2
    assert "only admin" in last.stderr
    typed(
        home, "correct horse battery\n", "user", "add", "ben", "--role", "admin", "--password-stdin"
    )
    assert library(home, "user", "disable", "ana").returncode == 0
    assert "ana  admin  disabled" in library(home, "user", "list").stdout
    assert library(home, "user", "enable", "ANA").returncode == 0
    unknown = typed(home, "x\n", "user", "password", "nobody", "--password-stdin")
    assert (unknown.returncode, unknown.stderr.splitlines()[0]) == (
        2,
        "There is no account nobody.",
    )
    reset = typed(
        home, "four words of another kind\n", "user", "password", "ben", "--password-stdin"
    )
    assert reset.returncode == 0


def typed(home: Path, words: str, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "library", *command],
        cwd=ROOT,
        env={**os.environ, "LIBRARY_HOME": str(home)},
        input=words,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def test_a_table_goes_out_and_comes_back(filled: Path, tmp_path: Path) -> None:
    library(filled, "init")
    out = tmp_path / "table.csv"
    assert library(filled, "export", out).returncode == 0
    same = library(filled, "import", out, "--preview")
    assert (same.returncode, same.stdout) == (0, "Would change 0 resources, 2 are so already.\n")
    text = out.read_text("utf-8-sig")
    out.write_text(text.replace("Our bins", "Our own bins"), "utf-8")
    shown = library(filled, "import", out, "--preview").stdout
    assert "title: Our bins -> Our own bins" in shown
    assert library(filled, "import", out).stdout == "Changed 1 resources, 1 are so already.\n"
    assert "Our own bins" in library(filled, "search", "own bins").stdout
    as_json = json.loads(library(filled, "export", "-", "--format", "json").stdout)
    assert {row["title"] for row in as_json} == {"Our own bins", "Our pavement"}
    out.write_text("file,date\nbins.md,soon\nnot-here.md,2019\n", "utf-8")
    wrong = library(filled, "import", out)
    assert wrong.returncode == 1
    assert "row 2, column date: not a date" in wrong.stderr
    assert "row 3: not-here.md is not in the library" in wrong.stderr
    assert "nothing was changed" in wrong.stderr
