"""Texts of other systems as plain words: HTML without its markup, files as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from library.core.errors import Damaged, TooLarge
from library.extractors.html_tree import Node, parse

LARGEST = 200_000_000  # bytes of one file of records
_SKIPPED = {"script", "style", "iframe", "template"}
_BREAKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote"}
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]*+>|&[#A-Za-z][A-Za-z0-9]{1,30};")


def words(html: str) -> str:
    """A text without markup; one that has none stays as it is."""
    if not _MARKUP.search(html):
        return html
    return " ".join("".join(_said(parse(html))).split())


def links(html: str) -> list[tuple[str, str]]:
    """The addresses a text leads to, with their titles."""
    return [
        (address.strip(), node.attributes.get("title", ""))
        for node in parse(html).elements()
        for name in ("href", "src", "data")
        if (address := node.attributes.get(name))
    ]


def _said(node: Node) -> Iterator[str]:
    if node.tag in _SKIPPED:
        return
    if node.tag in _BREAKS:
        yield "\n"
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _said(child)


def text_of(file: Path) -> str:
    """A file as text: UTF-8, or else as Windows wrote it. Raises TooLarge, Damaged."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLarge("archive too large", file=file.name, megabytes=LARGEST // 1_000_000)
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(start):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise Damaged("archive no text", file=file.name) from None
        return content.decode("cp1252", "replace")


__all__ = ["LARGEST", "links", "text_of", "words"]
