"""How long searches take: steps of a histogram, and what is read from them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from library.catalogue import Catalogue
from library.catalogue.statistics import latency
from library.catalogue.statistics.latency import Speed, Timed

DAY = "2026-03-01"


def timed(bucket: int, day: str = DAY, engine: str = "whoosh", terms: int = 2) -> Timed:
    return Timed(day, engine, terms, False, False, bucket)


@pytest.mark.parametrize(
    ("milliseconds", "bucket"),
    [(0.0, 0), (1.0, 0), (1.1, 1), (2.0, 2), (2.01, 3), (4.0, 4), (32_768.0, 30), (1e9, 31)],
)
def test_a_time_is_in_the_first_step_that_is_not_shorter(milliseconds: float, bucket: int) -> None:
    assert latency.bucket(milliseconds) == bucket
    if bucket < latency.BUCKETS:
        assert milliseconds <= latency.upper(bucket) * 1.000001
    if bucket:
        assert milliseconds > latency.upper(bucket - 1)


def test_steps_grow_by_the_square_root_of_two() -> None:
    ends = [latency.upper(step) for step in range(latency.BUCKETS + 1)]
    assert (ends[0], ends[2], ends[20]) == (1.0, 2.0, 1024.0)
    assert all(after / before == pytest.approx(2**0.5) for before, after in pairwise(ends))


def test_a_quantile_stands_between_the_ends_of_its_step() -> None:
    assert latency.quantile({}, 0.5) == 0.0
    assert latency.quantile({4: 10}, 0.5) == pytest.approx((latency.upper(3) + 4) / 2)
    assert latency.quantile({4: 10}, 1.0) == 4.0
    assert latency.quantile({0: 4}, 0.5) == 0.5
    assert latency.quantile({0: 90, 10: 0, 20: 10}, 0.9) == 1.0
    assert latency.quantile({0: 90, 20: 10}, 0.95) == pytest.approx((latency.upper(19) + 1024) / 2)


def test_numbers_add_up_by_day_engine_and_shape(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        latency.record(conn, {timed(4): 1, timed(6, terms=3): 4})
        latency.record(conn, {timed(4): 2, timed(4, "2026-03-02"): 5, timed(8, engine="x"): 9})
        latency.record(conn, {})
        assert latency.speed(conn, DAY, "whoosh").searches == 12
        assert latency.speed(conn, "2026-03-02", "whoosh") == Speed(5, 3.4, 3.9, 4.0)
        assert latency.speed(conn, DAY, "none") == Speed(0, 0.0, 0.0, 0.0)
        assert [(day, one.searches) for day, one in latency.by_day(conn, DAY)] == [
            (DAY, 16), ("2026-03-02", 5),
        ]  # fmt: skip
        slowest, other = latency.shapes(conn, DAY, "whoosh", 9)
        assert (slowest.terms, slowest.speed.searches) == (3, 4)
        assert (other.terms, other.speed.searches) == (2, 8)
        assert latency.shapes(conn, DAY, "whoosh", 1) == [slowest]
        steps = dict(latency.steps(conn, "whoosh", DAY))
        assert len(steps) == latency.BUCKETS + 1
        assert (steps[4.0], steps[8.0], sum(steps.values())) == (3, 4, 7)
        assert latency.seconds(conn, "whoosh", "2026-03-02") == 0.017
        assert latency.seconds(conn, "whoosh", "2020-01-01") == 0.0


def test_days_long_past_are_let_go(catalogue: Catalogue) -> None:
    with catalogue.write() as writer:
        conn = writer.conn
        latency.record(conn, {timed(4, "2026-01-01"): 1, timed(4, "2026-01-02"): 1})
        latency.record(conn, {timed(4, "2026-04-02"): 1})  # ninety days after the second
        assert [day for day, _ in latency.by_day(conn, "")] == ["2026-01-02", "2026-04-02"]
