"""The child's side of library/sandbox/reader.py: a line to its output for each find."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from library.core.errors import Damaged, InputError, TooHungry, Unreadable
from library.core.messages import LONGEST, Message
from library.extractors import Limits, load
from library.extractors.wire import Item, encode
from library.sandbox.confinement import confine

OURS = "library."  # before our own modules: without one of those the library is not whole
READY, END = b'{"ready":true}\n', b"{}\n"


def main(
    *,
    function: str,
    arguments: Sequence[Any],
    readable: Sequence[str],
    limits: Mapping[str, Any],
    seconds: float,
    nice: int,
    parent: int,
) -> None:
    """Run one reader; what it needs is imported first, while caches may still be written."""
    reader = _loaded(function)
    bounds = Limits(**limits)
    hungry = encode(TooHungry("needs memory"))
    out = os.dup(1)
    os.dup2(2, 1)  # nothing but our lines may reach the parent: the rest goes nowhere
    with suppress(OSError):  # nothing can be made in a folder that is gone, and none is left
        Path.cwd().rmdir()
    _write(out, READY)
    confine(readable=readable, memory=bounds.memory, seconds=seconds, nice=nice, parent=parent)
    try:
        with open(0, "rb", closefd=False) as file:
            for item in reader(file, bounds, *arguments):
                _write(out, encode(item))
    except InputError as problem:
        end(out, problem)
    except MemoryError:
        _leave(out, hungry)  # made before: there may be no memory left to make it of
    except RecursionError:
        end(out, Damaged("nested"))
    except Exception as error:
        end(out, Damaged("reader gave up", by=Message("its reader"), detail=type(error).__name__))
    end(out, None)


def _loaded(function: str) -> Callable[..., Iterable[Item]]:
    """The reader. One of another package that cannot be imported fails its own files, no others."""
    try:
        return load(function)
    except Exception as error:
        if function.startswith(OURS):
            raise
        detail = f"{type(error).__name__}: {error}"[:LONGEST]
        problem = Unreadable("reader of others", reader=function, detail=detail)

    def broken(*_: object) -> Iterable[Item]:
        raise problem

    return broken


def end(out: int, problem: InputError | None) -> NoReturn:
    """Say how the reading ended, and leave at once: nothing is worth tidying up here."""
    _leave(out, encode(problem) if problem else END)


def _leave(out: int, line: bytes) -> NoReturn:
    _write(out, line)
    os._exit(0)


def _write(out: int, line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[os.write(out, view) :]
