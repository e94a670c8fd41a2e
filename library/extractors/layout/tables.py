"""Tables: cells between rules, or short texts that stand in columns; in doubt, none.

Cells hold what stands inside them, top to bottom; a cell that spans others fills the first.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from statistics import median

from library.extractors.cleaning import joined
from library.extractors.layout.lines import lines_of
from library.extractors.layout.shapes import Line, Rule, Span

SAME = 3.0  # points: rules nearer than this are one
MOST_RULES = 1_000
MOST_COLUMNS = 30
ROWS = 3  # of an unruled table at least
FLUSH = 2.0  # points: lines that end as near as that to their column's edge are justified
RUNNING = 18  # characters: the middle length of the lines of running text at least
CELL = 45  # characters: the middle length of an unruled table's cells at most


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
    return _table(rows, xs[0], xs[-1], ys[0], ys[-1], median(span.size for span in spans))


def _cell(spans: Sequence[Span]) -> str:
    return joined(line.text for line in lines_of(spans)) if spans else ""


def _table(
    rows: Sequence[tuple[str, ...]],
    left: float,
    right: float,
    top: float,
    bottom: float,
    size: float,
) -> Line:
    text = "\n".join(" | ".join(row) for row in rows)
    return Line(text, left, right, top, bottom, size, rows=tuple(rows))


def aligned(lines: Sequence[Line]) -> list[Line]:
    """Lines with the tables among them put together: rows of short texts that share columns."""
    rows = _rows(lines)
    result: list[Line] = []
    place = 0
    while place < len(rows):
        end = _run(rows, place)
        table = _unruled(rows[place:end]) if end - place >= ROWS else None
        if table:
            result.append(table)
            place = end
        else:
            result += rows[place]
            place += 1
    return result


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.left)):
        if rows and abs(line.bottom - rows[-1][0].bottom) < 2 and not line.rows:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _run(rows: Sequence[Sequence[Line]], start: int) -> int:
    """The end of the rows from `start` on that have several texts and follow closely."""
    end = start
    while end < len(rows) and len(rows[end]) > 1 and not any(line.rows for line in rows[end]):
        if end > start:
            last = rows[end - 1][0]
            if rows[end][0].top - last.bottom > 2.5 * last.size:
                break
        end += 1
    return end


def _unruled(rows: Sequence[Sequence[Line]]) -> Line | None:
    width = len(max(rows, key=len))
    if width > MOST_COLUMNS or sum(len(row) == width for row in rows) < 0.7 * len(rows):
        return None
    model = [row for row in rows if len(row) == width]
    edges = [max(row[n].right for row in model) for n in range(width)]
    starts = [min(row[n].left for row in model) for n in range(width)]
    if any(edges[n] >= starts[n + 1] for n in range(width - 1)):
        return None
    table = []
    for row in rows:
        cells = [""] * width
        for line in row:
            column = max(0, bisect(starts, line.left + 1) - 1)
            if cells[column] or (column + 1 < width and line.right > starts[column + 1]):
                return None
            cells[column] = line.text
        table.append(tuple(cells))
    lengths = [len(cell) for row in table for cell in row if cell]
    if median(lengths) > CELL or _prose(model, starts, edges):
        return None
    lines = [line for row in rows for line in row]
    return _table(
        table,
        min(line.left for line in lines),
        max(line.right for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
        median(line.size for line in lines),
    )


def _prose(rows: Sequence[Sequence[Line]], starts: Sequence[float], edges: Sequence[float]) -> bool:
    """Whether columns are filled as running text fills them: then they are columns of a page.

    One of three or more may hold something else at that height, such as a heading.
    """
    full = 0
    for n, (start, edge) in enumerate(zip(starts, edges, strict=True)):
        cells = [row[n] for row in rows]
        flush = sum(edge - cell.right < FLUSH for cell in cells) >= 0.5 * len(cells)
        wide = median(cell.width for cell in cells) > 0.8 * (edge - start)
        full += (flush or wide) and median(len(cell.text) for cell in cells) > RUNNING
    return full >= max(2, len(starts) - 1)
