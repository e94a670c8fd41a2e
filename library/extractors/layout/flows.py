"""Columns as the file sets them: most programs set one column after the other.

Where the order of setting is one in which a page can be read, it parts the page better than the
white between its columns does: short lines, formulas and headings leave white everywhere. Where
it jumps about, it says nothing, and the page is cut by its white alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from library.extractors.layout.shapes import Line

BACK = 3.0  # of the size: so far up goes a formula or a raised sign within one column
GUTTER = 4.0  # points between columns at least
LEAST = 3  # lines of a column that another one follows


def flows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page in the columns they were set in; all as one when that is not known.

    A column goes down the page. The next begins higher up, to the right of all of it that stands
    no higher, or below all that came before; any other jump makes the order hard to believe.
    """
    flows: list[list[Line]] = []
    bottom = 0.0  # of all that was set so far
    columns = 1  # side by side, the last of them being set
    for line in sorted(lines, key=lambda line: line.place):
        last = flows[-1][-1] if flows else line
        reach = BACK * max(line.size, last.size)
        if not flows or (columns > 1 and line.top >= bottom - line.size / 2):
            flows.append([line])
            columns = 1
        elif line.top >= last.top - reach:
            flows[-1].append(line)
        elif len(flows[-1]) >= LEAST and _beside(line, flows[-1]):
            flows.append([line])
            columns += 1
        else:
            return [list(lines)]
        bottom = max(bottom, line.bottom)
    return flows


def _beside(line: Line, column: Sequence[Line]) -> bool:
    """Whether a line stands to the right of those of a column that do not stand above it."""
    return all(
        line.left >= other.right + GUTTER
        for other in column
        if other.bottom > line.top + line.size / 2
    )
