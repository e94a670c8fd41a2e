"""Long documents without pages of their own, cut into pages that read well on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from library.core.resource import Block, Heading, Page
from library.extractors import Limits
from library.extractors.quality import score

ENOUGH = 400  # words after which a heading begins a new page
FULL = 600  # words after which any block does
CHAPTER = 200  # words after which a heading of the first two levels does
BROKEN = 100  # words after which a page break of the document itself does
OUTLINE_DEPTH = 3
MARKER = re.compile(r"\[([^\[\]\n]{1,60})\]")  # of a note, where a text names it


def pages_of(blocks: Iterable[Block | None], reader: str, limits: Limits) -> list[Page]:
    """Pages of about 400 to 600 words, cut before headings where possible, never in a block.

    None is where the document breaks a page itself. Only tables are cut, between rows, with their
    head on each part.
    """
    groups = list(_groups(_split(blocks)))[: limits.pages]
    return [page_of(number, group, reader, limits) for number, group in enumerate(groups, 1)]


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
    markers = {one.marker for one in ordered if one.kind == "note" and one.marker}
    text = "\n\n".join(filter(None, map(_plain, ordered)))
    if not markers:
        return text
    return MARKER.sub(lambda found: "" if found[1] in markers else found[0], text)


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


def _groups(blocks: Iterable[Block | None]) -> Iterator[list[Block]]:
    group: list[Block] = []
    words = 0
    for block in blocks:
        if block is None:
            if words >= BROKEN:
                yield group
                group, words = [], 0
            continue
        heading = block.kind == "heading"
        more = _words(block)
        after_heading = bool(group) and group[-1].kind == "heading"
        chapter = heading and block.level <= 2 and words >= CHAPTER
        full = words + more > FULL and words > CHAPTER
        if not after_heading and (chapter or (heading and words >= ENOUGH) or full):
            yield group
            group, words = [], 0
        group.append(block)
        words += more
    if group:
        yield group


def _split(blocks: Iterable[Block | None]) -> Iterator[Block | None]:
    for block in blocks:
        if block is None or block.kind != "table" or _words(block) <= FULL:
            yield block
            continue
        head, part = block.rows[0], []
        for row in block.rows[1:]:
            part.append(row)
            if sum(cell.count(" ") + 1 for kept in part for cell in kept) > ENOUGH:
                yield replace(block, rows=(head, *part))
                part = []
        if part:
            yield replace(block, rows=(head, *part))
