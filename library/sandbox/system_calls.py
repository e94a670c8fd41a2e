"""The system calls that a process that reads strangers' files may make, and as a filter's program.

What is not named here is refused, also what a later kernel brings. Some are allowed only with
certain arguments: a descriptor's owner decides who is sent signals, so `fcntl` may not set it; a
request to a device changes a file's attributes; a limit is anybody's whose process it names.
Numbers are those of the kernel's unistd.h; the program's form is that of seccomp(2).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

LOAD, JUMP_EQUAL, JUMP_ABOVE, JUMP_SET, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
ALLOW, REFUSE, NO_SUCH = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38  # EPERM, ENOSYS
OTHER_NUMBERS = 0x40000000  # of the x32 calls, which are the same calls once more
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CLONE_THREAD = 0x10000
NEWEST = 471  # calls that the kernels of today know: of later ones programs are told there is none

Step = tuple[int, int, int, int]
Condition = tuple[int, str, Sequence[int]]

# A call's arguments, as a filter sees them: where the lower half of each word is.
FIRST, SECOND, THIRD, HIGH = 16, 24, 32, 4

# Each with its number on x86-64 and on ARM64.
READING = """
read 0 63, write 1 64, readv 19 65, writev 20 66, pread64 17 67, pwrite64 18 68,
preadv 295 69, pwritev 296 70, close 3 57, close_range 436 436, lseek 8 62, dup 32 23,
dup2 33 -, dup3 292 24, pipe 22 -, pipe2 293 59, mmap 9 222, munmap 11 215, mprotect 10 226,
mremap 25 216, madvise 28 233, brk 12 214, msync 26 227, mincore 27 232, mlock 149 228,
munlock 150 229, membarrier 324 283, access 21 -, faccessat 269 48, faccessat2 439 439,
stat 4 -, lstat 6 -, fstat 5 80, newfstatat 262 79, statx 332 291, statfs 137 43,
fstatfs 138 44, readlink 89 -, readlinkat 267 78, getdents 78 -, getdents64 217 61,
getcwd 79 17, chdir 80 49, fchdir 81 50, fadvise64 221 223, readahead 187 213, fsync 74 82,
fdatasync 75 83, ftruncate 77 46, flock 73 32, umask 95 166, futex 202 98,
futex_waitv 449 449, set_robust_list 273 99, get_robust_list 274 100, set_tid_address 218 96,
rseq 334 293, sched_yield 24 124, sched_getaffinity 204 123, sched_getparam 143 121,
sched_getscheduler 145 120, getcpu 309 168, restart_syscall 219 128, arch_prctl 158 -,
rt_sigaction 13 134, rt_sigprocmask 14 135, rt_sigreturn 15 139, rt_sigpending 127 136,
rt_sigtimedwait 128 137, rt_sigsuspend 130 133, sigaltstack 131 132, pause 34 -, alarm 37 -,
getitimer 36 102, setitimer 38 103, clock_gettime 228 113, clock_getres 229 114,
clock_nanosleep 230 115, nanosleep 35 101, gettimeofday 96 169, time 201 -, times 100 153,
getrusage 98 165, getrlimit 97 163, sysinfo 99 179, uname 63 160, getrandom 318 278,
getpid 39 172, getppid 110 173, gettid 186 178, getuid 102 174, geteuid 107 175,
getgid 104 176, getegid 108 177, getresuid 118 148, getresgid 120 150, getgroups 115 158,
getpgrp 111 -, getpgid 121 155, getsid 124 156, getpriority 140 141, capget 125 90, poll 7 -,
ppoll 271 73, select 23 -, pselect6 270 72, epoll_create 213 -, epoll_create1 291 20,
epoll_ctl 233 21, epoll_wait 232 -, epoll_pwait 281 22, epoll_pwait2 441 441, eventfd 284 -,
eventfd2 290 19, timerfd_create 283 85, timerfd_settime 286 86, timerfd_gettime 287 87,
exit 60 93, exit_group 231 94
"""
CHANGING = """
unlink 87 -, unlinkat 263 35, rename 82 -, renameat 264 38, renameat2 316 276, mkdir 83 -,
mkdirat 258 34, rmdir 84 -, link 86 -, linkat 265 37, symlink 88 -, symlinkat 266 36,
truncate 76 45, creat 85 -, fallocate 285 47, copy_file_range 326 285, sendfile 40 71
"""
BECOMING = "execve 59 221, execveat 322 281"
# Their flags lie in memory, out of a filter's sight: a program takes the older ones instead.
ABSENT = "clone3 435 435, openat2 437 437"

COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034)  # of fcntl: duplicates, flags
# and locks; F_SETOWN, F_SETSIG, F_SETLEASE and F_NOTIFY, which send signals, are not among them
REQUESTS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # of ioctl: is it a terminal, how much
# is there to be read, block, close on exec; FS_IOC_SETFLAGS and FIOSETOWN are not among them
OPTIONS = (2, 3, 15, 16, 21, 23, 39, 0x53564D41)  # of prctl: what it is told, and names


class Machine(NamedTuple):
    """One kind of processor, and the calls that are looked at more closely."""

    architecture: int  # as the kernel names it to a filter
    column: int  # of the numbers above
    opens: tuple[tuple[int, int], ...]  # open and openat, and where each has its flags
    clone: int  # makes threads, which a program may have, and processes
    signal: int  # tgkill, allowed to oneself: that is how a C library aborts
    command: int  # fcntl
    request: int  # ioctl
    option: int  # prctl
    limit: int  # prlimit64, to be told one's own


MACHINES = {
    "x86_64": Machine(0xC000003E, 0, ((2, SECOND), (257, THIRD)), 56, 234, 72, 16, 157, 302),
    "aarch64": Machine(0xC00000B7, 1, ((56, THIRD),), 220, 131, 25, 29, 167, 261),
}


def numbers(table: str, machine: Machine) -> dict[str, int]:
    """Name → number of the calls of a table, on a machine."""
    rows = (row.split() for row in table.replace(chr(10), " ").split(","))
    return {name: int(both[machine.column]) for name, *both in rows if both[machine.column] != "-"}


def steps(
    machine: Machine, process: int, *, becomes: bool = False, writes: bool = False
) -> list[Step]:
    """The filter's program: operation, steps to skip when true, when false, and operand.

    process: its own number. With `becomes` the process may become another program and have
    threads, with `writes` it may change files.
    """
    allowed = numbers(READING, machine)
    allowed |= numbers(BECOMING, machine) if becomes else {}
    allowed |= numbers(CHANGING, machine) if writes else {}
    program: list[Step] = [
        (LOAD, 0, 0, 4),  # the architecture
        (JUMP_EQUAL, 1, 0, machine.architecture),
        (RETURN, 0, 0, REFUSE),
        (LOAD, 0, 0, 0),  # the call's number
        (JUMP_SET, 0, 1, OTHER_NUMBERS),
        (RETURN, 0, 0, REFUSE),
    ]
    for number in allowed.values():
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    for number, flags in machine.opens:  # opening is allowed, opening to write is not
        program += _if(number, *([] if writes else [(flags, "none", [WRITING])]))
    if becomes:
        program += _if(machine.clone, (FIRST, "some", [CLONE_THREAD]))
    program += _if(machine.signal, (FIRST, "one", [process]))
    program += _if(machine.command, (SECOND, "one", COMMANDS))
    program += _if(machine.request, (SECOND, "one", REQUESTS))
    program += _if(machine.option, (FIRST, "one", OPTIONS))
    nothing = [(place, "one", [0]) for place in (THIRD, THIRD + HIGH)]  # no new limit
    program += _if(machine.limit, (FIRST, "one", [0, process]), *nothing)
    for number in numbers(ABSENT, machine).values():
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, NO_SUCH)]
    return [*program, (JUMP_ABOVE, 0, 1, NEWEST), (RETURN, 0, 0, NO_SUCH), (RETURN, 0, 0, REFUSE)]


def _if(number: int, *conditions: Condition) -> list[Step]:
    """Steps that allow a call where all conditions hold, and refuse it where one does not.

    A condition: where a word of the arguments is; whether it is to be `one` of some, or to have
    `none` or `some` of the bits of one; and these.
    """
    program: list[Step] = []
    for place, how, operands in conditions:
        program.append((LOAD, 0, 0, place))
        if how == "one":
            left = len(operands)
            for operand in operands:
                program.append((JUMP_EQUAL, left, 0, operand))
                left -= 1
        else:
            program.append((JUMP_SET, *((1, 0) if how == "some" else (0, 1)), operands[0]))
        program.append((RETURN, 0, 0, REFUSE))
    program.append((RETURN, 0, 0, ALLOW))
    return [(JUMP_EQUAL, 0, len(program), number), *program]
