"""What the process that reads strangers' files gives up before it looks at one.

Limits of the system hold everywhere. On Linux every folder goes but those of the system and of our
code (landlock.py), and with them the catalogue and the other originals. On x86-64 and ARM64 a
system call filter also takes away new processes, the network, signals to others and every way to
change a file; where that is not to be had, a network of its own is tried instead. The filter's
format is that of seccomp(2).

A program that is not ours gives up the same, but for a folder of its own.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from library.sandbox import landlock

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 38, 22
SECCOMP_MODE_FILTER = 2
CLONE_NEWNET = 0x40000000
LOAD, JUMP_EQUAL, JUMP_SET, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, REFUSE, NO_SUCH = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # EPERM, ENOSYS
OTHER_NUMBERS = 0x40000000  # of the x32 calls, which are the same calls once more
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CLONE_THREAD = 0x10000
# What a program may read beside its own folder. /proc is not among it: others' secrets are there.
SYSTEM = (
    *("/usr", "/bin", "/lib", "/lib64", "/opt", "/nix/store", "/var/cache/fontconfig"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


class Machine(NamedTuple):
    """Numbers of system calls on one kind of processor."""

    architecture: int  # as the kernel names it to a filter
    opens: tuple[tuple[int, int], ...]  # open and openat, and where each has its flags
    signal: int  # tgkill, allowed to oneself: that is how a C library aborts
    clone: int  # makes threads, which a program may have, and processes
    absent: tuple[int, ...]  # clone3, openat2: their flags are out of a filter's sight
    becoming: str  # another program
    changing: str  # files and folders
    refused: str  # to everybody


MACHINES = {
    "x86_64": Machine(
        architecture=0xC000003E,
        opens=((2, 24), (257, 32)),
        signal=234,
        clone=56,
        absent=(435, 437),
        becoming="59 322",  # execve execveat
        # unlink* rename* mkdir* rmdir link* symlink* truncate* creat mknod*
        changing="87 263 82 264 316 83 258 84 86 265 88 266 76 77 85 133 259",
        refused="57 58 "  # fork vfork
        "62 200 129 297 424 101 310 311 "  # kill tkill *sigqueueinfo pidfd_send_signal ptrace …
        "41 53 49 50 42 43 288 44 46 307 "  # socket* bind listen connect accept* send*
        "90 91 268 92 93 94 260 "  # chmod* chown*
        "165 166 272 308 321 425 426 427 250 323",  # mount* unshare setns bpf io_uring* keyctl …
    ),
    "aarch64": Machine(
        architecture=0xC00000B7,
        opens=((56, 32),),
        signal=131,
        clone=220,
        absent=(435, 437),
        becoming="221 281",
        changing="35 38 276 34 37 36 45 46 33",
        refused="129 130 138 240 424 117 270 271 198 199 200 201 203 202 242 206 211 269 "
        "52 53 54 55 40 39 97 268 280 425 426 427 219 282",
    ),
}


def confine(
    *, readable: Sequence[str], memory: int, seconds: float, nice: int, parent: int
) -> None:
    """Give up, for good, what reading a file does not need.

    `readable` are folders beside the system's that may still be read, `memory` is address space
    in bytes, `seconds` of processor time, `parent` the process id of the one that waits: without
    it this process ends.
    """
    library = _orphaned_with(parent)
    os.nice(nice)
    _keep_only(library, (*SYSTEM, *DEVICES, *readable), ())
    whole = int(seconds) + 1
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, whole, whole + 2),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 32, 32),
        (resource.RLIMIT_NPROC, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _limit(what, soft, hard)
    _hold(library, becomes=False, writes=False)


def become(
    program: str,
    arguments: Sequence[str],
    *,
    folder: str,
    readable: Sequence[str],
    writes: bool,
    memory: int,
    output: int,
    seconds: float,
    nice: int,
    parent: int,
) -> None:
    """Become a program that is not ours, with an environment that tells it nothing.

    It may read the system's folders, what is `readable`, and its own `folder`; only there, and
    only if it `writes`, may it write files, of at most `output` bytes. It may have threads, but
    no processes, for `seconds` of processor time on each of two processors.
    """
    own = str(Path(program).resolve().parent)
    give_up(
        folder=folder,
        readable=(own, *readable),
        writes=writes,
        memory=memory,
        output=output,
        seconds=seconds,
        nice=nice,
        parent=parent,
    )
    os.execve(program, [program, *arguments], environment(folder))


def environment(folder: str) -> dict[str, str]:
    """All that a program learns of where it runs."""
    return {"HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}


def give_up(
    *,
    folder: str,
    readable: Sequence[str],
    writes: bool,
    memory: int,
    output: int,
    seconds: float,
    nice: int,
    parent: int,
) -> None:
    """Give up what `become` gives up, without becoming another program."""
    library = _orphaned_with(parent)
    os.nice(nice)
    whole = 2 * int(seconds) + 1
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, whole, whole + 2),
        (resource.RLIMIT_FSIZE, output, output),
        (resource.RLIMIT_NOFILE, 256, 256),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        _limit(what, soft, hard)
    _keep_only(library, (*SYSTEM, *readable), (*DEVICES, folder))
    _hold(library, becomes=True, writes=writes)


def _orphaned_with(parent: int) -> ctypes.CDLL:
    """The C library; this process ends with the one that waits for it."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux":
        library.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
    return library


def _keep_only(library: ctypes.CDLL, readable: Sequence[str], writable: Sequence[str]) -> None:
    if sys.platform == "linux":
        library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        landlock.keep_only(library, readable, writable)


def _hold(library: ctypes.CDLL, *, becomes: bool, writes: bool) -> None:
    if sys.platform == "linux":
        library.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if not _filter(library, becomes, writes):
            library.unshare(CLONE_NEWNET)


def _limit(what: int, soft: int, hard: int) -> None:
    _, most = resource.getrlimit(what)
    if most != resource.RLIM_INFINITY:
        soft, hard = min(soft, most), min(hard, most)
    try:
        resource.setrlimit(what, (soft, hard))
    except (OSError, ValueError):
        return  # a system without this limit; the deadline and the others still hold


def _filter(library: ctypes.CDLL, becomes: bool, writes: bool) -> bool:
    """Install the filter; whether it holds."""
    machine = MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 2**32:
        return False
    filtering = steps(machine, os.getpid(), becomes=becomes, writes=writes)
    program = b"".join(struct.pack("HBBI", *step) for step in filtering)
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    )
    done: int = library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0)
    return done == 0


def steps(
    machine: Machine, process: int, *, becomes: bool = False, writes: bool = False
) -> list[tuple[int, int, int, int]]:
    """The filter's program: operation, steps to skip when true, when false, and operand.

    With `becomes` the process may become another program and have threads, with `writes` it may
    change files.
    """
    program = [
        (LOAD, 0, 0, 4),  # the architecture
        (JUMP_EQUAL, 1, 0, machine.architecture),
        (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, 0),  # the call's number
        (JUMP_SET, 0, 1, OTHER_NUMBERS),
        (RETURN, 0, 0, REFUSE),
    ]
    refused = machine.refused.split()
    refused += [] if becomes else [*machine.becoming.split(), str(machine.clone)]
    refused += [] if writes else machine.changing.split()
    for number in map(int, refused):
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    for number in machine.absent:
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, NO_SUCH)]
    if not writes:
        for number, flags in machine.opens:  # opening is allowed, opening to write is not
            program += _checked(number, flags, (JUMP_SET, 0, 1, WRITING))
    if becomes:
        program += _checked(machine.clone, 16, (JUMP_SET, 1, 0, CLONE_THREAD))
    program += _checked(machine.signal, 16, (JUMP_EQUAL, 1, 0, process))
    return [*program, (RETURN, 0, 0, ALLOW)]


def _checked(
    number: int, word: int, refuse_if: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    """Steps that allow a call unless the word at that place of its arguments is wrong."""
    return [
        (JUMP_EQUAL, 0, 4, number),
        (LOAD, 0, 0, word),
        refuse_if,
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    ]
