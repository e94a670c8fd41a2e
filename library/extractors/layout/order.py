"""The order in which the lines of a page are read: columns, one after the other.

A recursive cut of the page, as in XY-cut (Nagy and Seth, 1984): a gutter is a strip that few
lines cross; the lines that do cross it part the page into bands, and each band is read column by
column. The work grows with the number of lines, never with its square.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from library.extractors.layout.shapes import Line

STEP = 2.0  # points: how finely a gutter is looked for
NARROWEST = 8.0  # points of a gutter
COLUMN = 0.15  # of the width of the text: a narrower strip of words is no column
FULL = 0.55  # of a column: running text fills it, cells and labels do not
FEW = 0.25  # of the lines beside it may cross a gutter
DEEPEST = 6


def in_order(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    """Lines as they are read."""
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    gutter = _gutter(ordered) if len(ordered) >= 6 and depth < DEEPEST else None
    if gutter is None:
        return _by_rows(ordered)
    result: list[Line] = []
    band: list[Line] = []
    for line in ordered:
        if line.left < gutter - 1 and line.right > gutter + 1:
            result += _columns(band, gutter, depth)
            band = []
            result.append(line)
        else:
            band.append(line)
    return result + _columns(band, gutter, depth)


def _columns(band: Sequence[Line], gutter: float, depth: int) -> list[Line]:
    left = [line for line in band if line.right <= gutter + 1]
    right = [line for line in band if line.right > gutter + 1]
    if not left or not right:
        return in_order(band, depth + 1) if band else []
    if not (_is_column(left) and _is_column(right)) and _same_rows(left, right):
        return _by_rows(sorted(band, key=lambda line: (line.top, line.left)))
    return in_order(left, depth + 1) + in_order(right, depth + 1)


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines fill their strip as running text does."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    return len(lines) >= 3 and median(line.width for line in lines) >= FULL * width


def _same_rows(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether most lines of the shorter side stand beside one of the other."""
    few, many = sorted((left, right), key=len)
    bottoms = [line.bottom for line in many]
    beside = sum(any(abs(line.bottom - bottom) < 3 for bottom in bottoms) for line in few[:200])
    return beside >= 0.6 * min(len(few), 200)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the best strip between two columns, if there is one."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    count = int((end - start) / STEP) + 1
    if count < 20 or count > 5_000:
        return None
    covered = _coverage(lines, start, count)
    edge = max(3, int(COLUMN * count))
    best: tuple[float, float] | None = None
    place = edge
    peak_left = _peaks(covered)
    peak_right = _peaks(covered[::-1])[::-1]
    while place < count - edge:
        low = FEW * min(peak_left[place], peak_right[place])
        if covered[place] > low or low < 0.75:
            place += 1
            continue
        begin = place
        while place < count - edge and covered[place] <= low:
            place += 1
        width = (place - begin) * STEP
        middle = start + (begin + place) / 2 * STEP
        if width >= NARROWEST and (best is None or width > best[0]) and _two_sided(lines, middle):
            best = (width, middle)
    return best[1] if best else None


def _coverage(lines: Sequence[Line], start: float, count: int) -> list[int]:
    """How many lines lie over each step of the width."""
    change = [0] * (count + 2)
    for line in lines:
        change[int((line.left - start) / STEP)] += 1
        change[min(count, int((line.right - start) / STEP)) + 1] -= 1
    covered = []
    running = 0
    for step in change[:count]:
        running += step
        covered.append(running)
    return covered


def _peaks(covered: Sequence[int]) -> list[int]:
    peaks = []
    highest = 0
    for value in covered:
        highest = max(highest, value)
        peaks.append(highest)
    return peaks


def _two_sided(lines: Sequence[Line], middle: float) -> bool:
    """Whether both sides of a gutter have lines, and at the same height of the page."""
    left = [line for line in lines if line.right <= middle]
    right = [line for line in lines if line.left >= middle]
    if len(left) < 3 or len(right) < 3:
        return False
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return bottom - top > 2 * median(line.size for line in lines)


def _by_rows(lines: Sequence[Line]) -> list[Line]:
    """Lines by height, those at one height from left to right."""
    result: list[Line] = []
    row: list[Line] = []
    for line in lines:
        if row and line.top > row[0].top + 0.5 * row[0].size:
            result += sorted(row, key=lambda one: one.left)
            row = []
        row.append(line)
    return result + sorted(row, key=lambda one: one.left)
