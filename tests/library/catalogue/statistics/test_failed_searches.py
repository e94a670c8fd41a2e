"""What readers asked for and did not find: words, language, day and times, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.statistics import failed_searches
from library.core.settings import Settings

DAY = date(2026, 3, 1)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = open_catalogue(Settings(home=tmp_path), make=True)
    yield made
    made.close()


def test_the_same_words_are_one_line_with_a_number(catalogue: Catalogue) -> None:
    before = catalogue.revision()
    with catalogue.write() as writer:
        for days in (0, 0, 3):
            day = DAY + timedelta(days=days)
            assert failed_searches.record(writer.conn, "missed", " Zeppelin  Songs", "en", day)
        assert failed_searches.record(writer.conn, "asked", "Zeppelin songs", "es", DAY)
    (line,) = catalogue.unanswered("missed")
    assert (line.words, line.language, line.times) == ("zeppelin songs", "en", 3)
    assert (line.first, line.last) == (DAY, DAY + timedelta(days=3))
    assert [one.words for one in catalogue.unanswered("asked")] == ["Zeppelin songs"]
    assert catalogue.revision() == before  # nothing a reader could see has changed


def test_nothing_tells_who(catalogue: Catalogue) -> None:
    catalogue.record_unanswered("asked", "Call me +254 700 123 456 or ana@example.org: fuel", "en")
    (line,) = catalogue.unanswered("asked")
    assert line.words == "Call me or fuel"
    with catalogue.read() as conn:
        columns = {column["name"] for column in inspect(conn).get_columns("unanswered")}
    assert columns == {"kind", "words", "language", "day", "times"}
    assert not catalogue.record_unanswered("missed", "ana@example.org", "en")


def test_a_stranger_cannot_fill_the_disk(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failed_searches, "MOST", 3)
    with catalogue.write() as writer:
        kept = [failed_searches.record(writer.conn, "missed", f"w{n}", "en", DAY) for n in range(5)]
        assert kept == [True, True, True, False, False]
        assert failed_searches.record(
            writer.conn, "missed", "w1", "en", DAY
        )  # counted all the same
    assert len(failed_searches.clean("word " * 500, "asked")) <= 400


def test_old_lines_go(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        failed_searches.record(writer.conn, "missed", "old", "en", DAY)
        failed_searches.record(writer.conn, "missed", "new", "en", DAY + timedelta(days=500))
    assert [one.words for one in catalogue.unanswered("missed")] == ["new"]
