"""Records in Dublin Core as OAI-PMH servers give them: harvested, or saved as files in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from library.moving_in.readers.plain import words
from library.moving_in.readers.xml_elements import elements, text_of
from library.moving_in.record import Builder, Record, Unread
from library.moving_in.web_addresses import way_of

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
FIELDS = {
    "title": "title", "creator": "creator", "contributor": "contributor", "subject": "subject",
    "description": "abstract", "publisher": "publisher", "date": "date", "type": "type",
    "language": "language", "coverage": "place", "rights": "rights",
}  # fmt: skip
DOCUMENT = re.compile(r"\.(pdf|docx?|odt|epub|pptx?)$", re.IGNORECASE)
_KINDS = re.compile(r"^info:eu-repo/semantics/")


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    pages = sorted(index.glob("*.xml")) if index.is_dir() else [index]
    number = 0
    for page in pages:
        for element in elements(page, OAI + "record"):
            header = element.find(OAI + "header")
            if header is None or header.get("status") == "deleted":
                continue
            number += 1
            yield _record(number, header, element)


def _record(number: int, header: Element, element: Element) -> Record:
    made = Builder(number)
    made.identify("oai", text_of(header.find(OAI + "identifier")))
    for part in header.findall(OAI + "setSpec"):
        made.add("setSpec", text_of(part))
    for value in element.iter():
        if not value.tag.startswith(DC):
            continue
        name, text = value.tag[len(DC) :], words(text_of(value))
        ours = FIELDS.get(name, "")
        if name == "date" and made.has("date"):
            ours = ""
        if name == "type":
            text = _KINDS.sub("", text)
        made.add(name, text, ours)
        if name in ("identifier", "relation", "source") and text.startswith(
            ("http://", "https://")
        ):
            if DOCUMENT.search(way_of(text)):
                made.attach(text)
            elif name == "identifier":
                made.identify("url", text)
                made.mean("url", text)
    return made.record()
