"""The order in which the lines of a page are read: columns, one after the other.

A recursive cut of the page, as in XY-cut (Nagy and Seth, 1984): a gutter is a strip that few
lines cross; the lines that do cross it part the page into bands, and each band is read column by
column. The work grows with the number of lines, never with its square.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from library.extractors.layout.flows import flows_of
from library.extractors.layout.shapes import Line

STEP = 2.0  # points: how finely a gutter is looked for
NARROWEST = 8.0  # points of a gutter
NARROW = 0.8  # of the size: the same for small type, whose columns stand nearer to each other
COLUMN = 0.08  # of the width of the text: a narrower strip of words is no column
FULL = 0.55  # of a column: running text fills it, cells and labels do not
APART = 0.5  # of the size: an empty strip across the page as high as that parts bands
WIDER = 1.3  # times the usual white between lines: only more than that parts bands
FLUSH = 6.0  # points: lines that begin so near to each other begin a column
FEW = 0.25  # of the lines beside it may cross a gutter
SAME_ROW = 3.0  # points between the feet of lines that stand side by side
LONG = 6  # lines of a column of running text at least
WIDE = 7.0  # sizes: so wide is the middle line of such a column at least; cells may be shorter
DEEPEST = 6


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as they are read."""
    return [line for flow in flows_of(lines) for line in _cut(flow)]


def _cut(lines: Sequence[Line], depth: int = 0) -> list[Line]:
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    if len(ordered) < 4 or depth >= DEEPEST:
        return _by_rows(ordered)
    gutters = _gutters(ordered)
    if not gutters:
        bands = list(_bands(ordered))
        if len(bands) == 1:
            return _by_rows(ordered)
        return [line for band in bands for line in _cut(band, depth + 1)]
    result: list[Line] = []
    band: list[Line] = []
    for line in ordered:
        if any(line.left < gutter - 1 and line.right > gutter + 1 for gutter in gutters):
            result += _columns(band, gutters, depth)
            band = []
            result.append(line)
        else:
            band.append(line)
    return result + _columns(band, gutters, depth)


def text_columns(lines: Sequence[Line]) -> list[float]:
    """The left edges of the columns of running text that a page is set in; [] for one column."""
    plain = [line for line in lines if not line.rows]
    gutters = _gutters(sorted(plain, key=lambda line: line.top)) if len(plain) >= 4 else []
    sides: dict[int, list[Line]] = {}
    for line in plain:
        if not any(line.left < gutter - 1 and line.right > gutter + 1 for gutter in gutters):
            sides.setdefault(bisect(gutters, line.right - 1), []).append(line)
    columns = [
        side
        for side in sides.values()
        if len(side) >= LONG
        and median(_widths(side)) >= WIDE * median(line.size for line in side)
        and _is_column(side)
    ]
    return sorted(_edge(column) for column in columns) if len(columns) > 1 else []


def _edge(lines: Sequence[Line]) -> float:
    """Where most lines begin."""
    return Counter(round(line.left) for line in lines).most_common(1)[0][0]


def _bands(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines parted where the page is empty from side to side."""
    band: list[Line] = []
    bottom = 0.0
    apart = max(APART, WIDER * _leading(lines))
    for line in lines:
        if band and line.top - bottom > apart * line.size:
            yield band
            band = []
            bottom = 0.0
        band.append(line)
        bottom = max(bottom, line.bottom)
    yield band


def _leading(lines: Sequence[Line]) -> float:
    """How much white there usually is between a line and the next of its column, in sizes."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(round(line.left / FLUSH), []).append(line)
    gaps = [
        (after.top - before.bottom) / after.size
        for column in columns.values()
        for before, after in pairwise(column)
        if 0 < after.top - before.bottom < 2 * after.size
    ]
    return median(gaps) if len(gaps) >= LONG else 0.0


def _columns(band: Sequence[Line], gutters: Sequence[float], depth: int) -> list[Line]:
    sides: dict[int, list[Line]] = {}
    for line in band:
        sides.setdefault(bisect(gutters, line.right - 1), []).append(line)
    columns = [sides[place] for place in sorted(sides)]
    if len(columns) < 2:
        return _cut(band, depth + 1) if band else []
    cells = not all(map(_is_column, columns)) and _same_rows(columns)
    if cells and not _set_in_turn(columns):
        return _by_rows(band)
    return [line for column in columns for line in _cut(column, depth + 1)]


def _set_in_turn(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the file sets one column after the other: nobody sets cells so, row by row."""
    return all(
        max(line.place for line in before) < min(line.place for line in after)
        for before, after in pairwise(columns)
    )


def _is_column(lines: Sequence[Line]) -> bool:
    """Whether lines fill their strip as running text does."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    widths = _widths(lines)
    return len(widths) >= 3 and median(widths) >= FULL * (end - start)


def _widths(lines: Sequence[Line]) -> list[float]:
    """How wide lines are; a justified one whose words stand far apart, in pieces, counts whole."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.bottom):
        if rows and line.bottom - rows[-1][0].bottom < SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [max(line.right for line in row) - min(line.left for line in row) for row in rows]


def _same_rows(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether most lines stand beside one of the fullest column, as the cells of a table do."""
    fullest = max(columns, key=len)
    bottoms = sorted(line.bottom for line in fullest)
    others = [line for column in columns if column is not fullest for line in column]
    beside = 0
    for line in others:
        place = bisect(bottoms, line.bottom)
        beside += any(
            abs(line.bottom - near) < SAME_ROW for near in bottoms[max(0, place - 1) : place + 1]
        )
    return beside >= 0.6 * len(others)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The middles of the strips between columns, from left to right."""
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    count = int((end - start) / STEP) + 1
    if count < 20 or count > 5_000:
        return []
    covered = _coverage(lines, start, count)
    edge = max(3, int(COLUMN * count))
    peak_left = _peaks(covered)
    peak_right = _peaks(covered[::-1])[::-1]
    empty = [
        covered[place] <= FEW * min(peak_left[place], peak_right[place])
        for place in range(edge, count - edge)
    ]
    narrowest = min(NARROWEST, NARROW * median(line.size for line in lines))
    gutters = []
    for is_empty, run in groupby(enumerate(empty, edge), key=lambda pair: pair[1]):
        places = [place for place, _ in run]
        width = (len(places) + 1) * STEP  # a step that is touched is not wholly covered
        middle = start + (places[0] + places[-1] + 1) / 2 * STEP
        if is_empty and width >= narrowest and _two_sided(lines, middle):
            gutters.append(middle)
    return [
        middle for n, middle in enumerate(gutters) if not n or middle - gutters[n - 1] > edge * STEP
    ]


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
    if len(left) < 2 or len(right) < 2:
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
            result += sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    return result + sorted(row, key=lambda line: line.left)
