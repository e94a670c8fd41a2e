"""Whoosh has no class for a damaged index: whatever it meets there is raised as it comes."""

from __future__ import annotations

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh.filedb.filestore import StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.index import LockError
from whoosh.reading import ReaderClosed, TermNotFound
from whoosh.writing import IndexingError

from index.engine import IndexUnusable, SearchError

VENDOR_ERRORS: tuple[type[Exception], ...] = (
    WhooshIndexError,
    FileFormatError,
    IndexingError,
    LockError,
    ReaderClosed,
    StorageError,
    TermNotFound,
)

DAMAGE: tuple[type[Exception], ...] = (
    *VENDOR_ERRORS,
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
        if isinstance(error, DAMAGE) or type(error) is Exception:  # Whoosh raises bare ones too
            kind = type(error).__name__
            raise IndexUnusable(
                f"The index in {where} cannot be read ({kind}: {error}). Rebuild it."
            ) from error
        raise
