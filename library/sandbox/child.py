"""The child's side of library/sandbox/reader.py: a line to its output for each find."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from library.core.errors import Damaged, InputError, TooHungry
from library.core.messages import Message
from library.extractors import Limits, load
from library.extractors.wire import Item, encode
from library.sandbox.confinement import confine

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
    reader: Callable[..., Iterable[Item]] = load(function)
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
