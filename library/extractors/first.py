"""A document of our own for some readers, read before any stranger's, so that what is made at its
first use (patterns, tables, code that is quicker the second time) is made once for all children.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO

from library.extractors import Limits, load

WORDS = (
    "Street vendors of the city and their union meet on 12 May 2026, at 10.30 a.m., to speak of "
    "the pavement, of fees (1,250.75 a year) and of what is paid for them: “stalls”, water, light. "
) * 4


def _markdown() -> bytes:
    head = "---\ntitle: A meeting\n---\n# A meeting\n\n"
    return f"{head}{WORDS}\n\n- one\n- two\n\n> {WORDS}\n".encode()


def _html() -> bytes:
    rows = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    body = f"<main><h1>A meeting</h1><p>{WORDS}<ul><li>one<li>two</ul>{rows}<p>{WORDS}</main>"
    return f"<!doctype html><html lang=en><title>A meeting</title>{body}</html>".encode()


def _pdf() -> bytes:
    """Two pages with a heading and some lines."""
    lines = [WORDS[start : start + 80] for start in range(0, 400, 80)]
    shown = "".join(f" 0 -14 Td ({line}) Tj" for line in lines)
    head = "BT /F 20 Tf 72 760 Td (A meeting) Tj /F 11 Tf"
    content = zlib.compress(f"{head}{shown} ET".encode("latin-1", "ignore"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        *[
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
            b"/Resources<</Font<</F 6 0 R>>>>>>"
        ]
        * 2,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count, start = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
    return bytes(made)


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "library.extractors.markdown:read": _markdown,
    "library.extractors.html:read": _html,
    "library.extractors.text:read": WORDS.encode,
    "library.extractors.pdf_words:read": _pdf,
    "library.extractors.pdf_layout:read": _pdf,
}
"""Reader → what makes its document; others begin without."""


def read(function: str) -> None:
    """Let a reader read its document, if it has one here. Never raises."""
    make = DOCUMENTS.get(function)
    if make is not None:
        with suppress(Exception):
            for _ in load(function)(BytesIO(make()), Limits()):
                pass
