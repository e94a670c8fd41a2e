"""Formulas: what stands above and below each other on one line of text, in the order it was set.

A fraction, a sum with its bounds or a matrix has several baselines where a line has one. Read by
height, the parts of all of them are mixed; programs that set formulas set them as they are said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from library.extractors.cleanup import clean
from library.extractors.layout.lines import gap_after
from library.extractors.layout.shapes import Line, Span

OVERLAP = 0.2  # of the size: lines of running text never reach into each other so far
NEAR = 1.2  # of the size: parts of one formula stand as near as that to each other
MOST = 2_000  # lines of a page; one with more is no page of formulas
SIGNS = re.compile("[=±×÷∀-⋿⟀-⟯⦀-⫿←-⇿\u0391-\u03c9√‖□■⎛-⎷\U0001d400-\U0001d7ff]")


def gathered(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those that make one formula as one line; tables stay."""
    if len(lines) > MOST or not any(SIGNS.search(line.text) for line in lines):
        return list(lines)
    done: list[list[Line]] = []
    active: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.rows:
            done.append([line])
            continue
        merged = [line]
        still = []
        for group in active:
            if max(span.bottom for span in group) <= line.top:
                done.append(group)
            elif _reaches(line, group):
                merged += group
            else:
                still.append(group)
        active = [*still, merged]
    return [line for group in [*done, *active] for line in _formula(group)]


def _reaches(line: Line, group: Sequence[Line]) -> bool:
    """Whether a line reaches into the height of a group and stands inside or beside it."""
    across = max(
        line.left - max(span.right for span in group), min(span.left for span in group) - line.right
    )
    return across < NEAR * line.size and any(
        span.bottom - line.top > OVERLAP * min(span.size, line.size) for span in group
    )


def _formula(group: Sequence[Line]) -> list[Line]:
    """One line of a group that is a formula; otherwise its lines as they are."""
    if len(group) < 2 or not any(SIGNS.search(line.text) for line in group):
        return list(group)
    main = max(group, key=lambda line: len(line.text))
    if all(abs(line.bottom - main.bottom) < OVERLAP * main.size for line in group):
        return list(group)
    spans = sorted((span for line in group for span in line.spans), key=lambda span: span.place)
    return [
        Line(
            text=clean(_said(spans)),
            left=min(line.left for line in group),
            right=max(line.right for line in group),
            top=min(line.top for line in group),
            bottom=max(line.bottom for line in group),
            size=main.size,
            bold=main.bold,
            place=min(line.place for line in group),
            spans=tuple(spans),
        )
    ]


def _said(spans: Sequence[Span]) -> str:
    """The text of spans as they were set; what is not set close to the one before stands apart."""
    text = spans[0].text
    for before, span in pairwise(spans):
        gap = span.left - before.right
        close = abs(gap) <= gap_after(text) * max(before.size, span.size)
        text += span.text if close else f" {span.text}"
    return text
