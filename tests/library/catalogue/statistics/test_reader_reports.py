"""What readers report: words, the page, language and day, and nothing else; closed once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect

from library.catalogue.changes import history
from library.catalogue.statistics import reader_reports
from library.core.settings import Settings
from tests.library.web.conftest import Shelf

DAY = date(2026, 3, 1)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(Settings(home=tmp_path))
    yield made
    made.engine.close()
    made.catalogue.close()


def edition(shelf: Shelf, id_: str) -> str:
    resource = shelf.catalogue.resource(id_)
    assert resource is not None
    return resource.editions[0].id


def test_a_report_is_kept_once_at_its_page(shelf: Shelf) -> None:
    one, other = shelf.add("A", ["Words.", "More."]), shelf.add("B", ["Others."])
    before = shelf.catalogue.revision()
    with shelf.catalogue.write() as writer:
        for page, words in ((2, "The number\nis wrong."), (2, "The number is  wrong."), (1, "No")):
            assert reader_reports.record(writer, edition(shelf, one), page, words, "es", DAY)
    with shelf.catalogue.read() as conn:
        assert reader_reports.reported(conn) == {one}
        [(id_, found)] = reader_reports.of(conn, [one, other]).items()
        columns = {column["name"] for column in inspect(conn).get_columns("reports")}
    assert id_ == one
    assert [(report.page, report.words, report.language, report.day) for report in found] == [
        (1, "No", "es", DAY),
        (2, "The number is wrong.", "es", DAY),
    ]
    assert columns == {"id", "edition", "page", "words", "language", "day"}
    assert shelf.catalogue.revision() == before  # nothing a reader could see has changed


def test_what_is_closed_stays_in_the_history(shelf: Shelf) -> None:
    id_ = shelf.add("A", ["Words."])
    with shelf.catalogue.write() as writer:
        reader_reports.record(writer, edition(shelf, id_), 1, "Call 080 0123.", "en", DAY)
        [report] = reader_reports.of(writer.conn, [id_])[id_]
        assert reader_reports.close(writer, report.id, by="ben") == id_
        assert reader_reports.close(writer, report.id, by="ana") == ""
        assert not reader_reports.reported(writer.conn)
        [change] = history.entries(writer.conn, 9, subjects=[id_])
    assert (change.by, change.action) == ("ben", reader_reports.CLOSED)
    assert change.before == {"page": 1, "report": "Call 080 0123.", "date": "2026-03-01"}


def test_a_stranger_cannot_pile_up_reports(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, third = (shelf.add(name, ["Words."]) for name in "ABC")
    monkeypatch.setattr(reader_reports, "MOST", 2)
    monkeypatch.setattr(reader_reports, "MOST_A_DAY", 3)
    with shelf.catalogue.write() as writer:

        def kept(id_: str, words: str) -> bool:
            return reader_reports.record(writer, edition(shelf, id_), 1, words, "en", DAY)

        assert [kept(one, f"w{number}") for number in range(4)] == [True, True, False, False]
        assert kept(one, "w1")  # it is there
        assert [kept(other, "w"), kept(third, "w")] == [True, False]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (" a \r\n\t b\x00\u202e c ", "a b c"),
        ("\u2028\u200b", ""),
        ("é" * 600, "é" * 499 + "…"),
        ("call +254 700 123 456", "call +254 700 123 456"),
    ],
)
def test_one_line_that_is_not_too_long_is_kept(sent: str, kept: str) -> None:
    assert reader_reports.clean(sent) == kept


def test_what_is_looked_at_is_bounded() -> None:
    assert reader_reports.clean(" " * reader_reports.READ + "late") == ""
