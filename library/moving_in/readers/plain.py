"""Texts of other systems as plain words: HTML without its markup, files as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from library.core.errors import Damaged, TooLarge

LARGEST = 200_000_000  # bytes of one file of records
_SKIPPED = {"script", "style", "iframe", "template"}
_BREAKS = {"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote"}
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]*+>|&[#A-Za-z][A-Za-z0-9]{1,30};")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.links: list[tuple[str, str]] = []  # address, what it is called
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipping += tag in _SKIPPED
        if tag in _BREAKS:
            self.said.append("\n")
        values = dict(attrs)
        for name in ("href", "src", "data"):
            if address := values.get(name):
                self.links.append((address.strip(), values.get("title") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED and self._skipping:
            self._skipping -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.said.append(data)


def words(html: str) -> str:
    """A text without markup; one that has none stays as it is."""
    if not _MARKUP.search(html):
        return html
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.said).split())


def links(html: str) -> list[tuple[str, str]]:
    """The addresses a text leads to, with their titles."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    return parser.links


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
