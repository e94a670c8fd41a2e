"""Drop capitals: a first letter as high as two lines or more, put to the word that it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from library.extractors.layout.shapes import Span

LARGER = 1.5  # times the type beside it, at least
INITIAL = re.compile(r"[\"'“”«»‘’‚„¿¡(\[]{0,2}\s?[^\W\d_](?:['’])?")
HIGH = 0.72  # of its size: how high a capital is
LOW = 0.45  # of the size beside it: how far below its foot the last line beside it may stand
UNDER = 0.9  # of that size: how far below the last line its own foot may stand, as on the web
ABOVE = 0.9  # of the size beside it: how far above its head the first line may begin
NEAR = 1.8  # of the size beside it: how far to its right the lines begin
ALONE = frozenset("AIOYEUÀÉÓa")  # letters that are words
ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’]\w{2}")
FEWEST = 2  # lines beside it
MOST = 8  # initials of a page that are looked at
SAME = 0.3  # of the size: baselines that near are one


def with_initials(spans: Sequence[Span]) -> list[Span]:
    """Spans with each drop capital made the first letter of its paragraph.

    The lines beside it begin where it does, so that the paragraph has one left edge.
    """
    large = [
        span for span in spans if len(span.text) < 6 and INITIAL.fullmatch(span.text) is not None
    ]
    if not large:
        return list(spans)
    sizes = sorted(span.size for span in spans for _ in span.text)
    usual = sizes[len(sizes) // 2]
    large = [span for span in large if span.size > LARGER * usual and not span.glyphs]
    taken: set[int] = set()
    for initial in large[:MOST]:
        beside = _beside(initial, spans)
        if len(beside) < FEWEST:
            continue
        taken.add(id(initial))
        first = beside[0]
        first.text = _with(initial.text.strip(), first, spans)
        first.place = min(first.place, initial.place)
        for span in beside:
            span.left = initial.left
    return [span for span in spans if id(span) not in taken]


def _beside(initial: Span, spans: Sequence[Span]) -> list[Span]:
    """The first span of each line beside an initial, from the top down; [] where it is none."""
    head = initial.baseline - HIGH * initial.size
    near = [
        span
        for span in spans
        if span is not initial
        and LARGER * span.size <= initial.size
        and -0.3 * span.size <= span.left - initial.right <= NEAR * span.size
        and head - ABOVE * span.size
        <= span.baseline - HIGH * span.size
        <= initial.baseline + LOW * span.size - HIGH * span.size
    ]
    near.sort(key=lambda span: (span.baseline, span.left))
    rows = [next(iter(row)) for _, row in groupby(near, key=lambda span: round(span.baseline))]
    if len(rows) < FEWEST:
        return []
    last = rows[-1]
    sunk = -LOW * last.size <= initial.baseline - last.baseline <= UNDER * last.size
    level = abs(rows[0].baseline - HIGH * rows[0].size - head) <= ABOVE * rows[0].size
    alike = max(span.size for span in rows) < 1.3 * min(span.size for span in rows)
    return rows if sunk and level and alike else []


def _with(letter: str, first: Span, spans: Sequence[Span]) -> str:
    """The word that an initial begins; where it is one itself, what the page says decides."""
    text = first.text
    if letter[-1:] not in ALONE or not text[:1].isalpha():
        return letter + text
    if ELIDED.match(text):
        return f"{letter} {text}"  # "À l’aube": no word goes on so
    rest = re.split(r"[^\w'’]", text, maxsplit=1)[0].casefold()
    known = [
        word
        for span in spans
        if span is not first
        for word in re.findall(r"[^\W\d_]+", span.text.casefold())
    ]
    whole = known.count(letter[-1:].casefold() + rest)
    return f"{letter} {text}" if known.count(rest) > whole or len(rest) < 2 else letter + text
