"""Tantivy raises ValueError for nearly everything: what the disk refused is in the words of it."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

from index.engines import errors

_ERRNO = re.compile(r"\bos error (\d+)\b|\bOs \{ code: (\d+)\b")
_KILLED = "An index writer was killed"  # by an error in its thread, which is not told


@contextmanager
def writing(where: str) -> Iterator[None]:
    """As for all embedded engines, with what Tantivy says of a disk that refused."""
    with errors.writing(where):
        try:
            yield
        except ValueError as error:
            why = refused(str(error))
            if why:
                raise errors.not_written(where, why) from error
            raise


def refused(message: str) -> str:
    """Why the disk refused, from a message of Tantivy; empty where it did not."""
    match = _ERRNO.search(message)
    if match:
        number = int(match[1] or match[2])
        return "" if number == errno.ENOENT else os.strerror(number)
    return "its writer was stopped by an error" if _KILLED in message else ""
