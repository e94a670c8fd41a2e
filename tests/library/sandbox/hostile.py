"""Readers that misbehave, run in the sandbox as `tests.library.sandbox.hostile:NAME`."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits
from library.sandbox.confinement import give_up


def says(*lines: str) -> Iterator[Said | Page]:
    yield Said({f"line{n}": line for n, line in enumerate(lines)}, pages=1)


def endless(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Said({}, pages=3)
    yield Page(1, "read before the end")
    while True:
        time.sleep(0.01)


def busy(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    while True:
        pass


def hungry(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    kept = []
    while True:
        kept.append(bytearray(2**24))


def hungry_and_mute(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    fill()
    os._exit(1)


def hungry_and_aborting(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    fill()
    os.abort()


def fill() -> None:
    """Take all the memory there is, as a library written in C would before it gives up."""
    kept = []
    with suppress(MemoryError):
        while True:
            kept.append(bytearray(2**24))


def leaving(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    os._exit(9)


def silent(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    os._exit(0)


def segfault(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    ctypes.string_at(0)


def aborting(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    os.abort()


def killed(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    signal.raise_signal(signal.SIGKILL)


def out_of_time(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    signal.raise_signal(signal.SIGXCPU)


def raising(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "read before the end")
    raise KeyError("a secret of the reader")


def nonsense(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(1, "fine")
    wrong: Any = "two"
    yield Page(wrong, "second")


def backwards(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Page(2, "second")
    yield Page(1, "first")


def endless_line(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    output = next(one for one in range(3, 32) if is_pipe(one))
    while True:
        os.write(output, b"x" * 2**16)
        yield Page(1, "x" * 2**20)


def is_pipe(descriptor: int) -> bool:
    with suppress(OSError):
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    return False


def printing(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    sys.stdout.write('{"page":[9,"forged",[],"","","",1]}\n')
    sys.stdout.flush()
    yield Page(1, "true")


def curious(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What it finds around it: environment, folder, its own input."""
    listing = ""
    with suppress(PermissionError):  # where the kernel has Landlock
        listing = " ".join(path.name for path in Path().iterdir())
    yield Said(
        {
            "environment": " ".join(sorted(os.environ)),
            "folder": str(Path("/proc/self/cwd").readlink()),
            "listing": listing,
            "input": file.read().decode(),
        }
    )


def descriptors(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """Which descriptors are open."""
    held = []
    for number in range(4096):
        with suppress(OSError):
            os.fstat(number)
            held.append(str(number))
    yield Said({"open": " ".join(held)})


def breaking_out(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What became of each thing it has no business to do."""
    attempts = {
        "fork": lambda: os.fork() or os._exit(0),
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "network": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
        "kill": lambda: os.kill(os.getppid(), 0),
        "write": lambda: Path("/tmp/reading-was-here").write_text("x"),
        "write here": lambda: Path("here").write_text("x"),
        "remove": lambda: Path("/tmp/reading-keep").unlink(),
        "folder": lambda: Path("made").mkdir(),
    }
    result = {}
    for name, attempt in attempts.items():
        try:
            attempt()
            result[name] = "done"
        except OSError as error:
            result[name] = type(error).__name__
    yield Said(result)


def prying(file: BinaryIO, limits: Limits, paths: list[str]) -> Iterator[Said | Page]:
    """What became of opening and of listing each of these."""
    result = {}
    for path in paths:
        try:
            if Path(path).is_dir():
                result[path] = " ".join(one.name for one in Path(path).iterdir())
            else:
                result[path] = Path(path).read_bytes().decode("latin-1")
        except OSError as error:
            result[path] = type(error).__name__
    yield Said(result)


def fork_bomb(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """How many processes and threads it could begin."""
    begun = 0
    for _ in range(500):
        for begin in (os.fork, threading.Thread(target=time.sleep, args=(9,), daemon=True).start):
            with suppress(OSError, RuntimeError):
                if begin() == 0:
                    time.sleep(60)
                begun += 1
    yield Said({"begun": str(begun)})


def calling_out(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What became of every kind of socket."""
    result = {}
    for name in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"):
        for kind in ("SOCK_STREAM", "SOCK_DGRAM"):
            try:
                socket.socket(getattr(socket, name), getattr(socket, kind)).close()
                result[f"{name} {kind}"] = "made"
            except OSError as error:
                result[f"{name} {kind}"] = type(error).__name__
    try:
        socket.getaddrinfo("example.org", 80)
        result["name"] = "told"
    except OSError:
        result["name"] = "PermissionError"
    yield Said(result)


def slow_pages(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Said({}, pages=1000)
    for number in range(1, 1001):
        yield Page(number, f"page {number}")
        time.sleep(0.05)


def dying(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """A reader that the file kills before it could say a word."""
    signal.raise_signal(signal.SIGKILL)
    yield Said()


LIMITS = ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE")
GET_DEATH_SIGNAL, GET_SECCOMP, GET_NO_NEW_PRIVILEGES = 2, 21, 39  # of prctl(2)


def confinement() -> dict[str, str]:
    """What this process has given up, as the system tells it."""
    told = {name: str(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))) for name in LIMITS}
    told["nice"] = str(os.getpriority(os.PRIO_PROCESS, 0))
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        number = ctypes.c_int()
        library.prctl(GET_DEATH_SIGNAL, ctypes.byref(number))
        told["ends with its parent"] = signal.Signals(number.value).name if number.value else ""
        told["privileges"] = str(library.prctl(GET_NO_NEW_PRIVILEGES, 0, 0, 0, 0))
        told["filter"] = str(library.prctl(GET_SECCOMP, 0, 0, 0, 0))
    return told


def confined(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    yield Said(confinement())


def confined_program(program: str, arguments: list[str], **bounds: Any) -> None:
    """The same, in the place of a program that is not ours, and written where that writes."""
    give_up(**bounds)
    told = json.dumps(confinement()).encode()
    if arguments:
        Path(arguments[0]).write_bytes(told)
    else:
        os.write(1, told)
    os._exit(0)
