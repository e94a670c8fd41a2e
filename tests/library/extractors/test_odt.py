"""OpenDocument texts."""

from __future__ import annotations

import pytest

from library.core.errors import Damaged, Empty, Encrypted
from library.extractors.odt import read as odt
from tests.library.extractors.reading import read, shapes
from tests.office import laughing, odf, zipped

AUTOMATIC = (
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="P2" style:family="paragraph">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
    '<style:style style:name="P3" style:family="paragraph">'
    '<style:text-properties fo:language="es" fo:country="ES"/></style:style>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
    ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2"'
    ' style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>'
)
STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="en"'
    ' fo:country="GB"/></style:default-style>'
)
WORDS = "Every worker may join a union. " * 30


def test_text_as_blocks() -> None:
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    cells = "<table:table-row>" + "<table:table-cell><text:p>{}</text:p></table:table-cell>" * 2
    body = (
        "<office:forms><form:text xmlns:form='f'/></office:forms>"
        '<text:p text:style-name="P1">Know your rights</text:p>'
        '<text:h text:outline-level="2">Pay</text:h>'
        "<text:table-of-content><text:p>Pay 3</text:p></text:table-of-content>"
        "<text:p>One<text:s text:c='3'/><text:span text:style-name='T1'>two</text:span>"
        "<text:tab/>three<text:line-break/>four<office:annotation><text:p>hm</text:p>"
        "</office:annotation><text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>At the foot.</text:p></text:note-body></text:note></text:p>"
        '<text:list text:style-name="L1">'
        + item.format("Ask", "<text:list>" + item.format("Write", "") + "</text:list>")
        + item.format("Again", "<text:p>and more</text:p>")
        + "</text:list><text:section><table:table>"
        + cells.format("Group", "Members") + "</table:table-row>"
        + cells.format("Vendors", "1,200") + "</table:table-row></table:table></text:section>"
        + '<text:p text:style-name="P3">Nada sobre nosotras</text:p>'
        "<text:p><draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame></text:p>"
    )  # fmt: skip
    meta = (
        "<meta:initial-creator>A. Organiser</meta:initial-creator><meta:keyword>pay</meta:keyword>"
    )
    said, [page] = read(odt, odf("text", body, AUTOMATIC, STYLES, meta))
    assert shapes(page) == [
        ("heading", "Know your rights"),
        ("heading", "Pay"),
        ("paragraph", "One two three four[1]"),
        ("item", "Ask"),
        ("item", "Write"),
        ("item", "Again"),
        ("paragraph", "and more"),
        ("table", "Group | Members\nVendors | 1,200"),
        ("paragraph", "Nada sobre nosotras"),
        ("paragraph", "Boxed"),
        ("note", "hm"),
        ("note", "At the foot."),
    ]
    assert [block.marker for block in page.blocks[3:6]] == ["1.", "1.a)", "2."]
    assert [block.level for block in page.blocks[:2]] == [1, 2]
    assert [block.language for block in page.blocks if block.language] == ["es-ES"]
    assert said.fields == {"author": "A. Organiser", "keywords": "pay", "language": "en-GB"}


def test_page_breaks_of_the_document() -> None:
    body = f'<text:p>{WORDS}</text:p><text:p text:style-name="P2">Next</text:p>'
    _, pages = read(odt, odf("text", body, AUTOMATIC))
    assert [page.text[:5] for page in pages] == ["Every", "Next"]


def test_locked_and_damaged_texts() -> None:
    manifest = (
        '<m:manifest xmlns:m="m"><m:file-entry m:full-path="content.xml"><m:encryption-data/>'
        "</m:file-entry></m:manifest>"
    )
    with pytest.raises(Encrypted):
        read(odt, zipped({"content.xml": b"\x8f\x01", "META-INF/manifest.xml": manifest}))
    with pytest.raises(Encrypted):
        read(odt, zipped({"encrypted-package": b"\x8f\x01"}))
    for content in (b"\x8f\x01", b"<x", laughing().encode() + b"<x>&l8;</x>"):
        with pytest.raises(Damaged):
            read(odt, zipped({"content.xml": content}))
    with pytest.raises(Damaged, match="missing"):
        read(odt, zipped({"meta.xml": "<x/>"}))
    with pytest.raises(Empty):
        read(odt, odf("text", "<text:p/>"))


def test_a_section_that_is_shown_to_nobody_is_passed_over() -> None:
    section = '<text:section text:display="{}"{}><text:p>{}</text:p></text:section>'
    body = (
        section.format("none", "", "Never shown")
        + section.format("condition", ' text:is-hidden="true"', "Not shown now")
        + section.format("condition", "", "Shown by its condition")
        + section.format("true", "", "Shown")
    )
    _, [page] = read(odt, odf("text", body))
    assert [text for _, text in shapes(page)] == ["Shown by its condition", "Shown"]
