"""How the tests of extractors call one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits

Reader = Callable[[BinaryIO, Limits], Iterator[Said | Page]]


def read(reader: Reader, data: bytes, limits: Limits | None = None) -> tuple[Said, list[Page]]:
    """What the file says of itself, and its pages."""
    said, *pages = reader(BytesIO(data), limits or Limits())
    assert isinstance(said, Said)
    assert all(isinstance(page, Page) for page in pages)
    return said, [page for page in pages if isinstance(page, Page)]


def shapes(page: Page) -> list[tuple[str, str]]:
    """Kind and text of each block; a table's rows joined by bars."""
    return [
        (block.kind, "\n".join(" | ".join(row) for row in block.rows) or block.text)
        for block in page.blocks
    ]
