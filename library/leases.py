"""Who holds what is being done, and whether they still live."""

from __future__ import annotations

import os
import socket
import threading


def me() -> str:
    """The name of this thread on the leases it holds: machine, process and thread."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def dead(owner: str) -> bool:
    """Whether the holder was a process of this machine that has ended.

    Of another machine nothing is known; its lease runs out by itself.
    """
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
