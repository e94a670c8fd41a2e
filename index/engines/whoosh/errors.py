"""Whoosh has no class for a damaged index: whatever it meets there is raised as it comes."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from index.engine import IndexNotWritten, IndexUnusable, SearchError

DAMAGE: tuple[type[Exception], ...] = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    NameError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    pickle.PickleError,
    struct.error,
    zlib.error,
)
"""What reading a damaged file was seen to raise, or can."""


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn whatever a damaged index raises into IndexUnusable."""
    try:
        yield
    except SearchError:
        raise
    except Exception as error:
        theirs = type(error) is Exception or type(error).__module__.split(".")[0] == "whoosh"
        if theirs or isinstance(error, DAMAGE):
            kind = type(error).__name__
            raise IndexUnusable(
                f"The index in {where} cannot be read ({kind}: {error}). Rebuild it."
            ) from error
        raise


@contextmanager
def writing(where: str) -> Iterator[None]:
    """As reading(), and turn what the disk refuses into IndexNotWritten."""
    with reading(where):
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise IndexNotWritten(
                f"The index in {where} could not be written ({error.strerror or error}). "
                "It is what it was before; make room or give permission, then try again."
            ) from error
