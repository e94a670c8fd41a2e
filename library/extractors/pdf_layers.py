"""Layers of a PDF that are switched off as it is opened (ISO 32000-2, 8.11): nobody sees them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSException, PSLiteral
from pdfminer.utils import decode_text

MOST = 2_000  # layers of a document
DEEPEST = 6  # of an expression


class Layers:
    """Which layers of a document are off, by the numbers of their objects."""

    def __init__(self, catalog: dict[str, Any]) -> None:
        self.names: dict[int, str] = {}  # of those that are off
        properties = resolve1(catalog.get("OCProperties"))
        first = resolve1(properties.get("D")) if isinstance(properties, dict) else None
        if not isinstance(properties, dict) or not isinstance(first, dict):
            return
        groups = _references(properties.get("OCGs"))
        off = set(_references(first.get("OFF")))
        if name_of(first.get("BaseState")) == "OFF":
            off |= set(groups) - set(_references(first.get("ON")))
        self.names = {
            group.objid: _name(group)
            for group in _listed(properties.get("OCGs"))
            if group.objid in off
        }

    def hides(self, content: Any) -> str:
        """The name of the layer that hides what belongs to `content`; "" where it is seen.

        content: a reference to a group or to a rule of visibility (8.11.2.2), or such a rule.
        """
        if not self.names or content is None:
            return ""
        if isinstance(content, PDFObjRef) and content.objid in self.names:
            return self.names[content.objid]
        rule = resolve1(content)
        if not isinstance(rule, dict) or name_of(rule.get("Type")) != "OCMD":
            return ""
        if "VE" in rule:
            return "" if self._seen(rule["VE"], 0) else self._any()
        given = rule.get("OCGs")
        members = [given] if _is_group(given) else _listed(given)
        states = [
            group.objid not in self.names for group in members if isinstance(group, PDFObjRef)
        ]
        if not states:
            return ""
        policy = name_of(rule.get("P")) or "AnyOn"
        seen = {
            "AllOn": all(states),
            "AnyOff": not all(states),
            "AllOff": not any(states),
        }.get(policy, any(states))
        hidden = [
            self.names[group.objid]
            for group in members
            if isinstance(group, PDFObjRef) and group.objid in self.names
        ]
        return "" if seen else (hidden[0] if hidden else self._any())

    def _any(self) -> str:
        return next(iter(self.names.values()))

    def _seen(self, expression: Any, depth: int) -> bool:
        if isinstance(expression, PDFObjRef) and _is_group(expression):
            return expression.objid not in self.names
        parts = resolve1(expression)
        if not isinstance(parts, list) or not parts or depth > DEEPEST:
            return True
        states = [self._seen(part, depth + 1) for part in parts[1:100]]
        word = name_of(parts[0])
        if word == "Not":
            return not states[0] if states else True
        return any(states) if word == "Or" else all(states)


def names_off(data: bytes) -> frozenset[str]:
    """The names of the layers of a PDF that are off, but for those that one that is on has too."""
    try:
        catalog = PDFDocument(PDFParser(BytesIO(data))).catalog
        layers = Layers(catalog)
        listed = _listed(resolve1(catalog.get("OCProperties")).get("OCGs")) if layers.names else ()
        on = {_name(group) for group in listed if group.objid not in layers.names}
        return frozenset(layers.names.values()) - on
    except (PDFException, PSException, AttributeError, KeyError, TypeError, ValueError):
        return frozenset()


def _is_group(value: Any) -> bool:
    group = resolve1(value)
    return isinstance(group, dict) and name_of(group.get("Type")) == "OCG"


def _listed(value: Any) -> list[PDFObjRef]:
    values = resolve1(value)
    if not isinstance(values, list):
        return []
    return [value for value in values[:MOST] if isinstance(value, PDFObjRef)]


def _references(value: Any) -> list[int]:
    return [group.objid for group in _listed(value)]


def name_of(value: Any) -> str:
    """What a name object of a PDF says; "" where it is none."""
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _name(group: PDFObjRef) -> str:
    entries = resolve1(group)
    name = resolve1(entries.get("Name")) if isinstance(entries, dict) else None
    text = decode_text(name) if isinstance(name, bytes) else ""
    return " ".join(text.replace("\x00", "").split())[:80] or "without a name"
