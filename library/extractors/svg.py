"""Drawings in XML (SVG): the words that are drawn, and what is said of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from library.core.resource import Page, Said
from library.extractors import Limits
from library.extractors.encodings import decode
from library.extractors.flow import EMPTY
from library.extractors.html import PROLOGUE, as_declared
from library.extractors.html_blocks import blocks_of
from library.extractors.html_drawn import lines_of, said_of
from library.extractors.html_tree import Node, parse
from library.extractors.pages import outline_of, pages_of

READER = "svg"


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a drawing says of itself, then its words. Raises Empty."""
    drawing = drawing_in(file.read())
    whole = Node("div", {}, [*lines_of(drawing)])
    if words := said_of(drawing):
        whole.children.append(Node("img", {"alt": words}))
    pages = pages_of(blocks_of(whole), READER, limits)
    if not pages:
        raise EMPTY
    title = next(
        (one for one in drawing.children if isinstance(one, Node) and one.tag == "title"), None
    )
    fields = {"title": " ".join(title.text().split())[:2_000]} if title else {}
    yield Said(fields, outline_of(pages)[: limits.outline], pages.total)
    yield from pages


def drawing_in(data: bytes) -> Node:
    """The drawing of a file; one without anything where there is none."""
    root = parse(decode(data, as_declared(PROLOGUE, data[:200])))
    return next(
        (node for node in root.elements() if node.tag.rpartition(":")[2] == "svg"), Node("svg")
    )
