"""A page of a PDF as an image that a phone can afford."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from library.core.errors import Damaged
from library.extractors import Limits
from library.extractors.pdfium import Document

WIDEST = 1_200  # pixels
MOST = 4_000_000  # pixels of one image
WEIGHT = 150_000  # bytes of one image
QUALITIES = (78, 60, 42, 25)


def draw(file: BinaryIO, limits: Limits, page: int, width: int) -> Iterator[bytes]:
    """A page (from 1) as WebP, at most `width` and 1,200 pixels wide.

    Raises Damaged when there is no such page or it cannot be drawn.
    """
    document = Document(file.read())
    if not 1 <= page <= min(document.pages, limits.pages):
        raise Damaged("page missing", page=page, pages=document.pages)
    wide, high, pixels = document.picture(page - 1, max(16, min(width, WIDEST)), MOST)
    image = Image.frombuffer("RGB", (wide, high), pixels, "raw", "BGRX", 0, 1)
    yield packed(image)


def card(file: BinaryIO, limits: Limits, width: int) -> Iterator[bytes]:
    """The only page of a document of ours as PNG, `width` pixels wide; flat colours, few of them.

    Raises Damaged.
    """
    wide, high, pixels = Document(file.read()).picture(0, width, MOST)
    image = Image.frombuffer("RGB", (wide, high), pixels, "raw", "BGRX", 0, 1)
    made = BytesIO()
    image.quantize(64).save(made, "PNG", optimize=True)
    yield made.getvalue()


def packed(image: Image.Image) -> bytes:
    """An image as WebP, as good as its weight allows."""
    while True:
        for quality in QUALITIES:
            packed = BytesIO()
            image.save(packed, "WEBP", quality=quality, method=4)
            if packed.tell() <= WEIGHT:
                return packed.getvalue()
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))
