"""What a child has given up, as the system tells it; and the system call filter, as a program."""

from __future__ import annotations

import errno
import json
import os
import platform
import resource
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from library import sandbox
from library.core.resource import Said
from library.extractors import Limits
from library.sandbox import landlock, programs
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


def limits(**soft_and_hard: tuple[int, int]) -> dict[str, str]:
    """As they are told, no wider than this process is allowed itself."""
    told = {}
    for name, wanted in soft_and_hard.items():
        most = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]
        held = tuple(one if most == resource.RLIM_INFINITY else min(one, most) for one in wanted)
        told[name] = str(held)
    return told


HELD = {"ends with its parent": "SIGKILL", "privileges": "1"} if sys.platform == "linux" else {}
FILTERED = sys.platform == "linux" and platform.machine() in MACHINES
FILTER = {"filter": "2"} if FILTERED else {}  # SECCOMP_MODE_FILTER


def test_a_reader_has_each_limit(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("words of the file")
    memory = 2**30
    [said] = sandbox.run(
        file,
        "tests.library.sandbox.hostile:confined",
        limits=replace(Limits(), memory=memory),
        seconds=20.5,
        nice=3,
    )
    assert isinstance(said, Said)
    wanted = limits(
        AS=(memory, memory), CPU=(21, 23), FSIZE=(0, 0), NOFILE=(32, 32), NPROC=(0, 0), CORE=(0, 0)
    )
    here = os.nice(0)
    assert said.fields == {**said.fields, **wanted, **HELD, **FILTER, "nice": str(here + 3)}


@pytest.mark.parametrize("result", ["", "out.txt"])
def test_a_program_has_each_limit_whether_it_writes_or_not(result: str) -> None:
    memory, output = 2**29, 12_345
    given = {"memory": memory, "output": output, "seconds": 20.5, "nice": 4}
    arguments = ["{folder}/out.txt"] if result else []
    task = {"program": "sh", "arguments": arguments, "readable": [], **given}
    main = "tests.library.sandbox.hostile:confined_program"
    told = json.loads(programs.confined(main, task, b"a page", result=result))
    wanted = limits(
        AS=(memory, memory), CPU=(41, 43), FSIZE=(output, output), NOFILE=(256, 256), CORE=(0, 0)
    )
    here = os.nice(0)
    assert told == {**told, **wanted, **HELD, **FILTER, "nice": str(here + 4)}


def test_a_program_has_them_before_it_is_one() -> None:
    """`become` gives up what `give_up` does: a shell tells its own limits."""
    script = "ulimit -f; ulimit -n; ulimit -c; ulimit -t; ulimit -v"
    told = programs.run("sh", ["-c", script], b"", seconds=20, memory=2**29, output_limit=51_200)
    files, held, cores, seconds, memory = map(int, told.split())
    assert files in (50, 100)  # blocks of 512 bytes, or of 1024, as shells differ
    assert (held, cores, seconds, memory) == (256, 0, 41, 2**19)


def test_what_a_program_writes_is_cut_while_it_writes() -> None:
    """It is the system that stops it, and not the look at what it left."""
    script = "trap '' XFSZ; while echo 0123456789; do :; done > out 2> /dev/null; exit 7"
    with pytest.raises(sandbox.reader.Damaged, match="ended with 7"):
        programs.run(
            "sh", ["-c", script], b"", seconds=20, memory=2**29, output_limit=500, result="out"
        )


@pytest.mark.skipif(not landlock.available(), reason="this kernel has no Landlock")
def test_each_right_over_folders_is_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A right that is not named to the kernel is one that a stranger's file keeps."""
    named = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16, 6: 16}
    for version, rights in named.items():
        given: list[bytes] = []

        class Kernel:
            def syscall(self, number: int, *arguments: object) -> int:
                if number == landlock.CREATE_RULESET and arguments[0] is None:
                    return version  # noqa: B023 - asked within its own turn
                if number == landlock.CREATE_RULESET:
                    given.append(arguments[0])  # type: ignore[arg-type]  # noqa: B023
                    return os.open(os.devnull, os.O_RDONLY)
                return 0

        assert landlock.keep_only(Kernel(), ["/usr"], [])  # type: ignore[arg-type]
        [handled] = given
        assert int.from_bytes(handled[:8], sys.byteorder) == 2**rights - 1
        network = int.from_bytes(handled[8:], sys.byteorder) if len(handled) > 8 else 0
        assert network == (3 if version >= 4 else 0)
