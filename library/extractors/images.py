"""Photographs and scans that are files of their own: pages without words, to be read by OCR.

PNG, JPEG, WebP and TIFF, the last with any number of pages. What is decoded is bounded first.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from library.core.errors import Damaged, InputError, TooLarge, Unsupported
from library.core.resource import Page, Said
from library.extractors import Limits, scans
from library.extractors.pdf_image import WIDEST, packed
from library.extractors.pictured import looks_like_type

FORMATS = ("PNG", "JPEG", TiffImageFile.format, WebPImageFile.format)
READER = "picture"
MOST = 100_000_000  # pixels of one page
LEAST = 400  # pixels of a side: less is an icon or an ornament
GLANCE = 400  # pixels of the side of a small picture that is looked at
GLANCED = 40_000_000  # pixels of one that is made small for that
SMALL = 1_400  # pixels across below which a page is enlarged to be read


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """As many pages as the file has pictures, all without words.

    Raises Damaged, TooLarge, or Unsupported for what is too small to be a page.
    """
    with _opened(file) as image:
        if min(image.size) < LEAST:
            wide, high = image.size
            raise Unsupported("picture too small", wide=wide, high=high)
        # The pictures of other formats move, or are smaller copies.
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    yield Said({}, pages=count)
    for number in range(1, min(count, limits.pages) + 1):
        yield Page(number, "", reader=READER, score=0.0)


def draw(file: BinaryIO, limits: Limits, page: int, width: int) -> Iterator[bytes]:
    """A page (from 1) as WebP, at most `width` and 1,200 pixels wide. Raises Damaged, TooLarge."""
    image = _page(file, page)
    wide = max(16, min(width, WIDEST))
    if image.width > wide:
        image = image.resize((wide, max(1, image.height * wide // image.width)))
    yield packed(image)


def scan(file: BinaryIO, limits: Limits, page: int) -> Iterator[bytes]:
    """A page (from 1) as a gray PNG to read words from; b"" when it is empty.

    Raises Damaged, TooLarge.
    """
    image = _page(file, page)
    dots = image.width * image.height
    if image.width < SMALL:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS)
    elif dots > scans.MOST:
        scale = (scans.MOST / dots) ** 0.5
        image = image.resize((int(image.width * scale), int(image.height * scale)))
    yield scans.packed(image)


def _page(file: BinaryIO, page: int) -> Image.Image:
    with _opened(file) as image:
        for number, frame in enumerate(ImageSequence.Iterator(image), 1):
            if number < page:
                continue
            if frame.width * frame.height > MOST:
                raise TooLarge("page of too many dots")
            return _on_white(ImageOps.exif_transpose(frame))
    raise Damaged("picture missing", page=page)


def _on_white(image: Image.Image) -> Image.Image:
    """What is transparent is paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        lowest, highest = image.convert("F").getextrema()
        if not isinstance(lowest, float) or not isinstance(highest, float) or highest <= lowest:
            return Image.new("RGB", image.size, "white")
        scale = 255 / (highest - lowest)
        image = image.convert("F").point(lambda dot: (dot - lowest) * scale).convert("L")
    return image.convert("RGB")


def is_page(data: bytes) -> bool:
    """Whether a picture is of type on paper, as a scan is: large, light, with some ink on it."""
    try:
        with _opened(BytesIO(data)) as image:
            if min(image.size) < LEAST or image.width * image.height > GLANCED:
                return min(image.size) >= LEAST
            image.draft("L", (GLANCE, GLANCE))
            small = _on_white(image).convert("L")
            small.thumbnail((GLANCE, GLANCE))
            return looks_like_type(small.tobytes())
    except (InputError, MemoryError):
        return False


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Image.Image]:
    Image.MAX_IMAGE_PIXELS = None  # bounded here, in our own words
    # What lays out print (WeasyPrint) sets this where it is loaded: half a picture is no page.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST:
                raise TooLarge("page of too many dots")
            yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Damaged("picture damaged") from error
