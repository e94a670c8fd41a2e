"""What was remarked on a PDF, what it encloses, and forms without pages are read, or said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from library.core.resource import Page, Said
from library.extractors import Limits, pdf_words
from library.extractors.pdf_layout import read as layout
from library.extractors.wire import decode, encode
from tests import office
from tests.builders import lines, pdf, stream
from tests.library.extractors.reading import Reader, read
from tests.library.extractors.test_pdf_parts import page

READERS = (layout, pdf_words.read)


def attached(files: Mapping[str, bytes]) -> bytes:
    """A page, and files attached to it."""
    objects: dict[int, bytes] = {}
    names = ""
    for place, (name, data) in enumerate(files.items()):
        number = 100 + 2 * place
        objects[number] = (
            f"<</Type/Filespec/F({name})/UF({name})/EF<</F {number + 1} 0 R>>>>".encode()
        )
        objects[number + 1] = stream(data)
        names += f"({name}) {number} 0 R"
    return page([], objects, catalog=f"/Names<</EmbeddedFiles<</Names[{names}]>>>>")


def remark(kind: str, text: str, more: str = "") -> str:
    return f"<</Type/Annot/Subtype/{kind}/Rect[72 700 90 720]/Contents({text})/F 4{more}>>"


def words(found: list[Page]) -> str:
    return " ".join(" ".join(one.text for one in found).split())


@pytest.mark.parametrize(
    "kind", ["Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Square", "Ink"]
)
@pytest.mark.parametrize("reader", READERS)
def test_a_remark_is_a_note_of_its_page(reader: Reader, kind: str) -> None:
    said, [found] = read(reader, page([remark(kind, "Ask Amina about the dates")]))
    assert found.text.endswith("✎ Ask Amina about the dates")
    assert found.text.count("Amina") == 1
    assert said.unread == ()


@pytest.mark.parametrize(
    "one",
    [
        remark("Text", "Amina", "/StateModel(Review)/State(Accepted)"),
        remark("Text", "Amina").replace("/F 4", "/F 2"),
        remark("Link", "Amina"),
        remark("Popup", "Amina"),
        remark("Highlight", "form of the association of"),  # which repeats what it is on
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_what_nobody_typed_is_no_remark(reader: Reader, one: str) -> None:
    _, [found] = read(reader, page([one]))
    assert "✎" not in found.text


@pytest.mark.parametrize("reader", READERS)
def test_documents_in_a_document_are_its_further_pages(reader: Reader) -> None:
    inner = pdf([lines("The heron waits.\nIt is patient."), lines("The second page of herons.")])
    word = office.docx(office.paragraph("A bustard walked by."))
    said, found = read(reader, attached({"a.pdf": inner, "b.docx": word, "c.txt": b"Plovers too."}))
    assert [one.number for one in found] == [1, 2, 3, 4, 5]
    for number, text in ((2, "heron waits"), (3, "second page"), (4, "bustard"), (5, "Plovers")):
        assert text in found[number - 1].text
    assert found[1].text.startswith("a.pdf\n\n")
    assert [(one.title, one.page) for one in said.outline] == [
        ("a.pdf", 2),
        ("b.docx", 4),
        ("c.txt", 5),
    ]
    assert said.pages == 5 and said.unread == ()


@pytest.mark.parametrize("reader", READERS)
def test_what_is_pinned_to_a_place_is_read_too(reader: Reader) -> None:
    objects = {
        40: b"<</Type/Filespec/F(pinned.pdf)/UF(pinned.pdf)/EF<</F 41 0 R>>>>",
        41: stream(pdf([lines("A curlew in a pinned file.")])),
    }
    one = "<</Type/Annot/Subtype/FileAttachment/Rect[72 600 90 620]/FS 40 0 R/F 4>>"
    _, found = read(reader, page([one], objects))
    assert len(found) == 2 and "curlew" in found[1].text


@pytest.mark.parametrize("reader", READERS)
def test_what_cannot_be_read_is_named(reader: Reader) -> None:
    broken = {"broken.pdf": b"%PDF-1.4 something", "sums.xlsx": b"PK\x03\x04 no", "x.bin": b"\x00"}
    said, found = read(reader, attached({**broken, "good.txt": b"Lapwings are read."}))
    assert "Lapwings" in found[-1].text and len(found) == 2
    [line] = said.unread
    assert line.values["number"] == 3 and all(name in str(line) for name in broken)
    assert "good.txt" not in str(line) and "add it by itself" in str(line)


@pytest.mark.parametrize("reader", READERS)
def test_documents_in_documents_end_somewhere(reader: Reader) -> None:
    inner = pdf([lines("The innermost of all.")])
    for depth in range(5):
        inner = attached({f"level{depth}.pdf": inner})
    said, found = read(reader, inner)
    assert len(found) == 3
    assert "innermost" not in words(found)
    assert any("level2.pdf" in str(line) for line in said.unread)
    [within] = [one for one in said.unread if one.code == "unread within"]
    assert within.values["name"] == "level4.pdf, level3.pdf"
    assert decode(encode(said)) == said
    many = {f"{n}.txt": b"One of many." for n in range(70)}
    said, found = read(reader, attached(many))
    assert len(found) == 51 and said.unread[0].values["number"] == 20
    said, found = read(reader, attached(many), Limits(pages=10))
    assert len(found) == 10 and said.unread[0].values["number"] == 61


@pytest.mark.parametrize("reader", READERS)
def test_long_names_of_what_cannot_be_read_lose_no_page(reader: Reader) -> None:
    said, found = read(reader, attached({f"{n}{'n' * 200}.bin": b"\x00" for n in range(12)}))
    [line] = said.unread
    assert line.values["number"] == 12 and str(line.values["names"]).endswith(" …")
    assert decode(encode(said)) == said and found


FORM = """<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template
 xmlns="http://www.xfa.org/schema/xfa-template/3.0/"><subform name="form1"><subform name="person">
<draw><value><text>Complaint of a worker</text></value></draw>
<draw presence="hidden"><value><text>Never seen</text></value></draw>
<draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml"><p>Write
 in capitals.</p><p>Sign below.</p></body></exData></value></draw>
<field name="name"><caption><value><text>Name</text></value></caption><ui><textEdit/></ui></field>
<field name="town"><caption><value><text>Town:</text></value></caption><ui><textEdit/></ui>
<bind match="dataRef" ref="$.home.town"/><value><text>Nairobi</text></value></field>
<field name="member"><caption><value><text>Member</text></value></caption><ui><checkButton/></ui>
<items><text>yes</text><text>no</text></items></field>
<field name="send"><caption><value><text>Send</text></value></caption><ui><button/></ui></field>
</subform><subform name="child"><occur max="-1"/><field name="age"><caption><value>
<text>Age</text></value></caption><ui><textEdit/></ui></field></subform></subform></template>
<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1><person>
<name>Oystercatcher</name><home><town>Mombasa</town></home><member>yes</member></person>
<child><age>7</age></child><child><age>9</age></child></form1></xfa:data></xfa:datasets></xdp:xdp>
"""


def form(xml: str, *, parts: int = 1) -> bytes:
    """A form whose pages only some programs make, its packets in so many pieces."""
    data = xml.encode()
    step = len(data) // parts + 1
    pieces = [data[place : place + step] for place in range(0, len(data), step)]
    packets = "".join(f"(p{n}) {60 + n} 0 R" for n in range(len(pieces)))
    catalog = "/NeedsRendering true"
    made = page([], {60 + n: stream(one) for n, one in enumerate(pieces)}, catalog=catalog)
    return made.replace(b"/AcroForm<<", f"/AcroForm<</XFA[{packets}]".encode())


@pytest.mark.parametrize("parts", [1, 4])
@pytest.mark.parametrize("reader", READERS)
def test_a_form_without_pages_is_read_with_what_was_filled_in(reader: Reader, parts: int) -> None:
    said, [_, found] = read(reader, form(FORM, parts=parts))
    assert found.text.split("\n\n") == [
        "Complaint of a worker",
        "Write in capitals.",
        "Sign below.",
        "Name: Oystercatcher",
        "Town: Mombasa",
        "Member: ✓",
        "Age: 7",
        "Age: 9",
    ]
    assert said.unread == ()


@pytest.mark.parametrize("xml", ["<broken", "<xdp><template/></xdp>"])
@pytest.mark.parametrize("reader", READERS)
def test_a_form_that_is_broken_is_said(reader: Reader, xml: str) -> None:
    said, found = read(reader, form(xml))
    assert len(found) == 1
    assert "XFA" in str(said.unread[0]) and "print it as a new PDF" in str(said.unread[0])


def test_what_the_document_is_comes_first_and_what_was_not_read_last() -> None:
    from io import BytesIO

    for reader in READERS:
        items = list(reader(BytesIO(attached({"x.bin": b"\x00\x01"})), Limits()))
        kinds = [type(one) for one in items]
        assert kinds == [Said, Page, Said]
        assert isinstance(items[0], Said) and items[0].unread == ()
