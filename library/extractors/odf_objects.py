"""What OpenDocument frames hold: pictures, charts and other documents (ISO 26300-1, 10.4 and 11).

A chart is read as its titles and the table of its values, a text or a table as what it is; what is
said of a picture is a caption. What is not read is kept, to be read as a file or said.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from library.core.errors import InputError
from library.core.messages import Message
from library.core.resource import Block
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.enclosed import Enclosure, display_name
from library.extractors.mathematics import of_mathml, said
from library.extractors.odf import Flat
from library.extractors.picture_words import description
from library.extractors.xml_tree import attribute, child, text_of, tree

DEEPEST = 3  # objects within objects
MOST = 200  # objects of one document
PLAYED = ("plugin", "applet", "floating-frame")


class Blocks(Protocol):
    """What turns an element of a body into blocks."""

    def blocks(self, element: Element) -> Iterator[Block | None]: ...


@dataclass(slots=True)
class Objects:
    """The objects of one document; `files` and `unread` are what is left of them."""

    container: Container | Flat
    files: list[Enclosure] = field(default_factory=list)
    unread: list[Message] = field(default_factory=list)
    depth: int = 0
    count: int = 0

    def within(self, frame: Element, flow: Blocks) -> Iterator[Block]:
        """What a frame shows and what is said of it."""
        texts = [clean(text_of(element)) for element in frame if element.tag in ("title", "desc")]
        for text in dict.fromkeys(texts):
            if described := description(text):
                yield Block("caption", described)
        for element in frame:
            if element.tag == "object":
                yield from self._object(element, flow)
            elif element.tag == "object-ole":
                self._file(attribute(element, "href"))
            elif element.tag in PLAYED:
                self._played(attribute(element, "href"))

    def _object(self, element: Element, flow: Blocks) -> Iterator[Block]:
        self.count += 1
        if self.count > MOST or self.depth >= DEEPEST:
            return
        name = _inside(attribute(element, "href"))
        try:
            inline = child(element, "document")
            inline = child(element, "math") if inline is None else inline
            data = self.container.data(f"{name}/content.xml") if name else b""
            root = inline if inline is not None else tree(data)
            self.depth += 1
            if root.tag == "math" and (formula := said(of_mathml(root))):
                yield Block("paragraph", formula)
            yield from self._body(child(root, "body"), flow)
        except InputError:
            self.unread.append(Message("unread object", {"name": display_name(name)}))
        finally:
            self.depth -= 1 if self.depth else 0

    def _body(self, body: Element | None, flow: Blocks) -> Iterator[Block]:
        for document in body if body is not None else ():
            chart = child(document, "chart")
            if chart is not None:
                yield from _chart(chart, flow)
            else:
                yield from filter(None, flow.blocks(document))

    def _file(self, address: str) -> None:
        if name := _inside(address):
            data = partial(self.container.data, name)
            self.files.append(Enclosure(display_name(name), data))

    def _played(self, address: str) -> None:
        if address:
            name = display_name(address) or address[:100]
            self.unread.append(Message("unread film", {"name": name}))


def _chart(chart: Element, flow: Blocks) -> Iterator[Block]:
    for tag in ("title", "subtitle"):
        if text := clean(text_of(child(chart, tag))):
            yield Block("caption", text)
    for table in chart.iter("table"):
        yield from filter(None, flow.blocks(table))
        break
    for axis in chart.iter("axis"):
        if text := clean(text_of(child(axis, "title"))):
            yield Block("caption", text)


def _inside(address: str) -> str:
    """The name of a part of the file; "" for an address outside of it."""
    path = posixpath.normpath(unquote(address.strip())) if address.strip() else ""
    outside = "://" in address or path.startswith(("/", "..")) or address.startswith("#")
    return "" if outside else path.lstrip("./")
