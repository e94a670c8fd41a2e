"""A page that is a picture of words is known as such; one that is a photograph is not."""

from __future__ import annotations

import math
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from library.extractors import pdf_words
from library.extractors.pdf_layout import read as layout
from library.extractors.pdfium import Document
from library.extractors.pictured import Glances, is_cover
from tests.builders import assembled, content, lines, stream
from tests.library.extractors.reading import Reader, read

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
COLOURS = {"L": "Gray", "RGB": "RGB"}
TEXT = lines("\n".join(["What was agreed of the market and its bins is written here."] * 6))


def typed(size: tuple[int, int] = (620, 877), shade: int = 255) -> Image.Image:
    """A picture of a page of lines."""
    picture = Image.new("L", size, shade)
    draw = ImageDraw.Draw(picture)
    for line in range(36):
        draw.text((60, 60 + 20 * line), "Many words stand on this line of the scanned page. " * 2)
        for word in range(18):
            draw.rectangle(
                (60 + 28 * word, 62 + 20 * line, 78 + 28 * word, 68 + 20 * line), fill=30
            )
    return picture


def photograph(size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A picture of all shades, as a photograph is."""
    wide, high = size
    shades = [
        int(127 + 120 * math.sin(x / 37) * math.cos(y / 53))
        for y in range(high)
        for x in range(wide)
    ]
    picture = Image.new("L", size)
    picture.putdata(shades)
    return picture


def document(*pages: tuple[Image.Image | None, bytes], part: float = 1.0) -> bytes:
    """Pages with a picture over such a part of them, and type."""
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: FONT,
        5: b"<<>>",
    }
    kids = ""
    for place, (picture, drawn) in enumerate(pages):
        number = 10 + 3 * place
        kids += f"{number} 0 R "
        named = ""
        if picture is not None:
            written = BytesIO()
            picture.save(written, "JPEG", quality=80)
            head = (
                f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
                f"/ColorSpace/Device{COLOURS[picture.mode]}/BitsPerComponent 8/Filter/DCTDecode"
                f"/Length {written.tell()}>>"
            )
            body = written.getvalue()
            objects[number + 2] = head.encode() + b"\nstream\n" + body + b"\nendstream"
            named = f"/XObject<</I {number + 2} 0 R>>"
            drawn = f"q 595 0 0 {842 * part} 0 0 cm /I Do Q\n".encode() + drawn
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>{named}>>>>"
        ).encode()
        objects[number + 1] = stream(drawn)
    objects[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    return assembled(objects)


@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_a_scan_among_typed_pages_is_known(reader: Reader) -> None:
    stamp = content(lines("17", top=30))
    _, found = read(
        reader,
        document((None, content(TEXT)), (typed(), b""), (typed(shade=225), stamp), (None, b"")),
    )
    assert [page.pictured for page in found] == [False, True, True, False]


@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_a_photograph_and_a_scan_that_was_read_are_not(reader: Reader) -> None:
    data = document((photograph(), content(lines("The market in May"))), (typed(), content(TEXT)))
    _, found = read(reader, data)
    assert not any(page.pictured for page in found)
    _, [page] = read(reader, document((typed(), b""), part=0.2))
    assert not page.pictured


def test_what_may_not_be_looked_at_any_more_may_be_type() -> None:
    made = Document(document((photograph(), b""), (None, content(TEXT))))
    assert not Glances(made).is_pictured(0, 0)
    assert Glances(made, left=0).is_pictured(0, 0)
    assert not Glances(made, left=0).is_pictured(1, 0)
    assert made.covered(0) == (1.0, 620 * 877)


@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_words_that_are_drawn_as_shapes_are_seen(reader: Reader) -> None:
    shapes = b"".join(
        b"%d %d m %d %d l %d %d l f\n" % (60 + 9 * x, y, 66 + 9 * x, y, 63 + 9 * x, y + 7)
        for y in range(200, 760, 16)
        for x in range(50)
    )
    _, [page, other] = read(reader, document((None, shapes), (None, content(TEXT))))
    assert page.pictured and not other.pictured


def coloured(size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A cover: a band of colour under a title."""
    picture = Image.new("RGB", size, (250, 250, 250))
    ImageDraw.Draw(picture).rectangle((0, 500, 620, 877), fill=(70, 140, 150))
    return picture


@pytest.mark.parametrize(
    ("picture", "worth"),
    [
        (photograph(), True),
        (coloured(), True),
        (typed(), False),
        (typed(shade=205), False),
        (None, False),
    ],
)
def test_a_first_page_that_is_worth_showing(picture: Image.Image | None, worth: bool) -> None:
    assert is_cover(Document(document((picture, content(TEXT))))) is worth


def test_yellowed_paper_is_no_cover() -> None:
    aged = Image.merge("RGB", [typed(shade=int(255 * part)) for part in (0.9, 0.82, 0.7)])
    assert not is_cover(Document(document((aged, b""))))


def test_the_layout_says_so_and_who_reads_words_need_not_draw() -> None:
    data = document((coloured(), content(TEXT)))
    assert read(layout, data)[0].cover
    assert not read(pdf_words.read, data)[0].cover
