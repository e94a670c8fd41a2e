"""Pages as pictures for a program that reads pictures: gray, sharp enough, and not too large."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from library.core.errors import Damaged
from library.extractors import Limits
from library.extractors.pdfium import Document

RESOLUTION = 300  # dots per inch: what Tesseract was trained on
MOST = 10_000_000  # pixels: A4 at 300 dots per inch, and a little
WEIGHT = 11_000_000  # bytes: what one line between two processes holds
PALE = 16  # shades between the darkest and the lightest dot of an empty page


def draw(file: BinaryIO, limits: Limits, page: int) -> Iterator[bytes]:
    """A page (from 1) of a PDF as a gray PNG; b"" when it is empty.

    Raises Damaged when there is no such page or it cannot be drawn.
    """
    document = Document(file.read())
    if not 1 <= page <= min(document.pages, limits.pages):
        raise Damaged("page missing", page=page, pages=document.pages)
    width = round(document.width(page - 1) * RESOLUTION / 72)
    wide, high, pixels = document.picture(page - 1, max(16, width), MOST)
    yield packed(Image.frombuffer("RGB", (wide, high), pixels, "raw", "BGRX", 0, 1))


def packed(image: Image.Image) -> bytes:
    """An image as a gray PNG of bounded size; b"" when nothing is on it."""
    gray = image.convert("L")
    shades = [shade for shade, dots in enumerate(gray.histogram()) if dots]
    if not shades or shades[-1] - shades[0] < PALE:
        return b""
    while True:
        written = BytesIO()
        gray.save(written, "PNG", compress_level=1)
        if written.tell() <= WEIGHT:
            return written.getvalue()
        gray = gray.resize((max(1, gray.width * 3 // 4), max(1, gray.height * 3 // 4)))
