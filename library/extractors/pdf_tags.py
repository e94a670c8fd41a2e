"""What a tagged PDF says of its pictures (ISO 32000-2, 14.9.3), by pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from library.extractors.picture_words import description

FIGURE = "Figure"
DEEPEST = 40
MOST = 20_000  # elements of one page
LONGEST = 20_000  # bytes of one text
BUFFER = ctypes.create_string_buffer(LONGEST)


def is_tagged(document: Any) -> bool:
    return bool(pdfium.FPDFCatalog_IsTagged(document))


def pictures(page: Any) -> list[str]:
    """What is said of the pictures of a page, in their order; what programs said is left out."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        return [text for text in map(description, _said(tree)) if text]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _said(tree: Any) -> Iterator[str]:
    left = MOST
    count = max(0, pdfium.FPDF_StructTree_CountChildren(tree))
    waiting = [
        (pdfium.FPDF_StructTree_GetChildAtIndex(tree, place), 1)
        for place in reversed(range(min(count, MOST)))
    ]
    while waiting and left > 0:
        element, depth = waiting.pop()
        left -= 1
        if not element:
            continue
        figure = _string(pdfium.FPDF_StructElement_GetType, element) == FIGURE
        if figure and (text := _string(pdfium.FPDF_StructElement_GetAltText, element)):
            yield text
            continue
        if depth < DEEPEST:
            count = max(0, pdfium.FPDF_StructElement_CountChildren(element))
            waiting += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, place), depth + 1)
                for place in reversed(range(min(count, left)))
            ]


def _string(ask: Any, element: Any) -> str:
    size = ask(element, BUFFER, LONGEST)
    if not 2 < size <= LONGEST:
        return ""
    return ctypes.string_at(BUFFER, size - 2).decode("utf-16-le", "replace").replace("\x00", "")
