"""Runs a program that is not ours on a stranger's file, confined, bounded, and without a network.

The program gets an empty environment, a folder of its own, and nothing else to write to. It may
start no process and opens no socket (library/sandbox/confinement.py); at its deadline it is killed.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from library.core import leases
from library.core.cancellation import Stopping
from library.core.errors import Damaged, Unsupported
from library.sandbox.children import begun, too_large, why

MAIN = "library.sandbox.confinement:become"
NICE = 10  # what programs do gives way to finding and to the site


def found(program: str) -> str | None:
    """Where a program is installed, if it is."""
    return shutil.which(program)


def run(
    program: str,
    arguments: Sequence[str],
    file: Path | bytes,
    *,
    seconds: float,
    memory: int,
    output_limit: int,
    result: str = "",
    nice: int = NICE,
    stop: Stopping | None = None,
) -> bytes:
    """What a program writes to standard output, or to the file `result` in its own folder.

    program: its name, or its path. arguments: `{folder}` in them stands for the program's own
    folder, `{file}` for the file, which is its standard input too. memory: of address space, in
    bytes. output_limit: of bytes written. Only with a `result` may it write files at all.

    Raises Unsupported where the program is not installed, Damaged when it ends in an error,
    TooSlow, TooHungry, TooLarge, and Stopped when `stop` was set meanwhile.
    """
    path = found(program)
    if path is None:
        raise Unsupported("program missing", file=_name(file), program=program)
    limits = {"memory": memory, "output": output_limit, "seconds": seconds, "nice": nice}
    task = {"program": path, "arguments": list(arguments), "readable": [], **limits}
    return confined(MAIN, task, file, result=result, stop=stop)


def confined(
    main: str,
    task: dict[str, Any],
    file: Path | bytes,
    *,
    result: str = "",
    stop: Stopping | None = None,
) -> bytes:
    """What a child of ours writes that confines itself as `become` does, and then does its work.

    main: the function it calls with `task`, as `module:function`. task: `program`, for people to
    know it by; `arguments`, filled as for `run`; `readable` files and folders; and the limits
    `seconds`, `memory` and `output`.

    Raises Damaged when it ends in an error, TooSlow, TooHungry, TooLarge, and Stopped when `stop`
    was set meanwhile.
    """
    name, most = _name(file), task["output"]
    deadline = time.monotonic() + task["seconds"]
    with TemporaryDirectory(prefix=leases.prefix("program")) as folder:
        given = _laid(file, Path(folder))
        places = {"{folder}": folder, "{file}": str(given)}
        task = {
            **task,
            "arguments": [_filled(argument, places) for argument in task["arguments"]],
            "folder": folder,
            "readable": [*task["readable"], str(given.resolve())],
            "writes": bool(result),
        }
        with given.open("rb") as stdin, begun(main, task, stdin.fileno(), folder, name) as child:
            written = b"".join(child.pieces(deadline, most, stop))
            ended = child.ended(deadline)
        if ended.status != 0:
            raise why(ended, task["memory"], name, Path(task["program"]).name)
        return _kept(Path(folder) / result, name, most) if result else written


def _laid(file: Path | bytes, folder: Path) -> Path:
    """The file as the program finds it in its folder, with the suffix that it has."""
    if isinstance(file, bytes):
        place = folder / "given"
        place.write_bytes(file)
    else:
        place = folder / f"given{file.suffix}"
        place.symlink_to(file.resolve())
    return place


def _filled(argument: str, places: dict[str, str]) -> str:
    for name, place in places.items():
        argument = argument.replace(name, place)
    return argument


def _kept(path: Path, name: str, most: int) -> bytes:
    """What the program left; a link out of its folder is not followed."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Damaged("program silent", file=name) from error
    with os.fdopen(file, "rb") as source:
        kept = source.read(most + 1)
    if len(kept) > most:
        raise too_large(name)
    return kept


def _name(file: Path | bytes) -> str:
    return file.name if isinstance(file, Path) else "A page"
