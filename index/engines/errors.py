"""What embedded engines raise at a damaged index or a full disk, as our own tree.

Whoosh has no class for a damaged index: what it meets there is raised as it comes. So it is told
by where it was raised. A slip of our own looks the same (a ValueError is a ValueError), and must
not be answered with "rebuild the index": it passes as it is.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from index.engine import IndexNotWritten, IndexUnusable, SearchError

STORED: tuple[type[Exception], ...] = (
    EOFError,
    OSError,
    pickle.PickleError,
    struct.error,
    zlib.error,
)
"""What only reading a file raises, wherever it is done."""

DATA: tuple[type[Exception], ...] = (
    ArithmeticError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What bytes that are not those we wrote make of code that reads them."""

VENDORS = ("whoosh",)
"""Top modules of vendors' classes and code. Whatever is raised in there is not ours."""

READERS = ("index.engines.", "index.columns.")  # before modules that read what was kept
NEUTRAL = "index.engines.local"  # knows no vendor, and reads none of its files


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn whatever a damaged index raises into IndexUnusable; a fault of our own passes."""
    try:
        yield
    except SearchError:
        raise
    except BaseException as error:
        if not is_damage(error):
            raise
        raise unusable(where, error) from error


def unusable(where: str, error: BaseException) -> IndexUnusable:
    """The error for an index that cannot be read."""
    detail = f"{type(error).__name__}: {error}"
    return IndexUnusable("index unreadable", path=where, detail=detail)


def is_damage(error: BaseException) -> bool:
    """Whether an error is what the files of an index made of whoever read them."""
    if isinstance(error, STORED) or type(error).__module__.split(".")[0] in VENDORS:
        return True
    if not isinstance(error, Exception):
        return False
    by = _raised_by(error.__traceback__)
    if by.split(".")[0] in VENDORS:
        return True
    return by.startswith(READERS) and by != NEUTRAL and isinstance(error, DATA)


def _raised_by(trace: TracebackType | None) -> str:
    """The innermost module, of ours or of a vendor, on the way to where an error was raised."""
    module = ""
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name != __name__ and name.split(".")[0] in (*VENDORS, "index"):
            module = name
        trace = trace.tb_next
    return module


@contextmanager
def writing(where: str) -> Iterator[None]:
    """As reading(), and turn what the disk refuses into IndexNotWritten."""
    with reading(where):
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise not_written(where, error.strerror or str(error)) from error


def not_written(where: str, why: str) -> IndexNotWritten:
    """The error for a disk that refused."""
    return IndexNotWritten("index not written", path=where, detail=why)
