"""What OpenDocument texts and presentations have in common (the format is ISO/IEC 26300)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from library.core.errors import Damaged, Encrypted
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.list_numbers import LEVELS, Level
from library.extractors.xml_tree import attribute, child, number, text_of, tree

META = {
    "title": "title",
    "initial-creator": "author",
    "subject": "subject",
    "description": "description",
    "language": "language",
    "creation-date": "creationdate",
    "date": "moddate",
    "generator": "producer",
}
# How LibreOffice tells it since 7.2: the places of several levels among other signs.
WHOLE = re.compile(r"%(\d{1,2})%")
NUMBERS = {
    "01, 02, 03, ...": "zero", "أ, ب, ت, ...": "arabic", "一, 二, 三, ...": "chinese",
    "а, б, .., аа, аб, ...": "russian", "А, Б, .., Аа, Аб, ...": "RUSSIAN",
    "ก, ข, ฃ, ...": "thai letters", "א, י, ק, ...": "hebrew",
    "1": "decimal", "a": "letter", "A": "LETTER", "i": "roman", "I": "ROMAN"}  # fmt: skip
HEADING = re.compile(r"^heading(?:_20_| )?(\d)?$", re.I)
POINTS = re.compile(r"^([\d.]{1,8})pt$")
SIZE = 12.0
TINY = 1.0  # points: type that nobody is to see
WHITE = "#ffffff"
PLAIN = ("transparent", WHITE, "")
PASSWORD = Encrypted("locked")


class Style(NamedTuple):
    """A style with all it inherits."""

    name: str = ""  # of the style that its author chose
    bold: bool = False
    size: float = SIZE
    language: str = ""
    breaks: bool = False  # begins a page
    list_style: str = ""
    level: int = 0  # of headings
    hidden: bool = False
    white: bool = False
    ground: bool = False  # on a colour of its own
    master: str = ""  # the kind of pages that begins with it


@dataclass(slots=True)
class Styles:
    """The styles and list styles of a document, by family and name."""

    found: dict[tuple[str, str], Element] = field(default_factory=dict)
    defaults: dict[str, Element] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    masters: dict[str, Element] = field(default_factory=dict)  # kinds of pages
    made: dict[tuple[str, str], Style] = field(default_factory=dict)

    def add(self, root: Element) -> None:
        """Take up the styles that stand below an element."""
        for element in root.iter():
            if element.tag == "style":
                self.found[attribute(element, "family"), attribute(element, "name")] = element
            elif element.tag == "default-style":
                self.defaults[attribute(element, "family")] = element
            elif element.tag == "master-page":
                self.masters[attribute(element, "name")] = element
            elif element.tag in ("list-style", "outline-style"):
                name = attribute(element, "name") if element.tag == "list-style" else "outline"
                self.lists[name] = dict(_level(level) for level in list(element)[:LEVELS])

    def hides(self, slide: str) -> bool:
        """Whether a style of slides says that they are not shown."""
        style = self.found.get(("drawing-page", slide))
        return attribute(child(style, "drawing-page-properties"), "visibility") == "hidden"

    def of(self, family: str, name: str) -> Style:
        """A style with all it is based on; a circle of styles ends where it began."""
        chain: list[str] = []
        start = name
        while (family, name) in self.found and name not in chain:
            chain.append(name)
            name = attribute(self.found[family, name], "parent-style-name")
        if (family, start) not in self.made:
            style = _altered(Style(), self.defaults.get(family))
            for ancestor in reversed(chain):
                style = _altered(style, self.found[family, ancestor])
                if not ancestor[1:].isdecimal():  # P1, T1 are what a writing program calls its own
                    style = style._replace(name=ancestor.replace("_20_", " ").lower())
            self.made[family, start] = style
        return self.made[family, start]


def _altered(style: Style, element: Element | None) -> Style:
    if element is None:
        return style
    text, paragraph = child(element, "text-properties"), child(element, "paragraph-properties")
    weight = attribute(text, "font-weight")
    size = POINTS.match(attribute(text, "font-size"))
    language, country = attribute(text, "language"), attribute(text, "country")
    if language and language != "none":
        spoken = f"{language}-{country}" if country and country != "none" else language
        style = style._replace(language=spoken)
    if weight:
        style = style._replace(bold=weight not in ("normal", "100", "200", "300", "400"))
    if size and size[1].count(".") < 2:
        style = style._replace(size=float(size[1]))
    if attribute(text, "display") == "none":
        style = style._replace(hidden=True)
    if colour := attribute(text, "color"):
        style = style._replace(white=colour.lower() == WHITE)
    for properties in (text, paragraph):
        if attribute(properties, "background-color", "transparent").lower() not in PLAIN:
            style = style._replace(ground=True)
    if style.size <= TINY:
        style = style._replace(hidden=True)
    if before := attribute(paragraph, "break-before"):
        style = style._replace(breaks=before == "page")
    if master := attribute(element, "master-page-name"):
        style = style._replace(breaks=bool(master), master=master)
    if level := attribute(element, "default-outline-level"):
        style = style._replace(level=number(level))
    if name := attribute(element, "list-style-name"):
        style = style._replace(list_style=name)
    return style


def _level(element: Element) -> tuple[int, Level]:
    place = max(1, number(attribute(element, "level"), 1)) - 1
    style = NUMBERS.get(attribute(element, "num-format"), "")
    levels = max(1, number(attribute(element, "display-levels"), 1, LEVELS))
    shown = ".".join(f"%{level + 1}" for level in range(max(0, place + 1 - levels), place + 1))
    pattern = f"{attribute(element, 'num-prefix')}{shown}{attribute(element, 'num-suffix')}"
    if whole := attribute(element, "num-list-format"):  # which levels of those stand in it, too
        pattern = WHOLE.sub(r"%\1", whole)
    if element.tag == "list-level-style-bullet":
        style = ""
    return place, Level(style, pattern, number(attribute(element, "start-value"), 1))


class Flat:
    """A document that is one piece of XML, as if it were packed: each part is the whole."""

    PARTS = frozenset(("content.xml", "styles.xml", "meta.xml"))

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __contains__(self, name: str) -> bool:
        return name in self.PARTS

    def data(self, name: str) -> bytes:
        return self._data if name in self.PARTS else b""


def unpacked(file: BinaryIO) -> Container | Flat:
    """The parts of a document. Raises Damaged, Encrypted, TooLarge."""
    start = file.read(4)
    file.seek(0)
    return Container(file) if start.startswith(b"PK") else Flat(file.read())


def opened(container: Container | Flat) -> bytes:
    """The content of a document. Raises Encrypted, Damaged."""
    if "encrypted-package" in container:
        raise PASSWORD
    data = container.data("content.xml")
    if not data:
        raise Damaged("document missing")
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<") and _locked(container):
        raise PASSWORD
    return data


def _locked(container: Container | Flat) -> bool:
    for entry in tree(container.data("META-INF/manifest.xml")):
        if attribute(entry, "full-path") == "content.xml":
            return child(entry, "encryption-data") is not None
    return False


def styles_of(container: Container | Flat) -> Styles:
    """The named styles of a document, none where they are damaged."""
    styles = Styles()
    try:
        styles.add(tree(container.data("styles.xml")))
    except Damaged:
        return Styles()
    return styles


def properties(container: Container | Flat) -> dict[str, str]:
    """What the file says of itself, nothing where that is damaged."""
    fields: dict[str, str] = {}
    try:
        meta = child(tree(container.data("meta.xml")), "meta")
    except Damaged:
        return fields
    keywords: list[str] = []
    for element in meta if meta is not None else ():
        text = clean(text_of(element))
        if element.tag == "keyword" and text:
            keywords.append(text)
        elif text and element.tag in META:
            fields[META[element.tag]] = text
        elif text and element.tag == "creator":
            fields.setdefault("author", text)
    if keywords:
        fields["keywords"] = "; ".join(keywords)
    return fields


def heading_level(element: Element, style: Style) -> int:
    """The level of a paragraph that is a heading by its element or its style; 0 for others."""
    if element.tag == "h":
        return max(1, min(6, number(attribute(element, "outline-level"), 1)))
    if style.name == "title":
        return 1
    if match := HEADING.match(style.name):
        return max(1, min(6, int(match[1] or 1)))
    return 0


LISTED: Mapping[int, Level] = {}
"""The levels of a list whose style is not known: bullets."""
