"""Tables: cells between rules, or short texts that stand in columns; in doubt, none.

Cells hold what stands inside them, top to bottom; a cell that spans others fills the first.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from library.extractors import bidi
from library.extractors.cleanup import joined
from library.extractors.layout.lines import lines_of
from library.extractors.layout.order import text_columns
from library.extractors.layout.rows import Cells, rows_of
from library.extractors.layout.shapes import Line, Rule, Span

SAME = 3.0  # points: rules nearer than this are one
MOST_RULES = 1_000
MOST_COLUMNS = 30
ROWS = 3  # of an unruled table at least
BETWEEN = 3  # lines set between those of a table are too many
MOST_BETWEEN = 4  # times
FLUSH = 2.0  # points: lines that end as near as that to their column's edge are justified
FILLED = 0.55  # of the cells of an unruled table hold something
RUNNING = 18  # characters: the middle length of the lines of running text at least
CELL = 45  # characters: the middle length of an unruled table's cells at most
ITEM = re.compile(r"\(?\w{1,3}[.)]|[.(]\d{1,3}|[^\w\s]{1,2}")  # of a list, also set from the right
CUTS = 3  # ends of a table that are tried


def ruled(spans: Sequence[Span], rules: Sequence[Rule]) -> tuple[list[Line], list[Span]]:
    """The tables between rules, each as one line, and the spans outside of them."""
    tables: list[Line] = []
    rest = list(spans)
    for grid in _grids(rules[:MOST_RULES]):
        xs, ys = grid
        inside = [
            span
            for span in rest
            if xs[0] - 1 <= span.left < xs[-1] and ys[0] - 1 <= span.baseline <= ys[-1] + 1
        ]
        table = _filled(inside, xs, ys)
        if table:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [span for span in rest if id(span) not in taken]
    return tables, rest


def _grids(rules: Sequence[Rule]) -> Iterator[tuple[list[float], list[float]]]:
    """Edges of columns and of rows, for each group of rules that touch each other."""
    across = [rule for rule in rules if rule.across]
    down = [rule for rule in rules if not rule.across]
    if len(across) < 2 or not down:
        return
    for group in _touching([*across, *down]):
        xs = _places(rule.left for rule in group if not rule.across)
        ys = _places(rule.top for rule in group if rule.across)
        wide = [rule for rule in group if rule.across]
        if wide and xs:
            xs = _places([*xs, min(r.left for r in wide), max(r.right for r in wide)])
        if 3 <= len(xs) <= MOST_COLUMNS and len(ys) >= 3:
            yield xs, ys


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups whose boxes, grown a little, overlap; by a sweep down the page."""
    groups: list[tuple[list[Rule], list[float]]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        box = [rule.left - SAME, rule.top - SAME, rule.right + SAME, rule.bottom + SAME]
        members = [rule]
        apart = []
        for other, edges in groups:
            if edges[3] >= box[1] and edges[0] <= box[2] and edges[2] >= box[0]:
                members += other
                box = [
                    min(box[0], edges[0]),
                    min(box[1], edges[1]),
                    max(box[2], edges[2]),
                    max(box[3], edges[3]),
                ]
            else:
                apart.append((other, edges))
        groups = [*apart, (members, box)]
    return [members for members, _ in groups]


def _places(values: Iterator[float] | Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SAME:
            places.append(value)
    return places


def _filled(spans: Sequence[Span], xs: Sequence[float], ys: Sequence[float]) -> Line | None:
    cells: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        row = bisect(ys, span.baseline - 0.3 * span.size) - 1
        column = bisect(xs, span.left + 0.3 * span.size) - 1
        row, column = max(0, min(row, len(ys) - 2)), max(0, min(column, len(xs) - 2))
        cells.setdefault((row, column), []).append(span)
    rows = []
    for row in range(len(ys) - 1):
        texts = tuple(_cell(cells.get((row, column), ())) for column in range(len(xs) - 1))
        if any(texts):
            rows.append(texts)
    used = [column for column in range(len(xs) - 1) if any(row[column] for row in rows)]
    rows = [tuple(row[column] for column in used) for row in rows]
    filled = [cell for row in rows for cell in row if cell]
    if len(rows) < 2 or len(used) < 2 or len(filled) < 0.4 * len(rows) * len(used):
        return None
    if max(map(len, filled)) > 0.8 * sum(map(len, filled)) or len(filled) < 4:
        return None
    size = median(span.size for span in spans)
    place = min(span.place for span in spans)
    return _table(rows, xs[0], xs[-1], ys[0], ys[-1], size, place)


def _cell(spans: Sequence[Span]) -> str:
    return joined(line.text for line in lines_of(spans)) if spans else ""


def _table(
    rows: Sequence[tuple[str, ...]],
    left: float,
    right: float,
    top: float,
    bottom: float,
    size: float,
    place: int,
) -> Line:
    text = "\n".join("\t".join(row) for row in rows)
    return Line(text, left, right, top, bottom, size, rows=tuple(rows), place=place)


def aligned(lines: Sequence[Line]) -> list[Line]:
    """Lines with the tables among them put together: rows of short texts that share columns."""
    columns = text_columns(lines)
    rows = _rows(lines)
    result: list[Line] = []
    place = 0
    while place < len(rows):
        end = _run(rows, place)
        run = [line for row in rows[place:end] for line in row]
        if end - place >= ROWS and (
            _in_columns(rows[place:end], columns)
            or _prose(run, _strips(run))
            or _interrupted(run, lines)
        ):
            result += run
            place = end
            continue
        table, end = _first_table(rows, place, end)
        if table:
            result.append(table)
            place = end
        else:
            result += rows[place]
            place += 1
    return result


def _first_table(rows: Sequence[Sequence[Line]], start: int, end: int) -> tuple[Line | None, int]:
    """The table that begins a run of rows, and where it ends.

    Stretched text right after it comes in pieces too: without what stands below the widest gap
    there may be a table where there is none with it.
    """
    for _ in range(CUTS):
        if end - start < ROWS:
            break
        if table := _unruled(rows[start:end]):
            return table, end
        end = max(range(start + 1, end), key=lambda place: _step(rows, place))
    return None, end


def _step(rows: Sequence[Sequence[Line]], place: int) -> float:
    """How far a row stands below the one before it, points."""
    return rows[place][0].bottom - rows[place - 1][0].bottom


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.left)):
        if rows and abs(line.bottom - rows[-1][0].bottom) < 2 and not line.rows:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _run(rows: Sequence[Sequence[Line]], start: int) -> int:
    """The end of the rows from `start` on that have several texts and follow closely.

    A single text among them is the second line of a cell, when it stands right under one.
    """
    end = start
    while end < len(rows) and not any(line.rows for line in rows[end]):
        row = rows[end]
        if end == start and len(row) < 2 and not row[0].parts:
            break
        if end > start:
            last = rows[end - 1][0]
            space = row[0].top - last.bottom
            if space > 2.5 * last.size or (len(row) < 2 and not _goes_on(rows[start:end], row[0])):
                break
        end += 1
    while end > start and len(rows[end - 1]) < 2 and rows[end - 1][0].left <= rows[start][0].left:
        end -= 1  # what begins at the table's edge may be the text after it
    return end


def _goes_on(rows: Sequence[Sequence[Line]], line: Line) -> bool:
    """Whether a text stands under one cell of the rows above it, and under no other."""
    edge = min(cell.left for cell in rows[0])
    under = [cell for row in rows if len(row) > 1 for cell in row if cell.left < line.right]
    crossed = [cell for cell in under if cell.left > line.left + 1]
    return line.left > edge + line.size and not crossed


def _unruled(rows: Sequence[Sequence[Line]]) -> Line | None:
    rows = [[part for line in row for part in line.parts or (line,)] for row in rows]
    lines = [line for row in rows for line in row]
    columns = _strips(lines)
    width = len(columns)
    if not 2 <= width <= MOST_COLUMNS or sum(len(row) > 1 for row in rows) < ROWS:
        return None
    starts = [left for left, _ in columns]
    mirrored = bidi.is_right_to_left(" ".join(line.text for line in lines))
    first = width - 1 if mirrored else 0
    tables = []
    for row in rows:
        cells = [""] * width
        for line in row:
            column = max(0, bisect(starts, line.left + 1) - 1)
            cells[column] = f"{cells[column]} {line.text}".strip()
        tables.append(Cells(tuple(cells), row[0].bottom, max(line.size for line in row)))
    table = rows_of(tables, first)
    filled = [cell for row in table for cell in row if cell]
    full = max(sum(map(bool, row)) for row in table)
    if full < width or len(filled) < FILLED * width * len(table) or len(table) < ROWS:
        return None
    if median(map(len, filled)) > CELL or (width == 2 and _is_list(table)):
        return None
    return _table(
        table,
        min(line.left for line in lines),
        max(line.right for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
        median(line.size for line in lines),
        min(line.place for line in lines),
    )


def _is_list(rows: Sequence[Sequence[str]]) -> bool:
    """Whether one of two columns holds nothing but numbers or bullets of a list."""
    return any(all(ITEM.fullmatch(row[column]) for row in rows if row[column]) for column in (0, 1))


def _strips(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns: strips that hold all the texts, with nothing between them."""
    strips: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if strips and line.left < strips[-1][1] + SAME:
            strips[-1] = (strips[-1][0], max(strips[-1][1], line.right))
        else:
            strips.append((line.left, line.right))
    return strips


def _in_columns(rows: Sequence[Sequence[Line]], columns: Sequence[float]) -> bool:
    """Whether lines begin where the columns of the page do: two of them at least."""
    begun = [
        sum(any(abs(line.left - edge) < FLUSH for line in row) for row in rows) for edge in columns
    ]
    # Lines of columns whose baselines differ are rows of their own.
    return sum(count * (len(columns) + 1) >= len(rows) for count in begun) >= 2


def _interrupted(run: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether the file sets other lines between those of a run: then it is no table, but columns
    that stand beside each other and happen to be of short lines, such as those of an index.
    """
    own = frozenset(map(id, run))
    ordered = sorted((line for line in lines if not line.rows), key=lambda line: line.place)
    groups = [
        (mine, len(list(group)))
        for mine, group in groupby(ordered, key=lambda line: id(line) in own)
    ]
    ours = [place for place, (mine, _) in enumerate(groups) if mine]
    between = [n for mine, n in groups[ours[0] : ours[-1]] if not mine and n >= BETWEEN]
    return 0 < len(between) < MOST_BETWEEN  # an order that jumps to and fro says nothing


def _prose(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether columns are filled as running text fills them: then they are columns of a page.

    One of three or more may hold something else at that height, such as a heading.
    """
    full = 0
    for start, edge in columns:
        cells = [line for line in lines if start <= line.left <= edge]
        flush = sum(edge - cell.right < FLUSH for cell in cells) >= 0.5 * len(cells)
        wide = median(cell.width for cell in cells) > 0.8 * (edge - start)
        full += (flush or wide) and median(len(cell.text) for cell in cells) > RUNNING
    return full >= max(2, len(columns) - 1)
