"""The wheel, built and installed elsewhere, is a whole library: it renders the home page."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.needs import ROOT

ASSETS = ("templates", "static", "locales")  # at the top here, inside `library` once installed

HOME_PAGE = """
from selectolax.lexbor import LexborHTMLParser as Page
from starlette.testclient import TestClient
import library
from library.core.settings import Settings
from library.cli.parts import fresh_index, opened
from library.web.app import create_app

assert "site-packages" in library.__file__, library.__file__
with opened(make=True) as made:
    fresh_index(made)
    settings = made.settings
with TestClient(create_app(settings)) as site:
    answer = site.get("/")
    assert answer.status_code == 200, answer.text
    assert "Worker Education Library" in answer.text
    style = Page(answer.text).css_first("[rel=stylesheet]").attributes["href"]
    assert site.get(style).status_code == 200
    spanish = site.get("/", headers={"Accept-Language": "es"})
    assert Page(spanish.text).css_first("html").attributes["lang"] == "es"
"""


def run(*command: str | Path, **environment: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist)
    [made] = dist.glob("*.whl")
    return made


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    """Citation styles, templates, what packs are dressed in, vocabularies: whatever is tracked."""
    folders = ("library", "index", *ASSETS)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *folders], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    tracked = {name for name in listed.stdout.decode().split("\0") if name}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    carried = {
        f"library/{name}" if name.partition("/")[0] in ASSETS else name
        for name in tracked
        if (ROOT / name).is_file()
    }
    assert carried - held == set()
    assert {name for name in held - carried if not name.endswith(".pyc")} == set()
    for kind in (".csl", ".toml", ".po", ".html", ".css", ".js"):
        assert any(name.endswith(kind) for name in held), kind


def test_the_installed_wheel_renders_the_home_page(wheel: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    venv.create(elsewhere, with_pip=False)
    python = elsewhere / "bin" / "python"
    [packages] = elsewhere.glob("lib/python*/site-packages")
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", "--target", packages, wheel)
    # What the library needs comes from this environment; the library itself must not.
    [ours] = [path for path in map(Path, sys.path) if path.name == "site-packages"]
    (packages / "needed.pth").write_text(f"{ours}\n", "utf-8")
    run(python, "-P", "-c", HOME_PAGE, LIBRARY_HOME=str(tmp_path / "home"))
