"""Running heads and feet: what stands at the same place of pages near each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from library.extractors.layout.shapes import Line

DEPTH = 4  # lines from the top and from the bottom that may be running ones
ZONE = 0.16  # of the page's height, at its top and at its foot
NEAR = 6.0  # points: how much the place may differ
NUMBER = re.compile(r"\d+|(?<![^\W_])[ivxlc]+(?![^\W_])", re.I)
ALONE = re.compile(
    r"[\s\-–—|.]*+(?:(?:page|pág(?:ina)?|p|seite)[\s.]*+)?(\d{1,4})[\s\-–—|.]*+", re.I
)


def running(
    lines: Sequence[Line], height: float, others: Sequence[tuple[Sequence[Line], float]]
) -> tuple[set[int], str]:
    """Ids of the running lines of a page, and the page number printed among them.

    `others` are pages near it, each with its height.
    """
    found: set[int] = set()
    label = ""
    for line in _edges(lines, height):
        alike = sum(
            any(_same(line, height, other, tall) for other in _edges(there, tall))
            for there, tall in others
        )
        number = ALONE.fullmatch(line.text)
        if alike >= (1 if number else min(2, len(others))) and alike:
            found.add(id(line))
            label = number[1] if number else label
    return found, label


def _edges(lines: Sequence[Line], height: float) -> list[Line]:
    """Lines near the head and the foot of a page."""
    tops = sorted((line for line in lines if line.bottom < ZONE * height), key=_top)
    feet = sorted((line for line in lines if line.top > (1 - ZONE) * height), key=_top)
    return tops[: 2 * DEPTH] + feet[-2 * DEPTH :]


def _top(line: Line) -> float:
    return line.top


def _same(line: Line, height: float, other: Line, other_height: float) -> bool:
    if line.rows or other.rows:
        return False
    from_top = abs(line.top - other.top) < NEAR
    from_foot = abs((height - line.top) - (other_height - other.top)) < NEAR
    return (from_top or from_foot) and _shape(line.text) == _shape(other.text)


def _shape(text: str) -> str:
    """A text whose numbers do not matter."""
    return NUMBER.sub("#", text.casefold())
