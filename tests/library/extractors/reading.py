"""How the tests of extractors call one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits

Reader = Callable[[BinaryIO, Limits], Iterator[Said | Page]]


def read(reader: Reader, data: bytes, limits: Limits | None = None) -> tuple[Said, list[Page]]:
    """What the file says of itself, at last, and its pages."""
    said, *found = reader(BytesIO(data), limits or Limits())
    assert isinstance(said, Said)
    if found and isinstance(found[-1], Said):
        said = found.pop()
    pages = [page for page in found if isinstance(page, Page)]
    assert len(pages) == len(found)
    return said, pages


def shapes(page: Page) -> list[tuple[str, str]]:
    """Kind and text of each block; a table's rows joined by bars."""
    return [
        (block.kind, "\n".join(" | ".join(row) for row in block.rows) or block.text)
        for block in page.blocks
    ]
