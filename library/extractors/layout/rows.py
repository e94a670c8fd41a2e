"""Lines of type in columns to the rows of a table: which line goes on with the cell above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from library.extractors.cleanup import joined

LEADING = 1.75  # sizes: lines of one cell are set no farther apart
NEARLY = 1.15  # times: steps that differ less are the same
MOSTLY = 0.6  # of the rows of several lines must end with fewer cells than they begin with


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands at one height, by column; `bottom` and `size` in points."""

    texts: tuple[str, ...]
    bottom: float
    size: float

    @property
    def filled(self) -> frozenset[int]:
        return frozenset(place for place, text in enumerate(self.texts) if text)


def rows_of(lines: Sequence[Cells], first: int = 0) -> list[tuple[str, ...]]:
    """The rows that lines make; `first` is the column that is read first.

    Where some lines stand plainly closer than others they are lines of one row, if most such rows
    end with fewer cells than they begin with: else they are rows in groups. Where all stand equally
    far apart, only what leaves the first column empty goes on.
    """
    if not lines:
        return []
    close = _close(lines)
    groups = [[lines[0]]]
    for line in lines[1:]:
        above = groups[-1]
        near = line.bottom - above[-1].bottom <= close
        fewer = line.filled < above[0].filled
        if near and fewer and first not in line.filled:
            above.append(line)
        else:
            groups.append([line])
    wrapped = _wrapped(lines, close)
    return [_row(group) for group in (wrapped or groups)]


def _close(lines: Sequence[Cells]) -> float:
    """How far below the one above it a line of the same row stands at most; 0 where none does."""
    steps = [after.bottom - before.bottom for before, after in pairwise(lines)]
    least = min(steps, default=0.0)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    return least * NEARLY if 0 < least <= LEADING * size else 0.0


def _wrapped(lines: Sequence[Cells], close: float) -> list[list[Cells]]:
    """Lines in groups by distance alone; nothing where distance does not tell rows apart."""
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.bottom - before.bottom > close:
            groups.append([line])
        else:
            groups[-1].append(line)
    several = [group for group in groups if len(group) > 1]
    ending = sum(group[-1].filled < group[0].filled for group in several)
    parted = 1 < len(groups) < len(lines)
    return groups if parted and ending >= MOSTLY * len(several) else []


def _row(lines: Sequence[Cells]) -> tuple[str, ...]:
    return tuple(joined(texts) for texts in zip(*(line.texts for line in lines), strict=True))
