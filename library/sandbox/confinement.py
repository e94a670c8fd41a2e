"""What the process that reads strangers' files gives up before it looks at one.

Limits of the system hold everywhere. On Linux every folder goes but those of the system and of our
code (landlock.py), and with them the catalogue and the other originals. On x86-64 and ARM64 a
system call filter also leaves only the calls that reading needs (system_calls.py): no new process,
no network, no signal to others and no way to change a file; where that is not to be had, a network
of its own is tried instead, and `lacking` says so.

A program that is not ours gives up the same, but for a folder of its own.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from library.sandbox import landlock
from library.sandbox.system_calls import MACHINES, steps

PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 1, 38, 22
SECCOMP_MODE_FILTER = 2
CLONE_NEWNET = 0x40000000
# What a program may read beside its own folder. /proc is not among it: others' secrets are there.
SYSTEM = (
    *("/usr", "/bin", "/lib", "/lib64", "/opt", "/nix/store", "/var/cache/fontconfig"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/libreoffice", "/etc/alternatives"),
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


Lacking = Literal["filter", "folders"]


def lacking() -> tuple[Lacking, ...]:
    """What this system cannot hold a reader to: the calls it may make, the folders it may read."""
    gone: list[Lacking] = [] if _filters() else ["filter"]
    return tuple(gone if landlock.available() else [*gone, "folders"])


def _filters() -> bool:
    """Whether the kernel takes filters of calls, and we know its numbers: asked with none, it says
    that it could not read one (seccomp(2))."""
    if sys.platform != "linux" or platform.machine() not in MACHINES or sys.maxsize < 2**32:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, None, 0, 0)
    return ctypes.get_errno() == errno.EFAULT


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
