"""The moment a catalogue is at, told without waiting and never an old one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.storage import moment
from library.catalogue.vocabulary import schemes
from library.core.settings import Settings
from tests import needs
from tests.library.catalogue.builders import NAME, edition, put

pytestmark = needs.SQLITE


def test_it_is_what_a_connection_sees_after_every_change(catalogue: Catalogue) -> None:
    seen = []
    for number in range(4):
        glimpsed = catalogue.glimpse()
        assert glimpsed == catalogue.ask(moment.now) == catalogue.moment()
        seen.append(glimpsed)
        put(catalogue, edition(f"e{number}"))
    with catalogue.write() as writer:
        schemes.put(writer.conn, "topic", {"law": None})
    last = catalogue.glimpse()
    assert last == catalogue.ask(moment.now)
    assert last is not None and last.vocabulary == 1
    assert len({one.revision for one in seen if one}) == 4


def test_a_change_of_another_process_is_seen(catalogue: Catalogue, tmp_path: Path) -> None:
    before = catalogue.glimpse()
    other = sqlite3.connect(tmp_path / NAME)
    other.execute("UPDATE state SET number = number + 7 WHERE name = 'revision'")
    assert catalogue.glimpse() == before  # it may still be taken back
    other.commit()
    other.close()
    after = catalogue.glimpse()
    assert before is not None and after is not None
    assert after.revision == before.revision + 7


def test_who_writes_is_not_waited_for(catalogue: Catalogue, tmp_path: Path) -> None:
    before = catalogue.glimpse()
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert catalogue.glimpse() == before
    other.execute("ROLLBACK")
    other.close()


def test_where_it_cannot_be_told_it_is_asked_as_everything_else(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    whole = catalogue.moment()
    held = catalogue._watch._held
    assert held is not None
    held.close()  # as after any error of it
    assert catalogue.glimpse() is None
    assert catalogue.moment() == whole
    assert catalogue.glimpse() == whole  # and it is opened anew


def test_a_file_that_is_gone_is_not_made(tmp_path: Path) -> None:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    made.close()
    (tmp_path / NAME).unlink()
    assert made.glimpse() is None
    assert not (tmp_path / NAME).exists()
