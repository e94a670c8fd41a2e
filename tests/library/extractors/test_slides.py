"""Presentations: PPTX and ODP."""

from __future__ import annotations

import pytest

from library.core.errors import Damaged, Empty
from library.extractors.odp import read as odp
from library.extractors.pptx import read as pptx
from tests.library.extractors.reading import read, shapes
from tests.office import line, odf, shape, zipped
from tests.office import pptx as powerpoint

TABLE = (
    "<p:graphicFrame><a:graphic><a:tbl><a:tr><a:tc><a:txBody>{0}</a:txBody></a:tc><a:tc><a:txBody>"
    "{1}</a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody>{2}</a:txBody></a:tc><a:tc><a:txBody>{3}"
    "</a:txBody></a:tc></a:tr></a:tbl></a:graphic></p:graphicFrame>"
)


def test_a_slide_is_a_page() -> None:
    numbered = "<a:pPr lvl='1'><a:buAutoNum type='alphaLcParenR'/></a:pPr>"
    slides = [
        shape("body", line("Ask"), line("Write", numbered), line("Call", numbered))
        + shape("ctrTitle", line("Know your"), line("rights"))
        + shape("ftr", line("Union 2019"))
        + shape("none", line("Beside", language="es-ES")),
        "<p:pic/>",
        "<p:grpSp>" + shape("title", line("Pay")) + "</p:grpSp>"
        + TABLE.format(*map(line, ("Group", "Members", "Vendors", "1,200"))),
    ]  # fmt: skip
    said, pages = read(pptx, powerpoint(slides, {1: "Tell a story"}))
    assert shapes(pages[0]) == [
        ("heading", "Know your rights"),
        ("item", "Ask"),
        ("item", "Write"),
        ("item", "Call"),
        ("paragraph", "Beside"),
        ("quote", "Tell a story"),
    ]
    assert [block.marker for block in pages[0].blocks] == ["", "", "a)", "b)", "", ""]
    assert [block.level for block in pages[0].blocks] == [1, 1, 2, 2, 0, 0]
    assert pages[0].blocks[4].language == "es-ES" and said.fields["language"] == "en-GB"
    assert pages[1].text == "" and [page.number for page in pages] == [1, 2, 3]
    assert shapes(pages[2]) == [("heading", "Pay"), ("table", "Group | Members\nVendors | 1,200")]
    assert [(one.title, one.page) for one in said.outline] == [("Know your rights", 1), ("Pay", 3)]


def test_a_damaged_slide_leaves_the_others_their_numbers() -> None:
    _, pages = read(pptx, powerpoint(["<", shape("title", line("Second"))]))
    assert [page.text for page in pages] == ["", "Second"]


def test_presentations_without_words_or_parts() -> None:
    with pytest.raises(Empty):
        read(pptx, powerpoint(["<p:pic/>"]))
    with pytest.raises(Damaged):
        read(pptx, zipped({"ppt/slides/s1.xml": "<p/>"}))
    with pytest.raises(Empty):
        read(odp, odf("presentation", "<draw:page/>"))


def test_slides_of_open_documents() -> None:
    def frame(kind: str, inside: str) -> str:
        box = f"<draw:text-box>{inside}</draw:text-box>"
        return f'<draw:frame presentation:class="{kind}">{box}</draw:frame>'

    items = "".join(
        f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("Ask", "Write")
    )
    body = (
        "<draw:page>"
        + frame("outline", f"<text:list>{items}</text:list>")
        + frame("title", "<text:p>Know your</text:p><text:p>rights</text:p>")
        + frame("footer", "<text:p>Union</text:p>")
        + "<draw:g><draw:custom-shape><text:p>Beside</text:p></draw:custom-shape></draw:g>"
        + f"<presentation:notes>{frame('notes', '<text:p>Tell a story</text:p>')}"
        + "</presentation:notes></draw:page><draw:page/>"
    )
    said, pages = read(odp, odf("presentation", body, meta="<dc:title>Talk</dc:title>"))
    assert shapes(pages[0]) == [
        ("heading", "Know your rights"),
        ("item", "Ask"),
        ("item", "Write"),
        ("paragraph", "Beside"),
        ("quote", "Tell a story"),
    ]
    assert said.fields == {"title": "Talk"} and said.pages == len(pages) == 2
