"""The system call filter, as a program."""

from __future__ import annotations

import errno
from collections.abc import Mapping

import pytest

from library.sandbox.confinement import (
    ALLOW,
    CLONE_THREAD,
    MACHINES,
    REFUSE,
    WRITING,
    Machine,
    steps,
)

PROCESS = 4321


def outcome(
    machine: Machine, number: int, words: Mapping[int, int] | None = None, **may: bool
) -> int:
    """What the filter answers to a system call, by running its program."""
    data = {0: number, 4: machine.architecture, **(words or {})}
    place, value, program = 0, 0, steps(machine, PROCESS, **may)
    while True:
        code, yes, no, operand = program[place]
        place += 1
        if code == 0x20:
            value = data.get(operand, 0)
        elif code == 0x06:
            return operand
        else:
            true = value == operand if code == 0x15 else bool(value & operand)
            place += yes if true else no


@pytest.mark.parametrize("name", list(MACHINES))
def test_each_call_gets_its_answer(name: str) -> None:
    machine = MACHINES[name]
    never = machine.refused.split()
    for number in map(int, (*never, *machine.becoming.split(), *machine.changing.split())):
        assert outcome(machine, number) == REFUSE
    assert outcome(machine, machine.clone, {16: CLONE_THREAD}) == REFUSE
    for number in machine.absent:
        assert outcome(machine, number) & 0xFFFF == errno.ENOSYS
    for number, flags in machine.opens:
        assert outcome(machine, number) == ALLOW
        assert outcome(machine, number, {flags: WRITING & 1}) == REFUSE
    assert outcome(machine, machine.signal, {16: PROCESS}) == ALLOW
    assert outcome(machine, machine.signal, {16: 1}) == REFUSE
    read, write = (0, 1) if name == "x86_64" else (63, 64)
    assert outcome(machine, read) == outcome(machine, write) == ALLOW
    assert outcome(machine, read, {4: 1}) == REFUSE
    assert outcome(machine, read | 0x40000000) == REFUSE


@pytest.mark.parametrize("name", list(MACHINES))
def test_a_program_may_have_threads_but_no_processes(name: str) -> None:
    machine = MACHINES[name]
    for number in map(int, machine.refused.split()):
        assert outcome(machine, number, becomes=True, writes=True) == REFUSE
    assert outcome(machine, machine.clone, {16: CLONE_THREAD | 0x100}, becomes=True) == ALLOW
    assert outcome(machine, machine.clone, {16: 0x100}, becomes=True) == REFUSE
    opening, flags = machine.opens[0]
    assert outcome(machine, opening, {flags: WRITING & 1}, becomes=True) == REFUSE
    assert outcome(machine, opening, {flags: WRITING & 1}, becomes=True, writes=True) == ALLOW
    for number in map(int, machine.changing.split()):
        assert outcome(machine, number, becomes=True, writes=True) == ALLOW
