"""`scripts/release`: what it refuses, and that what it makes is whole and the same twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import date
from pathlib import Path

import pytest

from tests.needs import ROOT, command
from tests.test_translate import loaded

release = loaded("release")
PARTS = ("library", "index", "templates", "static", "locales", "requirements")
FILES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore", "scripts/release")
TODAY = date(2026, 11, 28)
VERSION = release.version_of((ROOT / "pyproject.toml").read_text("utf-8"))


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=A maintainer", "-c", "user.email=maintainer@example.org")
    quiet = ("-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    subprocess.run(
        [command("git"), *who, *quiet, *words], cwd=folder, check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts of this repository that a release is made of, in a repository of their own."""
    root = tmp_path_factory.mktemp("committed")
    (root / "scripts").mkdir()
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, root / name)
    changelog = f"# Changelog\n\n## Unreleased\n\n## {VERSION} (2026-11-28)\n\n- It begins.\n"
    (root / "CHANGELOG.md").write_text(changelog, "utf-8")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "All", "--date", "2026-11-28T12:00:00Z")
    return root


def run(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/release", *options], cwd=root, capture_output=True, text=True
    )


def test_a_release_is_made_with_all_its_files(committed: Path) -> None:
    done = run(committed, "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the same bytes twice" in done.stdout
    kept = committed / "dist" / VERSION
    stem = f"worker_education_library-{VERSION}"
    assert {path.name for path in kept.iterdir()} == {
        *(f"{stem}-py3-none-any.whl", f"{stem}.tar.gz", f"{stem}.cdx.json", "SHA256SUMS")
    }
    for line in (kept / "SHA256SUMS").read_text().splitlines():
        wanted, name = line.split("  ")
        assert hashlib.sha256((kept / name).read_bytes()).hexdigest() == wanted
    with tarfile.open(kept / f"{stem}.tar.gz") as packed:
        names = packed.getnames()
    assert f"{stem}/CHANGELOG.md" in names
    assert f"{stem}/locales/hi/LC_MESSAGES/messages.po" in names
    told = json.loads((kept / f"{stem}.cdx.json").read_bytes())
    assert told["bomFormat"] == "CycloneDX"
    assert told["metadata"]["component"]["version"] == VERSION
    parts = {part["name"].lower(): part for part in told["components"]}
    assert {"whoosh-reloaded", "starlette", "pdfminer-six"} <= parts.keys()
    assert not {"hatchling", "editables", "pytest", "ruff"} & parts.keys()
    assert "hash" in json.dumps(parts["starlette"])
    git(committed, "status")
    assert run(committed).returncode == 0, "what was kept is no change of the tree"


def test_a_tree_with_changes_is_refused(committed: Path, tmp_path: Path) -> None:
    root = tmp_path / "changed"
    shutil.copytree(committed, root)
    (root / "library" / "new.py").write_text("", "utf-8")
    done = run(root)
    assert done.returncode == 1
    assert "1 files are changed or new" in done.stderr
    assert "library/new.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_changes_that_are_not_told_of_are_not_written(committed: Path, tmp_path: Path) -> None:
    root = tmp_path / "waiting"
    shutil.copytree(committed, root)
    changelog = root / "CHANGELOG.md"
    told = changelog.read_text("utf-8").replace("## Unreleased\n", "## Unreleased\n\n- More.\n")
    changelog.write_text(told, "utf-8")
    git(root, "commit", "--all", "--quiet", "--message", "More")
    done = run(root, "--write")
    assert done.returncode == 1
    assert "1 changes stand under Unreleased" in done.stderr


@pytest.mark.parametrize("written", ["", "1.0", "v1.0.0", "1.0.0-beta", "one"])
def test_what_is_no_version_is_refused(written: str) -> None:
    with pytest.raises(SystemExit, match="is none"):
        release.version_of(f'[project]\nname = "x"\nversion = "{written}"\n')


@pytest.mark.parametrize(
    ("changelog", "why"),
    [
        ("## Unreleased\n", "has no heading for 1.0.0"),
        ("## Unreleased\n\n## 0.9.0 (2026-01-01)\n\n- a\n", "has no heading for 1.0.0"),
        ("## 1.0.0\n\n- a\n", "has no date"),
        ("## 1.0.0 (soon)\n\n- a\n", "has no date"),
        ("## 1.0.0 (2026-13-01)\n\n- a\n", "has no date"),
        ("## 1.0.0 (2026-11-29)\n\n- a\n", "which is not yet"),
        ("## 1.0.0 (2026-11-28)\n\n## 0.9.0 (2026-01-01)\n\n- a\n", "says nothing of 1.0.0"),
        ("## 1.1.0 (2026-11-28)\n\n- b\n\n## 1.0.0 (2026-11-01)\n\n- a\n", "stands above 1.0.0"),
    ],
)
def test_a_version_that_is_not_told_of_is_refused(changelog: str, why: str) -> None:
    with pytest.raises(SystemExit, match=why):
        release.check_changes(f"# Changelog\n\n{changelog}", "1.0.0", TODAY)


def test_what_waits_is_counted() -> None:
    told = "## Unreleased\n\n- a\n- b\n  goes on\n\n## 1.0.0 (2026-11-28)\n\n- c\n"
    assert release.check_changes(told, "1.0.0", TODAY) == 2


def test_a_build_that_differs_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = iter(({"a.whl": b"1"}, {"a.whl": b"2"}))
    monkeypatch.setattr(release, "clean_tree", lambda: 0)
    monkeypatch.setattr(release, "check_changes", lambda *_: 0)
    monkeypatch.setattr(release, "build", lambda *_: next(made))
    monkeypatch.setattr(sys, "argv", ["release"])
    with pytest.raises(SystemExit, match="came out different twice"):
        release.main()


def test_the_version_of_this_repository_is_told_of() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert release.check_changes(changelog, VERSION, date.max) >= 0
    ran = subprocess.run(
        [sys.executable, "-m", "library", "--version"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == f"library, version {VERSION}"
