"""Who holds what is being done, and whether they still live.

A catalogue in a server, or a folder on a network, is shared by machines and containers that see
each other's names and not each other's processes. So a name says where it is from: which machine
(https://www.freedesktop.org/software/systemd/man/latest/machine-id.html), started when, and in
which space of process numbers. Only of its own space does a process say that another has ended; of
its own machine before it was started again, that all have.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import tempfile
import threading
from functools import cache
from pathlib import Path

SYSTEM = Path("/")  # where the files are that tell of a machine


def me() -> str:
    """The name of this thread on the leases it holds: where, process, its start, and thread."""
    process = os.getpid()
    return f"{here()}:{process}.{_began(process)}:{threading.get_ident()}"


def here() -> str:
    """Where this process is: the name of the host, for people, and what tells it from others."""
    return "+".join((socket.gethostname(), *_place()))


def dead(owner: str) -> bool:
    """Whether the holder was a process of this machine that has ended.

    Of another machine or container nothing is known; its lease runs out by itself.
    """
    where, _, rest = owner.rpartition(":")[0].rpartition(":")
    process, _, began = rest.partition(".")
    place, mine = tuple(where.split("+")[1:]), _place()
    if len(place) != len(mine) or not process.isdigit():
        return False
    if place[0] and place[0] == mine[0] and place[1] != mine[1]:
        return True  # this machine was started again since
    if place != mine:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(began) and began != _began(int(process))


def prefix(kind: str) -> str:
    """How the name of a temporary folder begins that this thread makes for `kind` of work."""
    return f"{kind}-{me()}-"


def sweep_folders(*kinds: str) -> None:
    """Remove the temporary folders of processes that were killed before they could."""
    for kind in kinds:
        for folder in Path(tempfile.gettempdir()).glob(f"{kind}-*"):
            if dead(folder.name.removeprefix(f"{kind}-").rpartition("-")[0]):
                shutil.rmtree(folder, ignore_errors=True)


def _place() -> tuple[str, str, str]:
    """What tells this machine, its start and this space of process numbers; "" for what cannot be
    told, such as the machine where a container does not know it.
    """
    try:
        space = str((SYSTEM / "proc/self/ns/pid").stat().st_ino)
    except OSError:
        space = ""
    return *_machine(SYSTEM), space


@cache
def _machine(system: Path) -> tuple[str, str]:
    """A mark of a machine, of which nobody else is to know the number, and of its start."""
    told = []
    for name in ("etc/machine-id", "proc/sys/kernel/random/boot_id"):
        try:
            number = (system / name).read_bytes().strip()
        except OSError:
            number = b""
        told.append(hashlib.sha256(b"library" + number).hexdigest()[:10] if number else "")
    return told[0], told[1]


def _began(process: int) -> str:
    """When a process began, as the system counts; "" where that cannot be told.

    After a restart of the machine another process soon has the same number.
    """
    try:
        facts = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    return facts.rpartition(")")[2].split()[19]  # field 22 of proc(5)
