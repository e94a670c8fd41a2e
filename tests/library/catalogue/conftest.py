"""An empty catalogue for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.catalogue import Catalogue, open_catalogue
from library.core.settings import Settings
from tests.library.catalogue.builders import lay


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    lay(tmp_path)
    made = open_catalogue(Settings(home=tmp_path))
    yield made
    made.close()
