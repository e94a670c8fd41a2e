"""Footnotes of HTML and EPUB: elements that say they are notes, and the numbers that lead to them.

They say so by their role (DPUB-ARIA), by `epub:type`, or by standing in a list of footnotes, as
the programs that turn Markdown into HTML write it.
"""

from __future__ import annotations

import re

from library.extractors.html_names import names
from library.extractors.html_tree import Node

NOTES = names("footnote endnote rearnote note doc-footnote doc-endnote")
LISTS = names("footnotes endnotes rearnotes doc-endnotes footnote-list")
REFERENCES = names("noteref doc-noteref footnote-ref")
MARKER = re.compile(r"^[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?[.:]?(?=\s|$)\s*")
NUMBER = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?")
BACK = re.compile(r"(?:[↩↑⏎^]\ufe0e?|\[?(?:back|return)\]?)$", re.I)
MARKED = "data-marker"  # how Markdown tells the marker of its notes


def is_note(node: Node) -> bool:
    """Whether an element is one note."""
    return bool(_kinds(node) & NOTES) and node.tag != "a"


def are_notes(node: Node) -> bool:
    """Whether an element holds notes, each as an item of a list."""
    return bool(_kinds(node) & LISTS) or bool(_classes(node) & LISTS)


def parted(text: str, marker: str) -> tuple[str, str]:
    """The marker of a note and its text without it, and without the way back to where it is named.

    `marker` is what its place in a list gives it, if anything does.
    """
    text = BACK.sub("", text.rstrip()).rstrip()
    if match := MARKER.match(text):
        return match[1], text[match.end() :]
    return marker.rstrip("."), text


def reference(node: Node) -> str:
    """The marker by which an element names a note; "" if it does not."""
    named = bool(_kinds(node) & REFERENCES or _classes(node) & REFERENCES)
    if not named and node.tag != "sup":
        return ""  # said before its text is looked at: elements stand in each other
    number = NUMBER.fullmatch(node.text().strip())
    if not number:
        return ""
    if named:
        return number[1]
    leads = any(link.attributes.get("href", "").startswith("#") for link in node.find("a"))
    return number[1] if node.tag == "sup" and leads else ""


def _kinds(node: Node) -> set[str]:
    roles = f"{node.attributes.get('role', '')} {node.attributes.get('epub:type', '')}"
    return set(roles.lower().split())


def _classes(node: Node) -> set[str]:
    return set(node.attributes.get("class", "").lower().split())
