"""Contents lists whose page numbers stand far from their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from library.extractors.layout.shapes import Line

NUMBER = re.compile(r"\d{1,4}(?:[-–]\d{1,4})?")
LEAST = 6  # titles with a number make a contents list
RISING = 0.85  # of the numbers are no smaller than the one before: else it is a table


def with_numbers(lines: Sequence[Line]) -> list[Line]:
    """Lines with each page number put to its title, when there are many and they rise."""
    pairs = _pairs(lines)
    if len(pairs) < LEAST:
        return list(lines)
    column = sorted(pairs, key=lambda pair: (round(pair[1].right / 20), pair[1].top))
    values = [int(re.split("[-–]", number.text)[0]) for _, number in column]
    rising = sum(before <= after for before, after in pairwise(values))
    if rising < RISING * (len(values) - 1):
        return list(lines)
    taken = set()
    for title, number in pairs:
        title.text = f"{title.text} … {number.text}"
        title.right = number.right
        taken.add(id(number))
    return [line for line in lines if id(line) not in taken]


def _pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Numbers alone and the text before each of them on its row."""
    ordered = sorted(lines, key=lambda line: (round(line.bottom), line.left))
    return [
        (title, number)
        for title, number in pairwise(ordered)
        if NUMBER.fullmatch(number.text)
        and not NUMBER.fullmatch(title.text)
        and not title.rows
        and abs(title.bottom - number.bottom) < 3
        and title.right <= number.left
    ]
