"""Word documents (DOCX): paragraphs, headings, lists, tables and notes, in pages of our cutting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element

from library.core.errors import Damaged, InputError
from library.core.messages import Message, listed
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.container import Container
from library.extractors.docx_styles import Sheet, sheet
from library.extractors.docx_text import Body
from library.extractors.enclosed import display_name
from library.extractors.flow import (
    delivered,
    is_short,
    letterhead,
    main_language,
    resumed,
    taken,
    with_bold_headings,
)
from library.extractors.ooxml import properties, related, relations
from library.extractors.ooxml_parts import Parts
from library.extractors.xml_tree import attribute, pieces, tree

READER = "docx"
MAIN = "word/document.xml"
NAMED = 10  # pictures
# What may stand behind the text, so that white letters are seen on it.
BEHIND = (b":anchor", b":pict", b":background", b":AlternateContent")


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a Word document says of itself, then its pages. Raises Damaged, Encrypted, Empty."""
    container = Container(file)
    body, blocks, problem = _read(container, 0)
    fields = _optional(container)
    fields["language"] = fields.get("language") or main_language(blocks)
    parts = body.parts
    unread = list(parts.unread) if parts else []
    if body.scans:
        names = listed([display_name(name) for name in dict.fromkeys(body.scans)], NAMED)
        unread.append(Message("unread drawn pages", {"names": names}))
    files = parts.files() if parts else ()
    yield from delivered(
        fields,
        resumed(blocks, problem),
        READER,
        limits,
        unread,
        enclosed=files,
        opener=Message("a word processor"),
    )


def blocks_in(container: Container, depth: int) -> list[Block | None]:
    """The blocks of a document that stands in another. Raises Damaged."""
    return _read(container, depth)[1]


def _read(container: Container, depth: int) -> tuple[Body, list[Block | None], InputError | None]:
    main = related(relations(container, ""), "officeDocument", MAIN)
    data = container.data(main)
    if not data:
        raise Damaged("document missing")
    parts = relations(container, main)
    body = Body(
        _sheet(container, related(parts, "styles"), related(parts, "numbering")),
        {
            **_notes(container, related(parts, "footnotes"), "footnote"),
            **_notes(container, related(parts, "endnotes"), "endnote"),
            **_notes(container, related(parts, "comments"), "comment"),
        },
        parts=Parts(container, parts, blocks_in, depth),
        white_paper=not any(mark in data for mark in BEHIND),
    )
    blocks, problem = taken(body.blocks(pieces(data, "document", "body")))
    blocks = with_bold_headings(blocks, body.bold)
    return body, [*blocks, *_letterhead(container, parts, body, is_short(blocks))], problem


def _letterhead(
    container: Container, parts: Mapping[str, tuple[str, str]], body: Body, short: bool
) -> Iterator[Block]:
    """What stands in the head and foot of the first page alone; what more pages have runs.

    short: the document has one page.
    """
    for identifier in dict.fromkeys((*body.letterhead, *(body.running if short else ()))):
        name = parts.get(identifier, ("", ""))[1]
        try:
            root = tree(container.data(name)) if name else None
        except Damaged:
            continue
        if root is not None:
            yield from letterhead(Body(body.sheet).blocks(iter(root)))


def _sheet(container: Container, styles: str, numbering: str) -> Sheet:
    """Styles; a document whose styles are damaged is read without."""
    try:
        return sheet(container.data(styles), container.data(numbering))
    except Damaged:
        return Sheet()


def _notes(container: Container, part: str, tag: str) -> dict[str, Element]:
    try:
        root = tree(container.data(part))
    except Damaged:
        return {}
    notes = (note for note in root if note.tag == tag and not attribute(note, "type"))
    return {f"{tag} {attribute(note, 'id')}": note for note in notes}


def _optional(container: Container) -> dict[str, str]:
    """What the file says of itself; nothing where that is damaged."""
    try:
        return properties(container)
    except Damaged:
        return {}
