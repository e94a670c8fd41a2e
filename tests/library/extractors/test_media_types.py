"""Files are known by what is in them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from library.core.errors import Damaged, Empty, Unsupported
from library.extractors.media_types import media_type_of
from tests.builders import Text, pdf


def test_a_pdf_by_any_name() -> None:
    data = pdf([[Text("words")]])
    assert media_type_of(BytesIO(data), "report.docx") == "application/pdf"
    assert media_type_of(BytesIO(b"\r\njunk of a mailer\r\n" + data), "x") == "application/pdf"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"<!DOCTYPE html><html><body>not found: %PDF-1.4</body>", "report.pdf", "text/html"),
        (b"\n <!-- saved --><HTML><head>", "page.txt", "text/html"),
        (b"<p>One</p><p>Two</p>", "page.html", "text/html"),
        ("<html lang=es>".encode("utf-16"), "page", "text/html"),
        (b"# Title\n\nWords", "guide.md", "text/markdown"),
        (b"From: a@b\nTo: c@d\nReceived: x\nMessage-ID: <y>\n", "m", "message/rfc822"),
        (b"Subject: x\nFrom: a@b\n\nWords", "letter.eml", "message/rfc822"),
        (b"X-Labels: a\nARC-Seal: i=1;\n b=x\nFrom: a@b\n\n# Words", "m.eml", "message/rfc822"),
        (b"DKIM-Signature: v=1\nTo: a@b\nFrom: c@d\n\nWords", "m", "message/rfc822"),
        (b"From a@b Sat May  4\nTo: a@b\nFrom: c@d\n\nWords", "m.eml", "message/rfc822"),
        (b"To: all of you\nA letter.\nFrom: me\nDate: may", "m.txt", "text/plain"),
        (b"Time: 20 minutes\nMaterials: paper\n\nSteps", "m.txt", "text/plain"),
        (b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n", "p", "multipart/related"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "p.mht", "multipart/related"),
        (b"# Title\n\n## Part\n\n- [ ] one\n\n> said\n", "guide", "text/markdown"),
        (b"The song begins.\n\n1. First", "song.txt", "text/plain"),
        (b"A letter about %PDF-1.4 files", "letter.pdf", "text/plain"),
        ("Señora, ¿cómo está?".encode("latin-1"), "carta.txt", "text/plain"),
        (b"BM is how this sentence begins", "note", "text/plain"),
    ],
)
def test_text_of_several_kinds(data: bytes, name: str, kind: str) -> None:
    file = BytesIO(data)
    assert media_type_of(file, name) == kind
    assert file.tell() == 0


def test_the_code_of_a_pdf_without_its_beginning_is_no_text() -> None:
    code = b"\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    with pytest.raises(Damaged):
        media_type_of(BytesIO(code), "minutes.pdf")


def test_other_kinds_are_named() -> None:
    sheet = BytesIO()
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<w/>")
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for data, name, said in (
        (sheet.getvalue(), "guide.pdf", "a spreadsheet"),
        (old, "guide.doc", "an old Office document"),
        (b"GIF89a" + bytes(40), "poster.gif", r"an image \(GIF\)"),
        (b'{"a": 1}', "data.json", "data"),
        (b"a,b\n1,2\n", "metadata.csv", "data"),
        (b"<?xml version='1.0'?><rdf/>", "terms.rdf", "an XML file"),
        (bytes(range(256)) * 4, "blob", "not known"),
        (b"[InternetShortcut]\r\nURL=https://a.example/\r\n", "law.url", "a shortcut to a web"),
        (b"[InternetShortcut]\r\nURL=https://a.example/\r\n", "law.txt", "a shortcut to a web"),
        (b"<?xml version='1.0'?><plist><dict/></plist>", "law.webloc", "a shortcut to a web"),
        (b"bplist00\xd1\x01\x02SURL", "law.webloc", "a shortcut to a web"),
        (b"[Desktop Entry]\nType=Link\nURL=https://a.example/\n", "x", "a shortcut to a web"),
    ):
        with pytest.raises(Unsupported, match=said) as caught:
            media_type_of(BytesIO(data), name)
        assert caught.value.text.startswith(name) and caught.value.remedy


def test_empty_and_overwritten_files() -> None:
    for data in (b"", b" \n\n", bytes(2000)):
        with pytest.raises(Empty):
            media_type_of(BytesIO(data), "report.pdf")
    with pytest.raises(Damaged):
        media_type_of(BytesIO(bytes(range(256)) * 4), "report.pdf")
