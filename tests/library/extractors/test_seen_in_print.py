"""What programs make when they show a document, and its file says only by a code."""

from __future__ import annotations

import pytest

from library.extractors.docx import read as docx
from library.extractors.html import blocks_in
from library.extractors.list_numbers import Counter, Level, shown
from library.extractors.odt import read as odt
from library.extractors.symbols import symbol
from tests.library.extractors.reading import read, shapes
from tests.office import docx as word
from tests.office import odf

FIELD = '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}</w:ddList></w:ffData></w:fldChar>'
ENTRIES = '<w:listEntry w:val="Monday"/><w:listEntry w:val="Friday"/>'


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


@pytest.mark.parametrize(
    ("style", "count", "marker"),
    [
        ("zero", 7, "07"),
        ("abjad", 2, "ب"),
        ("russian", 1, "а"),
        ("RUSSIAN", 2, "Б"),
        ("chinese", 21, "二十一"),
        ("devanagari", 12, "१२"),
        ("hebrew", 99, "99"),
    ],
)
def test_numbers_of_many_scripts(style: str, count: int, marker: str) -> None:
    assert shown(count, style) == marker


def test_laws_count_in_digits_below_a_roman_chapter() -> None:
    levels = {0: Level("ROMAN", "%1"), 1: Level("decimal", "%1.%2", plain=True)}
    counter = Counter(levels)
    assert [counter.marker(0), counter.marker(1), counter.marker(1)] == ["I", "1.1", "1.2"]


def test_forms_of_word() -> None:
    nobody = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here.</w:t>"
        "</w:r></w:sdtContent></w:sdt>"
    )
    body = (
        run(FIELD.format('<w:result w:val="1"/>' + ENTRIES))
        + run(FIELD.format(ENTRIES))
        + run('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Member</w:t>')
        + f"<w:p><w:r><w:t>Name: </w:t></w:r>{nobody}</w:p>"
        + nobody.replace("<w:r>", "<w:p><w:r>").replace("</w:r>", "</w:r></w:p>")
    )
    _, [page] = read(docx, word(body))
    assert page.text.split("\n\n") == ["Friday", "Monday", "☑ Member", "Name:"]


def test_letters_drawn_as_a_picture_and_readings_beside_signs() -> None:
    drawn = (
        '<w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="On strike"/></w:pict>'
    )
    ruby = (
        "<w:ruby><w:rt><w:r><w:t>kumiai</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>組合</w:t></w:r>"
        "</w:rubyBase></w:ruby>"
    )
    _, [page] = read(docx, word(run(drawn) + run(ruby)))
    assert page.text.split("\n\n") == ["On strike", "組合"]
    [block] = blocks_in("<p><ruby>組<rp>(</rp><rt>kumi</rt><rp>)</rp>合</ruby></p>".encode())
    assert block.text == "組合"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F061", "α"),
        ("Wingdings", "F0A8", "◻"),
        ("Wingdings", "F051", ""),
        ("Webdings", "F061", ""),
        ("Arial", "2713", "✓"),
        ("Arial", "zz", ""),
    ],
)
def test_signs_of_types_without_letters(font: str, code: str, sign: str) -> None:
    assert symbol(font, code) == sign


def test_lists_of_the_web_as_they_are_counted() -> None:
    page = (
        "<ol type=a start=3><li>x<li>y</ol><ol type=I><li value=9>z</ol>"
        "<ol reversed><li>u<li>v</ol>"
    )
    assert [b.marker for b in blocks_in(page.encode())] == ["c.", "d.", "IX.", "2.", "1."]


def test_dates_and_books_of_an_opendocument_text() -> None:
    body = (
        "<text:p>Lima, <text:date>4 May 2011</text:date></text:p>"
        "<text:bibliography><text:bibliography-source/><text:index-body>"
        "<text:p>Porters, 1999</text:p></text:index-body></text:bibliography>"
    )
    _, [page] = read(odt, odf("text", body))
    assert shapes(page) == [("paragraph", "Lima, 4 May 2011"), ("paragraph", "Porters, 1999")]


def test_numbers_as_libreoffice_tells_them() -> None:
    numbered = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
        ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"'
        ' style:num-format="a" text:display-levels="2" xmlns:loext="urn:l"'
        ' loext:num-list-format="(%2%)"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list>"
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>outer</text:p>'
        f"{inner}</text:list-item></text:list>"
    )
    _, [page] = read(odt, odf("text", body, automatic=numbered))
    assert [block.marker for block in page.blocks] == ["1.", "(a)"]


def test_a_formula_that_is_hidden_beside_its_picture() -> None:
    tex = "{\\displaystyle s=W/Y}"
    page = (
        f'<main><p>The share <span><span style="display: none"><math alttext="{tex}"><mi>s</mi>'
        f"<mo>=</mo><mfrac><mi>W</mi><mi>Y</mi></mfrac></math></span><img alt='{tex}'></span> of "
        "wages.</p></main>"
    )
    assert [block.text for block in blocks_in(page.encode())] == ["The share s=W/Y of wages."]
