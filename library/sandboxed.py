"""The child's side of library/sandbox.py: reads standard input, writes a line for each find."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from library.confinement import confine
from library.errors import Damaged, InputError, TooHungry
from library.extractors import Limits, load
from library.extractors.wire import Item, encode

READY, END = b'{"ready":true}\n', b"{}\n"


def main(task: dict[str, Any]) -> None:
    """Run one reader; what it needs is imported first, while caches may still be written."""
    function: Callable[..., Iterable[Item]] = load(task["function"])
    limits = Limits(**task["limits"])
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but our lines may reach the parent
    with suppress(OSError):  # nothing can be made in a folder that is gone, and none is left
        Path.cwd().rmdir()
    _write(out, READY)
    confine(limits.memory, task["seconds"], task["nice"], task["parent"])
    try:
        with open(0, "rb", closefd=False) as file:
            for item in function(file, limits, *task["arguments"]):
                _write(out, encode(item))
    except InputError as problem:
        end(out, problem)
    except MemoryError:
        end(out, TooHungry("needs more memory to be read than one file may have."))
    except RecursionError:
        end(out, Damaged("is nested too deeply to be read."))
    except Exception as error:
        end(out, Damaged(f"is damaged: its reader gave up ({type(error).__name__})."))
    end(out, None)


def end(out: int, problem: InputError | None) -> None:
    """Say how the reading ended, and leave at once: nothing is worth tidying up here."""
    _write(out, encode(problem) if problem else END)
    os._exit(0)


def _write(out: int, line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[os.write(out, view) :]
