"""PowerPoint presentations (PPTX): a slide is a page, the speaker's notes after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from library.core.errors import Damaged
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.list_numbers import shown
from library.extractors.ooxml import properties, related, relations
from library.extractors.slides import arranged, delivered
from library.extractors.tables import table_of
from library.extractors.xml_tree import attribute, child, number, text_of, tree

READER = "pptx"
MAIN = "ppt/presentation.xml"
TITLES = frozenset(("title", "ctrTitle"))
MARGINS = frozenset(("dt", "ftr", "hdr", "sldNum", "sldImg"))
LISTS = frozenset(("body", "obj", ""))
NUMBERS = {"alpha": "letter", "roman": "roman", "arabi": "decimal"}
SPACES = frozenset(("br", "tab"))


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a presentation says of itself, then its slides. Raises Damaged, Encrypted, Empty."""
    container = Container(file)
    main = related(relations(container, ""), "officeDocument", MAIN)
    if main not in container:
        raise Damaged("document missing")
    parts = relations(container, main)
    try:
        fields = properties(container)
    except Damaged:
        fields = {}
    yield from delivered(fields, _slides(container, main, parts), READER, limits)


def _slides(
    container: Container, main: str, parts: Mapping[str, tuple[str, str]]
) -> Iterator[list[Block]]:
    order = child(tree(container.data(main)), "sldIdLst")
    for entry in order if order is not None else ():
        kind, part = parts.get(attribute(entry, "id"), ("", ""))
        if kind == "slide":
            yield _slide(container, part)


def _slide(container: Container, part: str) -> list[Block]:
    """The blocks of one slide; none where it is damaged, so that the others keep their number."""
    try:
        root = tree(container.data(part))
        parts = relations(container, part)
        shapes = child(root, "cSld", "spTree")
        blocks = list(_shapes(shapes, container, parts)) if shapes is not None else []
        return arranged(blocks, _notes(container, related(parts, "notesSlide")))
    except Damaged:
        return []


def _notes(container: Container, part: str) -> Iterator[Block]:
    shapes = child(tree(container.data(part)), "cSld", "spTree") if part else None
    for shape in shapes if shapes is not None else ():
        if _placeholder(shape) == "body":
            for block in _text(child(shape, "txBody"), listed=False):
                yield replace(block, kind="quote", level=0, marker="")


def _shapes(
    parent: Element, container: Container, parts: Mapping[str, tuple[str, str]]
) -> Iterator[Block]:
    for shape in parent:
        if shape.tag == "sp":
            yield from _shape(shape)
        elif shape.tag == "grpSp":
            yield from _shapes(shape, container, parts)
        elif shape.tag == "AlternateContent":
            choices = [list(_shapes(one, container, parts)) for one in shape]
            yield from next(filter(None, choices), [])
        elif shape.tag == "graphicFrame":
            yield from _graphic(shape, container, parts)


def _shape(shape: Element) -> Iterator[Block]:
    kind = _placeholder(shape)
    body = child(shape, "txBody")
    if kind in MARGINS or body is None:
        return
    if kind in TITLES:
        if text := clean(" ".join(_words(body))):
            yield Block("heading", text, level=1, language=_language(body))
        return
    yield from _text(body, listed=kind in LISTS)


def _placeholder(shape: Element) -> str:
    """What a shape stands for in its layout: "" for content, "none" for a box of its own."""
    for said in shape:
        if said.tag in ("nvSpPr", "nvGraphicFramePr"):
            place = child(said, "nvPr", "ph")
            return "none" if place is None else attribute(place, "type")
    return "none"


def _text(body: Element | None, *, listed: bool) -> Iterator[Block]:
    """Paragraphs of a shape; in a place for content they are items of a list."""
    counts: dict[int, int] = {}
    paragraphs = [one for one in body if one.tag == "p"] if body is not None else []
    several = sum(bool(text_of(one)) for one in paragraphs) > 1
    for paragraph in paragraphs:
        text = clean(" ".join("".join(_signs(paragraph)).split()))
        if not text:
            continue
        properties = child(paragraph, "pPr")
        level = max(0, min(5, number(attribute(properties, "lvl"))))
        language = _language(paragraph)
        numbered = child(properties, "buAutoNum")
        bullet = child(properties, "buChar") is not None or numbered is not None
        plain = child(properties, "buNone") is not None
        if not bullet and (plain or not listed or not several):
            yield Block("paragraph", text, language=language)
            continue
        marker = _marker(numbered, level, counts) if numbered is not None else ""
        yield Block("item", text, level + 1, marker, language=language)


def _marker(numbered: Element, level: int, counts: dict[int, int]) -> str:
    start = number(attribute(numbered, "startAt"), 1, 10_000)
    counts[level] = counts.get(level, start - 1) + 1
    for deeper in [one for one in counts if one > level]:
        del counts[deeper]
    kind = attribute(numbered, "type", "arabicPeriod")
    style = NUMBERS.get(kind[:5], "decimal")
    text = shown(counts[level], style.upper() if "Uc" in kind else style)
    if "ParenBoth" in kind:
        return f"({text})"
    return f"{text})" if "ParenR" in kind else f"{text}."


def _words(body: Element) -> Iterator[str]:
    for paragraph in body:
        if paragraph.tag == "p":
            yield " ".join("".join(_signs(paragraph)).split())


def _signs(paragraph: Element) -> Iterator[str]:
    for one in paragraph.iter():
        if one.tag == "t":
            yield one.text or ""
        elif one.tag in SPACES:
            yield " "


def _language(element: Element) -> str:
    """The language that all runs below an element are marked with."""
    found = {attribute(one, "lang") for one in element.iter("rPr")}
    return found.pop() if len(found) == 1 else ""


def _graphic(
    frame: Element, container: Container, parts: Mapping[str, tuple[str, str]]
) -> Iterator[Block]:
    for table in frame.iter("tbl"):
        rows = [
            [clean(" ".join(" ".join(map(text_of, cell.iter("p"))).split())) for cell in row]
            for row in table
            if row.tag == "tr"
        ]
        if block := table_of(rows):
            yield block
        else:
            yield from (Block("paragraph", cell) for row in rows for cell in row if cell)
    for drawing in frame.iter("relIds"):
        _, part = parts.get(attribute(drawing, "dm"), ("", ""))
        for point in tree(container.data(part)).iter("pt") if part else ():
            if text := clean(text_of(child(point, "t"))):
                yield Block("item", text, level=1)
