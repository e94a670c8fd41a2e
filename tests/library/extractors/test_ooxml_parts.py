"""What Word files keep in parts of their own is read where it is seen, or said."""

from __future__ import annotations

import pytest

from library.extractors import docx
from tests.library.extractors.reading import read, shapes
from tests.office import docx as packed
from tests.office import paragraph, relations

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
D = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'


def related(**parts: tuple[str, str]) -> dict[str, str | bytes]:
    """The relations of the document, by identifier."""
    return {"word/_rels/document.xml.rels": relations(**parts)}


def drawing(inner: str, description: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline {WP}><wp:docPr id="1" name="x" descr="{description}"/>'
        f"{inner}</wp:inline></w:drawing></w:r></w:p>"
    )


CHUNKS: dict[str, str | bytes] = {
    "chunk.html": "<html><body><p>A flamingo stood there.</p></body></html>",
    "chunk.rtf": r"{\rtf1\ansi A flamingo stood there.\par}",
    "chunk.txt": "A flamingo stood there.",
    "chunk.mht": "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>A flamingo stood there.</p>",
    "chunk.docx": packed(paragraph("A flamingo stood there.")),
}


@pytest.mark.parametrize("name", CHUNKS)
def test_a_chunk_is_read_where_it_stands(name: str) -> None:
    body = paragraph("Before.") + f'<w:altChunk {R} r:id="c1"/>' + paragraph("After.")
    parts = {f"word/{name}": CHUNKS[name], **related(c1=("aFChunk", name))}
    said, [page] = read(docx.read, packed(body, parts=parts))
    assert [text for _, text in shapes(page)] == ["Before.", "A flamingo stood there.", "After."]
    assert said.unread == ()


def test_a_chunk_that_is_broken_is_said() -> None:
    body = paragraph("Before.") + f'<w:altChunk {R} r:id="c1"/>'
    parts = {"word/chunk.docx": b"PK\x03\x04 nothing", **related(c1=("aFChunk", "chunk.docx"))}
    said, [page] = read(docx.read, packed(body, parts=parts))
    assert page.text == "Before."
    assert "chunk.docx" in said.unread[0] and "save it as PDF" in said.unread[0]


def test_a_chart_is_its_title_and_its_values() -> None:
    def cache(tag: str, kind: str, *values: str) -> str:
        points = "".join(f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values))
        return f"<c:{tag}><c:{kind}>{points}</c:{kind}></c:{tag}>"

    series = "".join(
        "<c:ser>"
        + f"<c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt>"
        + "</c:strCache></c:strRef></c:tx>"
        + cache("cat", "strRef", "Markets", "Streets")
        + cache("val", "numRef", *values)
        + "</c:ser>"
        for name, values in (("Women", ("12", "30")), ("Men", ("8", "21")))
    )
    said = f"<a:p {A}><a:r><a:t>Who sells where</a:t></a:r></a:p>"
    title = f"<c:title><c:tx><c:rich>{said}</c:rich></c:tx></c:title>"
    area = f"<c:plotArea><c:barChart>{series}</c:barChart></c:plotArea>"
    chart = f"<c:chartSpace {C}><c:chart>{title}{area}</c:chart></c:chartSpace>"
    body = paragraph("Before.") + drawing(f'<c:chart {C} {R} r:id="k1"/>') + paragraph("After.")
    parts = {"word/charts/chart1.xml": chart, **related(k1=("chart", "charts/chart1.xml"))}
    _, [page] = read(docx.read, packed(body, parts=parts))
    assert shapes(page) == [
        ("paragraph", "Before."),
        ("caption", "Who sells where"),
        ("table", " | Women | Men\nMarkets | 12 | 8\nStreets | 30 | 21"),
        ("paragraph", "After."),
    ]


def test_a_diagram_is_a_list_and_a_picture_is_what_is_said_of_it() -> None:
    points = "".join(
        f"<dgm:pt><dgm:t><a:p {A}><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for text in ("Listen", "Organise")
    )
    body = drawing(f'<dgm:relIds {D} {R} r:dm="d1"/>')
    body += drawing("", "Women carry a banner to the town hall") + drawing("", "image1.png")
    parts = {
        "word/diagrams/data1.xml": f"<dgm:dataModel {D}>{points}</dgm:dataModel>",
        **related(d1=("diagramData", "diagrams/data1.xml")),
    }
    _, [page] = read(docx.read, packed(body, parts=parts))
    assert shapes(page) == [
        ("item", "Listen"),
        ("item", "Organise"),
        ("caption", "Women carry a banner to the town hall"),
    ]


def test_an_embedded_file_is_said() -> None:
    parts = {"word/embeddings/a.xlsx": "x", **related(e1=("package", "embeddings/a.xlsx"))}
    said, _ = read(docx.read, packed(paragraph("Before."), parts=parts))
    assert "1 embedded file was not read: a.xlsx" in said.unread[0]
