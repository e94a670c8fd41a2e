"""EPUB books."""

from __future__ import annotations

import pytest

from library.core.errors import Damaged, Empty, Encrypted
from library.extractors.epub import read as epub
from tests.library.extractors.reading import read, shapes
from tests.office import epub as book
from tests.office import zipped

METADATA = (
    "<dc:title>Know your rights</dc:title><dc:creator>A. One</dc:creator>"
    "<dc:creator>B. Two</dc:creator><dc:language>en</dc:language><dc:date>2019-05</dc:date>"
)
LONG = "".join(f"<h2 id='s{n}'>Part {n}</h2><p>{'words ' * 300}</p>" for n in range(3))


def test_a_chapter_is_a_page() -> None:
    chapters = {
        "a.xhtml": "<section><h1>Pay</h1><p>Ask&nbsp;<a id='x'/>first<span epub:type='pagebreak'>"
        "12</span>.</p><aside><p>A note</p></aside></section>",
        "b.xhtml": "<p xml:lang='en'>Second</p>",
    }
    said, pages = read(epub, book(chapters, metadata=METADATA))
    assert shapes(pages[0]) == [
        ("heading", "Pay"),
        ("paragraph", "Ask first."),
        ("paragraph", "A note"),
    ]
    assert [page.number for page in pages] == [1, 2]
    assert pages[0].blocks[0].language == "es" and pages[1].blocks[0].language == ""
    assert said.fields == {
        "title": "Know your rights",
        "author": "A. One; B. Two",
        "language": "en",
        "date": "2019-05",
    }


def test_long_chapters_are_cut_and_the_contents_lead_into_them() -> None:
    nav = (
        "<ol><li><a href='a.xhtml'>First</a></li><li><a href='b.xhtml'>Long</a>"
        "<ol><li><a href='b.xhtml#s2'>Part 2</a></li></ol></li><li><a href='no'>Lost</a></li></ol>"
    )
    said, pages = read(epub, book({"a.xhtml": "<p>One</p>", "b.xhtml": LONG}, nav))
    assert len(pages) == 4
    assert [(line.title, line.page, line.level) for line in said.outline] == [
        ("First", 1, 1),
        ("Long", 2, 1),
        ("Part 2", 4, 2),
    ]


def test_the_older_contents_list() -> None:
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>"
    ncx = point.format("First", "a.xhtml", point.format("In it", "a.xhtml#x", ""))
    said, _ = read(epub, book({"a.xhtml": "<p>One</p>"}, ncx=ncx))
    assert [(line.title, line.level) for line in said.outline] == [("First", 1), ("In it", 2)]


def test_locked_books_and_locked_fonts() -> None:
    def locking(method: str, name: str) -> dict[str, str | bytes]:
        inside = (
            f"<EncryptedData><EncryptionMethod Algorithm='{method}'/><CipherData>"
            f"<CipherReference URI='{name}'/></CipherData></EncryptedData>"
        )
        return {"META-INF/encryption.xml": f"<encryption>{inside}</encryption>"}

    chapters = {"a.xhtml": "<p>One</p>"}
    with pytest.raises(Encrypted):
        read(epub, book(chapters, parts=locking("aes", "OEBPS/a.xhtml")))
    fonts = locking("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    _, [page] = read(epub, book(chapters, parts=fonts))
    assert page.text == "One"


def test_damaged_books() -> None:
    with pytest.raises(Damaged, match="chapters"):
        read(epub, zipped({"a.xhtml": "<p>One</p>"}, "application/epub+zip"))
    with pytest.raises(Empty):
        read(epub, book({"a.xhtml": "<img src='x'/>"}))
