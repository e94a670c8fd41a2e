"""Zip files that were made to do harm, and XML too."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from library.core.errors import Damaged, Encrypted, TooLarge
from library.extractors.container import Container, names_of
from library.extractors.xml_tree import attribute, child, pieces, tree
from tests.office import laughing, overlapping, zipped


def test_entries_are_read_by_name() -> None:
    container = Container(BytesIO(zipped({"a/b.xml": "<x/>", "c": "words"})))
    assert container.names == ("a/b.xml", "c")
    assert "c" in container and container.data("c") == b"words"
    assert container.data("absent") == b""


def test_backslashes_of_some_programs_are_slashes() -> None:
    assert Container(BytesIO(zipped({"word\\document.xml": "x"}))).data("word/document.xml") == b"x"


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "..\\up", "C:/x", "a/.."])
def test_names_that_lead_outside(name: str) -> None:
    with pytest.raises(Damaged, match="lead out"):
        Container(BytesIO(zipped({name: "x"})))


def test_links() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Damaged, match="links"):
        Container(made)


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    data = zipped({"bomb.xml": bytes(20 * 2**20)})
    with pytest.raises(TooLarge, match="made to do harm"):
        Container(BytesIO(data)).data("bomb.xml")


def test_a_bomb_that_lies_about_its_size_is_stopped_too() -> None:
    data = bytearray(zipped({"bomb.xml": bytes(20 * 2**20)}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", data, data.index(mark) + place, 100)
    with pytest.raises((Damaged, TooLarge)):
        Container(BytesIO(bytes(data))).data("bomb.xml")


def test_all_entries_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("library.extractors.container.INFLATED", 2_500)
    container = Container(BytesIO(zipped({name: bytes(range(256)) * 4 for name in "abc"})))
    assert container.data("a") == container.data("b")
    with pytest.raises(TooLarge, match="unpacks to more"):
        container.data("c")


def test_entries_over_one_another() -> None:
    with pytest.raises(Damaged, match="over one another"):
        Container(BytesIO(overlapping()))


def test_too_many_entries() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(5_001):
            archive.writestr(f"{n}", b"")
    for opened in (Container, names_of):
        with pytest.raises(TooLarge, match="more than 5,000"):
            opened(made)


def test_entries_with_a_password() -> None:
    data = bytearray(zipped({"a": "words"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + place, 1)
    with pytest.raises(Encrypted):
        Container(BytesIO(bytes(data))).data("a")


def test_damaged_files() -> None:
    data = zipped({"a": "words " * 500})
    for broken in (data[: len(data) // 2], b"PK\x03\x04", b"PK\x05\x06" + bytes(18)[:10], b""):
        with pytest.raises(Damaged):
            Container(BytesIO(broken))
    changed = bytearray(data)
    changed[40] ^= 0xFF
    with pytest.raises(Damaged):
        Container(BytesIO(bytes(changed))).data("a")


def test_archives_inside_stay_closed() -> None:
    inner = zipped({"word/document.xml": "x"})
    assert Container(BytesIO(zipped({"embedded.docx": inner}))).names == ("embedded.docx",)


def test_xml_without_entities_or_document_types() -> None:
    for text in (
        laughing() + "<x>&l8;</x>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>',
    ):
        with pytest.raises(Damaged, match="entities or a document type"):
            tree(text.encode())


def test_xml_nested_too_deeply() -> None:
    with pytest.raises(Damaged, match="nested"):
        tree(b"<a>" * 100_000)


def test_pieces_before_the_break_are_given() -> None:
    found = []
    with pytest.raises(Damaged, match="not well formed"):
        for piece in pieces(b"<d><body><p n='1'/><p n='2'/><p", "d", "body"):
            found.append(attribute(piece, "n"))
    assert found == ["1", "2"]


def test_names_without_their_namespaces() -> None:
    root = tree(b"<a:x xmlns:a='u' xmlns:b='v' id='1' b:id='2'><a:y><b:z/></a:y></a:x>")
    assert root.tag == "x" and attribute(root, "id") == "2"
    assert child(root, "y", "z") is not None and child(root, "z") is None
