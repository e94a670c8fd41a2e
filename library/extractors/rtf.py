"""RTF documents: paragraphs, headings, lists, tables and notes, in pages of our cutting.

Libraries for RTF give bare text; styles, outline levels, list markers and rows are read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from library.core.messages import Message
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.flow import delivered, resumed, taken, with_bold_headings
from library.extractors.rtf_codes import BEHIND
from library.extractors.rtf_text import Document
from library.extractors.rtf_tokens import tokens

READER = "rtf"


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a document says of itself, then its pages. Raises Empty."""
    data = file.read()
    document = Document(white_paper=not any(mark in data for mark in BEHIND))
    blocks, problem = taken(document.blocks(tokens(data)))
    blocks = with_bold_headings(blocks, document.bold)
    blocks += document.letterhead(blocks)
    yield from delivered(
        document.fields,
        resumed(blocks, problem),
        READER,
        limits,
        enclosed=document.files,
        opener=Message("a word processor"),
    )


def blocks_in(data: bytes) -> list[Block | None]:
    """The blocks of a document that stands in another."""
    document = Document()
    return with_bold_headings(taken(document.blocks(tokens(data)))[0], document.bold)
