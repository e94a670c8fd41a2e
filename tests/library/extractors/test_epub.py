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


def packaged(manifest: str, spine: str, **files: str) -> bytes:
    """A book with this list of files and this order, `_` in names for a dot."""
    package = f"<package><metadata/><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    return zipped(
        {
            "META-INF/container.xml": "<container><rootfiles><rootfile full-path='/Book/p.opf'/>"
            "</rootfiles></container>",
            "Book/p.opf": package,
            **{f"Book/{name.replace('_', '.')}": f"<p>{text}</p>" for name, text in files.items()},
        },
        mimetype="application/epub+zip",
    )


def item(name: str, kind: str = "application/xhtml+xml", more: str = "") -> str:
    return f"<item id='{name[0]}' href='{name}' media-type='{kind}' {more}/>"


def test_a_book_with_an_unusual_order_is_read_whole() -> None:
    manifest = (
        item("a.xhtml", "text/xml")
        + item("B.XHTML", "application/xhtml+xml; charset=utf-8")
        + item("c.svg", "image/svg+xml", "fallback='d'")
        + item("d.html", "text/html")
        + item("e.xhtml")
        + item("f.css", "text/css")
    )
    spine = "<itemref idref='B'/><itemref idref='a' linear='no'/><itemref idref='c'/>"
    made = packaged(manifest, spine, a_xhtml="One", b_xhtml="Two", d_html="Three", e_xhtml="Four")
    said, pages = read(epub, made)
    assert [page.text for page in pages] == ["Two", "One", "Three", "Four"]
    assert said.unread == ()
    said, pages = read(epub, packaged(manifest, "", a_xhtml="One", b_xhtml="Two", d_html="Three"))
    assert [page.text for page in pages] == ["One", "Two", "Three"]
    assert "e.xhtml" in str(said.unread[0]) and "source" in str(said.unread[0])


def test_pages_that_are_pictures_are_said() -> None:
    manifest = item("a.xhtml") + item("p.jpg", "image/jpeg")
    made = packaged(manifest, "<itemref idref='a'/><itemref idref='p'/>", a_xhtml="One")
    said, [page] = read(epub, made)
    assert page.text == "One" and "p.jpg" in str(said.unread[0])
