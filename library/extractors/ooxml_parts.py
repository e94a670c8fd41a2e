"""What Word and PowerPoint files keep in parts of their own: charts, diagrams, chunks, objects.

A chart is read as its title and the table of its values, a diagram (SmartArt) as a list, a chunk
(altChunk) as the document it is. What is not read is remembered, to be said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from xml.etree.ElementTree import Element

from library.core.errors import InputError
from library.core.messages import Message
from library.core.resource import Block
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.enclosed import Enclosure, display_name
from library.extractors.images import is_page
from library.extractors.picture_words import description
from library.extractors.pictured import COVERED
from library.extractors.tables import table_of
from library.extractors.xml_tree import attribute, child, number, text_of, tree

DEEPEST = 3  # chunks within chunks
POINTS = 1_000  # of a chart
GLANCES = 40  # pictures of one part that are looked at
EMBEDDED = ("oleObject", "package", "video", "audio", "media")


Reader = Callable[[Container, int], Sequence[Block | None]]
"""A document and how deep it stands in others → its blocks."""


@dataclass(slots=True)
class Parts:
    """The parts that one part of a file refers to, by the identifiers it uses."""

    container: Container
    related: Mapping[str, tuple[str, str]]
    word: Reader  # of a document within the document
    depth: int = 0
    unread: list[Message] = field(default_factory=list)
    looked: int = 0  # at pictures

    def part(self, kind: str) -> str:
        """The name of the first part of a kind, "" where there is none."""
        return next((name for its_kind, name in self.related.values() if its_kind == kind), "")

    def within(self, element: Element) -> Iterator[Block]:
        """What the charts and diagrams below an element show, and what its pictures are said to."""
        for part in element.iter():
            if part.tag == "chart" and attribute(part, "id"):
                yield from self._tried(self._chart, attribute(part, "id"))
            elif part.tag == "relIds":
                yield from self._tried(self._diagram, attribute(part, "dm"))
            elif part.tag in ("docPr", "cNvPr"):
                yield from _said(part)

    def chunk(self, identifier: str) -> Iterator[Block]:
        """The blocks of a document that stands in a part of its own."""
        kind, name = self.related.get(identifier, ("", ""))
        if kind != "aFChunk":
            return
        try:
            blocks = _document(self.container.data(name), self.depth, self.word)
        except InputError:
            blocks = []
        if not blocks:
            self.unread.append(Message("unread part", {"name": display_name(name)}))
        yield from blocks

    def files(self) -> list[Enclosure]:
        """The files that are embedded, films and sounds among them."""
        names = {name for kind, name in self.related.values() if kind in EMBEDDED}
        return [
            Enclosure(display_name(name), partial(self.container.data, name))
            for name in sorted(names)
        ]

    def scans(self, elements: Iterable[Element], area: int) -> Iterator[str]:
        """The names of pictures of type that cover much of a page; `area` in square EMU."""
        for drawing in elements:
            size = next((part for part in drawing.iter() if part.tag in ("extent", "ext")), None)
            wide, high = number(attribute(size, "cx")), number(attribute(size, "cy"))
            if wide * high < COVERED * area:
                continue
            for blip in drawing.iter("blip"):
                name = self.related.get(attribute(blip, "embed"), ("", ""))[1]
                if name and self.looked < GLANCES:
                    self.looked += 1
                    with suppress(InputError):
                        if is_page(self.container.data(name)):
                            yield name

    def _tried(self, read: Callable[[str], Iterator[Block]], identifier: str) -> list[Block]:
        name = self.related.get(identifier, ("", ""))[1]
        try:
            return list(read(name)) if name else []
        except InputError:
            self.unread.append(Message("unread chart", {"name": display_name(name)}))
            return []

    def _diagram(self, name: str) -> Iterator[Block]:
        for point in tree(self.container.data(name)).iter("pt"):
            if text := clean(text_of(child(point, "t"))):
                yield Block("item", text, level=1)

    def _chart(self, name: str) -> Iterator[Block]:
        root = tree(self.container.data(name))
        title = next(root.iter("title"), None)
        drawn = next(root.iter("plotArea"), None)
        if text := _words(title):
            yield Block("caption", text)
        series = [_series(element) for element in root.iter("ser")]
        heads = ["", *(head for head, _ in series)]
        labels = list(dict.fromkeys(label for _, values in series for label in values))[:POINTS]
        rows = [
            heads,
            *([label, *(values.get(label, "") for _, values in series)] for label in labels),
        ]
        table = table_of(rows) if series and labels else None
        if table:
            yield table
        else:
            yield from (Block("paragraph", " ".join(filter(None, row))) for row in rows if any(row))
        for axis in drawn if drawn is not None else ():
            text = _words(child(axis, "title"))
            if text:
                yield Block("caption", text)


def letters(blocks: Iterable[Block | None]) -> int:
    """How many letters blocks have."""
    texts = ("".join((block.text, *map("".join, block.rows))) for block in blocks if block)
    return sum(sum(map(str.isalpha, text)) for text in texts)


def _words(title: Element | None) -> str:
    """The words of a title: typed, or taken from a cell."""
    if title is None:
        return ""
    typed = " ".join("".join(paragraph.itertext()) for paragraph in title.iter("p"))
    cached = " ".join(value.text or "" for value in title.iter("v"))
    return clean(" ".join((typed or cached).split()))


def _series(series: Element) -> tuple[str, dict[str, str]]:
    """The name of a series and its values by their labels."""
    name = " ".join(value.text or "" for value in (_iter(child(series, "tx"), "v")))
    labels = _points(child(series, "cat")) or _points(child(series, "xVal"))
    values = _points(child(series, "val")) or _points(child(series, "yVal"))
    return clean(" ".join(name.split())), {
        labels.get(place) or str(place + 1): value for place, value in values.items()
    }


def _points(element: Element | None) -> dict[int, str]:
    return {
        number(attribute(point, "idx")): clean(text_of(value))
        for point in _iter(element, "pt")
        if (value := child(point, "v")) is not None
    }


def _iter(element: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if element is None else element.iter(tag)


def _said(picture: Element) -> Iterator[Block]:
    """What somebody wrote that a picture shows."""
    if text := description(attribute(picture, "descr")):
        yield Block("caption", text)


def _document(data: bytes, depth: int, word: Reader) -> list[Block]:
    """The blocks of a chunk, by what it begins with. Raises InputError."""
    if depth >= DEEPEST:
        return []
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return [block for block in word(Container(BytesIO(data)), depth + 1) if block]
    if start.startswith(b"{\\rtf"):
        from library.extractors.rtf import blocks_in as rich

        return [block for block in rich(data) if block]
    if re.match(rb"(?:MIME-Version|From|Content-Type|Subject|Date):", start, re.I):
        from library.extractors.mail import blocks_in as saved

        return saved(data)
    if start.startswith(b"<") or b"<html" in start.lower():
        from library.extractors.html import blocks_in as page

        return page(data)
    from library.extractors.encodings import decode

    return [Block("paragraph", line) for text in decode(data).splitlines() if (line := clean(text))]
