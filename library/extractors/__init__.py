"""One module per format: a function that reads, and a row in this table; nothing more.

A reader yields first what the file says of itself, then its pages in order. It is imported only
in the child process that runs it (library/sandbox/), so this table stays light. What is wrong
with a file is raised as an InputError whose message goes on from the file's name:
`Encrypted("is locked with a password.", "Ask …")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from library.core.resource import Page, Said
from library.extractors import office_types

VERSION = "6"
"""Raised when a reader changes so that files which failed deserve another try."""

LAYOUT = "pdfminer 3"
"""What a page of a PDF says that laid it out: reader and version. The version is raised when
layouts become so much better that documents deserve to be laid out once more
(`library work --again-layout`).
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask for; what lies beyond is left out, or ends the reading."""

    bytes: int = 300 * 2**20  # of the file
    pages: int = 5_000
    page_characters: int = 200_000
    page_blocks: int = 3_000
    outline: int = 2_000  # lines of the contents list
    seconds: float = 120.0  # for the words of a file, by the clock
    layout_seconds: float = 600.0  # for the layout of a file, by the clock
    page_seconds: float = 20.0  # for the layout of one page
    telling_seconds: float = 30.0  # for telling what kind of file it is, by the clock
    description_seconds: float = 60.0  # for describing a document, by the clock
    memory: int = 1536 * 2**20  # address space of the child, bytes


Reader = Callable[[BinaryIO, Limits], Iterator[Said | Page]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """How one format is read; readers are named as `module:function`."""

    name: str  # for people
    words: str
    layout: str = ""  # a second, slower reader that gives blocks; "" where `words` gives both
    draw: str = ""  # makes an image of a page; "" where pages have no looks of their own
    scan: str = ""  # makes a picture of a page to read words from, where pages may have none
    through: str = ""  # the format that LibreOffice makes of it before it is read


EXTRACTORS: Mapping[str, Extractor] = {
    "application/pdf": Extractor(
        name="PDF",
        words="library.extractors.pdf_words:read",
        layout="library.extractors.pdf_layout:read",
        draw="library.extractors.pdf_image:draw",
        scan="library.extractors.scans:draw",
    ),
    **dict.fromkeys(
        ("image/png", "image/jpeg", "image/tiff", "image/webp"),
        Extractor(
            name="image",
            words="library.extractors.images:read",
            draw="library.extractors.images:draw",
            scan="library.extractors.images:scan",
        ),
    ),
    "text/html": Extractor(name="HTML", words="library.extractors.html:read"),
    "text/markdown": Extractor(name="Markdown", words="library.extractors.markdown:read"),
    "text/plain": Extractor(name="plain text", words="library.extractors.text:read"),
    **dict.fromkeys(
        ("message/rfc822", "multipart/related"),
        Extractor(name="e-mail or saved page", words="library.extractors.mail:read"),
    ),
    office_types.DOCX: Extractor(name="Word", words="library.extractors.docx:read"),
    office_types.ODT: Extractor(name="OpenDocument text", words="library.extractors.odt:read"),
    office_types.PPTX: Extractor(name="PowerPoint", words="library.extractors.pptx:read"),
    office_types.ODP: Extractor(name="OpenDocument slides", words="library.extractors.odp:read"),
    office_types.EPUB: Extractor(name="EPUB", words="library.extractors.epub:read"),
    office_types.RTF: Extractor(name="RTF", words="library.extractors.rtf:read"),
    office_types.DOC: Extractor(
        name="old Word", words="library.extractors.odt:read", through="odt"
    ),
    office_types.PPT: Extractor(
        name="old PowerPoint", words="library.extractors.odp:read", through="odp"
    ),
}


def load(name: str) -> Callable[..., Any]:
    """The function that a row names. Raises ImportError or AttributeError for a wrong name."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
