"""A copy of the code beside the checkout, to be changed as the documentation says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.needs import ROOT

FOLDERS = ("library", "index", "templates", "static", "locales")


def copied(to: Path) -> Path:
    """The packages, and what they show, in a folder that comes before the checkout."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name)
    return to


def run(code: Path, home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """`python WORDS` with the library that stands in `code`."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=code,
        env={**os.environ, "LIBRARY_HOME": str(home), "PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def blocks(page: str, heading: str) -> list[tuple[str, str]]:
    """(language, text) of the code that stands under a heading of a page of docs/."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    [part] = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    return re.findall(r"^```(\w+)\n(.*?)^```$", part, re.S | re.M)
