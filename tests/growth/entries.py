"""What a stranger's text comes in by, each as a function of one text."""

from __future__ import annotations

import contextlib
import io

from index.text.syntax import parse
from library.catalogue.statistics import failed_searches
from library.core.errors import LibraryError
from library.extractors import Limits, html, markdown, rtf, text
from library.extractors.media_types import media_type_of

LIMITS = Limits()


def as_markdown(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(markdown.read(io.BytesIO(words.encode()), LIMITS))


def as_html(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(html.read(io.BytesIO(f"<html><body>{words}".encode()), LIMITS))


def as_text(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(text.read(io.BytesIO(words.encode()), LIMITS))


def as_rtf(words: str) -> None:
    with contextlib.suppress(LibraryError):
        list(rtf.read(io.BytesIO(f"{{\\rtf1 {words}}}".encode()), LIMITS))


def told(words: str) -> None:
    with contextlib.suppress(LibraryError):
        media_type_of(io.BytesIO(words.encode()), "words")


def asked(words: str) -> None:
    parse(words)


def passed_on(words: str) -> None:
    failed_searches.clean(words, "asked")
