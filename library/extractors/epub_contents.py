"""The contents list of an EPUB book: its navigation document, or the older NCX file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from library.core.errors import Damaged
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.encodings import decode
from library.extractors.html_names import VOID
from library.extractors.html_tree import Node, parse
from library.extractors.xml_tree import attribute

# XHTML may end any element where it begins; HTML knows that of few.
ENDED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
DEEPEST = 6
MOST = 2_000
TITLE = 300  # characters
Lines = Callable[[Node], Iterator[tuple[str, int, str]]]


class Line(NamedTuple):
    """One line of a contents list: the file it leads to, and whether into its midst."""

    title: str
    level: int
    file: str
    inside: bool


def parsed(text: str) -> Node:
    """XHTML as a tree, however badly it is written."""
    root = parse(ENDED.sub(_whole, text))
    for node in root.elements():
        if language := node.attributes.get("xml:lang"):
            node.attributes.setdefault("lang", language)
    return root


def _whole(match: re.Match[str]) -> str:
    tag = match[1]
    return match[0] if tag.lower() in VOID else f"<{tag}{match[2]}></{tag}>"


def contents(
    container: Container, items: Mapping[str, tuple[str, str, str, str]], spine: Element | None
) -> list[Line]:
    """The lines of the contents list, in order; none where it is missing or damaged."""
    old = items.get(attribute(spine, "toc"), ("", "", "", ""))[0]
    for name, kind, properties, _ in items.values():
        if "nav" in properties.split():
            lines = list(_from(container, name, _navigation))
            if lines:
                return lines[:MOST]
        elif kind == "application/x-dtbncx+xml":
            old = old or name
    return list(_from(container, old, _ncx))[:MOST] if old else []


def _from(container: Container, name: str, lines_of: Lines) -> Iterator[Line]:
    try:
        root = parsed(decode(container.data(name)))
    except Damaged:
        return
    folder = posixpath.dirname(name)
    for title, level, target in lines_of(root):
        path, _, place = target.partition("#")
        file = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else name
        title = clean(" ".join(title.split()))[:TITLE]
        if title:
            yield Line(title, min(level, DEEPEST), file, bool(place))


def _navigation(root: Node) -> Iterator[tuple[str, int, str]]:
    for nav in root.find("nav"):
        if "toc" in nav.attributes.get("epub:type", "toc").split():
            for node in nav.find("ol"):
                yield from _ordered(node, 1)
                return


def _ordered(listing: Node, level: int) -> Iterator[tuple[str, int, str]]:
    for item in listing.children:
        for part in item.children if isinstance(item, Node) else ():
            if isinstance(part, Node) and part.tag == "a":
                yield part.text(), level, part.attributes.get("href", "")
            elif isinstance(part, Node) and part.tag == "ol":
                yield from _ordered(part, level + 1)


def _ncx(root: Node) -> Iterator[tuple[str, int, str]]:
    for points in root.find("navmap"):
        yield from _points(points, 1)


def _points(parent: Node, level: int) -> Iterator[tuple[str, int, str]]:
    for point in parent.children:
        if not isinstance(point, Node) or point.tag != "navpoint":
            continue
        labels = (
            part for part in point.children if isinstance(part, Node) and part.tag == "navlabel"
        )
        targets = (
            part for part in point.children if isinstance(part, Node) and part.tag == "content"
        )
        label, target = next(labels, None), next(targets, None)
        if label and target:
            yield label.text(), level, target.attributes.get("src", "")
        yield from _points(point, level + 1)
