"""Documents that flow: their blocks, in pages of our own cutting, as readers yield them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile

from library.core.errors import Empty, InputError
from library.core.language_tags import primary
from library.core.messages import Message
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.enclosed import Enclosure, Further
from library.extractors.pages import outline_of, pages_of

EMPTY = Empty("no text but pictures")
MOST = 200_000  # blocks of one document
ITS_PROGRAM = Message("its program")
# "Page 1 of 3" in the languages of this site, and what stands around it.
PAGE = re.compile(
    r"\b(?:page|página|pagina|pág|pag|seite|p|of|de|sur|von|di)\b|صفحة|من|पृष्ठ|पन्ना|\d+", re.I
)
NOTHING = " \t.,:;/|()[]-–—·•"
ONE_PAGE = 350  # words of a document that has no more than its first page
SHORT_HEADING = 120  # characters of a line in bold that may be a heading


def delivered(
    fields: Mapping[str, str],
    blocks: Iterable[Block | None],
    reader: str,
    limits: Limits,
    unread: Sequence[Message] = (),
    enclosed: Iterable[Enclosure] = (),
    opener: Message = ITS_PROGRAM,
) -> Iterator[Said | Page]:
    """What a document says of itself, then its pages; None among the blocks ends a page.
    `unread` is said of the parts of the file that were not read; `enclosed` are the files
    in it, which are its further pages, and `opener` is what people take them out with.

    Where the file breaks off, what came before is kept and the problem is raised after it.
    Raises Empty.
    """
    kept, problem = taken(blocks)
    pages = pages_of(in_own_language(kept, fields.get("language", "")), reader, limits)
    further = Further(limits, len(pages))
    total = pages.total - len(pages)  # of them were left out
    pages += further.pages(enclosed)
    total += len(pages)
    if not pages:
        raise problem or EMPTY
    outline = outline_of(pages)[: limits.outline]
    parts = (*unread, *further.said(opener))
    yield Said(stated(fields), outline, total, parts)
    yield from pages
    if problem:
        raise problem


def taken(blocks: Iterable[Block | None]) -> tuple[list[Block | None], InputError | None]:
    """The blocks as far as they can be read, and what ended them too soon."""
    kept: list[Block | None] = []
    try:
        for block in blocks:
            kept.append(block)
            if len(kept) >= MOST:
                break
    except InputError as problem:
        return kept, problem
    return kept, None


def resumed(blocks: Iterable[Block | None], problem: InputError | None) -> Iterator[Block | None]:
    """The blocks, and then what ended them too soon."""
    yield from blocks
    if problem:
        raise problem


def stated(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value[:2_000] for name, value in fields.items() if value}


def words_of(blocks: Iterable[Block]) -> int:
    """How many words blocks have."""
    texts = ((block.text, *(cell for row in block.rows for cell in row)) for block in blocks)
    return sum(len(text.split()) for one in texts for text in one)


def is_short(blocks: Sequence[Block | None]) -> bool:
    """Whether a document has no more than its first page."""
    kept = list(dropwhile(_is_break, blocks))
    return None not in kept and words_of(filter(None, kept)) <= ONE_PAGE


def _is_break(block: Block | None) -> bool:
    return block is None


def letterhead(blocks: Iterable[Block | None]) -> Iterator[Block]:
    """What a head or a foot says, as paragraphs; not which page it is on."""
    for block in blocks:
        if block and _is_said(block):
            yield replace(block, kind="paragraph", level=0) if block.text else block


def _is_said(block: Block) -> bool:
    words = " ".join((block.text, *(cell for row in block.rows for cell in row)))
    return len(PAGE.sub("", words).strip(NOTHING)) > 2


def main_language(blocks: Iterable[Block | None]) -> str:
    """The language that most characters are marked with, "" where most have no mark."""
    amounts: dict[str, int] = {}
    for block in filter(None, blocks):
        amounts[block.language] = amounts.get(block.language, 0) + len(block.text)
    return max(amounts, key=lambda language: amounts[language], default="")


def in_own_language(blocks: Iterable[Block | None], language: str) -> Iterator[Block | None]:
    """Blocks that are marked only where their language is not the document's."""
    main = primary(language)
    for block in blocks:
        if block is None or not block.language or primary(block.language) != main:
            yield block
        else:
            yield replace(block, language="")


def with_bold_headings(blocks: Sequence[Block | None], bold: Sequence[float]) -> list[Block | None]:
    """Short paragraphs in bold as headings, in a document that marks no headings.

    `bold` has for each block the size of its type in points, where all of it is bold, else 0. The
    largest size is of the first level.
    """
    if any(block and block.kind == "heading" for block in blocks):
        return list(blocks)
    places = [
        place
        for place, block in enumerate(blocks)
        if block and bold[place] and block.kind == "paragraph" and _short(block.text)
    ]
    if not places or 2 * len(places) > len(blocks):
        return list(blocks)
    sizes = sorted({bold[place] for place in places}, reverse=True)
    result = list(blocks)
    for place in places:
        block = result[place]
        assert block is not None
        level = min(3, 1 + sizes.index(bold[place]))
        result[place] = replace(block, kind="heading", level=level)
    return result


def _short(text: str) -> bool:
    return 2 < len(text) <= SHORT_HEADING and not text.endswith((".", ",", ";", ":"))
