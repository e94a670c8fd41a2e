"""Rows of cells as a table, where they are one and do not only place things on the page."""

from __future__ import annotations

from collections.abc import Sequence

from library.core.resource import Block

CELLS = 40  # columns at most
ROWS = 100_000
LONGEST = 2_500  # characters of a cell: what is longer is a page laid out in a table


def table_of(rows: Sequence[Sequence[str]], language: str = "") -> Block | None:
    """A block of at least two rows and columns, all rows of one width; None where it is none."""
    kept = [tuple(row[:CELLS]) for row in rows[:ROWS] if any(row)]
    width = max(map(len, kept), default=0)
    columns = [n for n in range(width) if any(len(row) > n and row[n] for row in kept)]
    if len(kept) < 2 or len(columns) < 2:
        return None
    if max(len(cell) for row in kept for cell in row) > LONGEST:
        return None
    even = tuple(tuple(row[n] if n < len(row) else "" for n in columns) for row in kept)
    return Block("table", rows=even, language=language)
