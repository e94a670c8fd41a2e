"""Files of which only a part is given, or that come a part at a time."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO


class Limited(io.RawIOBase, BinaryIO):
    """The next so many bytes of a file, which is closed with it."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        piece = self._file.read(wanted)
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._file.close()
        super().close()


class Ranged(io.RawIOBase, BinaryIO):
    """A stored file read from wherever it is wanted: each place is opened anew."""

    def __init__(self, opened: Callable[[int], BinaryIO]) -> None:
        """opened: what is stored, from a byte on."""
        self._opened = opened
        self._file: BinaryIO | None = None
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("seek from there")
        if offset != self._at:
            self._end()
            self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        if self._file is None:
            self._file = self._opened(self._at)
        piece = self._file.read(size)
        self._at += len(piece)
        return piece

    def close(self) -> None:
        self._end()
        super().close()

    def _end(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
