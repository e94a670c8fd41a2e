"""A page as plain text, as it is read: headings apart, items with their signs, tables in rows."""

from __future__ import annotations

from collections.abc import Iterator

from library.core.resource import Block, Page

APART = frozenset(("heading", "paragraph", "table", "quote", "code", "caption"))


def plain(page: Page) -> str:
    """Its blocks where its layout is known, else its text."""
    if not page.blocks:
        return page.text.strip()
    return "\n".join(_lines(page)).strip()


def _lines(page: Page) -> Iterator[str]:
    before = ""
    for block in page.blocks:
        if block.kind in APART or block.kind != before:
            yield ""
        yield from _written(block)
        before = block.kind


def _written(block: Block) -> Iterator[str]:
    if block.kind == "table":
        for row in block.rows:
            yield "\t".join(" ".join(cell.split()) for cell in row)
    elif block.kind == "item":
        yield f"{'  ' * max(0, block.level - 1)}{block.marker or '•'} {block.text}"
    elif block.kind == "note":
        yield f"[{block.marker}] {block.text}" if block.marker else block.text
    else:
        yield block.text
