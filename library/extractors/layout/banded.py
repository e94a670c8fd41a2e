"""Tables with rules only across them, or shaded rows: cells end where rules or boxes abut.

A program that sets a table draws the border or the ground of each cell by itself, so that the
places where such pieces meet are the edges of columns, even where nothing is drawn down the page.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from library.extractors import bidi
from library.extractors.cleanup import joined
from library.extractors.layout.lines import ASCENT, COLUMN_GAP, lines_of
from library.extractors.layout.rows import Cells, rows_of
from library.extractors.layout.shapes import Line, Rule, Span

MOST_LEVELS = 1_000
ABUT = 2.0  # points: pieces as near as that meet
SAME = 3.0  # points: edges nearer than this are one
BETWEEN = 400.0  # points between two rules of one table at most
CROSSING = 1.5  # points that type must reach over an edge on both sides to stand across it
ACROSS = 0.2  # of the type may stand across edges: cells that span columns
FAR = 2.4  # sizes from the last rule of a table to a row of it that has none
FEW = 3  # rules or fewer, that of the head with them: several rows may stand between two


@dataclass(slots=True)
class Level:
    """Pieces of rules that make one line across, and where they meet."""

    y: float
    left: float
    right: float
    joints: list[float] = field(default_factory=list)


def banded(spans: Sequence[Span], rules: Sequence[Rule]) -> tuple[list[Line], list[Span]]:
    """The tables whose columns show in their rules, each as one line, and the spans outside."""
    tables: list[Line] = []
    rest = list(spans)
    for stack in _stacks(list(islice(_levels(rules), MOST_LEVELS)), spans):
        edges = _edges(stack)
        table, taken = _table(stack, edges, rest)
        if table:
            tables.append(table)
            rest = [span for span in rest if id(span) not in taken]
    return tables, rest


def _levels(rules: Sequence[Rule]) -> Iterator[Level]:
    """Lines across the page, from the top down."""
    across = sorted((rule for rule in rules if rule.across), key=lambda rule: rule.top)
    place = 0
    while place < len(across):
        end = place + 1
        while end < len(across) and across[end].top - across[place].top < ABUT:
            end += 1
        yield from _pieced(across[place:end])
        place = end


def _pieced(rules: Sequence[Rule]) -> Iterator[Level]:
    """The lines that pieces at one height make; pieces drawn twice count once."""
    level: Level | None = None
    for rule in sorted(rules, key=lambda rule: (rule.left, -rule.right)):
        if level is None or rule.left > level.right + ABUT:
            if level:
                yield level
            level = Level(rule.top, rule.left, rule.right)
        elif rule.left > level.right - ABUT and rule.right > level.right:
            level.joints.append((rule.left + level.right) / 2)
            level.right = rule.right
        else:
            level.right = max(level.right, rule.right)
    if level:
        yield level


def _stacks(levels: Sequence[Level], spans: Sequence[Span]) -> Iterator[list[Level]]:
    """Lines across that are one table: of one width, pieced alike, with no prose between them."""
    open_stacks: list[list[Level]] = []
    for level in levels:
        for stack in open_stacks:
            last = stack[-1]
            if (
                abs(last.left - level.left) < SAME
                and abs(last.right - level.right) < SAME
                and level.y - last.y < BETWEEN
                and _alike(stack, level)
                and not _crossed(stack, level, spans)
            ):
                stack.append(level)
                break
        else:
            open_stacks.append([level])
    yield from (
        stack for stack in open_stacks if len(stack) > 1 and any(level.joints for level in stack)
    )


def _alike(stack: Sequence[Level], level: Level) -> bool:
    known = next((row.joints for row in reversed(stack) if row.joints), [])
    if not known or not level.joints:
        return True
    shared = sum(any(abs(x - y) < SAME for y in known) for x in level.joints)
    return shared >= 0.5 * max(len(known), len(level.joints))


def _crossed(stack: Sequence[Level], level: Level, spans: Sequence[Span]) -> bool:
    """Whether what stands between the last line and the next stands across the columns."""
    joints = max((*(row.joints for row in stack), level.joints), key=len)
    if not joints:
        return False
    between = [
        span
        for span in spans
        if stack[-1].y < span.baseline < level.y and level.left <= span.left <= level.right
    ]
    runs = [run for row in _at_one_height(between) for run in _runs(row)]
    return sum(_is_across(run, joints) for run in runs) > ACROSS * len(runs)


def _at_one_height(spans: Sequence[Span]) -> list[list[Span]]:
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: span.baseline):
        if rows and span.baseline - rows[-1][0].baseline < 0.5 * span.size:
            rows[-1].append(span)
        else:
            rows.append([span])
    return rows


def _runs(row: Sequence[Span]) -> list[tuple[float, float]]:
    """Where type runs on without a wide gap; some programs set each letter by itself."""
    runs: list[tuple[float, float]] = []
    for span in sorted(row, key=lambda span: span.left):
        if runs and span.left - runs[-1][1] < COLUMN_GAP * span.size:
            runs[-1] = (runs[-1][0], max(runs[-1][1], span.right))
        else:
            runs.append((span.left, span.right))
    return runs


def _is_across(run: tuple[float, float], joints: Sequence[float]) -> bool:
    return any(run[0] < x - CROSSING and run[1] > x + CROSSING for x in joints)


def _edges(stack: Sequence[Level]) -> list[float]:
    """The edges of columns: where pieces meet in at least half of the lines that are pieced."""
    pieced = [level for level in stack if level.joints]
    edges: list[list[float]] = []
    for x in sorted(x for level in pieced for x in level.joints):
        if edges and x - edges[-1][-1] < SAME:
            edges[-1].append(x)
        else:
            edges.append([x])
    inner = [median(group) for group in edges if 2 * len(group) >= len(pieced)]
    return [stack[0].left, *inner, stack[0].right]


def _table(
    stack: Sequence[Level], edges: Sequence[float], spans: Sequence[Span]
) -> tuple[Line | None, set[int]]:
    """A table and the spans in it, by their ids."""
    inside = [s for s in spans if edges[0] - SAME <= s.left and s.right <= edges[-1] + SAME]
    inside.sort(key=lambda span: span.baseline)
    ys = [level.y for level in stack]
    within = [span for span in inside if ys[0] < span.baseline <= ys[-1]]
    if not within:
        return None, set()
    above = _beside(inside, ys[0], edges, upward=True)
    below = _beside(inside, ys[-1], edges, upward=False)
    mirrored = bidi.is_right_to_left(" ".join(span.text for span in within))
    first = len(edges) - 2 if mirrored else 0
    several = len(ys) <= FEW - bool(above)
    rows: list[tuple[str, ...]] = []
    for place, band in enumerate((above, *_bands(within, ys), below)):
        lines = _cells(band, edges)
        head = place == 1 and len(ys) == FEW and not above
        if (several and not head) or band is above or band is below:
            rows += rows_of(lines, first)
        elif lines:
            rows += [_whole(band, edges)]
    rows = [row for row in rows if any(row)]
    used = [n for n in range(len(edges) - 1) if any(row[n] for row in rows)]
    if len(rows) < 2 or len(used) < 2:
        return None, set()
    rows = [tuple(row[n] for n in used) for row in rows]
    taken = [*above, *within, *below]
    top = min(ys[0], min(span.baseline - ASCENT * span.size for span in taken))
    bottom = max(ys[-1], max(span.baseline for span in taken))
    size = median(span.size for span in taken)
    text = "\n".join("\t".join(row) for row in rows)
    place = min(span.place for span in taken)
    line = Line(text, edges[0], edges[-1], top, bottom, size, rows=tuple(rows), place=place)
    return line, set(map(id, taken))


def _bands(spans: Sequence[Span], ys: Sequence[float]) -> list[list[Span]]:
    bands: list[list[Span]] = [[] for _ in ys[1:]]
    for span in spans:
        bands[max(0, bisect(ys, span.baseline - 0.3 * span.size) - 1)].append(span)
    return bands


def _beside(
    spans: Sequence[Span], edge: float, edges: Sequence[float], *, upward: bool
) -> list[Span]:
    """Rows of a table above its first rule or below its last: heads without a border and the like.

    They stand in the columns, two of them at least, and follow closely.
    """
    rows = _at_one_height([span for span in spans if (span.baseline <= edge) == upward])
    if upward:
        rows.reverse()
    taken: list[Span] = []
    last = edge
    for row in rows:
        size = max(span.size for span in row)
        far = FAR if not taken or not upward else 1.6
        crossing = any(_is_across(run, edges[1:-1]) for run in _runs(row))
        if crossing or abs(row[0].baseline - last) > far * size:
            break
        if len({_column(span, edges) for span in row}) < 2:
            break
        taken += row
        last = row[0].baseline
    return taken


def _column(span: Span, edges: Sequence[float]) -> int:
    """The column that holds the middle of a span, or where it begins if it spans several."""
    middle = (span.left + span.right) / 2
    wide = _is_across((span.left, span.right), edges[1:-1])
    place = bisect(edges, span.left + 0.3 * span.size if wide else middle) - 1
    return max(0, min(place, len(edges) - 2))


def _cells(spans: Sequence[Span], edges: Sequence[float]) -> list[Cells]:
    """Lines of type by column, from the top down."""
    columns: list[list[Span]] = [[] for _ in edges[1:]]
    for span in spans:
        columns[_column(span, edges)].append(span)
    placed: list[tuple[float, int, Line]] = []
    for number, column in enumerate(columns):
        placed += ((line.bottom, number, line) for line in lines_of(column))
    placed.sort(key=lambda item: item[0])
    rows: list[list[tuple[float, int, Line]]] = []
    for item in placed:
        if rows and item[0] - rows[-1][0][0] < 0.4 * item[2].size:
            rows[-1].append(item)
        else:
            rows.append([item])
    lines = []
    for row in rows:
        texts = [""] * len(columns)
        for _, number, line in sorted(row, key=lambda item: item[2].left):
            texts[number] = f"{texts[number]} {line.text}".strip()
        lines.append(Cells(tuple(texts), row[0][0], max(item[2].size for item in row)))
    return lines


def _whole(spans: Sequence[Span], edges: Sequence[float]) -> tuple[str, ...]:
    """One row of everything between two rules."""
    columns: list[list[Span]] = [[] for _ in edges[1:]]
    for span in spans:
        columns[_column(span, edges)].append(span)
    return tuple(_joined(column) for column in columns)


def _joined(spans: Sequence[Span]) -> str:
    return joined(line.text for line in lines_of(spans)) if spans else ""
