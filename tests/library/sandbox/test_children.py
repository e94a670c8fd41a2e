"""What is said of a child that did not end as it should."""

from __future__ import annotations

import signal

import pytest

from library.core.errors import Damaged, InputError, TooHungry, TooLarge, TooSlow
from library.sandbox.children import Ended, why

MEMORY = 2**30


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (-signal.SIGSEGV, Damaged, "crashed (SIGSEGV)"),
        (-signal.SIGBUS, Damaged, "crashed (SIGBUS)"),
        (-signal.SIGFPE, Damaged, "crashed (SIGFPE)"),
        (-signal.SIGABRT, Damaged, "gave up (SIGABRT)"),
        (-signal.SIGXCPU, TooSlow, "takes too long"),
        (-signal.SIGALRM, TooSlow, "takes too long"),
        (-signal.SIGXFSZ, TooLarge, "holds more"),
        (-signal.SIGKILL, TooHungry, "the system stopped"),
        (0, Damaged, "stopped before the end"),
        (9, Damaged, "ended with 9"),
    ],
)
def test_each_end_has_its_words(status: int, kind: type[InputError], words: str) -> None:
    problem = why(Ended(status, 0), MEMORY, "report.pdf")
    assert type(problem) is kind
    assert words in problem.text and problem.text.startswith("report.pdf")
    assert problem.remedy


@pytest.mark.parametrize(("held", "hungry"), [(MEMORY // 4 - 1, False), (MEMORY // 4, True)])
def test_an_abrupt_end_with_much_memory_was_for_want_of_it(held: int, hungry: bool) -> None:
    problem = why(Ended(-signal.SIGABRT, held), MEMORY, "report.pdf")
    assert isinstance(problem, TooHungry) is hungry
