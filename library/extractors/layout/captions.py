"""Captions: what is written above or below a table or a picture, and names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from library.core.resource import Block
from library.extractors.cleanup import ENDS, joined
from library.extractors.compounds import HYPHENS
from library.extractors.layout.shapes import Line, Picture

WORDS = (  # in the languages of the library: figure, table, chart, map, box, picture
    r"fig(?:ure)?s?|tables?|charts?|graphs?|diagrams?|maps?|box|photos?|plates?|illustrations?"
    r"|figuras?|tablas?|cuadros?|gr[áa]ficos?|gr[áa]ficas?|mapas?|recuadro|fotos?|ilustraci[óo]n"
    r"|tabelas?|quadros?|ilustra[çc][ãa]o|caixa"
    r"|tableaux?|graphiques?|cartes?|encadr[ée]|sch[ée]mas?"
    r"|(?:ال)?(?:شكل|جدول|رسم|صورة|خريطة|إطار|مخطط)"
    r"|चित्र|तालिका|सारणी|आरेख|नक्शा|मानचित्र|बॉक्स"
    r"|চিত্র|সারণি|সারণী|ছক|মানচিত্র|ছবি"
    r"|ภาพที่|ภาพ|รูปที่|รูป|ตารางที่|ตาราง|แผนภูมิที่|แผนภูมิ|แผนที่"
)
NAMED = re.compile(
    rf"^(?:{WORDS})\.?\s*(?:n[.ºo°]+\s*|no\.\s*|nr\.\s*|رقم\s*)?"
    r"[(\[]?(?:[A-Z][.-]?)?(?:\d{1,3}|[IVXL]{1,5})(?:[.\-–]\d{1,3}){0,2}[a-z]?[)\]]?"
    r"(\s*[.:–—|-](?!\d)|\s*$)?",
    re.I,
)
LONGEST = 300  # characters
PLAIN = 120  # characters of one that is told by its place alone
MOST_LINES = 5
SMALL = 0.96  # of the size of running text
CLOSE = 2.5  # sizes between a caption and its table or picture
LARGE = 60.0  # points of each side of a picture that has a caption


def with_captions(
    pairs: Sequence[tuple[Block, Sequence[Line]]], pictures: Sequence[Picture], size: float
) -> Iterator[Block]:
    """Blocks with captions among them known; `pairs` are blocks with the lines they are made of.

    A paragraph that a table or picture with its caption stands in the middle of is made whole, and
    they follow it.
    """
    blocks = [
        replace(block, kind="caption", text=_whole(block), level=0, marker="")
        if _is_caption(place, pairs, pictures, size)
        else block
        for place, (block, _) in enumerate(pairs)
    ]
    place = 0
    while place < len(blocks):
        end = place + 1
        while end < len(blocks) and blocks[end].kind in ("caption", "table"):
            end += 1
        first, last = blocks[place], blocks[end] if end < len(blocks) else None
        if end > place + 1 and last and _cut(first, last):
            yield replace(first, text=joined((first.text, last.text)))
            yield from blocks[place + 1 : end]
            place = end + 1
        else:
            yield first
            place += 1


def _cut(first: Block, last: Block) -> bool:
    """Whether one paragraph was cut into these two."""
    if first.kind not in ("paragraph", "item") or last.kind != "paragraph":
        return False
    open_end = first.text[-1:] in HYPHENS or not ENDS.search(first.text)
    return open_end and last.text[:1].islower()


def _is_caption(
    place: int,
    pairs: Sequence[tuple[Block, Sequence[Line]]],
    pictures: Sequence[Picture],
    size: float,
) -> bool:
    block, lines = pairs[place]
    if block.kind not in ("paragraph", "heading", "item") or len(lines) > MOST_LINES:
        return False
    text = _whole(block)
    if not 2 < len(text) <= LONGEST:
        return False
    before = pairs[place - 1] if place else None
    after = pairs[place + 1] if place + 1 < len(pairs) else None
    above = after is not None and after[0].kind == "table" and _close(lines, after[1])
    below = before is not None and before[0].kind == "table" and _close(before[1], lines)
    small = bool(size) and median(line.size for line in lines) < SMALL * size
    if named := NAMED.match(text):
        beside = above or below or any(_beside(lines, picture) for picture in pictures)
        sentence = ENDS.search(text) is not None and not small
        return named[1] is not None or small or (beside and not sentence)
    if block.kind == "heading":
        return False
    if above and len(lines) == 1 and len(text) <= PLAIN:
        listed = before is not None and before[0].kind == "item" and bool(before[0].marker)
        return block.kind == "item" and bool(block.marker) and not listed
    under = any(
        _beside(lines, picture) and lines[0].top >= picture.bottom - 2 for picture in pictures
    )
    return small and under and block.kind == "paragraph"


def _whole(block: Block) -> str:
    """The text of a block with the number that was taken for an item's."""
    return f"{block.marker} {block.text}".strip() if block.kind == "item" else block.text


def _close(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    """Whether lines stand closely below others, and in the same column."""
    last, first = upper[-1], lower[0]
    size = min(line.size for line in (last, first))
    near = -size < first.top - last.bottom < CLOSE * size
    return near and min(first.right, last.right) > max(first.left, last.left)


def _beside(lines: Sequence[Line], picture: Picture) -> bool:
    """Whether lines stand right above or right below a picture, no wider than it."""
    if min(picture.right - picture.left, picture.bottom - picture.top) < LARGE:
        return False
    size = lines[0].size
    inside = (
        min(line.left for line in lines) > picture.left - size
        and max(line.right for line in lines) < picture.right + size
    )
    gaps = (lines[0].top - picture.bottom, picture.top - lines[-1].bottom)
    return inside and any(-size < gap < CLOSE * size for gap in gaps)
