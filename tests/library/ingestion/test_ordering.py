"""Work done side by side comes in its order, and stops when it is to stop."""

from __future__ import annotations

import threading
import time

import pytest

from library.core.cancellation import Stopping
from library.ingestion.ordering import AHEAD, in_order, together
from library.sandbox import Stopped


def test_work_comes_in_the_order_it_was_begun_however_long_it_takes() -> None:
    last_is_done = threading.Event()

    def work(number: int) -> int:
        if number == 0:
            assert last_is_done.wait(30)  # those after it are done meanwhile
        if number == 5:
            last_is_done.set()
        return number

    done = [one for one in in_order(range(6), work, 2, Stopping()) if one is not None]
    assert done == [0, 1, 2, 3, 4, 5]


def test_whoever_takes_the_results_may_do_something_while_nothing_comes() -> None:
    go_on = threading.Event()
    results = in_order([1], lambda number: go_on.wait(30) and number, 1, Stopping())
    assert next(results) is None
    go_on.set()
    assert [one for one in results if one is not None] == [1]


def test_no_more_is_begun_than_may_be_kept() -> None:
    first = threading.Event()
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        if number == 0:
            assert first.wait(30)
        return number

    results = in_order(range(10 * AHEAD), work, 2, Stopping())
    for _ in range(3):
        assert next(results) is None  # the first is not done, and the others wait for it
    assert len(begun) <= AHEAD + 3
    first.set()
    assert [one for one in results if one is not None] == list(range(10 * AHEAD))


def test_what_weighs_much_keeps_others_from_being_begun() -> None:
    first = threading.Event()
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        if number == 0:
            assert first.wait(30)
        return number

    results = in_order(range(100), work, 1 + 1, Stopping(), lambda number: 10**9)
    assert next(results) is None
    assert len(begun) < 10
    first.set()
    assert [one for one in results if one is not None] == list(range(100))


def test_one_that_fails_is_told_in_its_turn() -> None:
    def work(number: int) -> int:
        if number == 1:
            raise ValueError("bad")
        return number

    results = in_order(range(3), work, 2, Stopping())
    with pytest.raises(ValueError, match="bad"):
        assert [one for one in results if one is not None] == [0]


def test_waiting_ends_when_the_work_is_to_stop() -> None:
    stopping = Stopping()

    def work(number: int) -> int:
        while not stopping.is_set():
            time.sleep(0.01)
        raise Stopped

    results = in_order(range(3), work, 1, stopping)
    assert next(results) is None
    stopping.set()
    with pytest.raises(Stopped):
        list(results)


def test_results_go_together_and_none_waits_for_others_that_do_not_come() -> None:
    assert list(together([1, 2, 3, 4, 5], 2, 60.0)) == [[1, 2], [3, 4], [5]]
    assert list(together([1, None, 2], 2, 60.0)) == [[1], [2]]
    assert list(together([None], 2, 60.0)) == [[]]
    assert list(together([1, 2], 9, -1.0)) == [[1], [2]]
