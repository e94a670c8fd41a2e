"""XML of office files as a stream of elements, without document types, entities or namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from library.core.errors import Damaged, TooLarge

DEEPEST = 200
MOST = 3_000_000  # elements of one part


def pieces(data: bytes, *path: str) -> Iterator[Element]:
    """Each child of the elements at the end of a path, whole, and then forgotten.

    Mostly there is one such element; of a second, as some programs write when they join files,
    the children follow. Names are local names; the path may begin anywhere. Raises Damaged, after
    what came before, where the XML breaks off before the first has ended or within another; what
    is broken behind them is nobody's.
    """
    parent: Element | None = None
    above: list[str] = []
    level = ended = 0
    source = events(data)
    while True:
        try:
            event, element = next(source)
        except StopIteration:
            return
        except Damaged:
            if ended and parent is None:
                return
            raise
        if event == "start":
            above.append(element.tag)
            if parent is None and tuple(above[-len(path) :]) == path:
                parent, level = element, len(above)
            continue
        above.pop()
        if parent is not None and len(above) == level:
            yield element
            parent.clear()
        elif element is parent:
            parent, ended = None, ended + 1


def tree(data: bytes) -> Element:
    """The whole of a small part; an element named "none" for no data. Raises Damaged."""
    if not data:
        return Element("none")
    root: Element | None = None
    for _, element in events(data):
        root = element if root is None else root
    if root is None:
        raise Damaged("part hollow")
    return root


def events(data: bytes) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements, bounded in depth and number."""
    depth = count = 0
    try:
        source: Any = iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True)
        for event, element in source:
            if event == "start":
                depth += 1
                count += 1
                if depth > DEEPEST:
                    raise Damaged("nested")
                if count > MOST:
                    raise TooLarge("xml too many pieces")
                element.tag = element.tag.rpartition("}")[2]
            else:
                depth -= 1
            yield event, element
    except DefusedXmlException as error:
        raise Damaged("xml entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Damaged("xml damaged") from error


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """An attribute by its local name; one with a namespace goes before one without."""
    if element is None:
        return default
    ending = "}" + name
    for key, value in element.attrib.items():
        if key.endswith(ending):
            return value
    return element.attrib.get(name, default)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((part for part in element if part.tag == name), None)
    return element


def text_of(element: Element | None) -> str:
    """All characters in an element, with its spaces mended."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def number(text: str, default: int = 0, most: int = 10**9) -> int:
    """A whole number as files write it, within bounds."""
    digits = text.strip()
    if not digits.lstrip("-").isdecimal() or len(digits) > 12:
        return default
    return max(-most, min(most, int(digits)))
