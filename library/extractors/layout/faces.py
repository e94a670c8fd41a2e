"""Headings that only their type tells, as large as running text; labels that look like headings.

A heading in another type stands by itself: apart from what is above it, close to the text below it,
which is set in the type of running text. Labels of a drawing stand among each other, above the line
that names the drawing, or alone at the foot of the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from library.core.resource import Block
from library.extractors.cleanup import BULLET, ENDS
from library.extractors.layout.captions import NAMED
from library.extractors.layout.running import DIVISION
from library.extractors.layout.shapes import Line

LONGEST = 90  # characters of a heading that its type alone tells
TEXT = 60  # characters of running text below it
APART = 0.35  # of the size: how much wider the space above a heading is than that below
CLOSE = 1.6  # sizes from a heading to its text at most
PLAIN = 1.12  # times running text: larger headings are no labels
LABEL = 70  # characters of a label at most
LABELS = 3  # that a drawing has at least
NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-ZIVX]{1,5}\.|\(?\w{1,3}\))\s")
FOOT = re.compile(
    r"^(?:\d{1,4}|[ivxlc]{1,6})$|^(?:\d{1,4}|[ivxlc]{1,6}) \S|\S (?:\d{1,4}|[ivxlc]{1,6})$"
)

Pair = tuple[Block, list[Line]]


def stands_out(
    groups: Sequence[Sequence[Line]], place: int, text: str, face: str, size: float
) -> bool:
    """Whether a group of lines is a heading by its type alone.

    face: the type of running text, size: how large it is, in points.
    """
    group = groups[place]
    if not face or not size or len(group) > 2 or not 3 < len(text) <= LONGEST:
        return False
    if ENDS.search(text) or text[-1] in ",;:،؛" or text[:1].islower() or NAMED.match(text):
        return False
    if BULLET.match(text) or sum(sign.isalpha() for sign in text) < len(text) / 2:
        return False
    if any(abs(line.size / size - 1) > 0.15 for line in group) or not _in_other(group, face):
        return False
    after = groups[place + 1] if place + 1 < len(groups) else ()
    if not after or after[0].rows or sum(len(line.text) for line in after) < TEXT:
        return False
    last, first = group[-1], after[0]
    below = (first.top - last.bottom) / size
    beside = abs(first.left - last.left) > 4 * size
    if beside or not -0.5 < below < CLOSE or _in_other(after[:1], face):
        return False
    before = groups[place - 1][-1] if place else None
    if before is None or before.rows or before.bottom > group[0].bottom:
        return True  # first of its column
    return (group[0].top - before.bottom) / size > below + APART


def _in_other(lines: Sequence[Line], face: str) -> bool:
    """Whether all of some lines is set in one type, and not that of running text."""
    faces = {span.face for line in lines for span in line.spans if span.text.strip()}
    return len(faces) == 1 and face not in faces and "" not in faces


def without_labels(pairs: list[Pair], size: float) -> list[Pair]:
    """Blocks in which labels of drawings, and what runs below a page, are no headings."""
    labels: set[int] = set()
    for place, (block, lines) in enumerate(pairs):
        if lines and not lines[0].rows and NAMED.match(block.text) and _is_figure(block.text):
            labels |= _above(pairs, place, size)
    last = pairs[-1][0].text if pairs else ""
    named = DIVISION.match(last)  # an article whose text is on the next page
    if pairs and not named and _is_weak(pairs[-1], size) and FOOT.search(last):
        labels.add(len(pairs) - 1)
    return [
        (Block("paragraph", block.text), lines) if place in labels else (block, lines)
        for place, (block, lines) in enumerate(pairs)
    ]


def _is_figure(text: str) -> bool:
    return re.match(r"(?i)tab|cuadro|quadro|جدول|तालिका|ตาราง", text) is None


def _above(pairs: Sequence[Pair], place: int, size: float) -> set[int]:
    """The headings among the labels above the name of a drawing."""
    run: list[int] = []
    for above in range(place - 1, -1, -1):
        block, lines = pairs[above]
        if block.kind == "table" or len(block.text) > LABEL or _is_large(lines, size):
            break
        if block.kind == "heading" and NUMBERED.match(block.text):
            break
        run.append(above)
    weak = {number for number in run if _is_weak(pairs[number], size)}
    return weak if len(run) >= LABELS else set()


def _is_weak(pair: Pair, size: float) -> bool:
    block, lines = pair
    return block.kind == "heading" and not _is_large(lines, size)


def _is_large(lines: Sequence[Line], size: float) -> bool:
    return bool(lines) and bool(size) and median(line.size for line in lines) >= PLAIN * size
