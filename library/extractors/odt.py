"""OpenDocument texts (ODT): paragraphs, headings, lists, tables and notes, in our own pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from library.core.messages import distinct
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.flow import (
    delivered,
    is_short,
    letterhead,
    main_language,
    resumed,
    taken,
    with_bold_headings,
)
from library.extractors.odf import Styles, opened, properties, styles_of, unpacked
from library.extractors.odf_objects import Objects
from library.extractors.odf_text import Flow
from library.extractors.xml_tree import attribute, events, pieces

READER = "odt"
# What may stand behind the text, so that white letters are seen on it.
BEHIND = (b"<draw:", b"background-image")


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a text says of itself, then its pages. Raises Damaged, Encrypted, Empty."""
    container = unpacked(file)
    data = opened(container)
    objects = Objects(container)
    behind = any(mark in data for mark in BEHIND)
    flow = Flow(styles_of(container), objects=objects, white_paper=not behind)
    blocks, problem = taken(_blocks(data, flow))
    blocks = with_bold_headings(blocks, flow.bold)
    blocks += _letterhead(flow, blocks)
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


def _letterhead(flow: Flow, blocks: Sequence[Block | None]) -> list[Block]:
    """The head and foot of the first page alone, or of the only one; what more pages have runs."""
    masters = flow.styles.masters
    page = masters.get(flow.master or "Standard")
    if page is None:
        return []
    following = attribute(page, "next-style-name")
    alone = is_short(blocks) or bool(following and following != attribute(page, "name"))
    own = [part for part in page if part.tag in ("header-first", "footer-first")]
    usual = [part for part in page if part.tag in ("header", "footer")] if alone else []
    shown = [part for part in own or usual if attribute(part, "display", "true") == "true"]
    inside = Flow(flow.styles)
    return [block for part in shown for block in letterhead(inside.blocks(part))]


def add_automatic(data: bytes, styles: Styles) -> None:
    """Take up the styles that a program made for the places of a content, which stand before it."""
    for event, element in events(data):
        if event == "end" and element.tag == "automatic-styles":
            styles.add(element)
            return
        if event == "start" and element.tag == "body":
            return
