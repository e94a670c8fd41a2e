"""What Word files keep in parts of their own is read where it is seen, or said."""

from __future__ import annotations

from io import BytesIO

import pytest

from library.core.formats import DOCX
from library.extractors import docx
from library.extractors.media_types import media_type_of
from tests.library.extractors.reading import read, shapes
from tests.office import W, paragraph, relations, zipped
from tests.office import docx as packed

R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
D = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'

STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'


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
    assert "chunk.docx" in str(said.unread[0]) and "save it as PDF" in str(said.unread[0])


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
    assert "not read (1): a.xlsx" in str(said.unread[0])


def test_a_document_within_a_document_is_a_further_page() -> None:
    inner = packed(paragraph("A shrike sat within."))
    parts = {"word/embeddings/a.docx": inner, **related(e1=("package", "embeddings/a.docx"))}
    said, [first, second] = read(docx.read, packed(paragraph("Before."), parts=parts))
    assert first.text == "Before." and "shrike" in second.text
    assert second.text.startswith("a.docx") and said.unread == ()


def test_comments_are_notes_of_where_they_stand() -> None:
    comments = (
        f'<w:comments {W}><w:comment w:id="3" w:author="Nobody">{paragraph("Ask the committee.")}'
        f"{paragraph('By May.')}</w:comment></w:comments>"
    )
    body = paragraph("Before.").replace("</w:p>", '<w:r><w:commentReference w:id="3"/></w:r></w:p>')
    parts = {"word/comments.xml": comments, **related(c1=("comments", "comments.xml"))}
    _, [page] = read(docx.read, packed(body + paragraph("After."), parts=parts))
    assert shapes(page)[-1] == ("note", "Ask the committee. By May.")
    assert page.blocks[-1].marker == "✎" and "Nobody" not in page.text


def test_a_package_whose_parts_have_other_names_is_read() -> None:
    main = f"<w:document {STRICT}><w:body>{paragraph('A stint in a part of its own.')}</w:body>"
    made = zipped(
        {
            "Parts/Main%20Part.xml": main + "</w:document>",
            "_RELS/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="x" Target="/parts/Main%20Part.xml" Type="http://purl.'
            'oclc.org/ooxml/officeDocument/relationships/officeDocument"/></Relationships>',
            "[content_types].xml": '<Types><Override PartName="/parts/main part.xml" ContentType='
            '"application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        }
    )
    assert media_type_of(BytesIO(made), "a.docm") == DOCX
    _, [page] = read(docx.read, made)
    assert page.text == "A stint in a part of its own."
