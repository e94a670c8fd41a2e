"""Folders that a process gives up on Linux, for itself and all it becomes.

Where the kernel has no Landlock (before 5.13, or switched off) nothing is given up, and the other
limits of library/sandbox/confinement.py still hold. Numbers are those of linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on every processor
VERSION_FLAG, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1, 2, 4, 8
READ = EXECUTE | READ_FILE | READ_FOLDER
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14 | 1 << 15
# Rights over files that each version of Landlock knows: refer came with 2, truncate with 3, ioctl
# on devices with 5.
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
NEWEST = (1 << 16) - 1
NETWORK = 3  # binding and connecting by TCP, from version 4
SCOPES = 3  # signals to others and abstract sockets of others, from version 6


def available() -> bool:
    """Whether this kernel holds a process to folders."""
    return sys.platform == "linux" and _version(ctypes.CDLL(None, use_errno=True)) >= 1


def _version(library: ctypes.CDLL) -> int:
    version: int = library.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION_FLAG)
    return version


def keep_only(
    library: ctypes.CDLL, readable: Iterable[str | Path], writable: Iterable[str | Path]
) -> bool:
    """Leave these files and folders, and what is beneath them; whether the kernel holds to it.

    `library` is the C library. What is not there is passed over.
    """
    if sys.platform != "linux":
        return False
    version = _version(library)
    if version < 1:
        return False
    rights = RIGHTS.get(version, NEWEST)
    words = [rights, *([NETWORK] if version >= 4 else []), *([SCOPES] if version >= 6 else [])]
    handled = struct.pack(f"{len(words)}Q", *words)
    rules = library.syscall(CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return False
    try:
        for paths, allowed in ((readable, READ), (writable, rights)):
            for path in paths:
                with suppress(OSError):
                    _allow(library, rules, path, allowed & rights)
        return bool(library.syscall(RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(library: ctypes.CDLL, rules: int, path: str | Path, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not Path(path).is_dir():
            rights &= FILE_RIGHTS
        library.syscall(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
