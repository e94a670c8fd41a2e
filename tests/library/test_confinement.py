"""The system call filter, as a program."""

from __future__ import annotations

import errno

import pytest

from library.confinement import ALLOW, MACHINES, REFUSE, WRITING, steps


def outcome(machine: str, number: int, flags: int = 0, architecture: int | None = None) -> int:
    """What the filter answers to a system call, by running its program."""
    arch, open_, _openat, _, _ = MACHINES[machine]
    words = {0: number, 4: arch if architecture is None else architecture}
    words |= {24: flags} if number == open_ else {32: flags}
    place, value, program = 0, 0, steps(machine)
    while True:
        code, yes, no, operand = program[place]
        place += 1
        if code == 0x20:
            value = words.get(operand, 0)
        elif code == 0x06:
            return operand
        else:
            true = value == operand if code == 0x15 else bool(value & operand)
            place += yes if true else no


@pytest.mark.parametrize("machine", list(MACHINES))
def test_each_call_gets_its_answer(machine: str) -> None:
    _, open_, openat, absent, refused = MACHINES[machine]
    for number in map(int, refused.split()):
        assert outcome(machine, number) == REFUSE
    for number in absent:
        assert outcome(machine, number) & 0xFFFF == errno.ENOSYS
    for number in (open_, openat):
        if number >= 0:
            assert outcome(machine, number, flags=0) == ALLOW
            assert outcome(machine, number, flags=WRITING & 1) == REFUSE
    read, write = (0, 1) if machine == "x86_64" else (63, 64)
    assert outcome(machine, read) == outcome(machine, write) == ALLOW
    assert outcome(machine, read, architecture=1) == REFUSE
    assert outcome(machine, read | 0x40000000) == REFUSE
