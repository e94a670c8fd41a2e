"""What is read, counted by day: numbers that add up whoever writes them, and tell of nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect

from library.catalogue import Catalogue, open_catalogue
from library.catalogue.statistics import latency, usage
from library.catalogue.statistics.latency import Timed
from library.catalogue.statistics.usage import Counted
from library.core.settings import Settings
from tests.library.web.conftest import Shelf


def write(catalogue: Catalogue, *counted: tuple[Counted, int]) -> None:
    with catalogue.write() as writer:
        usage.record(writer.conn, dict(counted))


def test_several_processes_add_up(catalogue: Catalogue, tmp_path: Path) -> None:
    other = open_catalogue(Settings(home=tmp_path))
    line = Counted("2026-03-01", "read", "w", "e", "en")
    for one in (catalogue, other, catalogue):
        write(one, (line, 2), (line._replace(kind="searched", resource="", edition=""), 1))
    other.close()
    with catalogue.read() as conn:
        assert usage.totals(conn) == {"read": 6, "searched": 3}
        assert usage.totals(conn, "2026-03-02") == {}
        assert usage.by_day(conn, "") == {"2026-03-01": {"read": 6, "searched": 3}}
        assert usage.by_language(conn, "") == {"en": {"read": 6, "searched": 3}}


def test_counting_is_no_change_that_readers_could_see(catalogue: Catalogue) -> None:
    before = catalogue.revision()
    write(catalogue, (Counted("2026-03-01", "read", "w", "e", "en"), 1))
    assert catalogue.revision() == before


def test_nothing_is_kept_that_tells_who_or_when(catalogue: Catalogue) -> None:
    with catalogue.read() as conn:
        held = {
            table: {column["name"] for column in inspect(conn).get_columns(table)}
            for table in ("counts", "durations")
        }
    assert held["counts"] == {"day", "kind", "resource", "edition", "language", "times"}
    assert held["durations"] == {
        "day", "engine", "terms", "phrase", "narrowed", "bucket", "times"}  # fmt: skip


def test_days_of_long_ago_become_months_and_nothing_is_lost(catalogue: Catalogue) -> None:
    line = Counted("2024-02-03", "read", "w", "e", "en")
    first, recent = line._replace(day="2024-02-01"), line._replace(day="2026-02-03")
    write(catalogue, (line, 3), (line._replace(day="2024-02-29"), 4), (first, 1), (recent, 5))
    with catalogue.write() as writer:
        assert usage.fold(writer.conn, date(2026, 3, 1)) == 2
        assert usage.fold(writer.conn, date(2026, 3, 1)) == 0
    with catalogue.read() as conn:
        assert usage.by_day(conn, "") == {"2024-02-01": {"read": 8}, "2026-02-03": {"read": 5}}


def test_what_was_joined_counts_as_one(tmp_path: Path) -> None:
    shelf = Shelf(Settings(home=tmp_path))
    one = shelf.add("A fund", ["Words."], work="fund")
    resource = shelf.catalogue.resource(one)
    assert resource is not None
    edition = resource.editions[0]
    write(
        shelf.catalogue,
        (Counted("2026-03-01", "read", one, edition.id, "en"), 4),
        (Counted("2026-03-01", "opened", "before", edition.id, "en"), 2),  # before it was joined
        (Counted("2026-03-01", "downloaded", resource.slug, "gone", "en"), 1),
        (Counted("2026-03-01", "read", "another", "other", "es"), 5),
        (Counted("2026-03-01", "searched", language="en"), 9),
    )
    with shelf.catalogue.read() as conn:
        most = usage.most_read(conn, "", 10)
        assert most == [(one, 2, 4, 1), ("another", 0, 5, 0)]
        assert usage.most_read(conn, "2026-03-02", 10) == []
        assert len(usage.most_read(conn, "", 1)) == 1
    shelf.engine.close()
    shelf.catalogue.close()


@pytest.mark.parametrize("milliseconds", [0.2, 1, 1.4, 3, 99, 1000, 31_000])
def test_a_step_of_the_histogram_holds_its_times(milliseconds: float) -> None:
    step = latency.bucket(milliseconds)
    assert milliseconds <= latency.upper(step) * 1.000001
    assert step == 0 or milliseconds > latency.upper(step - 1)


def test_quantiles_are_within_a_step_of_what_was_measured(catalogue: Catalogue) -> None:
    times = [float(n) for n in range(1, 1001)]
    line = Timed("2026-03-01", "whoosh", 2, False, False, 0)
    counted: dict[Timed, int] = {}
    for one in times:
        key = line._replace(bucket=latency.bucket(one))
        counted[key] = counted.get(key, 0) + 1
    slow = line._replace(phrase=True, bucket=latency.bucket(40_000))
    with catalogue.write() as writer:
        latency.record(writer.conn, counted)
        latency.record(writer.conn, {slow: 1, line._replace(engine="another"): 7})
    with catalogue.read() as conn:
        found = latency.speed(conn, "2026-01-01", "whoosh")
        assert found.searches == 1001
        for told, true in ((found.median, 500), (found.p95, 950), (found.p99, 990)):
            assert true / 1.2 < told < true * 1.2
        assert [one.phrase for one in latency.shapes(conn, "", "whoosh", 5)] == [True, False]
        assert sum(n for _, n in latency.steps(conn, "whoosh", "2026-03-01")) == 1001
        assert latency.seconds(conn, "whoosh", "2026-03-01") == pytest.approx(500, rel=0.15)
        assert latency.seconds(conn, "whoosh", "2026-03-02") == 0
        assert latency.speed(conn, "2026-03-02", "whoosh").searches == 0


def test_how_long_searches_took_is_let_go_of(catalogue: Catalogue) -> None:
    line = Timed("2026-03-01", "whoosh", 1, False, False, 3)
    with catalogue.write() as writer:
        latency.record(writer.conn, {line: 1})
        latency.record(writer.conn, {line._replace(day="2026-08-01"): 1})
    with catalogue.read() as conn:
        assert [day for day, _ in latency.by_day(conn, "")] == ["2026-08-01"]
