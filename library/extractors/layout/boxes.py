"""What filled shapes say: the edges of shaded cells, and bullets that are drawn, not set."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from library.extractors.layout.shapes import Rule, Span

Box = tuple[float, float, float, float]  # left, top, right, bottom; points

ABUT = 1.5  # points: boxes as near as that stand side by side
HIGHEST = 120.0  # points of a shaded row
NARROWEST = 8.0  # points of a shaded cell
BESIDE = 3.0  # sizes from a bullet to its item at most
CLEAR = 1.5  # sizes on the other side of it that are empty
LOW, HIGH = 0.1, 0.65  # sizes above the baseline between which the middle of a bullet stands


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


def bullets(dots: Sequence[Box], spans: Sequence[Span]) -> list[Span]:
    """Bullets for the dots (left, top, right, bottom) that stand alone before a line of type.

    They are before it on its left, or on its right where it is set from the right.
    """
    if not dots:
        return []
    ordered = sorted(spans, key=lambda span: span.baseline)
    baselines = [span.baseline for span in ordered]
    result = []
    for left, top, right, bottom in dict.fromkeys(dots):
        middle = (top + bottom) / 2
        row = []
        for span in ordered[bisect_left(baselines, middle) :]:
            if span.baseline - middle > HIGH * 40:
                break
            if LOW * span.size <= span.baseline - middle <= HIGH * span.size:
                row.append(span)
        if not row:
            continue
        size, baseline = row[0].size, row[0].baseline
        after = min((span.left - right for span in row if span.left >= right - 1), default=None)
        before = min((left - span.right for span in row if span.right <= left + 1), default=None)
        from_right = any(span.glyphs for span in row)
        near, far = (before, after) if from_right else (after, before)
        if near is not None and near < BESIDE * size and (far is None or far > CLEAR * size):
            result.append(Span("•", left, right, baseline, size))
    return result
