"""A library of its own for each test that brings documents in, and a folder to bring them from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.cli.parts import Library
from tests.library.ingestion.bringing import make


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = make(tmp_path / "home")
    yield made
    made.engine.close()
    made.catalogue.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder
