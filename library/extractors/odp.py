"""OpenDocument presentations (ODP): a slide is a page, the speaker's notes after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.odf import opened, properties, styles_of, unpacked
from library.extractors.odf_objects import Objects
from library.extractors.odf_text import Flow
from library.extractors.odt import add_automatic
from library.extractors.slides import Rest, arranged, delivered
from library.extractors.xml_tree import attribute, child, pieces, text_of

READER = "odp"
MARGINS = frozenset(("header", "footer", "date-time", "page-number"))


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a presentation says of itself, then its slides. Raises Damaged, Encrypted, Empty."""
    container = unpacked(file)
    data = opened(container)
    objects = Objects(container)
    flow = Flow(styles_of(container), objects=objects)
    rest = Rest(objects.files, objects.unread)
    yield from delivered(properties(container), _slides(data, flow, rest), READER, limits, rest)


def _slides(data: bytes, flow: Flow, rest: Rest) -> Iterator[list[Block]]:
    add_automatic(data, flow.styles)
    for page in pieces(data, "body", "presentation"):
        if page.tag == "page" and flow.styles.hides(attribute(page, "style-name")):
            rest.hidden += 1
            yield []  # the others keep their number
        elif page.tag == "page":
            yield arranged(_blocks(page, flow), _notes(page, flow))


def _blocks(page: Element, flow: Flow) -> Iterator[Block]:
    for shape in page:
        kind = attribute(shape, "class")
        if shape.tag == "notes" or kind in MARGINS:
            continue
        if kind == "title":
            if text := clean(" ".join(text_of(paragraph) for paragraph in shape.iter("p")).strip()):
                yield Block("heading", text, level=1)
            continue
        yield from filter(None, flow.blocks(shape))


def _notes(page: Element, flow: Flow) -> Iterator[Block]:
    notes = child(page, "notes")
    for shape in notes if notes is not None else ():
        if attribute(shape, "class") == "notes":
            for block in filter(None, flow.blocks(shape)):
                yield replace(block, kind="quote", level=0, marker="")
