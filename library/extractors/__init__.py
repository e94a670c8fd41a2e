"""One module per format: a function that reads, and a row in library/core/formats.py; no more.

A reader yields first what the file says of itself, then its pages in order; at the end it may say
again what the file is, when only then it knows what was not read. It is imported only
in the child process that runs it (library/sandbox/), so rows stay light. What is wrong
with a file is raised as an InputError whose message goes on from the file's name:
`Encrypted("is locked with a password.", "Ask …")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from library.core.formats import FORMATS, Format
from library.core.resource import Page, Said

VERSION = "12"
"""Raised when a reader changes so that files which failed deserve another try."""

LAYOUT = "pdfminer 5"
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
    enclosed: int = 2  # documents within documents, so many deep


Reader = Callable[[BinaryIO, Limits], Iterator[Said | Page]]


Extractor = Format
EXTRACTORS: Mapping[str, Extractor] = FORMATS
"""Media type → how it is told and read: the table is library/core/formats.py."""


def load(name: str) -> Callable[..., Any]:
    """The function that a row names. Raises ImportError or AttributeError for a wrong name."""
    module, _, function = name.partition(":")
    reader: Callable[..., Any] = getattr(import_module(module), function)
    return reader
