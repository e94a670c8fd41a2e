"""Who holds what is being done, and whether they still live."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from pathlib import Path


def me() -> str:
    """The name of this thread on the leases it holds: machine, process, its start, and thread."""
    process = os.getpid()
    return f"{socket.gethostname()}:{process}.{_began(process)}:{threading.get_ident()}"


def dead(owner: str) -> bool:
    """Whether the holder was a process of this machine that has ended.

    Of another machine nothing is known; its lease runs out by itself.
    """
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    process, _, began = rest.partition(".")
    if host != socket.gethostname() or not process.isdigit():
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


def _began(process: int) -> str:
    """When a process began, as the system counts; "" where that cannot be told.

    After a restart of the machine another process soon has the same number.
    """
    try:
        facts = Path(f"/proc/{process}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    return facts.rpartition(")")[2].split()[19]  # field 22 of proc(5)
