"""The words of a PDF, by pdfium: hundreds of pages a second, so that a file is found at once.

Pages come as plain paragraphs, without layout. The first pages also carry their large type as
headings, so that the title of the work can be guessed before the layout is read.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from library.core.errors import InputError
from library.core.resource import Block, Page, Said
from library.extractors import Limits, bidi, indic
from library.extractors.cleanup import (
    DOUBLED,
    clean,
    clean_sign,
    join_spaced,
    joined,
    paragraphs,
    undoubled,
)
from library.extractors.compounds import Words
from library.extractors.pdf_margins import Margins
from library.extractors.pdfium import Document, Glyph
from library.extractors.quality import score

READER = "pdfium"
FIRST = 3  # pages whose large type is looked at
LARGE = 1.15  # times the size of running text
CUT = re.compile("\ufffe\n?")  # how pdfium says that a word was cut at the end of a line
BACKWARD = 0.2  # share of right-to-left letters from which a page is put in order by place


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a PDF says of itself, then its pages. Raises Encrypted, Damaged or Empty."""
    document = Document(file.read())
    margins = Margins(document, limits)
    stated = Said(document.fields(), tuple(document.outline(limits.outline)), document.pages)
    yield stated
    count = min(document.pages, limits.pages)
    first = [_sized_lines(document, page, limits) for page in range(min(FIRST, count))]
    body = _body_size(first)
    words = Words()
    for number in range(count):
        text = _text(document, number, limits, words)
        blocks = _headings(first[number], body) if number < len(first) and body else ()
        label = clean(document.label(number))[:40]
        yield margins.with_remarks(
            Page(
                number=number + 1,
                text=text,
                blocks=tuple(blocks),
                label="" if label == str(number + 1) else label,
                reader=READER,
                score=score(text),
            )
        )
    for page in margins.further(READER, laid_out=False, layout=""):
        count = page.number
        yield page
    if (whole := margins.said(stated, count)) != stated:
        yield whole


def _text(document: Document, number: int, limits: Limits, words: Words) -> str:
    """A page as paragraphs; "" when it cannot be read, for one bad page loses no other."""
    try:
        raw = document.text(number, limits.page_characters)
        if _runs_backward(raw):
            glyphs = document.glyphs(number, limits.page_characters)
            return "\n\n".join(paragraphs([text for text, _ in _lines(glyphs)], words))
    except InputError:
        return ""
    text = "\n\n".join(paragraphs(_unbroken(raw).split("\n"), words))
    return indic.logical(text) if indic.is_visual([text]) else text


def _sized_lines(document: Document, number: int, limits: Limits) -> list[tuple[str, float]]:
    """The lines of a page and the size of their type in points, rounded to halves."""
    try:
        lines = document.sized_lines(number, limits.page_characters)
        if _runs_backward("".join(text for text, _ in lines)):
            return _lines(document.glyphs(number, limits.page_characters))
    except InputError:
        return []
    sized = (
        (join_spaced(clean(joined(_unbroken(text).split("\n")))), _rounded(size))
        for text, size in lines
    )
    return [(text, size) for text, size in sized if text]


def _runs_backward(text: str) -> bool:
    return len(bidi.RIGHT_TO_LEFT.findall(text)) > BACKWARD * len(text)


def _unbroken(raw: str) -> str:
    """Text in which a hyphen stands again where pdfium found a word cut at the end of a line."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = CUT.sub("-\n", text).replace("\x02", "")
    return "\n".join(map(undoubled, text.split("\n"))) if DOUBLED.search(text) else text


def _body_size(pages: Sequence[Sequence[tuple[str, float]]]) -> float:
    """The size that most letters have, in points; 0 when there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for text, size in page:
            sizes[size] += len(text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _headings(lines: Sequence[tuple[str, float]], body: float) -> Iterator[Block]:
    """Lines set larger than running text, those of one size together, the largest as level 1."""
    sizes = sorted({size for _, size in lines if size >= LARGE * body}, reverse=True)
    for size, run in groupby(lines, key=lambda line: line[1]):
        text = joined(text for text, _ in run)
        if size in sizes and any(sign.isalpha() for sign in text):
            yield Block("heading", text[:500], level=min(6, 1 + sizes.index(size)))


def _lines(glyphs: Sequence[Glyph]) -> list[tuple[str, float]]:
    """Text and size of each line of a right-to-left page, from the top down."""
    texts, heights = [], []
    for line in _rows([glyph for glyph in glyphs if glyph.text not in "\r\n"]):
        sizes = Counter(_rounded(glyph.size) for glyph in line if glyph.text.strip())
        if not sizes:
            continue
        size = sizes.most_common(1)[0][0]
        if text := join_spaced(clean(bidi.logical(_placed(line), size or 1.0, backward=True))):
            texts.append(text)
            heights.append(size)
    return list(zip(bidi.bracketed(texts), heights, strict=True))


def _placed(line: Sequence[Glyph]) -> list[bidi.Placed]:
    """Glyphs with their places; pdfium gives the letters of an Arabic ligature last to first."""
    places: list[bidi.Placed] = []
    for glyph in line:
        text = clean_sign(glyph.text)
        last = places[-1] if places else None
        if last and (last.left, last.right) == (glyph.left, glyph.right) and last.text.strip():
            places[-1] = bidi.Placed(text + last.text, last.left, last.right)
        else:
            places.append(bidi.Placed(text, glyph.left, glyph.right))
    return places


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by line; signs raised or lowered by less than half their size belong to the line."""
    by_baseline: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        by_baseline.setdefault(round(glyph.baseline, 1), []).append(glyph)
    rows: list[float] = []  # baselines, ascending
    for baseline in sorted(by_baseline, key=lambda place: -len(by_baseline[place])):
        place = bisect(rows, baseline)
        reach = 0.45 * max(glyph.size for glyph in by_baseline[baseline])
        near = [row for row in rows[max(0, place - 1) : place + 1] if abs(row - baseline) < reach]
        if near:
            nearest = min(near, key=lambda row: abs(row - baseline))
            by_baseline[nearest] += by_baseline[baseline]
        else:
            rows.insert(place, baseline)
    return [by_baseline[row] for row in reversed(rows)]
