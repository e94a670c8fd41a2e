"""Office files are known by the parts in them."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest

from library.core.errors import Damaged, Encrypted, TooLarge, Unsupported
from library.extractors import EXTRACTORS, ole
from library.extractors.media_types import media_type_of
from tests import office

OLD = b"\xec\xa5\xc1\x00" + bytes(60)
ODT = "application/vnd.oasis.opendocument.text"
MANIFEST = (
    f'<m:manifest xmlns:m="{office.OASIS}manifest:1.0"><m:file-entry m:media-type="{ODT}"'
    ' m:full-path="/"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    "</m:manifest>"
)
LOCKED = OLD[:11] + b"\x01" + OLD[12:]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office.docx(""), "vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office.pptx([]), "vnd.openxmlformats-officedocument.presentationml.presentation"),
        (office.odf("text", ""), "vnd.oasis.opendocument.text"),
        (office.odf("presentation", ""), "vnd.oasis.opendocument.presentation"),
        (office.zipped({"a": ""}, "application/vnd.oasis.opendocument.text-template"), "text"),
        (office.zipped({"content.xml": "", "mimetype": ODT}), "opendocument.text"),
        (office.zipped({"META-INF/manifest.xml": MANIFEST}), "opendocument.text"),
        (office.epub({}), "epub+zip"),
        (office.zipped({"META-INF/container.xml": ""}), "epub+zip"),
        (b"\n{\\rtf1 One}", "rtf"),
        (office.ole("1Table", "WordDocument", first=OLD), "msword"),
        (office.ole("PowerPoint Document"), "vnd.ms-powerpoint"),
    ],
)
def test_by_any_name(data: bytes, kind: str) -> None:
    file = BytesIO(data)
    found = media_type_of(file, "report.pdf")
    assert found.endswith(kind) and found in EXTRACTORS
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (office.zipped({"xl/workbook.xml": ""}), "spreadsheet.*PDF"),
        (office.odf("spreadsheet", ""), "spreadsheet.*PDF"),
        (office.ole("Workbook"), "spreadsheet.*PDF"),
        (office.zipped({"Index/Document.iwa": ""}), "a document of Pages, Numbers, Keynote"),
        (office.zipped({"Talk.key/Index.zip": ""}), "a document of Pages, Numbers, Keynote"),
        (office.zipped({"holiday.jpg": ""}), r"an archive \(ZIP\).*Unpack"),
        (office.ole("__properties_version1.0"), "an Outlook message"),
        (office.ole("Something"), "an old Office document"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, said: str) -> None:
    with pytest.raises(Unsupported, match=said):
        media_type_of(BytesIO(data), "guide.docx")


def test_locked_files() -> None:
    for data in (
        office.ole("EncryptionInfo", "EncryptedPackage"),
        office.ole("WordDocument", first=LOCKED),
        office.ole("PowerPoint Document", "EncryptedSummary"),
    ):
        with pytest.raises(Encrypted, match=r"^guide\.doc is locked"):
            media_type_of(BytesIO(data), "guide.doc")


def test_cut_and_swollen_files() -> None:
    with pytest.raises(Damaged, match=r"^guide\.docx is damaged"):
        media_type_of(BytesIO(office.docx("")[:900]), "guide.docx")
    many = bytearray(office.zipped({"a": ""}))
    struct.pack_into("<H", many, many.rindex(b"PK\x05\x06") + 10, 60_000)
    with pytest.raises(TooLarge):
        media_type_of(BytesIO(bytes(many)), "guide.docx")


def test_damaged_old_files_name_no_streams() -> None:
    whole = office.ole("WordDocument")
    assert ole.streams(BytesIO(whole)) == {"worddocument": bytes(64)}
    for cut in (8, 40, 600, 1100):
        assert isinstance(ole.streams(BytesIO(whole[:cut])), dict)
    circle = bytearray(whole)
    struct.pack_into("<L", circle, 512 + 4, 1)  # the directory goes on where it began
    struct.pack_into("<LL", circle, 1024 + 128 + 68, 1, 1)  # and an entry hangs below itself
    assert list(ole.streams(BytesIO(bytes(circle)))) == ["worddocument"]
