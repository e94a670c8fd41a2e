"""Work done side by side ends in its order, and stops when it is to stop."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from library.core.cancellation import Stopping
from library.ingestion.ordering import Turns
from library.sandbox import Stopped


def test_work_ends_in_the_order_it_was_begun_however_long_it_takes() -> None:
    turns = Turns(2, Stopping())
    ended: list[int] = []
    last_is_read = threading.Event()

    def work(number: int) -> None:
        with turns.turn(number) as come:
            if number == 0:
                assert last_is_read.wait(30)  # those that wait for their turn give way to others
            if number == 5:
                last_is_read.set()
            come()
            ended.append(number)

    with ThreadPoolExecutor(6) as pool:
        for future in [pool.submit(work, number) for number in range(6)]:
            future.result(timeout=60)
    assert ended == [0, 1, 2, 3, 4, 5]


def test_one_that_fails_or_needs_no_turn_holds_nobody_up() -> None:
    turns = Turns(1, Stopping())
    with pytest.raises(ValueError, match="bad"), turns.turn(0):
        raise ValueError("bad")
    with turns.turn(1):
        pass
    with turns.turn(2) as come:
        come()


def test_waiting_ends_when_the_work_is_to_stop() -> None:
    stopping = Stopping()
    turns = Turns(1, stopping)
    stopping.set()
    with pytest.raises(Stopped), turns.turn(1) as come:
        come()
