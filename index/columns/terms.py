"""Sorted terms as one run of bytes.

A byte that is in no UTF-8 stands behind each term. Every EACH-th term is kept in a list, which is
bisected; the block from there on is searched as bytes, which is quicker than to bisect terms one by
one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.columns.arrays import Column, narrowed, spread, starts_of

ID = "id"  # the field in which a work is found by its identifier

EACH = 64
END = b"\xff"


class Terms:
    """Terms, ascending by their bytes; they are known by their place."""

    __slots__ = ("_begin", "_bytes", "_edges", "_every", "count")

    def __init__(self, packed: Column, begin: Column) -> None:
        """packed: the bytes; begin: where each term begins there, and where the last ends."""
        self._bytes = packed.data
        self._begin = begin
        self.count = len(begin) - 1
        firsts = begin[: self.count : EACH].tolist()
        lasts = (begin[1 : self.count + 1 : EACH].astype(np.int64) - 1).tolist()
        self._every = [bytes(self._bytes[a:b]) for a, b in zip(firsts, lasts, strict=True)]
        self._edges = [*firsts, int(begin[-1])]  # of the blocks

    @property
    def columns(self) -> tuple[Column, Column]:
        """What the terms were made of."""
        return np.frombuffer(self._bytes, np.uint8), self._begin

    def find(self, term: bytes) -> int:
        """The place of a term, -1 where it is not there."""
        block = bisect_right(self._every, term) - 1
        if block < 0:
            return -1
        whole = END + self._block(block)
        at = whole.find(END + term + END)
        return -1 if at < 0 else block * EACH + whole.count(END, 0, at)

    def range(self, prefix: bytes) -> tuple[int, int]:
        """The first place of the terms that begin so, and the one behind the last."""
        if not self.count:
            return 0, 0
        behind = prefix + END
        first, last = (max(bisect_left(self._every, one) - 1, 0) for one in (prefix, behind))
        terms = self._block(first)[:-1].split(END)
        lower = first * EACH + bisect_left(terms, prefix)
        if last != first:
            terms = self._block(last)[:-1].split(END)
        return lower, last * EACH + bisect_left(terms, behind)

    def slice(self, first: int, last: int) -> list[bytes]:
        """The terms from one place to before another."""
        if first >= last:
            return []
        begin, end = int(self._begin[first]), int(self._begin[last])
        return bytes(self._bytes[begin : end - 1]).split(END)

    def gathered(self, places: Column) -> bytes:
        """The terms at some places, a line each."""
        begin = self._begin[places].astype(np.int64)
        lengths = self._begin[places + 1] - begin
        own = np.frombuffer(self._bytes, np.uint8)[spread(begin, lengths)]
        own[own == END[0]] = ord("\n")
        return own.tobytes()

    def text(self) -> str:
        """All of them, a line each."""
        return to_text(bytes(self._bytes).replace(END, b"\n"))

    def _block(self, block: int) -> bytes:
        return bytes(self._bytes[self._edges[block] : self._edges[block + 1]])


def packed(terms: Sequence[bytes]) -> tuple[Column, Column]:
    """Sorted terms as `Terms` takes them."""
    content = END.join(terms) + END if terms else b""
    lengths: npt.NDArray[Any] = np.fromiter(map(len, terms), np.int64, len(terms)) + 1
    return np.frombuffer(content, np.uint8), narrowed(starts_of(lengths))


def to_bytes(term: str) -> bytes:
    """A term as it is kept; half a character is kept as it is."""
    return term.encode("utf-8", "surrogatepass")


def to_text(term: bytes) -> str:
    """What `to_bytes` took."""
    return term.decode("utf-8", "surrogatepass")
