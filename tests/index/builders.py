"""Documents for tests, in few words."""

from __future__ import annotations

from typing import Any

from index.document import Document, Passage
from index.query import Query
from index.syntax import parse

LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")


def document(
    id: str, *pages: str, title: str = "", language: str = "en", **fields: Any
) -> Document:
    """A work of one edition, `id-language`, with these pages."""
    passages = tuple(
        Passage(f"{id}-{language}", language, number, text) for number, text in enumerate(pages, 1)
    )
    return Document(id, title or id, language=language, passages=passages, **fields)


def asking(words: str, **fields: Any) -> Query:
    """A query for words as a reader types them."""
    return Query(parse(words).tree, **fields)
