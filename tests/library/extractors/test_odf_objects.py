"""What OpenDocument frames hold is read where it is seen, or said; remarks are notes."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from library.extractors import odp, odt
from tests import office
from tests.library.extractors.reading import read, shapes

X = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:svg"'
CHART = f"""<office:document-content {office.ODF} xmlns:chart="urn:oasis:chart"><office:body>
<office:chart><chart:chart><chart:title><text:p>Members by year</text:p></chart:title>
<chart:plot-area><chart:axis><chart:title><text:p>Year</text:p></chart:title></chart:axis>
</chart:plot-area><table:table table:name="local-table"><table:table-header-rows><table:table-row>
<table:table-cell/><table:table-cell><text:p>Women</text:p></table:table-cell></table:table-row>
</table:table-header-rows><table:table-rows><table:table-row><table:table-cell><text:p>2019</text:p>
</table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2020</text:p></table:table-cell><table:table-cell>
<text:p>55</text:p></table:table-cell></table:table-row></table:table-rows></table:table>
</chart:chart></office:chart></office:body></office:document-content>"""
TEXT = f"""<office:document-content {office.ODF}><office:body><office:text><text:p>A siskin in an
object.</text:p></office:text></office:body></office:document-content>"""


def holding(made: bytes, **parts: str | bytes) -> bytes:
    """A file with more parts, `__` in their names for a slash."""
    whole = BytesIO(made)
    with zipfile.ZipFile(whole, "a") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return whole.getvalue()


def frame(inner: str) -> str:
    return f"<draw:frame {X}>{inner}</draw:frame>"


OBJECT = '<draw:object xlink:href="./{}"/>'


def test_a_chart_is_its_titles_and_its_values() -> None:
    body = f"<text:p>Before.{frame(OBJECT.format('o1'))}</text:p><text:p>After.</text:p>"
    said, [page] = read(odt.read, holding(office.odf("text", body), **PARTS))
    assert shapes(page) == [
        ("paragraph", "Before."),
        ("caption", "Members by year"),
        ("table", " | Women\n2019 | 40\n2020 | 55"),
        ("caption", "Year"),
        ("paragraph", "After."),
    ]
    assert said.unread == ()


PARTS: dict[str, str | bytes] = {"o1__content.xml": CHART, "o2__content.xml": TEXT}


def test_charts_and_texts_on_slides() -> None:
    shapes_ = frame(OBJECT.format("o1")) + frame(OBJECT.format("o2"))
    _, [page] = read(
        odp.read, holding(office.odf("presentation", f"<draw:page>{shapes_}</draw:page>"), **PARTS)
    )
    assert "Members by year" in page.text and "2020\t55" in page.text
    assert "A siskin in an object." in page.text


def test_what_is_said_of_pictures_and_shapes() -> None:
    inner = "<draw:image/><svg:title>Women sort paper</svg:title><svg:desc>At a depot</svg:desc>"
    body = f"<text:p>Before.{frame(inner)}</text:p>{frame(inner.replace('paper', 'glass'))}"
    _, [page] = read(odt.read, office.odf("text", body))
    assert shapes(page) == [
        ("paragraph", "Before."),
        ("caption", "Women sort paper"),
        ("caption", "At a depot"),
        ("caption", "Women sort glass"),
        ("caption", "At a depot"),
    ]


REMARK = (
    "<office:annotation><dc:creator>Nobody</dc:creator><dc:date>2024-05-01</dc:date>"
    "<text:p>Ask the committee.</text:p><text:p>By May.</text:p></office:annotation>"
)


def test_remarks_are_notes_without_names() -> None:
    _, [page] = read(odt.read, office.odf("text", f"<text:p>Before.{REMARK} After.</text:p>"))
    assert shapes(page) == [
        ("paragraph", "Before. After."),
        ("note", "Ask the committee. By May."),
    ]
    assert page.blocks[1].marker == "✎"
    box = frame("<draw:text-box><text:p>Said.</text:p></draw:text-box>")
    slide = f"<draw:page>{box}{REMARK}</draw:page>"
    _, [page] = read(odp.read, office.odf("presentation", slide))
    assert shapes(page)[-1] == ("note", "Ask the committee. By May.")
    assert "Nobody" not in page.text and "2024" not in page.text


@pytest.mark.parametrize(
    ("inner", "word"),
    [
        ('<draw:object-ole xlink:href="./sums.xls"/>', "sums.xls"),
        ('<draw:plugin xlink:href="Media/film.mp4"/>', "film.mp4"),
        ('<draw:object xlink:href="./broken"/>', "broken"),
    ],
)
def test_what_is_not_read_is_said(inner: str, word: str) -> None:
    made = holding(
        office.odf("text", f"<text:p>Before.{frame(inner)}</text:p>"),
        **{"sums.xls": b"\xd0\xcf\x11\xe0", "broken__content.xml": "<office:broken"},
    )
    said, [page] = read(odt.read, made)
    assert page.text == "Before." and word in str(said.unread[0])
