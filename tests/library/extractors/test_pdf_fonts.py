"""Fonts that name their letters nowhere but in themselves."""

from __future__ import annotations

from pdfminer.psparser import LIT

from library.extractors.pdf_fonts import Fonts
from library.extractors.pdf_layout import read as layout
from tests.builders import lines, pdf
from tests.library.extractors.reading import read


def test_the_standard_type_symbol_has_an_encoding_of_its_own() -> None:
    spec = {"Type": LIT("Font"), "Subtype": LIT("Type1"), "BaseFont": LIT("Symbol")}
    font = Fonts().get_font(None, spec)
    said = "".join(map(font.to_unichr, b"\x62\x6d\xa3\xb3\xb1\xe5\xf2"))
    assert said == "βμ≤≥±∑∫"
    assert font.char_width(0x62) > 0
    plain = Fonts().get_font(None, {**spec, "BaseFont": LIT("Helvetica")})
    assert plain.to_unichr(0x62) == "b"


def test_the_second_hyphen_of_windows_cuts_a_word_too() -> None:
    page = lines(
        "They spoke of the nego\u00ad\ntiation of wages, and of the\nnegotiation of hours."
    )
    _, [found] = read(layout, pdf([page]))
    assert "the negotiation of wages" in found.text
