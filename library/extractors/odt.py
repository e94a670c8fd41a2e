"""OpenDocument texts (ODT): paragraphs, headings, lists, tables and notes, in our own pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from library.core.messages import distinct
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.flow import delivered, main_language, resumed, taken, with_bold_headings
from library.extractors.odf import Styles, opened, properties, styles_of, unpacked
from library.extractors.odf_objects import Objects
from library.extractors.odf_text import Flow
from library.extractors.xml_tree import events, pieces

READER = "odt"


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a text says of itself, then its pages. Raises Damaged, Encrypted, Empty."""
    container = unpacked(file)
    data = opened(container)
    objects = Objects(container)
    flow = Flow(styles_of(container), objects=objects)
    blocks, problem = taken(_blocks(data, flow))
    blocks = with_bold_headings(blocks, flow.bold)
    fields = properties(container)
    fields["language"] = fields.get("language") or main_language(blocks)
    unread = distinct(objects.unread)
    yield from delivered(
        fields, resumed(blocks, problem), READER, limits, unread, enclosed=objects.files
    )


def _blocks(data: bytes, flow: Flow) -> Iterator[Block | None]:
    add_automatic(data, flow.styles)
    for piece in pieces(data, "body", "text"):
        yield from flow.blocks(piece)


def add_automatic(data: bytes, styles: Styles) -> None:
    """Take up the styles that a program made for the places of a content, which stand before it."""
    for event, element in events(data):
        if event == "end" and element.tag == "automatic-styles":
            styles.add(element)
            return
        if event == "start" and element.tag == "body":
            return
