"""What a child has given up, as the system tells it; and the system call filter, as a program."""

from __future__ import annotations

import errno
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from library import sandbox
from library.core.resource import Said
from library.extractors import Limits
from library.sandbox import confinement, landlock, programs
from library.sandbox.system_calls import (
    ABSENT,
    ALLOW,
    BECOMING,
    CHANGING,
    CLONE_THREAD,
    FIRST,
    HIGH,
    JUMP_ABOVE,
    JUMP_EQUAL,
    JUMP_SET,
    LOAD,
    MACHINES,
    NEWEST,
    NO_SUCH,
    READING,
    REFUSE,
    RETURN,
    SECOND,
    THIRD,
    WRITING,
    Machine,
    numbers,
    steps,
)
from tests import needs

PROCESS = 4321
PARENT, POINTER = "parent", "pointer"  # put in where they are known
FCNTL = {"F_SETFL": 4, "F_SETOWN": 8, "F_SETSIG": 10, "F_SETLEASE": 1024, "F_NOTIFY": 1026}


def outcome(
    machine: Machine, number: int, words: Mapping[int, int] | None = None, **may: bool
) -> int:
    """What the filter answers to a system call, by running its program."""
    data = {0: number, 4: machine.architecture, **(words or {})}
    place, value, program = 0, 0, steps(machine, PROCESS, **may)
    while True:
        code, yes, no, operand = program[place]
        place += 1
        if code == LOAD:
            value = data.get(operand, 0)
        elif code == RETURN:
            return operand
        else:
            true = {
                JUMP_EQUAL: value == operand,
                JUMP_ABOVE: value > operand,
                JUMP_SET: bool(value & operand),
            }[code]
            place += yes if true else no


def looked_at(machine: Machine) -> set[int]:
    """The calls that are allowed, or not, by what they are asked."""
    opens = {number for number, _ in machine.opens}
    return {*opens, *machine[3:]}


@pytest.mark.parametrize("name", list(MACHINES))
def test_what_is_not_named_is_refused(name: str) -> None:
    """Every number there is: what is allowed is on a list, and all else is not."""
    machine = MACHINES[name]
    for may in ({}, {"becomes": True}, {"becomes": True, "writes": True}):
        named = set(numbers(READING, machine).values())
        named |= set(numbers(BECOMING, machine).values()) if "becomes" in may else set()
        named |= set(numbers(CHANGING, machine).values()) if "writes" in may else set()
        for number in set(range(600)) - looked_at(machine):
            got = outcome(machine, number, **may)
            absent = number > NEWEST or number in numbers(ABSENT, machine).values()
            assert got == (ALLOW if number in named else NO_SUCH if absent else REFUSE), number
    assert outcome(machine, 0, {4: 1}) == REFUSE
    assert outcome(machine, 0 | 0x40000000) == REFUSE


@pytest.mark.parametrize("name", list(MACHINES))
def test_some_calls_are_allowed_by_what_they_ask(name: str) -> None:
    machine = MACHINES[name]
    for number, flags in machine.opens:
        assert outcome(machine, number) == ALLOW
        assert outcome(machine, number, {flags: WRITING & 1}) == REFUSE
        assert outcome(machine, number, {flags: WRITING & 1}, writes=True) == ALLOW
    assert outcome(machine, machine.signal, {FIRST: PROCESS}) == ALLOW
    assert outcome(machine, machine.signal, {FIRST: 1}) == REFUSE
    for what, command in FCNTL.items():
        wanted = ALLOW if what == "F_SETFL" else REFUSE
        assert outcome(machine, machine.command, {SECOND: command}) == wanted, what
    assert outcome(machine, machine.request, {SECOND: 0x5401}) == ALLOW
    for request in (0x40086602, 0x8901, 0x5412):  # FS_IOC_SETFLAGS FIOSETOWN TIOCSTI
        assert outcome(machine, machine.request, {SECOND: request}) == REFUSE
    assert outcome(machine, machine.option, {FIRST: 15}) == ALLOW
    for option in (1, 4, 8, 0x59616D61):  # what ends it, what is kept of it, who may trace it
        assert outcome(machine, machine.option, {FIRST: option}) == REFUSE
    assert outcome(machine, machine.limit, {FIRST: PROCESS}) == ALLOW
    assert outcome(machine, machine.limit, {FIRST: 1}) == REFUSE
    for half in (THIRD, THIRD + HIGH):  # a new limit, of itself
        assert outcome(machine, machine.limit, {half: 1}) == REFUSE
    assert outcome(machine, machine.clone, {FIRST: CLONE_THREAD}) == REFUSE
    assert outcome(machine, machine.clone, {FIRST: CLONE_THREAD | 0x100}, becomes=True) == ALLOW
    assert outcome(machine, machine.clone, {FIRST: 0x100}, becomes=True) == REFUSE


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
        rest = [int.from_bytes(handled[at : at + 8], sys.byteorder) for at in (8, 16)]
        assert rest == [3 if version >= 4 else 0, 3 if version >= 6 else 0]


CALLS = """
kill tkill rt_sigqueueinfo pidfd_open pidfd_send_signal process_vm_readv ptrace kcmp fork
vfork execve unshare setns clone3 setxattr fsetxattr removexattr fchmod fchmodat fchown
fchownat utimensat mknodat unlinkat renameat2 linkat symlinkat mkdirat truncate shmget
semget msgget mq_open add_key request_key keyctl io_uring_setup io_setup bpf perf_event_open
userfaultfd socket socketpair connect bind mount umount2 pivot_root chroot move_mount fsopen
name_to_handle_at open_by_handle_at inotify_init1 fanotify_init setuid setresuid setgroups
capset setrlimit setpriority ioprio_set sched_setaffinity sched_setscheduler personality
quotactl acct syslog timer_create memfd_create process_madvise move_pages migrate_pages
delete_module
"""
# What a document that took a reader over would try, by name, with the words of each call. None of
# them does harm if it is let through: descriptors are none, addresses are 0, and numbers are wrong.
TRIED = {
    "F_SETOWN": ("fcntl", 0, FCNTL["F_SETOWN"], -1),
    "F_SETSIG": ("fcntl", 0, FCNTL["F_SETSIG"], 9),
    "a limit of another process": ("prlimit64", PARENT, 7, 0, 0),
    "a limit of its own, widened": ("prlimit64", 0, 7, POINTER, 0),
    "FS_IOC_SETFLAGS": ("ioctl", 0, 0x40086602, 0),
    **{name: (name, -1, 0, 0, 0, 0, 0) for name in CALLS.split()},
}


@pytest.mark.skipif(not FILTERED, reason="there is no filter of calls on this system")
@pytest.mark.parametrize("folders", ["with Landlock", "without Landlock"])
@pytest.mark.parametrize("who", ["this user", "another user"])
def test_a_reader_that_was_taken_over_can_do_none_of_these(who: str, folders: str) -> None:
    if who == "another user" and os.geteuid() != 0:
        pytest.skip("only root may become another user")
    user = 65534 if who == "another user" else os.geteuid()
    done = subprocess.run(
        [sys.executable, "-m", "tests.library.sandbox.taken_over", str(user), folders],
        input=json.dumps(list(TRIED.values())),
        capture_output=True,
        text=True,
        check=True,
        cwd=needs.ROOT,
    )
    told = dict(zip(TRIED, json.loads(done.stdout), strict=True))
    refused = {errno.EPERM, errno.ENOSYS}
    assert {name: code for name, code in told.items() if code not in refused} == {}


def test_what_this_system_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ("filter" in confinement.lacking()) is not FILTERED
    monkeypatch.setattr("library.sandbox.landlock.available", lambda: False)
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert confinement.lacking() == ("filter", "folders")
