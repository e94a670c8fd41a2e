"""EPUB books: a chapter is a page, long ones are cut; the contents list is the book's own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from library.core.errors import Damaged, Encrypted, InputError
from library.core.messages import Message, listed
from library.core.resource import Block, Heading, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.enclosed import display_name
from library.extractors.encodings import decode
from library.extractors.epub_contents import Line, contents, parsed
from library.extractors.flow import EMPTY, stated
from library.extractors.html_blocks import blocks_of
from library.extractors.html_drawn import lines_of, with_words
from library.extractors.html_hidden import Sheet, is_unseen
from library.extractors.html_main import is_hidden
from library.extractors.html_tree import Node
from library.extractors.pages import outline_of, pages_of
from library.extractors.svg import drawing_in
from library.extractors.xml_tree import attribute, child, text_of, tree

READER = "epub"
# Dublin Core in the package file, and how its fields are called here. A publisher fills them.
FIELDS = {
    "title": "title",
    "creator": "author",
    "publisher": "publisher",
    "date": "date",
    "language": "language",
    "rights": "rights",
    "description": "description",
    "subject": "subjects",
    "source": "source",
    "identifier": "identifier",
}
FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
CHAPTERS = (
    "application/xhtml+xml",
    "text/html",
    "application/x-dtbook+xml",
    "text/x-oeb1-document",
)
UNSURE = ("", "text/xml", "application/xml", "text/plain", "application/octet-stream")
SUFFIXES = ("xhtml", "html", "htm", "xht")
DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]*>", re.I)
LARGEST = 500_000  # bytes of a style sheet
TAGS = re.compile(r"<[^<>]*>")


class Item(NamedTuple):
    """A file of a book, as the list of them has it; `fallback` is another's identifier."""

    name: str
    kind: str
    properties: str
    fallback: str = ""


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a book says of itself, then its chapters. Raises Damaged, Encrypted, Empty."""
    container = Container(file)
    package = _package(container)
    root = tree(DOCTYPE.sub(b"", container.data(package), count=1))
    folder = posixpath.dirname(package)
    items = _items(root, folder)
    spine = child(root, "spine")
    chapters, pictures = _chapters(items, spine)
    _unlocked(container, chapters)
    fields = _fields(child(root, "metadata"))
    pages, first, problem = _pages(container, chapters, fields.get("language", ""), limits)
    if not any(page.text for page in pages):
        raise problem or EMPTY
    listed = contents(container, items, spine)
    outline = _outline(listed, pages, first) or outline_of(pages)
    missing = [name for name in chapters if name not in container]
    pictures += [name for name in chapters if _is_drawn(name) and not _has_words(container, name)]
    unread = []
    if missing:
        unread.append(Message("unread chapters", {"names": _listed(missing)}))
    if pictures:
        unread.append(Message("unread drawn pages", {"names": _listed(pictures)}))
    yield Said(stated(fields), outline[: limits.outline], len(pages), tuple(unread))
    yield from pages
    if problem:
        raise problem


def _package(container: Container) -> str:
    """The name of the package file, which names all others."""
    for element in tree(container.data("META-INF/container.xml")).iter("rootfile"):
        name = posixpath.normpath(unquote(attribute(element, "full-path"))).lstrip("/")
        if name in container:
            return name
    name = next((name for name in container.names if name.lower().endswith(".opf")), "")
    if not name:
        raise Damaged("chapters missing")
    return name


def _items(root: Element, folder: str) -> dict[str, Item]:
    """What the book is made of, by identifier."""
    manifest = child(root, "manifest")
    items: dict[str, Item] = {}
    for item in manifest if manifest is not None else ():
        path = unquote(attribute(item, "href")).partition("#")[0]
        name = posixpath.normpath(posixpath.join(folder, path)).lstrip("/")
        kind = attribute(item, "media-type").lower().partition(";")[0].strip()
        properties, fallback = attribute(item, "properties"), attribute(item, "fallback")
        items[attribute(item, "id")] = Item(name, kind, properties, fallback)
    return items


def _chapters(items: Mapping[str, Item], spine: Element | None) -> tuple[list[str], list[str]]:
    """The files of the chapters in their order, and those of it that are pictures only.

    What is of no kind that all readers know leads on to one that is (EPUB 3.3, 3.5.1). What
    the order leaves out follows it, as the list of files has it.
    """
    root = [attribute(reference, "idref") for reference in spine] if spine is not None else []
    chapters: list[str] = []
    pictures: list[str] = []
    for id_ in root:
        seen: list[str] = []
        while id_ in items and id_ not in seen and not _is_read(items[id_]):
            seen.append(id_)
            id_ = items[id_].fallback
        if id_ in items and _is_read(items[id_]):
            chapters.append(items[id_].name)
        elif seen:
            pictures.append(items[seen[0]].name)
    listed = set(chapters)
    # What stands outside of the order is led to from within it: notes, boxes, answers.
    chapters += [
        item.name
        for item in items.values()
        if _is_chapter(item) and item.name not in listed and "nav" not in item.properties.split()
    ]
    return chapters, pictures


def _is_read(item: Item) -> bool:
    """Whether a file can stand in the order of a book: a text, or a drawing, which may have words.

    Drawings outside of the order are pictures of chapters.
    """
    return _is_chapter(item) or (
        item.kind == "image/svg+xml" and _is_drawn(item.name) and not item.fallback
    )


def _has_words(container: Container, name: str) -> bool:
    return name not in container or bool(lines_of(drawing_in(container.data(name))))


def _is_chapter(item: Item) -> bool:
    suffix = item.name.rpartition(".")[2].lower()
    return item.kind in CHAPTERS or (item.kind in UNSURE and suffix in SUFFIXES)


def _listed(names: Sequence[str]) -> str:
    return listed(list(map(display_name, names)))


def _unlocked(container: Container, chapters: Sequence[str]) -> None:
    """Raises Encrypted where the chapters are; fonts alone may be."""
    for data in tree(container.data("META-INF/encryption.xml")).iter("EncryptedData"):
        method = attribute(child(data, "EncryptionMethod"), "Algorithm")
        path = unquote(attribute(child(data, "CipherData", "CipherReference"), "URI"))
        if method not in FONTS and posixpath.normpath(path) in chapters:
            raise Encrypted("locked by its seller")


def _fields(metadata: Element | None) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for element in metadata.iter() if metadata is not None else ():
        text = clean(" ".join(TAGS.sub(" ", text_of(element)).split()))
        name = FIELDS.get(element.tag)
        if element.tag == "meta" and attribute(element, "property") == "dcterms:modified":
            name = "modified"
        if element.tag == "date" and attribute(element, "event") in ("modification", "creation"):
            name = attribute(element, "event")
        if name and text and text not in fields.setdefault(name, []):
            fields[name].append(text)
    single = ("title", "language", "date", "publisher")
    return {
        name: values[0] if name in single else "; ".join(values[:50])
        for name, values in fields.items()
    }


def _pages(
    container: Container, chapters: Sequence[str], language: str, limits: Limits
) -> tuple[list[Page], dict[str, int], InputError | None]:
    """Pages of all chapters, the first page of each file, and what ended the reading too soon."""
    pages: list[Page] = []
    first: dict[str, int] = {}
    for name in chapters:
        if len(pages) >= limits.pages:
            break
        try:
            data = container.data(name)
        except Damaged as problem:
            return pages, first, problem
        first.setdefault(name, len(pages) + 1)
        blocks = _blocks(data, language, _Styles(container, name), _is_drawn(name))
        for page in pages_of(blocks, READER, limits):
            pages.append(replace(page, number=len(pages) + 1))
    return pages[: limits.pages], first, None


def _is_drawn(name: str) -> bool:
    return name.lower().endswith(".svg")


class _Styles(NamedTuple):
    """Where the style sheets of a chapter are."""

    container: Container
    chapter: str

    def added_to(self, root: Node) -> None:
        """Put the sheets that a chapter refers to beside its own."""
        folder = posixpath.dirname(self.chapter)
        for link in list(root.find("link")):
            if "stylesheet" in link.attributes.get("rel", "").lower():
                path = unquote(link.attributes.get("href", "")).partition("#")[0]
                name = posixpath.normpath(posixpath.join(folder, path)).lstrip("/")
                with suppress(InputError):
                    text = decode(self.container.data(name)[:LARGEST])
                    root.children.append(Node("style", {}, [text]))


def _blocks(data: bytes, language: str, styles: _Styles, drawn: bool = False) -> Iterator[Block]:
    if drawn:
        yield from blocks_of(Node("div", {}, lines_of(drawing_in(data))), language)
        return
    root = parsed(decode(data))
    body = next(root.find("body"), root)
    html = next(root.find("html"), None)
    own = html.attributes.get("lang", "") if html else ""
    styles.added_to(root)
    sheet = Sheet(root)
    with_words(body)
    whole = len(body.text())
    for node in body.elements():
        if node.tag in ("aside", "footer"):  # notes and side boxes, which belong to a book
            node.tag = "div"
        node.children = [
            inner
            for inner in node.children
            if not (_is_page_mark(inner) or is_hidden(inner) or _is_unseen(inner, sheet, whole))
        ]
    if own:
        body.attributes.setdefault("lang", own)
    yield from blocks_of(body, language)


def _is_page_mark(node: Node | str) -> bool:
    """Whether an element only says where a page of the printed book begins."""
    return isinstance(node, Node) and (
        node.attributes.get("epub:type") == "pagebreak"
        or node.attributes.get("role") == "doc-pagebreak"
    )


def _is_unseen(node: Node | str, sheet: Sheet, whole: int) -> bool:
    """Whether nobody sees an element, by its own style or by a sheet; never most of a chapter."""
    if isinstance(node, str):
        return False
    return is_unseen(node) or (sheet.hides(node) and 2 * len(node.text()) < whole)


def _outline(
    lines: Sequence[Line], pages: Sequence[Page], first: Mapping[str, int]
) -> tuple[Heading, ...]:
    """The book's contents list; a line inside a chapter leads to the page with its words."""
    starts = sorted(set(first.values()))
    headings = []
    for line in lines:
        start = first.get(line.file)
        if start is None or start > len(pages):
            continue
        end = next((place for place in starts if place > start), len(pages) + 1)
        place = start
        if line.inside:
            place = next((n for n in range(start, end) if _heads(pages[n - 1], line.title)), start)
        headings.append(Heading(line.title, place, line.level))
    return tuple(headings)


def _heads(page: Page, title: str) -> bool:
    plain = title.casefold()
    return any(
        block.kind == "heading"
        and (block.text.casefold() in plain or plain in block.text.casefold())
        for block in page.blocks
    )
