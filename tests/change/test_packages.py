"""Formats and engines that other packages bring: found where they are installed, read in the same
confined children, and no harm where they are broken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.needs import ROOT

WORDS = "Two sacks of maize, lent to the strike kitchen by the mill. " * 20

FORMAT = """
from library.core.formats import Format

LEDGER = Format(
    name="ledger",
    words="ledger_reader.reading:read",
    short="LEDGER",
    magic=rb"LEDGER\\x01",
)
NOTES = Format(name="notes", words="ledger_reader.reading:read", suffixes=("jot",))
SACK = Format(name="sack", words="ledger_reader.reading:sacked", parts=r"^sack\\.txt$")
"""

READING = """
from pathlib import Path

from library.core.resource import Page, Said


def read(file, limits):
    from ledger_reader import late  # read when the child is confined already

    (Path(__file__).parent / "pattern.txt").read_text("utf-8")  # so is what lies beside the code
    yield Said({"title": late.TITLE}, pages=1)
    yield Page(1, file.read().removeprefix(b"LEDGER\\x01").decode(), reader="ledger")


def sacked(file, limits):
    from zipfile import ZipFile

    yield Said({"title": "A sack"}, pages=1)
    yield Page(1, ZipFile(file).read("sack.txt").decode(), reader="sack")
"""

ENGINE = """
from index.engines.whoosh import WhooshEngine


def make(path, languages, vocabulary_version):
    (path).mkdir(parents=True, exist_ok=True)
    return WhooshEngine(path, languages, vocabulary_version, name="pocket")
"""


def installed(folder: Path, name: str, files: dict[str, str], points: dict[str, str]) -> None:
    """A package as an installer leaves it. points: group → lines of `name = module:object`."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    facts = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    facts.mkdir(parents=True)
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    groups = [f"[{group}]\n{lines}\n" for group, lines in points.items()]
    (facts / "entry_points.txt").write_text("\n".join(groups), "utf-8")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder on the path of Python that is not one of the installation's own."""
    folder = tmp_path / "packages"
    installed(
        folder,
        "ledger-reader",
        {
            "ledger_reader/__init__.py": FORMAT,
            "ledger_reader/reading.py": READING,
            "ledger_reader/late.py": 'TITLE = "The ledger of the mill"\n',
            "ledger_reader/pattern.txt": "a pattern",
            "pocket_engine.py": ENGINE,
        },
        {
            "worker_education_library.extractors": "application/x-ledger = ledger_reader:LEDGER\n"
            "text/x-jot = ledger_reader:NOTES\napplication/x-sack = ledger_reader:SACK",
            "worker_education_library.engines": "pocket = pocket_engine:make",
        },
    )
    return folder


def library(
    home: Path, packages: Path, *words: str | Path, **settings: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "library", *map(str, words)],
        cwd=ROOT,
        env={
            **os.environ,
            "LIBRARY_HOME": str(home),
            "PYTHONPATH": str(packages),
            **settings,
        },
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def inbox_of(folder: Path) -> Path:
    from zipfile import ZipFile

    folder.mkdir()
    (folder / "mill.bin").write_bytes(b"LEDGER\x01" + WORDS.encode())
    (folder / "mill.jot").write_text(WORDS + " A jotted word: kestrel.", "utf-8")
    with ZipFile(folder / "mill.zip", "w") as sack:
        sack.writestr("sack.txt", WORDS + " A packed word: heron.")
    return folder


def test_a_format_of_another_package_is_told_and_read(tmp_path: Path, packages: Path) -> None:
    home, inbox = tmp_path / "home", inbox_of(tmp_path / "inbox")
    done = library(home, packages, "ingest", inbox, "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert {Path(one["file"]).name: one["outcome"] for one in told[:-1]} == {
        "mill.bin": "added",
        "mill.jot": "added",
        "mill.zip": "added",
    }, done.stdout
    found = json.loads(library(home, packages, "search", "maize", "--json").stdout)
    assert sorted(hit["title"] for hit in found["hits"]) == [
        "A sack",
        *["The ledger of the mill"] * 2,
    ]
    # Without the package what was read is still there, and only new files are not.
    alone = json.loads(library(home, tmp_path, "search", "kestrel", "--json").stdout)
    assert alone["total"] == 1
    assert library(home, tmp_path, "check").returncode == 0
    (inbox / "later.bin").write_bytes(b"LEDGER\x01" + bytes(range(256)))
    assert "later.bin" in library(home, tmp_path, "ingest", inbox / "later.bin").stderr


def test_a_package_that_is_broken_is_told_and_stops_nothing(tmp_path: Path, packages: Path) -> None:
    home, inbox = tmp_path / "home", inbox_of(tmp_path / "inbox")
    (inbox / "plain.md").write_text(f"# Plain\n\n{WORDS} Another: wagtail.", "utf-8")
    installed(
        packages,
        "half-a-reader",
        {"half_a_reader.py": "import nothing_of_that_name\n"},
        {
            "worker_education_library.extractors": "application/x-half = half_a_reader:ROW\n"
            "application/x-none = ledger_reader:__doc__\napplication/pdf = ledger_reader:LEDGER",
            "worker_education_library.engines": "half = half_a_reader:make",
        },
    )
    done = library(home, packages, "ingest", inbox)
    assert done.returncode == 0, done.stderr
    assert "application/x-half of the package half-a-reader cannot be used" in done.stderr
    assert "nothing_of_that_name" in done.stderr
    assert "application/x-none of the package half-a-reader cannot be used" in done.stderr
    assert "the library reads it itself" in done.stderr
    found = json.loads(library(home, packages, "search", "wagtail", "--json").stdout)
    assert found["total"] == 1
    checked = library(home, packages, "check", "--json")
    findings = [json.loads(line) for line in checked.stdout.splitlines()]
    told = [
        one["subject"]
        for one in findings
        if one.get("finding") == "a package of others cannot be used"
    ]
    assert len(told) == 4, checked.stdout
    assert any("The search engine half of the package half-a-reader" in one for one in told)
    chosen = library(home, packages, "search", "wagtail", LIBRARY_ENGINE="half")
    assert chosen.returncode == 3
    assert "The engine half cannot be loaded: ModuleNotFoundError" in chosen.stderr
    assert "choose of: whoosh" in chosen.stderr


def test_an_engine_of_another_package_can_be_chosen(tmp_path: Path, packages: Path) -> None:
    home, inbox = tmp_path / "home", inbox_of(tmp_path / "inbox")
    done = library(home, packages, "ingest", inbox, LIBRARY_ENGINE="pocket")
    assert done.returncode == 0, done.stderr
    answer = library(home, packages, "search", "heron", "--json", LIBRARY_ENGINE="pocket")
    assert json.loads(answer.stdout)["total"] == 1
    assert (home / "index" / "pocket").is_dir()
    beside = library(home, packages, "reindex", "--engine", "whoosh", LIBRARY_ENGINE="pocket")
    assert "3 resources can be found once LIBRARY_ENGINE is whoosh" in beside.stdout, beside.stderr
    (inbox / "later.jot").write_text(WORDS + " A later word: plover.", "utf-8")
    library(home, packages, "ingest", inbox, LIBRARY_ENGINE="pocket")
    late = library(home, packages, "search", "plover", "--json")
    assert json.loads(late.stdout)["total"] == 1  # built anew: it had fallen behind
    unknown = library(home, tmp_path, "search", "heron", LIBRARY_ENGINE="pocket")
    assert unknown.returncode in (2, 3)
    assert "pocket" in unknown.stderr


def test_a_reader_that_cannot_be_imported_fails_its_own_files_and_is_named(
    tmp_path: Path, packages: Path
) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "mill.bin").write_bytes(b"LEDGER\x01" + WORDS.encode())
    (inbox / "plain.md").write_text(f"# Plain\n\n{WORDS} Another: wagtail.", "utf-8")
    (packages / "ledger_reader" / "reading.py").write_text("import nothing_of_that_name\n", "utf-8")
    done = library(home, packages, "ingest", inbox, "--json")
    told = {Path(one["file"]).name: one for one in map(json.loads, done.stdout.splitlines()[:-1])}
    assert told["plain.md"]["outcome"] == "added"
    assert told["mill.bin"]["outcome"] == "failed"
    assert "nothing_of_that_name" in told["mill.bin"]["reason"]
    assert "Install the package again" in told["mill.bin"]["reason"]
    checked = library(home, packages, "check", "--json")
    assert "application/x-ledger of the package ledger-reader" in checked.stdout
    # Once the package is mended its files are read, without being asked twice.
    (packages / "ledger_reader" / "reading.py").write_text(READING, "utf-8")
    again = library(home, packages, "ingest", inbox, "--json")
    (mended,) = (
        one
        for one in map(json.loads, again.stdout.splitlines()[:-1])
        if one["file"].endswith("mill.bin")
    )
    assert mended["outcome"] == "added"


HEALTH = """
from library.operations import packages
from library.web.error_text import words
from library.web.i18n import interfaces

spanish = interfaces(("es",))["es"]
for fault in packages.faults():
    print(words(fault, spanish))
"""


def test_health_names_it_in_the_language_of_the_desk(tmp_path: Path, packages: Path) -> None:
    (packages / "pocket_engine.py").write_text("import nothing_of_that_name\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", HEALTH],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(packages), "LIBRARY_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("No se puede usar el motor de búsqueda pocket del paquete")
    assert "nothing_of_that_name" in done.stdout
