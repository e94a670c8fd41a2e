"""The contents list of an edition: its outline, or else its headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from library.core.resource import Heading, Page, Said

LONGEST = 200  # lines; a longer list helps nobody
LETTERS = 160  # of one line


def contents_of(pages: Sequence[Page], document: Said) -> tuple[Heading, ...]:
    """At most 200 lines, the outline's if it has two or more, levels counted from 1.

    Headings repeated on several pages are running heads, and are left out; where there are too
    many, the deepest levels go first.
    """
    if len(document.outline) > 1:
        return _fewer([h for h in document.outline if h.title.strip()])
    headings = [
        Heading(" ".join(block.text.split())[:LETTERS], page.number, block.level or 1)
        for page in pages
        for block in page.blocks
        if block.kind == "heading" and block.text.strip()
    ]
    often = Counter(heading.title.casefold() for heading in headings)
    kept = [h for h in headings if often[h.title.casefold()] <= 2]
    return _fewer(kept) if len(kept) > 1 else ()


def _fewer(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    depth = max((heading.level for heading in headings), default=1)
    kept = list(headings)
    while len(kept) > LONGEST and depth > 1:
        depth -= 1
        kept = [heading for heading in kept if heading.level <= depth]
    top = min((heading.level for heading in kept), default=1)
    return tuple(
        Heading(heading.title.strip()[:LETTERS], heading.page, heading.level - top + 1)
        for heading in kept[:LONGEST]
    )
