"""The layout of a PDF: headings, paragraphs, lists and tables in the order they are read.

Pages come one by one; a few around each are held, to know what repeats on all of them.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from statistics import median
from typing import BinaryIO

from library.core.errors import InputError
from library.core.resource import Block, Heading, Page, Said
from library.extractors import LAYOUT, Limits, bidi, indic
from library.extractors.cleanup import clean, paragraphs
from library.extractors.compounds import Words
from library.extractors.layout.across import across
from library.extractors.layout.banded import banded
from library.extractors.layout.blocks import Setting, blocks_of, folded, levels_of
from library.extractors.layout.contents import with_numbers
from library.extractors.layout.formulas import gathered
from library.extractors.layout.initials import with_initials
from library.extractors.layout.lines import lines_of
from library.extractors.layout.margins import without_line_numbers
from library.extractors.layout.notes import footnotes
from library.extractors.layout.order import in_order
from library.extractors.layout.running import Sides, running
from library.extractors.layout.shapes import Line, Sheet
from library.extractors.layout.tables import aligned, ruled
from library.extractors.pages import plain
from library.extractors.pdf_margins import Margins
from library.extractors.pdf_miner import Paper, TooLong, deadline
from library.extractors.pdfium import Box, Document
from library.extractors.pictured import is_cover
from library.extractors.quality import score

READER = "pdfminer"
WORD = 3  # letters of a line on its side, at least
AROUND = 3  # pages before and after that are looked at for running heads
TURNED = re.compile(r"([.)(])(\d{1,3})")  # the number of an item, set from the right
BACKGROUND = 0.4  # of the page: a picture as large as that stands behind text
AHEAD = 10  # pages read before the first is given, to know the type of running text


@dataclass(slots=True)
class Kinds:
    """How many letters of a document, so far, are set in which type."""

    sizes: Counter[tuple[float, bool]] = field(
        default_factory=Counter
    )  # in points, and whether bold
    faces: Counter[str] = field(default_factory=Counter)
    even: int = 0


@dataclass(slots=True)
class Leaf:
    """A page as lines, with what was true of it before."""

    sheet: Sheet
    lines: list[Line]
    aside: list[str] = field(default_factory=list)  # lines that run another way

    @property
    def sides(self) -> Sides:
        return Sides(self.sheet.number, self.lines, self.sheet.height)


def read(file: BinaryIO, limits: Limits, *, whole: bool = False) -> Iterator[Said | Page]:
    """What a PDF says of itself, then its pages with blocks. Raises Encrypted, Damaged, Empty.

    `whole` keeps running heads, to compare with readers that do not know them.
    """
    data = file.read()
    paper = Paper(BytesIO(data), limits)
    outline = paper.outline()
    document = Said(paper.fields(), outline, paper.pages())
    yield document
    margins = _margins(data, limits)
    if margins:
        paper.unseen = _seen_by(margins.document)
    titles = _titles(outline)
    kinds = Kinds()
    words = Words()
    pages = (
        _page(
            leaf, [] if whole else [*before, *after], _setting(kinds, titles, leaf, words), limits
        )
        for before, leaf, after in _windows(_leaves(paper, limits, kinds, words))
    )
    count = 0
    for page in across(pages, limits.page_characters, words):
        count = page.number
        yield margins.with_remarks(page) if margins and not whole else page
    if margins and not whole:
        for page in margins.further(READER, laid_out=True, layout=LAYOUT):
            count = page.number
            yield page
        known = replace(margins.said(document, count), cover=is_cover(margins.document))
        if known != document:
            yield known


def _margins(data: bytes, limits: Limits) -> Margins | None:
    """What is read beside the pages; None where the other reader cannot open the file."""
    try:
        return Margins(Document(data), limits)
    except InputError:
        return None


def _seen_by(document: Document) -> Callable[[int], Sequence[Box]]:
    """Where type that nobody sees stands on a page, as far as the other reader can tell."""

    def unseen(page: int) -> Sequence[Box]:
        try:
            return document.unseen(page) if page < document.pages else ()
        except InputError:
            return ()

    return unseen


def _leaves(paper: Paper, limits: Limits, kinds: Kinds, words: Words) -> Iterator[Leaf]:
    """Pages as lines; the sizes of type and the words are counted in passing."""
    ahead: deque[Leaf] = deque()
    for sheet in paper.sheets():
        try:
            with deadline(limits.page_seconds):
                lines = _lines(sheet)
                aside = sorted(lines_of(sheet.aside), key=lambda line: (line.top, line.left))
        except TooLong:
            lines, aside = [], []
        for line in lines:
            kinds.sizes[round(line.size * 2) / 2, line.bold] += len(line.text)
            for span in line.spans:
                kinds.faces[span.face] += len(span.text)
                kinds.even += len(span.text) * span.even
        words.add(line.text for line in lines if not line.rows)
        ahead.append(Leaf(sheet, lines, [line.text for line in aside]))
        if len(ahead) > AHEAD:
            yield ahead.popleft()
    yield from ahead


def _lines(sheet: Sheet) -> list[Line]:
    """Lines and tables of a page, not yet in order."""
    for place, span in enumerate(sheet.spans):
        span.place = place
    visual = indic.is_visual([span.text for span in sheet.spans])
    tables, rest = ruled(with_initials(without_line_numbers(sheet.spans)), sheet.rules)
    more, rest = banded(rest, sheet.rules)
    lines = [*aligned(gathered(with_numbers(lines_of(rest)))), *tables, *more]
    if visual:
        for line in lines:
            line.text = indic.logical(line.text)
            line.rows = tuple(tuple(map(indic.logical, row)) for row in line.rows)
    return lines


def _windows(leaves: Iterator[Leaf]) -> Iterator[tuple[list[Leaf], Leaf, list[Leaf]]]:
    """Each page with those before and after it."""
    before: deque[Leaf] = deque(maxlen=AROUND)
    window: deque[Leaf] = deque()
    for leaf in leaves:
        window.append(leaf)
        if len(window) > AROUND:
            current = window.popleft()
            yield list(before), current, list(window)
            before.append(current)
    while window:
        current = window.popleft()
        yield list(before), current, list(window)
        before.append(current)


def _page(leaf: Leaf, near: Sequence[Leaf], setting: Setting, limits: Limits) -> Page:
    removed, printed = running(leaf.sides, [other.sides for other in near], setting.size)
    lines = [line for line in leaf.lines if id(line) not in removed]
    blocks: tuple[Block, ...] = ()
    if lines:
        mirrored = bidi.is_right_to_left(" ".join(line.text for line in lines))
        rules, pictures, wide = leaf.sheet.rules, leaf.sheet.pictures, leaf.sheet.width
        if mirrored:  # then all that follows need not know
            lines = [_mirrored(line, wide) for line in lines]
            rules = [
                replace(rule, left=wide - rule.right, right=wide - rule.left) for rule in rules
            ]
            pictures = [
                replace(picture, left=wide - picture.right, right=wide - picture.left)
                for picture in pictures
            ]
        notes, lines = footnotes(lines, rules, setting.size)
        running_text = blocks_of(in_order(lines), setting, pictures)
        turned = _turned(leaf, near, setting)
        blocks = (*running_text, *turned, *(note.block(setting.words) for note in notes))[
            : limits.page_blocks
        ]
    text = plain(blocks)[: limits.page_characters]
    number = leaf.sheet.number
    label = clean(leaf.sheet.label)[:40] or printed
    return Page(
        number=number,
        text=text,
        blocks=blocks,
        label="" if label == str(number) else label,
        reader=READER,
        layout=LAYOUT if blocks else "",
        score=score(text),
    )


def _turned(leaf: Leaf, near: Sequence[Leaf], setting: Setting) -> list[Block]:
    """What stands on its side beside the text: sources of pictures, heads of columns.

    What other pages near it have too runs, as what they are called at their edge.
    """
    known = {_bare(line) for other in near for line in other.aside}
    lines = [line for line in leaf.aside if _bare(line) not in known and len(_bare(line)) >= WORD]
    return [Block("paragraph", text) for text in paragraphs(lines, setting.words)]


def _bare(line: str) -> str:
    """The letters of a line: a number in what runs changes from page to page."""
    return "".join(filter(str.isalpha, line)).casefold()


def _mirrored(line: Line, wide: float) -> Line:
    """A line as it stands in a looking-glass, the cells of a table with it."""
    rows = tuple(row[::-1] for row in line.rows)
    text = TURNED.sub(r"\2\1", line.text) if TURNED.fullmatch(line.text) else line.text
    return replace(line, text=text, left=wide - line.right, right=wide - line.left, rows=rows)


def _setting(
    kinds: Kinds,
    titles: dict[int, dict[str, int]],
    leaf: Leaf,
    words: Words,
) -> Setting:
    sizes = kinds.sizes
    if not sizes:
        return Setting(words=words)
    by_size: Counter[float] = Counter()
    for (size, _), count in sizes.items():
        by_size[size] += count
    size = by_size.most_common(1)[0][0]
    here = [line.size for line in leaf.lines for _ in range(1 + len(line.text) // 20)]
    usual = sum(abs(other - size) < 0.5 for other in here)
    if here and usual < 0.1 * len(here) and median(here) < size:  # annexes are often set smaller
        size = median(here)
    bold = sizes[size, True] > sizes[size, False]
    levels = levels_of(by_size, size)
    outline = titles.get(leaf.sheet.number, {})
    spans = [span for line in leaf.lines for span in line.spans]
    even = sum(len(span.text) for span in spans if span.even)
    letters = sum(len(span.text) for span in spans)
    # A page of nothing but code, in a work that is not, has no running text that is set so.
    typed = 2 * even > letters and 2 * kinds.even > kinds.faces.total()
    face = kinds.faces.most_common(1)[0][0] if kinds.faces else ""
    page = leaf.sheet.width * leaf.sheet.height
    labels = [
        picture
        for picture in leaf.sheet.pictures
        if (picture.right - picture.left) * (picture.bottom - picture.top) < BACKGROUND * page
    ]
    return Setting(size, bold, outline, levels, typed, face, labels, words)


def _titles(outline: Sequence[Heading]) -> dict[int, dict[str, int]]:
    """The titles of the contents list by page, folded, with their level."""
    titles: dict[int, dict[str, int]] = {}
    for heading in outline:
        key = folded(heading.title)
        if len(key) > 2:
            titles.setdefault(heading.page, {})[key] = heading.level
    return titles
