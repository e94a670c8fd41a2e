"""What slides keep in parts of their own is read where it is seen, or said."""

from __future__ import annotations

from library.extractors import Limits, pptx
from tests import office
from tests.library.extractors.reading import read, shapes

C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
MODERN = 'xmlns:n="http://schemas.microsoft.com/office/powerpoint/2018/8/main"'


def slides(inside: str, parts: dict[str, str | bytes], **related: tuple[str, str]) -> bytes:
    """A presentation of one slide, with parts and their relations."""
    import zipfile
    from io import BytesIO

    made = BytesIO(office.pptx([inside]))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("ppt/slides/_rels/s1.xml.rels", office.relations(**related))
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


TITLE = office.shape("title", office.line("Our year"))
FRAME = "<p:graphicFrame><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></p:graphicFrame>"


def test_a_chart_is_its_title_and_its_values() -> None:
    chart = (
        f'<c:chartSpace {C} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Members</a:t></a:r></a:p></c:rich></c:tx>"
        "</c:title><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'>"
        "<c:v>Women</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>"
        "<c:pt idx='0'><c:v>2019</c:v></c:pt><c:pt idx='1'><c:v>2020</c:v></c:pt></c:strCache>"
        "</c:strRef></c:cat><c:val><c:numRef><c:numCache><c:pt idx='0'><c:v>40</c:v></c:pt>"
        "<c:pt idx='1'><c:v>55</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>"
        "</c:plotArea></c:chart></c:chartSpace>"
    )
    made = slides(
        TITLE + FRAME.format(f'<c:chart {C} r:id="c1"/>'),
        {"ppt/charts/chart1.xml": chart},
        c1=("chart", "../charts/chart1.xml"),
    )
    said, [page] = read(pptx.read, made)
    assert shapes(page) == [
        ("heading", "Our year"),
        ("caption", "Members"),
        ("table", " | Women\n2019 | 40\n2020 | 55"),
    ]
    assert said.unread == ()


def test_what_is_said_of_a_picture_is_read() -> None:
    picture = (
        '<p:pic><p:nvPicPr><p:cNvPr id="4" name="x" descr="Women sort paper"/></p:nvPicPr></p:pic>'
    )
    _, [page] = read(pptx.read, slides(TITLE + picture, {}))
    assert shapes(page)[-1] == ("caption", "Women sort paper")


def test_remarks_old_and_new_are_notes() -> None:
    old = (
        f'<p:cmLst {office.P}><p:cm authorId="0"><p:text>Shorter, please.</p:text></p:cm></p:cmLst>'
    )
    new = (
        f"<n:cmLst {MODERN} {office.P}><n:cm><n:replyLst><n:reply><n:txBody><a:p><a:r><a:t>Done."
        "</a:t></a:r></a:p></n:txBody></n:reply></n:replyLst><n:txBody><a:p><a:r><a:t>And larger."
        "</a:t></a:r></a:p></n:txBody></n:cm></n:cmLst>"
    )
    made = slides(
        TITLE,
        {"ppt/comments/c1.xml": old, "ppt/comments/c2.xml": new},
        a=("comments", "../comments/c1.xml"),
        b=("comments", "../comments/c2.xml"),
    )
    _, [page] = read(pptx.read, made)
    assert shapes(page)[1:] == [
        ("note", "Shorter, please."),
        ("note", "And larger."),
        ("note", "Done."),
    ]


def test_files_in_slides_are_read_or_named() -> None:
    made = slides(
        TITLE,
        {
            "ppt/embeddings/a.docx": office.docx(office.paragraph("A wryneck within.")),
            "ppt/media/film.mp4": b"\x00\x00\x00\x18ftypmp42",
        },
        a=("package", "../embeddings/a.docx"),
        b=("video", "../media/film.mp4"),
    )
    said, [_, further] = read(pptx.read, made)
    assert "wryneck" in further.text and further.number == 2
    assert "film.mp4" in str(said.unread[0]) and "a.docx" not in str(said.unread[0])
    assert said.pages == 2


def test_a_slide_that_is_too_long_goes_on_and_one_that_is_broken_is_said() -> None:
    line = office.line("The words of this line are many, and go on. " * 20)
    made = office.pptx([office.shape("none", *[line] * 400), office.shape("none", line)])
    said, pages = read(pptx.read, made, Limits(page_characters=100_000))
    assert len(pages) > 4 and said.pages == len(pages)
    assert sum(page.text.count("many, and go on") for page in pages) == 401 * 20
    broken = office.pptx(["<p:sp", office.shape("none", line)])
    said, pages = read(pptx.read, broken)
    assert len(pages) == 2 and "s1.xml" in str(said.unread[0])
