"""Parts of a file that no reader has words of are said, and nothing else is."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from library.core.errors import Unsupported
from library.extractors import Limits
from library.extractors.docx import read as docx
from library.extractors.epub import read as epub
from library.extractors.images import is_page
from library.extractors.mail import read as mail
from library.extractors.media_types import media_type_of
from library.extractors.odt import read as odt
from library.extractors.pptx import read as pptx
from library.extractors.text import read as text
from tests import office
from tests.library.extractors.reading import read, shapes

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def picture(*, typed: bool, side: int = 900) -> bytes:
    """A scan of a page of lines, or a photograph: shades of all kinds."""
    if typed:
        image = Image.new("L", (side, side), "white")
        pen = ImageDraw.Draw(image)
        for line in range(60, side - 60, 40):
            pen.rectangle((60, line, side - 200, line + 4), fill="black")
    else:
        image = Image.radial_gradient("L").resize((side, side))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "page"),
    [
        (picture(typed=True), True),
        (picture(typed=False), False),
        (picture(typed=True, side=300), False),
        (b"no picture", False),
    ],
)
def test_a_picture_of_a_page(data: bytes, page: bool) -> None:
    assert is_page(data) == page


@pytest.mark.parametrize("typed", [True, False])
@pytest.mark.parametrize("wide", [7_000_000, 1_000_000])
def test_a_page_that_is_a_picture_in_word(typed: bool, wide: int) -> None:
    drawing = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><wp:extent cx="{wide}" cy="{wide}"/>'
        f'<a:blip {A} xmlns:r="urn:r" r:embed="rId9"/></wp:inline></w:drawing></w:r></w:p>'
    )
    related = office.relations(rId9=("image", "media/scan.png"))
    parts = {
        "word/_rels/document.xml.rels": related,
        "word/media/scan.png": picture(typed=typed),
    }
    made = office.docx(office.paragraph("Minutes of May") + drawing, parts=parts)
    said, _ = read(docx, made)
    assert [line.code for line in said.unread] == (
        ["unread drawn pages"] if typed and wide > 5_000_000 else []
    )


def test_a_letter_that_is_encrypted() -> None:
    head = b"From: Ana <a@market.example>\r\nSubject: Minutes\r\n"
    pgp = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"
    packed = (
        b'Content-Type: multipart/encrypted; boundary="X"\r\n\r\n--X\r\n'
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--X--\r\n"
    )
    smime = b'Content-Type: application/pkcs7-mime; smime-type="enveloped-data"\r\n\r\nMIIB\r\n'
    for letter in (packed, smime, b"\r\n" + pgp):
        said, _ = read(mail, head + letter)
        assert [line.code for line in said.unread] == ["unread locked letter"]
    said, _ = read(mail, head + b"\r\nWe met. " + pgp)
    assert not said.unread


def test_pages_that_are_left_out_are_counted() -> None:
    words = b"The committee met and spoke about rents.\n\n" * 2_000
    said, pages = read(text, words, Limits(pages=3))
    assert len(pages) == 3
    assert said.pages is not None
    assert said.pages > 20


def test_what_a_book_hides() -> None:
    body = '<p>Seen <span style="display:none">not</span><b hidden="">nor this</b> words.</p>'
    _, [page] = read(epub, office.epub({"one": body}))
    assert "Seen words." in page.text


FLAT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document {} office:mimetype='
    '"application/vnd.oasis.opendocument.{}"><office:body><office:text><text:h>Rents</text:h>'
    "<text:p>A flat text.</text:p></office:text></office:body></office:document>"
)


def test_opendocument_in_one_piece() -> None:
    data = FLAT.format(office.ODF, "text").encode()
    assert media_type_of(BytesIO(data), "a.fodt").endswith("text-flat-xml")
    _, [page] = read(odt, data)
    assert shapes(page) == [("heading", "Rents"), ("paragraph", "A flat text.")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (FLAT.format(office.ODF, "spreadsheet").encode(), "kind spreadsheet"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "kind office xml"),  # noqa: E501
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "kind office xml"),
        (b'{"url": "https://docs.example/1", "doc_id": "1", "email": "a@b.c"}', "kind shortcut"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(99), "kind recording"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(99), "kind recording"),
        (b"ID3\x03" + bytes(99), "kind recording"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(99), "kind shortcut to file"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Unsupported) as refused:
        media_type_of(BytesIO(data), "given")
    assert refused.value.code == code


def test_a_slide_that_is_a_picture() -> None:
    shape = (
        '<p:pic><p:blipFill><a:blip r:embed="rId5"/></p:blipFill><p:spPr><a:xfrm>'
        '<a:ext cx="9000000" cy="6000000"/></a:xfrm></p:spPr></p:pic>'
    )
    made = office.pptx([office.shape("title", office.line("First")), shape])
    assert not read(pptx, made)[0].unread  # a picture that is not there
