"""What a made file is to give: words that are found, words that are not, lines that are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

from library.core.errors import InputError
from library.core.formats import FORMATS
from library.core.resource import Page, Said
from library.extractors import Limits, load
from library.extractors.media_types import media_type_of

HELD = 3  # of so many variants of a kind the last was looked at only when all was mended


@dataclass(frozen=True, slots=True)
class Case:
    """One file. Words are looked for with one space between them, as pages are searched."""

    name: str
    data: bytes
    there: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    said: tuple[str, ...] | None = None  # codes of lines on parts not read; None: not asked
    refused: str = ""  # the code of an error that is clear about it
    blocks: Mapping[str, str] = field(default_factory=dict)  # text → kind of block
    fields: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()  # words that follow one another so
    labels: tuple[str, ...] = ()  # of pages


def faults(case: Case) -> list[str]:
    """What of a file is read otherwise than it should be, by either of its readers."""
    try:
        media_type = media_type_of(BytesIO(case.data), case.name)
    except InputError as error:
        return [] if error.message.code == case.refused else [f"refused: {error.message.code}"]
    row = FORMATS[media_type]
    found: list[str] = []
    for reader in filter(None, (row.words, row.layout)):
        found += [f"{reader.rpartition('.')[2]}: {fault}" for fault in _of(reader, case)]
    return found


def _of(reader: str, case: Case) -> list[str]:
    said, pages = Said(), list[Page]()
    try:
        for item in load(reader)(BytesIO(case.data), Limits()):
            if isinstance(item, Said):
                said = item
            else:
                pages.append(item)
    except InputError as error:
        return [] if error.message.code == case.refused else [f"refused: {error.message.code}"]
    text = " ".join(" ".join(page.text for page in pages).split())
    found = [f"lost {words!r}" for words in case.there if words not in text]
    found += [f"found {words!r}" for words in case.gone if words in text]
    codes = tuple(line.code for line in said.unread)
    if case.said is not None and codes != case.said:
        found.append(f"said {codes}")
    if case.refused:
        found.append("was not refused")
    blocks = {block.text: block.kind for page in pages for block in page.blocks}
    if reader.endswith("pdf_words:read"):
        blocks = dict(case.blocks)
    found += [
        f"{kind} {words!r} is {blocks.get(words)}"
        for words, kind in case.blocks.items()
        if blocks.get(words) != kind
    ]
    found += [
        f"{name} {said.fields.get(name)!r}"
        for name, value in case.fields.items()
        if said.fields.get(name, "") != value
    ]
    places = [text.find(words) for words in case.order]
    if any(first >= second or first < 0 for first, second in pairwise(places)):
        found.append(f"order {places}")
    labels = tuple(page.label for page in pages)
    if case.labels and labels != case.labels:
        found.append(f"labels {labels}")
    return found
