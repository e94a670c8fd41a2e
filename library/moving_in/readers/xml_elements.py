"""XML of other systems, an element at a time: no document types, no entities, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from library.core.errors import Damaged, TooLarge

DEEPEST = 100
MOST = 20_000_000  # elements of a file


def elements(file: Path, *names: str) -> Iterator[Element]:
    """Each element of these names as it ends, whole, and then forgotten. Names are `{space}name`.

    Raises Damaged, TooLarge; what came whole before is yielded.
    """
    depth = count = held = 0
    above: list[Element] = []
    try:
        with file.open("rb") as stream:
            source: Any = iterparse(stream, events=("start", "end"), forbid_dtd=True)
            for event, element in source:
                if event == "start":
                    depth, count = depth + 1, count + 1
                    if depth > DEEPEST:
                        raise Damaged("nested")
                    if count > MOST:
                        raise TooLarge("xml too many pieces")
                    held += element.tag in names
                    above.append(element)
                    continue
                depth -= 1
                above.pop()
                if element.tag in names:
                    held -= 1
                    if held == 0:
                        yield element
                if held == 0:  # nobody is waiting for it
                    element.clear()
                    if above and len(above[-1]) > 1000:
                        above[-1].clear()
    except DefusedXmlException as error:
        raise Damaged("xml entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Damaged("xml damaged") from error


def text_of(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
