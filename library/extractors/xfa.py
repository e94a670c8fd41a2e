"""Forms that a PDF program lays out itself (XFA): their words, and what was filled in.

The template (XFA 3.3, part 2, chapter 2) says what stands in the form, the data what was filled in;
they are joined by names, as its chapter 4 has it, as far as a reader needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from library.core.resource import Block
from library.extractors.cleanup import clean
from library.extractors.xml_tree import attribute, child, text_of, tree

PLACES = ("subform", "subformSet", "area", "exclGroup")
UNSEEN = ("hidden", "invisible", "inactive")
MOST = 20_000  # blocks of one form
REPEATED = 200  # times that a part may be filled in
STEP = re.compile(r"^(?:\$(?:record|data)?|\w[\w-]{0,80})")


@dataclass(slots=True)
class Form:
    """What a form says, block by block."""

    found: list[Block] = field(default_factory=list)

    def say(self, text: str) -> None:
        line = clean(" ".join(text.split()))
        if line and len(self.found) < MOST:
            self.found.append(Block("paragraph", line[:20_000]))

    def read(self, place: Element, data: Element | None) -> None:
        """The parts of a place in order; `data` is what was filled in there."""
        for part in place:
            if attribute(part, "presence") in UNSEEN or len(self.found) >= MOST:
                continue
            if part.tag == "draw":
                for line in _lines(child(part, "value")):
                    self.say(line)
            elif part.tag == "field":
                self._field(part, data)
            elif part.tag in PLACES:
                if part.tag == "exclGroup":
                    self._line(part, _value(part, data))
                for filled in _scopes(part, data):
                    self.read(part, filled)

    def _field(self, field: Element, data: Element | None) -> None:
        shown = child(field, "ui")
        if shown is not None and any(child(shown, name) is not None for name in NOT_SAID):
            return
        ticked = child(shown, "checkButton") is not None
        value = _value(field, data)
        if ticked:
            value = "✓" if value and value == _on(field) else ""
        self._line(field, value)

    def _line(self, field: Element, value: str) -> None:
        caption = clean(" ".join(_lines(child(field, "caption", "value"))))
        parted = caption and value and not caption.endswith((":", "?", "？", "："))
        self.say(f"{caption}{':' if parted else ''} {value}")


NOT_SAID = ("button", "passwordEdit", "signature", "barcode", "imageEdit")


def blocks_in(data: bytes) -> list[Block]:
    """The blocks of a form, from all of its packets. Raises Damaged, TooLarge."""
    root = tree(data)
    template = next(root.iter("template"), None)
    filled = child(next(root.iter("datasets"), None), "data")
    form = Form()
    if template is not None:
        form.read(template, filled)
    return form.found


def _scopes(place: Element, data: Element | None) -> Iterator[Element | None]:
    """What was filled in at a place: once, or as often as the part was added."""
    name = attribute(place, "name")
    bound = child(place, "bind")
    if data is None or not name or attribute(bound, "match") == "none":
        yield data
        return
    parts = _path(attribute(bound, "ref")) or (name,)
    nodes = _along(data, parts)
    yield from nodes[:REPEATED] or [data]


def _value(field: Element, data: Element | None) -> str:
    """What was filled in, else what the form begins with."""
    bound = child(field, "bind")
    parts = _path(attribute(bound, "ref")) or (attribute(field, "name"),)
    if data is not None and attribute(bound, "match") != "none" and parts[0]:
        for node in _along(data, parts):
            if text := text_of(node):
                return text
    return " ".join(_lines(child(field, "value")))


def _on(field: Element) -> str:
    """The value of a box that is ticked: the first of its items, 1 where there are none."""
    return text_of(next(iter(child(field, "items") or ()), None)) or "1"


def _path(reference: str) -> tuple[str, ...]:
    """The names of a path such as $.person.name[*]; () for what is no plain path."""
    steps = [step.partition("[")[0] for step in reference[:500].split(".")]
    if steps and steps[0] in ("$", "$record", "$data"):
        steps = steps[1:]
    return tuple(steps) if steps and all(step and STEP.fullmatch(step) for step in steps) else ()


def _along(data: Element, parts: tuple[str, ...]) -> list[Element]:
    nodes = [data]
    for name in parts:
        nodes = [node for parent in nodes[:REPEATED] for node in parent if node.tag == name]
    return nodes


def _lines(value: Element | None) -> list[str]:
    """The paragraphs of a value, plain or in XHTML."""
    if value is None:
        return []
    rich = child(value, "exData")
    if rich is not None:
        lines = [text_of(paragraph) for paragraph in rich.iter("p")]
        return [line for line in lines if line] or [text_of(rich)]
    return [
        text_of(part) for part in value if part.tag not in ("image", "line", "rectangle", "arc")
    ]
