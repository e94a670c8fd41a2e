"""What embedded engines raise at a damaged index or a full disk, as our own tree.

None of the vendors has a class for a damaged index: what they meet there is raised as it comes.
"""

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

VENDORS = ("whoosh", "tantivy", "pyo3_runtime")
"""Top modules of classes that are raised by a vendor's own code, whatever they inherit from."""


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn whatever a damaged index raises into IndexUnusable."""
    try:
        yield
    except SearchError:
        raise
    except BaseException as error:
        if not _of_vendor(error) and not isinstance(error, DAMAGE):
            raise
        kind = type(error).__name__
        raise IndexUnusable(
            f"The index in {where} cannot be read ({kind}: {error}). Rebuild it."
        ) from error


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
    return IndexNotWritten(
        f"The index in {where} could not be written ({why}). "
        "It is what it was before; make room or give permission, then try again."
    )


def _of_vendor(error: BaseException) -> bool:
    # A bare Exception is never ours, and Whoosh raises it. A panic of Rust is no Exception.
    return type(error) is Exception or type(error).__module__.split(".")[0] in VENDORS
