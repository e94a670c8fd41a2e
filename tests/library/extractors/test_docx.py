"""Word files, from XML to blocks."""

from __future__ import annotations

from io import BytesIO

import pytest

from library.core.errors import Damaged, Empty
from library.extractors import Limits
from library.extractors.docx import read as docx
from tests.library.extractors.reading import read, shapes
from tests.office import W, laughing, paragraph, relations, zipped
from tests.office import docx as word

WORDS = "Every worker may join a union. " * 30


def listed(text: str, which: int, level: int = 0) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{which}"/></w:numPr>'
    return paragraph(text, numbers)


def row(*cells: str, first: str = "") -> str:
    inside = "".join(f"<w:tc>{first}{paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{inside}</w:tr>"


def test_headings_lists_and_paragraphs() -> None:
    body = (
        paragraph("Contents 3", '<w:pStyle w:val="TM1"/>')
        + paragraph("Know your rights", '<w:pStyle w:val="Titre1"/>')
        + paragraph("Pay", '<w:pStyle w:val="Eigen"/>')
        + paragraph("Plain words", '<w:pStyle w:val="Round"/>')
        + listed("Ask", 1)
        + listed("Write", 1, 1)
        + listed("Call", 1, 1)
        + listed("Again", 1)
        + listed("Anyhow", 2)
    )
    said, [page] = read(docx, word(body))
    assert shapes(page) == [
        ("heading", "Know your rights"),
        ("heading", "Pay"),
        ("paragraph", "Plain words"),
        *[("item", text) for text in ("Ask", "Write", "Call", "Again", "Anyhow")],
    ]
    assert [block.level for block in page.blocks] == [1, 2, 0, 1, 2, 2, 1, 1]
    assert [block.marker for block in page.blocks[3:]] == ["1.", "1.a)", "1.b)", "2.", ""]
    assert [line.title for line in said.outline] == ["Know your rights", "Pay"]
    assert page.reader == page.layout == "docx"


def test_tables_and_what_only_places_things() -> None:
    wide = "<w:tcPr><w:vMerge/></w:tcPr>"
    table = f"<w:tbl>{row('Group', 'Members')}{row('Vendors', '1,200')}{row('x', 'y', first=wide)}"
    box = f"<w:tbl>{row('In a box')}</w:tbl>"
    _, [page] = read(docx, word(table + "</w:tbl>" + box))
    assert shapes(page) == [
        ("table", "Group | Members\nVendors | 1,200"),
        ("paragraph", "In a box"),
    ]


def test_text_as_it_is_seen() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p>"
        + run.format("One")
        + "<w:r><w:tab/><w:t>two</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>three</w:t></w:r>"
        + "<w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del>"
        + "<w:ins>" + run.format(" four") + "</w:ins>"
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        + "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        + "<w:hyperlink>" + run.format(" five") + "</w:hyperlink>"
        + '<w:r><w:footnoteReference w:id="4"/></w:r></w:p>'
        + "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        + paragraph("In a text box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        + paragraph("In a text box") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        + "</w:r></w:p>"
    )  # fmt: skip
    _, [page] = read(docx, word(body))
    assert [text for _, text in shapes(page)] == [
        "One two-three four five[1]",
        "In a text box",
        "Said at the foot.",
    ]
    assert (page.blocks[-1].kind, page.blocks[-1].marker) == ("note", "1")


def test_captions_are_known_by_their_style() -> None:
    body = paragraph("Table 1: Pay", '<w:pStyle w:val="Caption"/>') + paragraph("Paid by piece.")
    styles = '<w:style w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    parts = {"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"}
    _, [page] = read(docx, word(body, parts=parts))
    assert shapes(page) == [("caption", "Table 1: Pay"), ("paragraph", "Paid by piece.")]


def test_page_breaks_cut_where_there_is_enough() -> None:
    ends = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    _, pages = read(
        docx, word(paragraph("Cover") + ends + paragraph(WORDS) + ends + paragraph("A"))
    )
    assert [page.blocks[0].text[:5] for page in pages] == ["Cover", "A"]
    _, pages = read(docx, word(paragraph(WORDS) + paragraph("B", "<w:pageBreakBefore/>")))
    assert [page.text[:5] for page in pages] == ["Every", "B"]


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    bold = '<w:b/><w:sz w:val="{}"/>'
    body = (
        paragraph("Guide", run=bold.format(40))
        + paragraph(WORDS)
        + paragraph("First steps", run=bold.format(24))
        + paragraph(WORDS)
        + paragraph("Bold, and a sentence.", run=bold.format(24))
        + paragraph(WORDS)
    )
    said, _ = read(docx, word(body))
    assert [(line.title, line.level) for line in said.outline] == [("Guide", 1), ("First steps", 2)]


def test_what_the_file_says_and_its_languages() -> None:
    core = (
        "<dc:title>Guide</dc:title><dc:creator>A. Organiser</dc:creator>"
        "<dcterms:created>2019-05-15T10:00:00Z</dcterms:created>"
    )
    body = paragraph(WORDS) + paragraph("Nada sobre nosotras", run='<w:lang w:val="es-ES"/>')
    said, [*_, page] = read(docx, word(body, core))
    assert said.fields == {
        "title": "Guide",
        "author": "A. Organiser",
        "creationdate": "2019-05-15T10:00:00Z",
        "language": "en-GB",
    }
    assert [block.language for block in page.blocks] == ["", "es-ES"]


def test_damaged_files_give_what_they_can() -> None:
    whole = word(paragraph("One"))
    for parts in (
        {"word/document.xml": "<w:document"},
        {"word/document.xml": laughing() + "<w:document/>"},
    ):
        with pytest.raises(Damaged):
            read(docx, word("", parts=parts))
    with pytest.raises(Damaged, match="missing"):
        read(docx, zipped({"word/styles.xml": "<w/>"}))
    with pytest.raises(Damaged):
        read(docx, whole[:-30])
    with pytest.raises(Empty):
        read(docx, word(""))
    broken = {"word/styles.xml": "<", "word/numbering.xml": "<", "docProps/core.xml": "<"}
    _, [page] = read(docx, word(paragraph("One"), parts={**broken, "word/footnotes.xml": "<"}))
    assert page.text == "One"


def test_the_part_before_a_break_in_the_xml_is_kept() -> None:
    text = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p><w:p><w:r"
    items = docx(BytesIO(word("", parts={"word/document.xml": text})), Limits())
    next(items)
    assert getattr(next(items), "text", "") == "One"
    with pytest.raises(Damaged):
        next(items)


@pytest.mark.parametrize("alone", [True, False])
def test_a_letterhead_is_read_and_a_running_head_is_not(alone: bool) -> None:
    section = (
        '<w:sectPr xmlns:r="urn:r"><w:headerReference w:type="first" r:id="h1"/>'
        f'<w:headerReference w:type="default" r:id="h2"/>{"<w:titlePg/>" if alone else ""}'
        "</w:sectPr>"
    )
    parts = {
        "word/_rels/document.xml.rels": relations(
            h1=("header", "header1.xml"), h2=("header", "header2.xml")
        ),
        "word/header1.xml": f"<w:hdr {W}>{paragraph('Union of porters')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {W}>{paragraph('Letter, page 2')}</w:hdr>",
    }
    words = "Dear comrades" if alone else "Dear comrades " * 200
    _, [page] = read(docx, word(paragraph(words) + section, parts=parts))
    assert page.text == words.strip() + ("\n\nUnion of porters" if alone else "")


def test_the_head_of_a_letter_of_one_page_is_its_letterhead() -> None:
    section = (
        '<w:sectPr xmlns:r="urn:r"><w:headerReference w:type="default" r:id="h1"/>'
        '<w:footerReference w:type="default" r:id="h2"/></w:sectPr>'
    )
    parts = {
        "word/_rels/document.xml.rels": relations(
            h1=("header", "header1.xml"), h2=("footer", "footer1.xml")
        ),
        "word/header1.xml": f"<w:hdr {W}>{paragraph('Union of porters')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{paragraph('Page 1 of 1')}</w:ftr>",
    }
    _, [page] = read(docx, word(paragraph("Dear comrades") + section, parts=parts))
    assert page.text == "Dear comrades\n\nUnion of porters"
