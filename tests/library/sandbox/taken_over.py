"""`python -m tests.library.sandbox.taken_over USER FOLDERS`: a reader that does what a hostile
document would, and tells what the system answered to each call it is given on its input."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import sys

from library.sandbox import confinement, landlock

# On x86-64 and on ARM64; the kernel's unistd.h is where they are from.
NUMBERS = {
    name: int(number)
    for name, number in (
        row.split("=")
        for row in (
            """kill=62 tkill=200 rt_sigqueueinfo=129 pidfd_open=434 pidfd_send_signal=424
process_vm_readv=310 ptrace=101 kcmp=312 fork=57 vfork=58 execve=59 unshare=272 setns=308
clone3=435 setxattr=188 fsetxattr=190 removexattr=197 fchmod=91 fchmodat=268 fchown=93
fchownat=260 utimensat=280 mknodat=259 unlinkat=263 renameat2=316 linkat=265 symlinkat=266
mkdirat=258 truncate=76 shmget=29 semget=64 msgget=68 mq_open=240 add_key=248
request_key=249 keyctl=250 io_uring_setup=425 io_setup=206 bpf=321 perf_event_open=298
userfaultfd=323 socket=41 socketpair=53 connect=42 bind=49 mount=165 umount2=166
pivot_root=155 chroot=161 move_mount=429 fsopen=430 name_to_handle_at=303
open_by_handle_at=304 inotify_init1=294 fanotify_init=300 setuid=105 setresuid=117
setgroups=116 capset=126 setrlimit=160 setpriority=141 ioprio_set=251 sched_setaffinity=203
sched_setscheduler=144 personality=135 quotactl=179 acct=163 syslog=103 timer_create=222
memfd_create=319 process_madvise=440 move_pages=279 migrate_pages=256 delete_module=176
fcntl=72 prlimit64=302 ioctl=16"""
            if platform.machine() == "x86_64"
            else """kill=129 tkill=130 rt_sigqueueinfo=138 pidfd_open=434 pidfd_send_signal=424
process_vm_readv=270 ptrace=117 kcmp=272 execve=221 unshare=97 setns=268 clone3=435
setxattr=5 fsetxattr=7 removexattr=14 fchmod=52 fchmodat=53 fchown=55 fchownat=54
utimensat=88 mknodat=33 unlinkat=35 renameat2=276 linkat=37 symlinkat=36 mkdirat=34
truncate=45 shmget=194 semget=190 msgget=186 mq_open=180 add_key=217 request_key=218
keyctl=219 io_uring_setup=425 io_setup=0 bpf=280 perf_event_open=241 userfaultfd=282
socket=198 socketpair=199 connect=203 bind=200 mount=40 umount2=39 pivot_root=41 chroot=51
move_mount=429 fsopen=430 name_to_handle_at=264 open_by_handle_at=265 inotify_init1=26
fanotify_init=262 setuid=146 setresuid=147 setgroups=159 capset=91 setrlimit=164
setpriority=140 ioprio_set=30 sched_setaffinity=122 sched_setscheduler=119 personality=92
quotactl=60 acct=89 syslog=116 timer_create=107 memfd_create=279 process_madvise=440
move_pages=239 migrate_pages=238 delete_module=106 fcntl=25 prlimit64=261 ioctl=29"""
        ).split()
    )
}


def main(user: int, folders: str) -> None:
    tried = json.load(sys.stdin)
    if user != os.geteuid():
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    if folders == "without Landlock":
        landlock.keep_only = lambda *_: False  # type: ignore[assignment]
    held = ctypes.create_string_buffer(64)
    known = {"parent": os.getppid(), "pointer": ctypes.addressof(held)}
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    confinement.confine(
        readable=[sys.prefix, sys.base_prefix],
        memory=2**31,
        seconds=20,
        nice=0,
        parent=os.getppid(),
    )
    told = []
    for name, *words in tried:
        ctypes.set_errno(0)
        given = [ctypes.c_long(known.get(word, word)) for word in words]
        done = library.syscall(ctypes.c_long(NUMBERS.get(name, 9999)), *given)
        told.append(ctypes.get_errno() if done == -1 else 0)
    os.write(1, json.dumps(told).encode())
    os._exit(0)


main(int(sys.argv[1]), sys.argv[2])
