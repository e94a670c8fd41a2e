"""Paragraphs that go on over the end of a page.

Each page is kept and shown by itself, so a paragraph cut by its end stays two blocks, which know
of each other. A word that the end of the page cuts is kept whole on the page where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from library.core.resource import Block, Page
from library.extractors.cleanup import ENDS, NOTHING, joined
from library.extractors.compounds import HYPHENS, Words
from library.extractors.pages import plain

FLOATING = ("caption", "table")  # they may stand above or below what goes on
STOPS = re.compile("[.!?।؟。]['\"”’»)\\]]*$")
RUNNING = ("paragraph", "item", "quote")


def across(pages: Iterable[Page], most: int, words: Words = NOTHING) -> Iterator[Page]:
    """Pages whose blocks go on from one another.

    What comes in has `continues` on the last block whose last line is full, and `continued` on the
    first one that does not begin as paragraphs do; what goes out has them where they are true.
    `most` are the characters of a page's text, `words` those of the document.
    """
    earlier: Page | None = None
    for page in pages:
        if earlier is None:
            earlier = _said(_alone(page, start=True), page, most)
            continue
        first, second = _joined(earlier, page, words)
        yield _said(first, earlier, most)
        earlier = _said(second, page, most)
    if earlier is not None:
        yield _said(_alone(earlier, start=False), earlier, most)


def _said(page: Page, before: Page, most: int) -> Page:
    """The page with its plain text, if its blocks changed."""
    if page.blocks == before.blocks:
        return page
    return replace(page, text=plain(page.blocks)[:most])


def _joined(first: Page, second: Page, words: Words) -> tuple[Page, Page]:
    """Two pages, the paragraph over their border known on both; the same for notes."""
    last, following = _last(first), _first(second)
    blocks, rest = list(first.blocks), list(second.blocks)
    if (
        last is not None
        and following is not None
        and second.number == first.number + 1
        and _is_one(blocks[last], rest[following])
    ):
        blocks[last], rest[following] = _whole_word(
            replace(blocks[last], continues=True), rest[following], words
        )
        if not rest[following].text:
            del rest[following]
            blocks[last] = replace(blocks[last], continues=False)
    else:
        if last is not None:
            blocks[last] = replace(blocks[last], continues=False)
        if following is not None:
            rest[following] = replace(rest[following], continued=False)
    noted = next((n for n, block in enumerate(rest) if block.kind == "note"), None)
    if noted is not None and rest[noted].continued:
        if blocks and blocks[-1].kind == "note" and not ENDS.search(blocks[-1].text):
            blocks[-1] = replace(blocks[-1], continues=True)
        else:  # small type under a rule, and no note
            rest[noted] = replace(rest[noted], kind="paragraph", continued=False)
    return replace(first, blocks=tuple(blocks)), replace(second, blocks=tuple(rest))


def _is_one(last: Block, following: Block) -> bool:
    """Whether two blocks are parts of one paragraph.

    A small letter goes on with whatever no sentence ended; a capital, or a letter of a script
    without small ones, only where the line before it was full.
    """
    if not following.continued or following.kind != "paragraph":
        return False
    if last.text[-1:] in HYPHENS and following.text[:1].isalpha():
        return True
    if following.text[:1].islower():
        return len(last.text) > 1 and not STOPS.search(last.text)
    return last.continues


def _whole_word(last: Block, following: Block, words: Words) -> tuple[Block, Block]:
    if last.text[-1:] not in HYPHENS:
        return last, following
    word, _, rest = following.text.partition(" ")
    return replace(last, text=joined((last.text, word), words)), replace(following, text=rest)


def _alone(page: Page, *, start: bool) -> Page:
    """The first page goes on from none, the last one on none."""
    blocks = tuple(
        _unopened(block) if start else replace(block, continues=False) for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _unopened(block: Block) -> Block:
    kind = "paragraph" if block.kind == "note" and block.continued else block.kind
    return replace(block, kind=kind, continued=False)


def _last(page: Page) -> int | None:
    """The last block of running text, what floats below it left aside."""
    for place in range(len(page.blocks) - 1, -1, -1):
        kind = page.blocks[place].kind
        if kind in RUNNING:
            return place
        if kind not in (*FLOATING, "note"):
            return None
    return None


def _first(page: Page) -> int | None:
    """The first block of running text, what floats above it left aside."""
    for place, block in enumerate(page.blocks):
        if block.kind in RUNNING:
            return place
        if block.kind not in FLOATING:
            return None
    return None
