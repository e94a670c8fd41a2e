"""PowerPoint presentations (PPTX): a slide is a page, the speaker's notes after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from library.core.errors import Damaged
from library.core.messages import Message, listed
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.container import Container
from library.extractors.enclosed import display_name
from library.extractors.list_numbers import shown
from library.extractors.mathematics import of_office, said
from library.extractors.notes import REMARK
from library.extractors.ooxml import properties, related, relations
from library.extractors.ooxml_parts import Parts, letters
from library.extractors.pictured import FEW
from library.extractors.slides import Rest, arranged, delivered
from library.extractors.tables import table_of
from library.extractors.xml_tree import attribute, child, number, text_of, tree

READER = "pptx"
MAIN = "ppt/presentation.xml"
TITLES = frozenset(("title", "ctrTitle"))
MARGINS = frozenset(("dt", "ftr", "hdr", "sldNum", "sldImg"))
LISTS = frozenset(("body", "obj", ""))
NUMBERS = {"alpha": "letter", "roman": "roman", "arabi": "decimal"}
WIDE, HIGH = 9_144_000, 6_858_000  # EMU of a slide, where nothing is said
NAMED = 20  # slides
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
    rest = Rest()
    yield from delivered(fields, _slides(container, main, parts, rest), READER, limits, rest)


def _slides(
    container: Container, main: str, parts: Mapping[str, tuple[str, str]], rest: Rest
) -> Iterator[list[Block]]:
    root = tree(container.data(main))
    order, size = child(root, "sldIdLst"), child(root, "sldSz")
    area = number(attribute(size, "cx"), WIDE) * number(attribute(size, "cy"), HIGH)
    scans: list[str] = []
    place = 0
    for entry in order if order is not None else ():
        kind, part = parts.get(attribute(entry, "id"), ("", ""))
        if kind == "slide":
            place += 1
            slide, scanned = _slide(container, part, rest, area)
            scans += [str(place)] if scanned else []
            yield slide
    if scans:
        rest.unread.append(Message("unread drawn pages", {"names": listed(scans, NAMED)}))


def _slide(container: Container, part: str, rest: Rest, area: int) -> tuple[list[Block], bool]:
    """The blocks of one slide; none where it is damaged, so that the others keep their number.
    And whether it is mostly a picture of words.
    """
    try:
        root = tree(container.data(part))
        parts = Parts(container, relations(container, part), _nothing, unread=rest.unread)
        shapes = child(root, "cSld", "spTree")
        blocks = list(_shapes(shapes, parts)) if shapes is not None else []
        notes = [*_notes(container, parts.part("notesSlide")), *_remarks(parts)]
    except Damaged:
        rest.unread.append(Message("unread slide", {"name": display_name(part)}))
        return [], False
    if attribute(root, "show", "1").lower() in ("0", "false"):
        rest.hidden += 1
        return [], False
    known = {file.name for file in rest.enclosed}
    rest.enclosed += [file for file in parts.files() if file.name not in known]
    few = letters(blocks) <= FEW
    pictures = root.iter("pic") if few else ()
    return arranged(blocks, notes), any(parts.scans(pictures, area))


def _nothing(container: Container, depth: int) -> Sequence[Block | None]:
    """What a document within a slide says: slides have no chunks."""
    return ()


def _remarks(parts: Parts) -> Iterator[Block]:
    """What was remarked on a slide: one part of the older kind, or several of the newer."""
    for kind, name in parts.related.values():
        if kind != "comments":
            continue
        for element in tree(parts.container.data(name)).iter():
            if element.tag == "cm":
                comment = child(element, "text")
                texts = (
                    [text_of(comment)] if comment is not None else [_said(child(element, "txBody"))]
                )
                texts += [_said(child(reply, "txBody")) for reply in element.iter("reply")]
                for text in filter(None, map(clean, texts)):
                    yield Block("note", text, marker=REMARK)


def _said(body: Element | None) -> str:
    return " ".join(_words(body)).strip() if body is not None else ""


def _notes(container: Container, part: str) -> Iterator[Block]:
    shapes = child(tree(container.data(part)), "cSld", "spTree") if part else None
    for shape in shapes if shapes is not None else ():
        if _placeholder(shape) == "body":
            for block in _text(child(shape, "txBody"), listed=False):
                yield replace(block, kind="quote", level=0, marker="")


def _shapes(parent: Element, parts: Parts) -> Iterator[Block]:
    for shape in parent:
        if _is_hidden(shape):
            continue
        if shape.tag == "sp":
            yield from _shape(shape)
        elif shape.tag == "grpSp":
            yield from _shapes(shape, parts)
        elif shape.tag == "AlternateContent":
            choices = [list(_shapes(part, parts)) for part in shape]
            yield from next(filter(None, choices), [])
        elif shape.tag == "graphicFrame":
            yield from _graphic(shape, parts)
        elif shape.tag == "pic":
            yield from parts.within(shape)


def _is_hidden(shape: Element) -> bool:
    """Whether a shape was switched off in the list of all that is on a slide."""
    own = next((child(part, "cNvPr") for part in shape if part.tag.startswith("nv")), None)
    return attribute(own, "hidden").lower() in ("1", "true")


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
    for element in shape:
        if element.tag in ("nvSpPr", "nvGraphicFramePr"):
            place = child(element, "nvPr", "ph")
            return "none" if place is None else attribute(place, "type")
    return "none"


def _text(body: Element | None, *, listed: bool) -> Iterator[Block]:
    """Paragraphs of a shape; in a place for content they are items of a list."""
    counts: dict[int, int] = {}
    paragraphs = (
        [paragraph for paragraph in body if paragraph.tag == "p"] if body is not None else []
    )
    several = sum(bool(text_of(paragraph)) for paragraph in paragraphs) > 1
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
    for deeper in [depth for depth in counts if depth > level]:
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
    for element in paragraph:
        if element.tag == "t":
            yield element.text or ""
        elif element.tag in SPACES:
            yield " "
        elif element.tag == "oMath":
            yield f" {said(of_office(element))} "
        elif element.tag == "AlternateContent":  # the same in several ways
            choices = ("".join(_signs(choice)) for choice in element)
            yield next(filter(str.strip, choices), "")
        else:
            yield from _signs(element)


def _language(element: Element) -> str:
    """The language that all runs below an element are marked with."""
    languages = {attribute(run, "lang") for run in element.iter("rPr")}
    return languages.pop() if len(languages) == 1 else ""


def _graphic(frame: Element, parts: Parts) -> Iterator[Block]:
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
    yield from parts.within(frame)
