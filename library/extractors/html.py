"""Web pages: what they say of themselves, and the blocks of their main part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from library.core.errors import Empty
from library.core.resource import Block, Page, Said
from library.extractors import Limits
from library.extractors.cleanup import clean
from library.extractors.encodings import decode
from library.extractors.html_blocks import blocks_of
from library.extractors.html_main import main_part
from library.extractors.html_tree import Node, parse
from library.extractors.pages import outline_of, pages_of

READER = "html"
TITLE_OF = ("svg", "template")  # whose <title> is their own
DECLARED = re.compile(rb"<meta[^<>]+?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_.:-]{2,40})", re.I)
PROLOGUE = re.compile(rb"<\?xml[^<>]+?encoding\s*+=\s*+[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
# The names of <meta> elements and what they mean here, best first.
META: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("author", ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")),
    (
        "date",
        (
            *("citation_publication_date", "dcterms.issued", "dc.date.issued", "dcterms.date"),
            *("dc.date", "article:published_time", "date", "publish-date", "datepublished"),
        ),
    ),
    ("modified", ("dcterms.modified", "article:modified_time", "last-modified", "revised")),
    ("description", ("description", "dcterms.description", "dc.description", "og:description")),
    ("keywords", ("keywords", "dc.subject", "dcterms.subject", "news_keywords")),
    ("publisher", ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")),
    ("rights", ("dcterms.license", "dc.rights", "dcterms.rights", "copyright")),
    ("heading", ("citation_title", "dc.title", "dcterms.title", "og:title")),
    ("creator", ("generator",)),
)


def read(file: BinaryIO, limits: Limits) -> Iterator[Said | Page]:
    """What a web page says of itself, then its text in pages of our own cutting. Raises Empty."""
    data = file.read()
    root = _tree(data)
    fields = _fields(root)
    framed = any(frame.attributes.get("src") for frame in root.find("frame", "iframe"))
    pages = pages_of(blocks_of(main_part(root), fields.get("language", "")), READER, limits)
    if not pages:  # it is made by its scripts, but for what it says without them
        without = main_part(_tree(data, scripts=False))
        pages = pages_of(blocks_of(without, fields.get("language", "")), READER, limits)
    if not pages:
        raise Empty("only frames" if framed else "no text in a web page")
    yield Said(fields, outline_of(pages)[: limits.outline], pages.total)
    yield from pages


def blocks_in(data: bytes, encoding: str = "") -> list[Block]:
    """The blocks of the main part of a page that came with something else."""
    root = _tree(data, encoding)
    return list(blocks_of(main_part(root), _fields(root).get("language", "")))


def fields_in(data: bytes, encoding: str = "") -> dict[str, str]:
    """What such a page says of itself."""
    return _fields(_tree(data, encoding))


def _tree(data: bytes, encoding: str = "", *, scripts: bool = True) -> Node:
    encoding = encoding or as_declared(DECLARED, data[:4096]) or as_declared(PROLOGUE, data[:200])
    return parse(decode(data, encoding), scripts=scripts)


def as_declared(pattern: re.Pattern[bytes], head: bytes) -> str:
    """The encoding that the head of a file names by a pattern; "" where it does not."""
    declared = pattern.search(head)
    return declared[1].decode("ascii") if declared else ""


def _title(root: Node) -> str:
    """The title of a page; those of drawings in it are theirs."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "title" and (text := clean(" ".join(node.text().split()))):
            return text
        inner = [child for child in node.children if isinstance(child, Node)]
        waiting += [child for child in reversed(inner) if child.tag not in TITLE_OF]
    return ""


def _fields(root: Node) -> dict[str, str]:
    fields: dict[str, str] = {}
    fields["title"] = _title(root)
    html = next(root.find("html"), None)
    attributes = html.attributes if html else {}
    fields["language"] = attributes.get("lang") or attributes.get("xml:lang", "")
    meta = _meta(root)
    for name, sources in META:
        fields[name] = next((meta[source] for source in sources if meta.get(source)), "")
    if not fields["language"]:
        languages = (
            meta.get(name, "") for name in ("dc.language", "dcterms.language", "og:locale")
        )
        fields["language"] = next(filter(None, languages), "").replace("_", "-")
    for link in root.find("link"):
        for relation, name in (("canonical", "url"), ("license", "rights")):
            if link.attributes.get("rel", "").lower() == relation and not fields.get(name):
                fields[name] = link.attributes.get("href", "").strip()
    return {name: value[:2_000] for name, value in fields.items() if value}


def _meta(root: Node) -> dict[str, str]:
    """The contents of <meta> elements by name; several of one name are joined."""
    fields: dict[str, str] = {}
    for meta in root.find("meta"):
        attributes = meta.attributes
        name = (
            attributes.get("name") or attributes.get("property") or attributes.get("itemprop", "")
        )
        content = clean(" ".join(attributes.get("content", "").split()))
        if name and content:
            name = name.lower()
            fields[name] = f"{fields[name]}; {content}" if name in fields else content
    return fields
