"""Files that office programs put into others are read under their own names."""

from __future__ import annotations

import struct

import pytest

from library.extractors import docx, ole, rtf
from library.extractors.packages import NATIVE, named_native, unwrapped
from tests import office
from tests.builders import Text, pdf
from tests.library.extractors.reading import read


def native(data: bytes, name: str = "actas del mercado.txt") -> bytes:
    called = name.encode("cp1252") + b"\0"
    path = b"C:\\tmp\\" + called
    return (
        b"\x02\x00" + called + path + b"\x00\x00\x03\x00"
        + struct.pack("<L", len(path)) + path + struct.pack("<L", len(data)) + data
    )  # fmt: skip


def first_ole(program: str, data: bytes, kind: int = 2) -> bytes:
    called = program.encode() + b"\0"
    return (
        struct.pack("<LLL", 0x501, kind, len(called)) + called
        + struct.pack("<LLL", 0, 0, len(data)) + data
    )  # fmt: skip


def in_rtf(data: bytes) -> bytes:
    digits = b"\n".join(data.hex().encode()[at : at + 64] for at in range(0, 2 * len(data), 64))
    return (
        rb"{\rtf1 Before.{\object\objemb{\*\objclass Package}{\*\objdata " + digits + rb"}"
        rb"{\result{\pard Shown.\par}}}\par After.}"
    )


@pytest.mark.parametrize("size", [40, 5_000])
def test_a_pdf_in_a_wrapper(size: int) -> None:
    whole = pdf([[Text("Minutes of the market")]]) + b"\n%" + b"x" * size
    data, name = unwrapped(office.ole_file("CONTENTS", whole), "oleObject1.bin")
    assert data == whole and name == "oleObject1.bin"


def test_a_file_with_its_name() -> None:
    one = native(b"All of it. " * 600)
    data, name = unwrapped(
        office.ole_file(NATIVE, struct.pack("<L", len(one)) + one), "oleObject1.bin"
    )
    assert (data, name) == (b"All of it. " * 600, "actas del mercado.txt")
    assert unwrapped(office.ole("Workbook"), "oleObject2.bin")[1] == "oleObject2.xls"


def test_what_is_broken_stays_as_it_came() -> None:
    whole = native(b"words")
    for cut in range(0, len(whole), 7):
        assert named_native(whole[:cut]) is None
    assert unwrapped(b"no wrapper", "a.txt") == (b"no wrapper", "a.txt")
    assert unwrapped(ole.MAGIC + bytes(600), "a.bin")[1] == "a.bin"


def test_an_object_in_rtf_is_read_and_what_it_shows() -> None:
    inner = native(b"The quorum is ten members of the market.")
    said, pages = read(rtf.read, in_rtf(first_ole("Package", inner)))
    assert "Shown." in pages[0].text
    assert "The quorum is ten" in pages[1].text and "actas del mercado.txt" in pages[1].text
    assert said.unread == ()


def test_an_object_in_rtf_that_is_not_read_is_named() -> None:
    sheet = first_ole("Excel.Sheet.8", office.ole("Workbook"))
    said, [page] = read(rtf.read, in_rtf(sheet))
    assert "After." in page.text
    [line] = said.unread
    assert "Excel.Sheet.xls" in str(line)
    linked, _ = read(rtf.read, in_rtf(first_ole("Excel.Sheet.8", b"", kind=1)))
    assert linked.unread == ()


def test_a_comment_in_rtf_is_a_note() -> None:
    source = rb"{\rtf1 The dues are five.{\*\atnid AD}{\*\atnauthor Ana}\chatn{\*\annotation"
    _, [page] = read(rtf.read, source + rb"{\*\atnref 1}\pard Ask the treasurer.}\par More.}")
    assert [(b.kind, b.text, b.marker) for b in page.blocks if b.kind == "note"] == [
        ("note", "Ask the treasurer.", "✎")
    ]
    assert "Ana" not in page.text


def test_a_pdf_that_word_put_into_a_document_is_a_further_page() -> None:
    whole = pdf([[Text("Minutes of the market")]]) + b"\n%" + b"x" * 5_000
    made = office.docx(
        office.paragraph("See the minutes."),
        parts={
            "word/embeddings/oleObject1.bin": office.ole_file("CONTENTS", whole),
            "word/_rels/document.xml.rels": office.relations(
                x=("oleObject", "embeddings/oleObject1.bin")
            ),
        },
    )
    said, pages = read(docx.read, made)
    assert said.unread == ()
    assert "Minutes of the market" in pages[-1].text
