"""A page of an edition as blocks of HTML to be: lists nested, captions with their tables, notes
at the end with links to and from them, plain text cut into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count as count_from
from itertools import pairwise

from index.results import Span
from library.core.resource import Block as Read
from library.core.resource import Page
from library.web.parts.note_references import Reference, References, without

Marker = Callable[[str, str], Sequence[Span]]  # text, language → what to mark


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not, or the number of a note."""

    text: str
    marked: bool = False
    current: bool = False  # the match that a reader was led to
    note: int = 0  # which note of the page it leads to, counted from 1
    first: bool = False  # whether that note leads back here
    place: str = ""  # before the names of places, where several pages stand in one document

    @property
    def url(self) -> str:
        return f"#{self.place}note-{self.note}"

    @property
    def id(self) -> str:
        return f"{self.place}ref-{self.note}" if self.first else ""


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
    """One piece of the reading page; exactly one of `pieces`, `items`, `rows` is there.

    `before` and `after` say that it goes on from the page before, or on the next one.
    """

    tag: str = "p"
    pieces: tuple[Piece, ...] = ()
    items: tuple[Item, ...] = ()
    head: tuple[tuple[Piece, ...], ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    caption: tuple[Piece, ...] = ()
    below: bool = False  # whether the caption stands below the table
    before: bool = False
    after: bool = False
    language: str = ""
    direction: str = ""
    look: str = ""  # of a heading: how it looks, whatever its place in the outline of the page

    @property
    def marked(self) -> int:
        """How many stretches are marked in it."""
        cells = (*self.head, *(cell for row in self.rows for cell in row))
        return (
            count(self.pieces)
            + count(self.caption)
            + sum(item.marked for item in self.items)
            + sum(count(cell) for cell in cells)
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the end of the page; `back` leads to where the text names it, "" if it does not."""

    id: str
    marker: str
    pieces: tuple[Piece, ...]
    back: str = ""
    language: str = ""
    direction: str = ""

    @property
    def marked(self) -> int:
        return count(self.pieces)


@dataclass(frozen=True, slots=True)
class Around:
    """The words of a paragraph that stand on the page before and on the next one."""

    before: str = ""
    after: str = ""


def count(pieces: Iterable[Piece]) -> int:
    return sum(piece.marked for piece in pieces)


_BULLET = re.compile(r"\s*(?:[•‣▪◦●■–—*-]|\(?[0-9a-z]{1,3}[.)])\s+")
_HEADING = re.compile(r"h[2-6]")
_END = re.compile(r"[.!?:;…؟۔।]['\"”’»)]*$")


def pieces(
    text: str, spans: Sequence[Span], references: Sequence[Reference] = (), named: str = ""
) -> tuple[Piece, ...]:
    """Text cut at its spans, whatever order they come in, and at numbers of notes; overlaps are
    joined."""
    edges = {0, len(text)}
    marks: list[Span] = []
    for start, end in sorted(spans):
        start, end = max(start, marks[-1][1] if marks else 0), min(end, len(text))
        if start < end:
            marks.append((start, end))
            edges |= {start, end}
    leads = {reference.start: reference for reference in references}
    edges |= {edge for reference in references for edge in (reference.start, reference.end)}
    parts: list[Piece] = []
    place = 0
    for start, end in pairwise(sorted(edges)):
        while place < len(marks) and marks[place][1] <= start:
            place += 1
        marked = place < len(marks) and marks[place][0] <= start
        if lead := leads.get(start):
            parts.append(Piece(lead.marker, marked, note=lead.note, first=lead.first, place=named))
        else:
            parts.append(Piece(text[start:end], marked))
    return tuple(piece for piece in parts if piece.text)


def blocks(
    page: Page,
    language: str,
    mark: Marker,
    direction: Callable[[str], str],
    around: Around = Around(),
    current: int = 1,
    named: str = "",
) -> tuple[list[Block], list[Note]]:
    """What the reading page shows of a page: its layout, or its plain text in paragraphs; and the
    notes at its end.

    current: which of the marks is the one that the reader is at. named: what the names of places
    on it begin with, where it does not stand alone.
    """
    read = list(page.blocks if page.layout else unlaid(page))
    notes = [block for block in read if block.kind == "note"]
    references = References([note.marker for note in notes], read)
    number = count_from(1)

    def counted(made: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(
            replace(piece, current=next(number) == current) if piece.marked else piece
            for piece in made
        )

    def plain(text: str, spoken: str) -> tuple[Piece, ...]:
        return counted(pieces(text, mark(text, spoken or language)))

    def cut(text: str, spoken: str = "", before: str = "", after: str = "") -> tuple[Piece, ...]:
        found = references.within(text)
        bare, places = without(text, found)
        whole = f"{before} {bare} {after}" if before or after else bare
        shift = len(before) + 1 if before or after else 0
        marks = [(start - shift, end - shift) for start, end in mark(whole, spoken or language)]
        spans = [
            (places[max(0, start)], places[min(end, len(bare)) - 1] + 1)
            for start, end in marks
            if end > 0 and start < len(bare)
        ]
        return counted(pieces(text, spans, found, named))

    def cut_block(block: Read) -> tuple[Piece, ...]:
        before = around.before if block.continued else ""
        after = around.after if block.continues else ""
        return cut(block.text, block.language, before, after)

    made: list[Block] = []
    items: list[Read] = []
    waiting: list[Read] = []  # captions whose table may follow

    def end_list() -> None:
        if items:
            made.append(
                Block(
                    "ul",
                    items=_nested(items, cut_block, direction),
                    before=items[0].continued,
                    after=items[-1].continues,
                )
            )
            items.clear()

    for block in read:
        if block.kind == "note":
            continue
        if block.kind != "item":
            end_list()
        if waiting and block.kind != "table":
            made.append(_captioned(made, waiting.pop(), cut))
        if block.kind == "item":
            items.append(block)
        elif block.kind == "caption":
            waiting.append(block)
        else:
            # In the order in which they are read: marks are counted.
            caption = cut(waiting[0].text, waiting.pop().language) if waiting else ()
            made.append(replace(_block(block, cut, cut_block, direction), caption=caption))
    end_list()
    if waiting:
        made.append(_captioned(made, waiting.pop(), cut))
    shown_notes = [
        Note(
            f"{named}note-{place}",
            note.marker,
            plain(note.text, note.language),
            f"#{named}ref-{place}" if references.leads_to(place) else "",
            note.language,
            direction(note.language) if note.language else "",
        )
        for place, note in enumerate(notes, 1)
    ]
    return outlined(made), shown_notes


def outlined(made: Iterable[Block]) -> list[Block]:
    """The blocks with their headings in an order without gaps below the title of the page, which
    is what who hears it moves by; each looks as deep as it is in its document."""
    above: list[int] = []
    shown = []
    for block in made:
        if not _HEADING.fullmatch(block.tag):
            shown.append(block)
            continue
        depth = int(block.tag[1])
        while above and above[-1] >= depth:
            above.pop()
        above.append(depth)
        tag = f"h{len(above) + 1}"
        shown.append(replace(block, tag=tag, look=f"as-{block.tag}" if tag != block.tag else ""))
    return shown


def _captioned(made: list[Block], caption: Read, cut: Callable[..., tuple[Piece, ...]]) -> Block:
    """The table before a caption with it; or the caption alone, where there is no table."""
    text = cut(caption.text, caption.language)
    if made and made[-1].tag == "table" and not made[-1].caption:
        return replace(made.pop(), caption=text, below=True)
    return Block("p", caption=text)


def unlaid(page: Page) -> Iterator[Read]:
    """The plain text of a page whose layout is not read yet; its headings may be known."""
    headings = {" ".join(block.text.split()): block for block in page.blocks}
    for text in paragraphs(page.text):
        yield headings.get(text, Read("paragraph", text))


def _block(
    block: Read,
    cut: Callable[..., tuple[Piece, ...]],
    cut_block: Callable[[Read], tuple[Piece, ...]],
    direction: Callable[[str], str],
) -> Block:
    language = block.language
    facing = direction(language) if language else ""
    if block.kind == "table":
        cells = [tuple(cut(cell, language) for cell in row) for row in block.rows]
        return Block("table", head=cells[0] if cells else (), rows=tuple(cells[1:]),
                     language=language, direction=facing)  # fmt: skip
    tag = {"heading": f"h{min(6, max(1, block.level) + 1)}", "quote": "blockquote", "code": "pre"}
    return Block(
        tag.get(block.kind, "p"),
        cut_block(block),
        before=block.continued,
        after=block.continues,
        language=language,
        direction=facing,
    )


def _nested(
    items: Sequence[Read],
    cut_block: Callable[[Read], tuple[Piece, ...]],
    direction: Callable[[str], str],
) -> tuple[Item, ...]:
    """Items as a tree by their depth; a depth that skips a step is taken as the next one."""
    made: list[Item] = []
    place = 0
    while place < len(items):
        first = items[place]
        end = place + 1
        while end < len(items) and items[end].level > first.level:
            end += 1
        text = cut_block(first)  # before what is below: marks are counted in order
        below = _nested(items[place + 1 : end], cut_block, direction)
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
