"""Long documents without pages of their own, cut into pages that read well on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from library.core.resource import Block, Heading, Page
from library.extractors import Limits
from library.extractors.quality import score
from library.extractors.spaced_letters import rejoined

ENOUGH = 400  # words after which a heading begins a new page
FULL = 600  # words after which any block does
CHAPTER = 200  # words after which a heading of the first two levels does
BROKEN = 100  # words after which a page break of the document itself does
OUTLINE_DEPTH = 3
LONGEST = 20_000  # characters of a block; a longer one goes on over several pages
MARKS = 8  # characters that set a block apart from the next in the text of a page
_STOP = re.compile(r"[.!?…؟।](?=\s)|[。！？]|\n")
MARKER = re.compile(r"\[([^\[\]\n]{1,60})\]")  # of a note, where a text names it


class Pages(list[Page]):
    """Pages as far as a document may have them, and how many it would have in all."""

    total = 0


def pages_of(blocks: Iterable[Block | None], reader: str, limits: Limits) -> Pages:
    """Pages of about 400 to 600 words, cut before headings where possible.

    None is where the document breaks a page itself. Tables are cut between rows, with their head on
    each part; any other block only where it is longer than LONGEST or than a page may be.
    """
    pages = Pages()
    for group in _groups(_split(rejoined(list(blocks)), limits), limits):
        pages.total += 1
        if pages.total <= limits.pages:
            pages.append(page_of(pages.total, group, reader, limits))
    return pages


def fitted(blocks: Iterable[Block], limits: Limits) -> Iterator[list[Block]]:
    """The blocks of a page the document made itself: on several where one page cannot hold them."""
    group: list[Block] = []
    size, number = 0, 0
    for block in _split(blocks, limits, tables=False):
        if block is None:
            continue
        if group and _is_over(group, size + _characters(block), limits):
            yield group
            group, size, number = [], 0, number + 1
        group.append(block)
        size += _characters(block)
        if block.continues:
            yield group
            group, size, number = [], 0, number + 1
    if group or not number:  # an empty page is one too
        yield group


def page_of(number: int, blocks: Sequence[Block], reader: str, limits: Limits) -> Page:
    """One page that is laid out already."""
    kept = tuple(notes_last(blocks)[: limits.page_blocks])
    text = plain(kept)[: limits.page_characters]
    return Page(number, text, kept, reader=reader, layout=reader, score=score(text))


def outline_of(pages: Iterable[Page]) -> tuple[Heading, ...]:
    """The headings of the first levels, as a contents list."""
    return tuple(
        Heading(block.text, page.number, block.level)
        for page in pages
        for block in page.blocks
        if block.kind == "heading" and block.level <= OUTLINE_DEPTH
    )


def notes_last(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with the notes among them at their end."""
    return sorted(blocks, key=lambda block: block.kind == "note")


def plain(blocks: Sequence[Block]) -> str:
    """Blocks as text: an empty line between them, items and notes marked, cells parted by a tab.

    Where the last paragraph goes on on the next page, the notes come before it: what stands in two
    pages is found as one phrase when their texts follow one another. The numbers that lead to the
    notes are left out for the same reason.
    """
    ordered = list(blocks)
    place = next((n for n, block in enumerate(ordered) if block.continues), None)
    if place is not None and ordered[place].kind != "note":
        ordered.append(ordered.pop(place))
    markers = {block.marker for block in ordered if block.kind == "note" and block.marker}
    text = "\n\n".join(filter(None, map(_plain, ordered)))
    if not markers:
        return text
    return MARKER.sub(lambda match: "" if match[1] in markers else match[0], text)


def _plain(block: Block) -> str:
    if block.kind == "table":
        return "\n".join("\t".join(row) for row in block.rows)
    if block.kind == "item":
        return f"{block.marker or '•'} {block.text}"
    if block.kind == "note":
        return f"{block.marker} {block.text}".strip()
    return block.text


def _words(block: Block) -> int:
    return (
        block.text.count(" ") + 1 + sum(cell.count(" ") + 1 for row in block.rows for cell in row)
    )


def _characters(block: Block) -> int:
    cells = sum(len(cell) + 1 for row in block.rows for cell in row)
    return len(block.text) + len(block.marker) + cells + MARKS


def _is_over(group: Sequence[Block], size: int, limits: Limits) -> bool:
    """Whether a page cannot hold one more block, which brings its text to so many characters."""
    return size > limits.page_characters or len(group) >= limits.page_blocks


def _groups(blocks: Iterable[Block | None], limits: Limits) -> Iterator[list[Block]]:
    group: list[Block] = []
    words = size = 0
    for block in blocks:
        if block is None:
            if words >= BROKEN:
                yield group
                group, words, size = [], 0, 0
            continue
        heading = block.kind == "heading"
        more = _words(block)
        after_heading = bool(group) and group[-1].kind == "heading"
        chapter = heading and block.level <= 2 and words >= CHAPTER
        full = words + more > FULL and words > CHAPTER
        ended = not after_heading and (chapter or (heading and words >= ENOUGH) or full)
        if group and (ended or _is_over(group, size + _characters(block), limits)):
            yield group
            group, words, size = [], 0, 0
        group.append(block)
        words += more
        size += _characters(block)
        if block.continues:
            yield group
            group, words, size = [], 0, 0
    if group:
        yield group


def _split(
    blocks: Iterable[Block | None], limits: Limits, *, tables: bool = True
) -> Iterator[Block | None]:
    """The blocks, none of them longer than a page; long tables in parts unless they may stay."""
    for block in blocks:
        if block is None:
            yield None
        elif block.kind != "table":
            most = max(1, min(LONGEST, limits.page_characters - len(block.marker) - MARKS))
            yield from _stretches(block, most)
        elif (tables and _words(block) > FULL) or _characters(block) > limits.page_characters:
            yield from _parts(block, limits.page_characters - MARKS)
        else:
            yield block


def _stretches(block: Block, most: int) -> Iterator[Block]:
    """A block in pieces that go on from one another, each of at most so many characters."""
    pieces = list(_pieces(block.text, most))
    for at, piece in enumerate(pieces):
        first, last = at == 0, at == len(pieces) - 1
        yield replace(
            block,
            text=piece,
            continued=block.continued if first else True,
            continues=block.continues if last else True,
        )


def _pieces(text: str, most: int) -> Iterator[str]:
    """A text cut after a sentence, else at a space, else anywhere; all of it."""
    at = 0
    while len(text) - at > most:
        half, end = at + most // 2, at + most
        stops = [match.end() for match in _STOP.finditer(text, half, end)]
        cut = stops[-1] if stops else text.rfind(" ", half, end) + 1 or end
        yield text[at:cut].strip()
        at = cut
    yield text[at:].strip() if at else text


def _parts(table: Block, most: int) -> Iterator[Block]:
    """A table cut between rows; a row too long for a page is continued in rows below it."""
    columns = max(1, max(map(len, table.rows), default=1))
    cell = max(1, min(LONGEST, most // (2 * columns) - 1))
    head, *rows = (row for long in table.rows for row in _rows(long, cell))
    beginning = sum(map(len, head)) + len(head)
    part: list[tuple[str, ...]] = []
    words, size = 0, beginning
    for row in rows:
        length = sum(map(len, row)) + len(row)
        if part and size + length > most:
            yield replace(table, rows=(head, *part))
            part, words, size = [], 0, beginning
        part.append(row)
        words += sum(cell.count(" ") + 1 for cell in row)
        size += length
        if words > ENOUGH:
            yield replace(table, rows=(head, *part))
            part, words, size = [], 0, beginning
    if part or not rows:
        yield replace(table, rows=(head, *part))


def _rows(row: tuple[str, ...], most: int) -> Iterator[tuple[str, ...]]:
    columns = [list(_pieces(cell, most)) for cell in row]
    yield from zip_longest(*columns, fillvalue="") if row else [row]
