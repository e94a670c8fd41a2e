"""Layers that are switched off are not read as text that is seen, and are said."""

from __future__ import annotations

import pytest

from library.extractors import pdf_words
from library.extractors.pdf_layout import read as layout
from tests.builders import assembled, stream
from tests.library.extractors.reading import Reader, read

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
SEEN = "BT /F1 11 Tf 72 700 Td (The words of the open layer stand here.) Tj ET\n"


def layered(marked: str, config: str, *, more: str = "") -> bytes:
    """A page with one text in the open, and one that is marked."""
    drawn = f"{SEEN}{marked} BT /F1 11 Tf 72 600 Td (A dunnock nobody sees.) Tj ET EMC\n"
    catalog = f"/OCProperties<</OCGs[30 0 R 31 0 R]/D<<{config}>>>>"
    return assembled(
        {
            1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
            2: b"<</Type/Pages/Count 1/Kids[10 0 R]>>",
            3: FONT,
            5: b"<<>>",
            10: (
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<<"
                f"/Font<</F1 3 0 R>>/Properties<</P0 30 0 R/P1 31 0 R/P2 32 0 R>>{more}>>>>"
            ).encode(),
            11: stream(drawn.encode()),
            30: b"<</Type/OCG/Name(Draft)>>",
            31: b"<</Type/OCG/Name(French)>>",
            32: b"<</Type/OCMD/OCGs[30 0 R 31 0 R]/P/AllOn>>",
            33: (
                b"<</Type/XObject/Subtype/Form/OC 30 0 R/BBox[0 0 595 842]/Length 66"
                b"/Resources<</Font<</F1 3 0 R>>>>>>\nstream\n"
                b"BT /F1 11 Tf 72 500 Td (A dunnock within a form of its own.) Tj ET\nendstream"
            ),
        }
    )


@pytest.mark.parametrize("config", ["/OFF[30 0 R]", "/BaseState/OFF/ON[31 0 R]"])
@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_a_layer_that_is_off_is_not_read_and_is_named(reader: Reader, config: str) -> None:
    said, [page] = read(reader, layered("/OC /P0 BDC", config))
    assert "open layer" in page.text and "dunnock" not in page.text
    assert "Draft" in str(said.unread[0]) and "Switch them on" in str(said.unread[0])


@pytest.mark.parametrize("name", [b"/OCP#72operties", b"/#4fCProperties", b"/OCPropertie#73"])
@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_a_layer_that_is_off_is_not_read_whatever_its_name_is_written_with(
    reader: Reader, name: bytes
) -> None:
    data = layered("/OC /P0 BDC", "/OFF[30 0 R]").replace(b"/OCProperties", name)
    said, [page] = read(reader, data)
    assert "open layer" in page.text and "dunnock" not in page.text
    assert "Draft" in str(said.unread[0])


@pytest.mark.parametrize(
    ("marked", "config"),
    [
        ("/OC /P1 BDC", "/OFF[30 0 R]"),
        ("/OC /P0 BDC", ""),
        ("/OC /P0 BDC", "/OFF 7"),
        ("/OC /P9 BDC", "/OFF[30 0 R]"),
        ("/Span /P0 BDC", "/OFF[30 0 R]"),
        ("/P BMC", "/OFF[30 0 R]"),
    ],
)
@pytest.mark.parametrize("reader", [layout, pdf_words.read])
def test_a_layer_that_is_on_is_read(reader: Reader, marked: str, config: str) -> None:
    said, [page] = read(reader, layered(marked, config))
    assert "dunnock" in page.text and said.unread == ()


def test_rules_and_forms_of_layers_are_followed() -> None:
    _, [page] = read(layout, layered("/OC /P2 BDC", "/OFF[30 0 R]"))
    assert "dunnock" not in page.text
    _, [page] = read(layout, layered("/OC /P2 BDC", ""))
    assert "dunnock" in page.text
    form = layered("/P BMC EMC /X Do /P BMC", "/OFF[30 0 R]", more="/XObject<</X 33 0 R>>")
    _, [page] = read(layout, form)
    assert "within a form" not in page.text and "nobody sees" in page.text
