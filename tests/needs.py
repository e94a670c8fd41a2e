"""What some tests need beyond Python: without it they skip, or fail where all is required."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


def postgres_wanted() -> bool:
    """Whether catalogues are kept in a server of PostgreSQL while tests run."""
    return os.environ.get("LIBRARY_TEST_DATABASE") == "postgresql"


def data(name: str) -> Path:
    """A folder or file of the real documents kept beside a checkout."""
    return _present(SHARED / name, f"no {name} beside this checkout")


def command(name: str) -> Path:
    """A program of the operating system."""
    return _present(Path(shutil.which(name) or f"/nonexistent/{name}"), f"{name} is not installed")


def module(name: str) -> Path:
    """The folder of an npm package of requirements/node."""
    folder = ROOT / "requirements" / "node" / "node_modules" / name
    return _present(folder, f"{name} is missing (npm ci --prefix requirements/node)")


def absent(reason: str) -> NoReturn:
    """Skip this test, or fail it where nothing may be skipped."""
    if os.environ.get("LIBRARY_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}, and LIBRARY_REQUIRE_ALL=1 lets nothing be skipped")
    pytest.skip(reason)


SQLITE = pytest.mark.skipif(postgres_wanted(), reason="it is of a file of SQLite")
"""What looks into such a file, or begins a command of its own, which knows no other database."""


def _present(path: Path, reason: str) -> Path:
    if not path.exists():
        absent(reason)
    return path
