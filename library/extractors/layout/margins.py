"""Numbers of lines in the margin, as in bills, transcripts and poems: no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from library.extractors.cleanup import ENDS
from library.extractors.layout.shapes import Span

NUMBER = re.compile(r"\d{1,4}")
EDGE = 4.0  # points: numbers of one column begin, or end, as near to each other as that
FEW = 4  # numbers of lines on a page; of every line, these at least
EACH = 5  # the same where every line has one
STEADY = 0.85  # of the numbers follow the one before by the same step, as far down the page
LEEWAY = 0.25  # of the distance from number to number may differ
SAME = 0.35  # of the size: baselines that near are one
FULL = 0.6  # of the widest line: lines of running text are that wide, items of a list are not
OTHERS = 0.25  # of the numbered lines: so many may stand between them without a number
BETWEEN = 0.5  # of the lines that have no number, where only some have: so many there are
RUNNING = 0.5  # of the lines go on from the one before


def without_line_numbers(spans: Sequence[Span]) -> list[Span]:
    """Spans without the numbers of lines that stand to the left, or to the right, of all text."""
    numbers = [span for span in spans if NUMBER.fullmatch(span.text)]
    if len(numbers) < FEW:
        return list(spans)
    gone: set[int] = set()
    for column in _columns(numbers):
        if _counts_lines(column, [span for span in spans if id(span) not in gone]):
            gone |= set(map(id, column))
    return [span for span in spans if id(span) not in gone]


def _columns(numbers: Sequence[Span]) -> Iterator[list[Span]]:
    """Numbers that stand below each other, by their left or right edge, the most first."""
    columns: list[list[Span]] = []
    for edge in ("left", "right"):
        column: list[Span] = []
        for span in sorted(numbers, key=lambda span: float(getattr(span, edge))):
            if column and getattr(span, edge) - getattr(column[0], edge) > EDGE:
                columns.append(column)
                column = []
            column.append(span)
        columns.append(column)
    taken: set[int] = set()
    for column in sorted(columns, key=len, reverse=True):
        if len(column) >= FEW and not taken & set(map(id, column)):
            taken |= set(map(id, column))
            yield sorted(column, key=lambda span: span.baseline)


def _counts_lines(column: Sequence[Span], spans: Sequence[Span]) -> bool:
    step = _step(column)
    if not step:
        return False
    own = set(map(id, column))
    top, foot = column[0].baseline, column[-1].baseline
    size = column[0].size
    beside = [
        span
        for span in spans
        if id(span) not in own and top - size < span.baseline < foot + size and span.text.strip()
    ]
    if not beside:
        return False
    left, right = min(span.left for span in column), max(span.right for span in column)
    if not (all(s.left >= right for s in beside) or all(s.right <= left for s in beside)):
        return False
    rows = _rows(column, beside)
    numbered = {round(span.baseline) for row in rows for span in row}
    others = {round(span.baseline) for span in beside} - numbered
    if step > 1:
        return len(rows) >= FEW - 1 and len(others) > BETWEEN * (step - 1) * len(rows)
    return len(rows) >= EACH and len(others) <= OTHERS * len(rows) and _is_running(rows)


def _step(column: Sequence[Span]) -> int:
    """By how much each number is more than the one above it, as far above; 0 where it is not so."""
    pairs = list(pairwise(column))
    steps = [int(after.text) - int(before.text) for before, after in pairs]
    step = int(median(steps))
    if step not in (1, 2, 3, 4, 5, 10) or len(column) < (EACH if step == 1 else FEW):
        return 0
    far = median(after.baseline - before.baseline for before, after in pairs)
    steady = sum(
        each == step and (step == 1 or abs(after.baseline - before.baseline - far) < LEEWAY * far)
        for each, (before, after) in zip(steps, pairs, strict=True)
    )
    return step if far > 0 and steady >= STEADY * len(pairs) else 0


def _rows(column: Sequence[Span], beside: Sequence[Span]) -> list[list[Span]]:
    """What stands on the line of each number, from left to right; numbers without are left out."""
    places: dict[int, list[Span]] = {id(span): [] for span in column}
    ordered = sorted(beside, key=lambda span: span.baseline)
    start = 0
    for each in column:
        reach = SAME * each.size + 0.5
        while start < len(ordered) and ordered[start].baseline < each.baseline - reach:
            start += 1
        place = start
        while place < len(ordered) and ordered[place].baseline <= each.baseline + reach:
            places[id(each)].append(ordered[place])
            place += 1
    return [sorted(row, key=lambda span: span.left) for row in places.values() if row]


def _is_running(rows: Sequence[Sequence[Span]]) -> bool:
    """Whether lines run on from one to the next, as those of a list or a table do not."""
    widths = [row[-1].right - row[0].left for row in rows]
    if median(widths) < FULL * max(widths):
        return False
    on = sum(
        not ENDS.search(before[-1].text) and not after[0].text[:1].isupper()
        for before, after in pairwise(rows)
    )
    return on >= RUNNING * (len(rows) - 1)
