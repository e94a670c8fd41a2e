"""Runs a program that is not ours on a stranger's file, confined, bounded, and without a network.

The program gets an empty environment, a folder of its own, and nothing else to write to. It may
start no process and opens no socket (library/confinement.py); at its deadline it is killed.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import library
from library import leases
from library.errors import Damaged, InputError, TooHungry, TooLarge, TooSlow, Unsupported

BOOT = (
    "import sys,json;task=json.loads(sys.argv[1]);sys.path[:0]=[task.pop('path')];"
    "from library.confinement import become;become(**task)"
)
NICE = 10  # what programs do gives way to finding and to the site
AGAIN = "Open it in the program it was made with, save it again, and add that."
SMALLER = "Split it, or save it again with a newer program, and add the result."


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
) -> bytes:
    """What a program writes to standard output, or to the file `result` in its own folder.

    program: its name, or its path. arguments: `{folder}` in them stands for the program's own
    folder, `{file}` for the file, which is its standard input too. memory: of address space, in
    bytes. output_limit: of bytes written. Only with a `result` may it write files at all.

    Raises Unsupported where the program is not installed, Damaged when it ends in an error,
    TooSlow, TooHungry, TooLarge.
    """
    path = found(program)
    if path is None:
        raise Unsupported(f"{_name(file)} needs {program} to be read.", f"Install {program}.")
    limits = {"memory": memory, "output": output_limit, "seconds": seconds, "nice": nice}
    task = {"program": path, "arguments": list(arguments), "readable": [], **limits}
    return confined(BOOT, task, file, result=result)


def confined(boot: str, task: dict[str, Any], file: Path | bytes, *, result: str = "") -> bytes:
    """What a child of ours writes that confines itself as `become` does, and then does its work.

    boot: its program, in Python, which takes `task` from its first argument. task: `arguments`
    filled as for `run`, `readable` files and folders, and the limits `seconds` and `output`.

    Raises Damaged when it ends in an error, TooSlow, TooHungry, TooLarge.
    """
    seconds, output_limit = task["seconds"], task["output"]
    with TemporaryDirectory(prefix=leases.prefix("program")) as folder:
        given = _laid(file, Path(folder))
        places = {"{folder}": folder, "{file}": str(given)}
        task = {
            **task,
            "path": str(Path(library.__file__).parent.parent),
            "arguments": [_filled(argument, places) for argument in task["arguments"]],
            "folder": folder,
            "readable": [*task["readable"], str(given.resolve())],
            "writes": bool(result),
            "parent": os.getpid(),
        }
        with given.open("rb") as stdin:
            child = subprocess.Popen(
                [sys.executable, "-I", "-S", "-X", "utf8", "-c", boot, json.dumps(task)],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={},
                start_new_session=True,
            )
        try:
            written = _output(child, _name(file), time.monotonic() + seconds, output_limit)
        finally:
            _stop(child)
        if child.returncode != 0:
            program = Path(task.get("program", "its reader")).name
            raise _failed(child.returncode, _name(file), program)
        return _kept(Path(folder) / result, _name(file), output_limit) if result else written


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


def _output(child: subprocess.Popen[bytes], name: str, deadline: float, most: int) -> bytes:
    assert child.stdout is not None
    source = child.stdout.fileno()
    os.set_blocking(source, False)
    written = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TooSlow(f"{name} takes too long to be read.", SMALLER)
            piece = os.read(source, 2**16)
            if not piece:
                break
            written += piece
            if len(written) > most:
                raise TooLarge(f"{name} holds more than one file may.", SMALLER)
    try:
        child.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise TooSlow(f"{name} takes too long to be read.", SMALLER) from error
    return bytes(written)


def _failed(code: int, name: str, program: str) -> InputError:
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return TooSlow(f"{name} takes too long to be read.", SMALLER)
    if code == -signal.SIGXFSZ:
        return TooLarge(f"{name} holds more than one file may.", SMALLER)
    if code in (-signal.SIGKILL, -signal.SIGABRT):
        return TooHungry(f"{name} needs more memory to be read than one file may have.", SMALLER)
    return Damaged(f"{name} could not be read by {program} (it ended with {code}).", AGAIN)


def _kept(path: Path, name: str, most: int) -> bytes:
    """What the program left; a link out of its folder is not followed."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Damaged(f"{name} gave nothing that can be read.", AGAIN) from error
    with os.fdopen(file, "rb") as source:
        kept = source.read(most + 1)
    if len(kept) > most:
        raise TooLarge(f"{name} holds more than one file may.", SMALLER)
    return kept


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            child.kill()
    child.wait()
    assert child.stdout is not None
    child.stdout.close()


def _name(file: Path | bytes) -> str:
    return file.name if isinstance(file, Path) else "A page"
