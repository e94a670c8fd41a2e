"""A page of an edition as blocks of HTML to be: lists nested, plain text cut into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count as count_from

from index.results import Span
from library.resource import Block as Read
from library.resource import Page

Marker = Callable[[str, str], Sequence[Span]]  # text, language → what to mark


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False
    current: bool = False  # the match that a reader was led to


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, with the items below it."""

    pieces: tuple[Piece, ...]
    marker: str = ""
    items: tuple[Item, ...] = ()
    language: str = ""
    direction: str = ""

    @property
    def marked(self) -> int:
        return count(self.pieces) + sum(item.marked for item in self.items)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the reading page; exactly one of `pieces`, `items`, `rows` is there."""

    tag: str = "p"
    pieces: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()
    head: tuple[tuple[Piece, ...], ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    language: str = ""
    direction: str = ""

    @property
    def marked(self) -> int:
        """How many stretches are marked in it."""
        cells = (*self.head, *(cell for row in self.rows for cell in row))
        return (
            count(self.pieces)
            + sum(item.marked for item in self.items)
            + sum(count(cell) for cell in cells)
        )


def count(pieces: Iterable[Piece]) -> int:
    return sum(piece.marked for piece in pieces)


_BULLET = re.compile(r"\s*(?:[•‣▪◦●■–—*-]|\(?[0-9a-z]{1,3}[.)])\s+")
_END = re.compile(r"[.!?:;…؟۔।]['\"”’»)]*$")


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Text cut at its spans, whatever order they come in; overlaps are joined."""
    found: list[Piece] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start >= end:
            continue
        if start > done:
            found.append(Piece(text[done:start]))
        found.append(Piece(text[start:end], marked=True))
        done = end
    if done < len(text):
        found.append(Piece(text[done:]))
    return tuple(found)


def blocks(
    page: Page, language: str, mark: Marker, direction: Callable[[str], str], current: int = 1
) -> list[Block]:
    """What the reading page shows of a page: its layout, or its plain text in paragraphs.

    current: which of the marks is the one that the reader is at.
    """
    number = count_from(1)

    def cut(text: str, spoken: str = "") -> tuple[Piece, ...]:
        return tuple(
            replace(one, current=next(number) == current) if one.marked else one
            for one in pieces(text, mark(text, spoken or language))
        )

    made: list[Block] = []
    items: list[Read] = []
    for block in page.blocks if page.layout else unlaid(page):
        if block.kind == "item":
            items.append(block)
            continue
        if items:
            made.append(Block("ul", items=_nested(items, cut, direction)))
            items = []
        made.append(_block(block, cut, direction))
    if items:
        made.append(Block("ul", items=_nested(items, cut, direction)))
    return made


def unlaid(page: Page) -> Iterator[Read]:
    """The plain text of a page whose layout is not read yet; its headings may be known."""
    headings = {" ".join(block.text.split()): block for block in page.blocks}
    for text in paragraphs(page.text):
        yield headings.get(text, Read("paragraph", text))


def _block(
    block: Read, cut: Callable[..., tuple[Piece, ...]], direction: Callable[[str], str]
) -> Block:
    language = block.language
    facing = direction(language) if language else ""
    if block.kind == "table":
        cells = [tuple(cut(cell, language) for cell in row) for row in block.rows]
        return Block("table", head=cells[0] if cells else (), rows=tuple(cells[1:]),
                     language=language, direction=facing)  # fmt: skip
    tag = {"heading": f"h{min(6, max(1, block.level) + 1)}", "quote": "blockquote", "code": "pre"}
    return Block(
        tag.get(block.kind, "p"), cut(block.text, language), language=language, direction=facing
    )


def _nested(
    items: Sequence[Read], cut: Callable[..., tuple[Piece, ...]], direction: Callable[[str], str]
) -> tuple[Item, ...]:
    """Items as a tree by their depth; a depth that skips a step is taken as the next one."""
    made: list[Item] = []
    place = 0
    while place < len(items):
        first = items[place]
        end = place + 1
        while end < len(items) and items[end].level > first.level:
            end += 1
        text = cut(first.text, first.language)  # before what is below: marks are counted in order
        below = _nested(items[place + 1 : end], cut, direction)
        language = first.language
        facing = direction(language) if language else ""
        made.append(Item(text, first.marker, below, language, facing))
        place = end
    return tuple(made)


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of plain text as a PDF gives it, a line for each printed line.

    A line goes on in the next unless it is blank, or ends a sentence well short of the margin, or
    the next begins like an item of a list.
    """
    lines = [line.strip() for line in text.replace("\f", "\n").splitlines()]
    margin = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    current: list[str] = []
    for line in lines:
        last = current[-1] if current else ""
        short = len(last) < 0.5 * margin or (len(last) < 0.85 * margin and _END.search(last))
        if current and (not line or short or _BULLET.match(line)):
            yield " ".join(current)
            current = []
        if line:
            current.append(line)
    if current:
        yield " ".join(current)
