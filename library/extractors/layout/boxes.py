"""Filled boxes side by side: the shaded cells of a table, whose edges are as good as rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from library.extractors.layout.shapes import Rule

Box = tuple[float, float, float, float]  # left, top, right, bottom; points

ABUT = 1.5  # points: boxes as near as that stand side by side
HIGHEST = 120.0  # points of a shaded row
NARROWEST = 8.0  # points of a shaded cell


def edges_of(boxes: Sequence[Box]) -> Iterator[Rule]:
    """The upper and lower edges of boxes of one height that stand side by side, two at least."""
    rows: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in dict.fromkeys(boxes):
        left, top, right, bottom = box
        if right - left > NARROWEST and NARROWEST < bottom - top < HIGHEST:
            rows[round(top), round(bottom)].append(box)
    for row in rows.values():
        row.sort()
        beside = [
            box
            for place, box in enumerate(row)
            if (place and _abut(row[place - 1], box))
            or (place + 1 < len(row) and _abut(box, row[place + 1]))
        ]
        for left, top, right, bottom in beside:
            yield Rule(left, top, right, top)
            yield Rule(left, bottom, right, bottom)


def _abut(box: Box, following: Box) -> bool:
    return abs(following[0] - box[2]) < ABUT
