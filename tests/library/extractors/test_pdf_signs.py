"""Vowel signs that a font has at many widths are told by their measures."""

from __future__ import annotations

import struct

import pytest
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from library.extractors.pdf_fonts import Fonts
from library.extractors.pdf_signs import unnamed

Box = tuple[int, int, int, int]
KA, AA, II, DOT, I_SHORT, I_LONG, II_LONG, I_DOTTED, WIDE, BOWL, HALF = range(1, 12)
NAMED = {KA: "क", AA: "ा", II: "ी", DOT: "ं"}
DRAWN: dict[int, tuple[int, Box]] = {  # advance, and left, bottom, right, top
    KA: (762, (0, 0, 777, 622)),
    AA: (259, (0, 0, 273, 622)),
    II: (259, (-220, 0, 273, 896)),
    DOT: (0, (-185, 714, -75, 830)),
    I_SHORT: (259, (0, 0, 571, 896)),
    I_LONG: (259, (0, 0, 966, 896)),
    II_LONG: (259, (-438, 0, 273, 896)),
    WIDE: (615, (0, 0, 630, 896)),  # as high, but no stroke
    BOWL: (259, (0, 0, 700, 622)),  # a stroke without a hook
    HALF: (259, (-220, 0, 304, 896)),  # ii with half an r on it: of no more than ii
}


def program(long: bool = False) -> bytes:
    """A TrueType program with these glyphs, and I_DOTTED made of two of them."""
    drawn = b""
    places = []
    for glyph in range(max(HALF, I_DOTTED) + 1):
        places.append(len(drawn))
        if glyph in DRAWN:
            drawn += struct.pack(">5h", 1, *DRAWN[glyph][1]) + b"\0\0"
        elif glyph == I_DOTTED:
            drawn += struct.pack(">5h", -1, 0, 0, 751, 896)
            drawn += struct.pack(">HHbb", 0x20 | 0x2, I_SHORT, 0, 0)
            drawn += struct.pack(">HHhh", 0x1 | 0x2, DOT, 826, 44)
    places.append(len(drawn))
    count = len(places) - 1
    widths = b"".join(struct.pack(">Hh", DRAWN.get(n, (259,))[0], 0) for n in range(count))
    tables = {
        b"head": struct.pack(">18xH30xhh", 1000, long, 0),
        b"hhea": struct.pack(">34xH", count),
        b"maxp": struct.pack(">4xH", count),
        b"hmtx": widths,
        b"loca": b"".join(
            struct.pack(">L" if long else ">H", at if long else at // 2) for at in places
        ),
        b"glyf": drawn,
    }
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">LHHHH", 0x10000, len(tables), 0, 0, 0), b""
    for tag, data in tables.items():
        head += struct.pack(">4sLLL", tag, 0, at + len(body), len(data))
        body += data
    return head + body


@pytest.mark.parametrize("long", [False, True])
def test_signs_are_told_from_all_else(long: bool) -> None:
    assert unnamed(program(long), NAMED) == {
        I_SHORT: "ि",
        I_LONG: "ि",
        II_LONG: "ी",
        I_DOTTED: "िं",
    }


def test_nothing_is_told_without_signs_to_compare_with() -> None:
    assert unnamed(program(), {KA: "क", AA: "ा"}) == {}
    assert unnamed(b"no font at all", {1: "a"}) == {}


def test_the_reader_names_them_and_a_damaged_font_is_read_as_it_is() -> None:
    def font(data: bytes) -> object:
        lines = "\n".join(f"<{glyph:04X}> <{ord(text):04X}>" for glyph, text in NAMED.items())
        said = f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(NAMED)} beginbfchar\n"
        said += f"{lines}\nendbfchar"
        spec = {
            "Type": LIT("Font"),
            "Subtype": LIT("CIDFontType2"),
            "BaseFont": LIT("Type"),
            "Encoding": LIT("Identity-H"),
            "CIDToGIDMap": LIT("Identity"),
            "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity"},
            "FontDescriptor": {"FontFile2": PDFStream({}, data)},
            "ToUnicode": PDFStream({}, said.encode()),
        }
        return Fonts().get_font(None, spec)

    assert font(program()).unicode_map.cid2unichr[I_LONG] == "ि"
    assert font(program()[:-90]).unicode_map.cid2unichr == NAMED
