"""What opens the catalogue and then cannot go on keeps no connection to it open.

Connections are counted as the pools of SQLAlchemy tell of them: Python warns of those that were
left open only since 3.13, and only when it happens to collect them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import Pool

from index.engine import EngineMissing
from index.engines import ENGINES
from library.catalogue import open_catalogue
from library.cli.parts import opened
from library.core.errors import NotUsable
from library.core.settings import Settings
from library.web.site import open_site


class Counted:
    """Connections opened by any pool, and those of them that are open now."""

    def __init__(self) -> None:
        self.made = self.open = 0

    def came(self, *_: object) -> None:
        self.made += 1
        self.open += 1

    def went(self, *_: object) -> None:
        self.open -= 1


@pytest.fixture
def connections() -> Iterator[Counted]:
    counted = Counted()
    event.listen(Pool, "connect", counted.came)
    event.listen(Pool, "close", counted.went)
    yield counted
    event.remove(Pool, "connect", counted.came)
    event.remove(Pool, "close", counted.went)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    open_catalogue(Settings(home=tmp_path), make=True).close()
    return tmp_path


@pytest.mark.parametrize(
    ("revision", "match"),
    [
        ("9999", "newer version"),
        ("0001", "already exists|duplicate column"),  # its tables are newer: no upgrade succeeds
    ],
)
def test_a_catalogue_that_is_refused_is_closed(
    home: Path, connections: Counted, revision: str, match: str
) -> None:
    with closing(sqlite3.connect(home / "catalogue.sqlite")) as file:
        file.execute("UPDATE alembic_version SET version_num = ?", [revision])
        file.commit()
    with pytest.raises((NotUsable, OperationalError), match=match):
        open_catalogue(Settings(home=home))
    assert connections.made
    assert connections.open == 0


def test_a_command_closes_what_it_opened(
    home: Path, connections: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBRARY_HOME", str(home))
    with opened() as library:
        assert library.catalogue.totals().resources == 0
        assert connections.open
    assert connections.open == 0


def test_a_command_that_cannot_read_its_vocabularies_closes_the_catalogue(
    home: Path, connections: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "vocabularies").mkdir()
    (home / "vocabularies/topic.toml").write_text("this is [no TOML")
    monkeypatch.setenv("LIBRARY_HOME", str(home))
    with pytest.raises(NotUsable, match=r"topic\.toml"), opened():
        pass
    assert connections.made
    assert connections.open == 0


def test_a_site_without_its_engine_closes_the_catalogue(
    home: Path, connections: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise EngineMissing("The engine is not installed.", "Install it.")

    monkeypatch.setitem(ENGINES, "missing", missing)
    with pytest.raises(NotUsable, match="not installed"):
        open_site(Settings(home=home, engine="missing"))
    assert connections.made
    assert connections.open == 0
