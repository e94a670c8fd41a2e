"""Web pages that Word wrote: lists whose bullets and numbers are typed before each line."""

from __future__ import annotations

import re

from library.extractors.cleanup import NUMBER
from library.extractors.html_tree import Node

CLASS = re.compile(r"\bmsolist(?:paragraph|bullet|number|continue)?", re.I)
LISTED = re.compile(r"mso-list\s*:\s*l\d{1,4}\s+level(\d)", re.I)
IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.I)
GAP = re.compile(r"font\s*:\s*7(?:\.0)?pt", re.I)  # what stands between a bullet and its line
SIGNS = re.compile(r"font-family\s*:\s*[\"']?(?:symbol|wingdings|webdings|courier new)", re.I)
DEEPEST = 6
LONGEST = 12  # signs of a marker


def listed(paragraph: Node) -> tuple[int, str, list[Node | str]] | None:
    """The level and marker of a line of such a list, and what follows them; None for no list."""
    style = paragraph.attributes.get("style", "")
    level = LISTED.search(style)
    if level is None and not CLASS.search(paragraph.attributes.get("class", "")):
        return None
    cut = _cut(paragraph.children)
    if cut is None:
        return None
    words, rest = cut
    depth = min(DEEPEST, max(1, int(level[1]))) if level else 1
    return depth, words if NUMBER.match(f"{words} x") or words[:1].isdigit() else "", rest


def _cut(children: list[Node | str]) -> tuple[str, list[Node | str]] | None:
    """The marker that stands first in a line, and the line without it."""
    before = ""
    for place, child in enumerate(children):
        if isinstance(child, str):
            before += child
            if len(before.split()) > 1 or len(before.strip()) > LONGEST:
                return None
            continue
        style = child.attributes.get("style", "")
        text = " ".join(child.text().split())
        if before.strip():  # `1.<span style='font:7.0pt "Times New Roman"'>   </span>`
            gap = GAP.search(style) and not text
            return (before.strip(), children[place + 1 :]) if gap else None
        if (
            IGNORED.search(style)
            or (SIGNS.search(style) and len(text) <= 2 and not text.isalnum())
            or (SIGNS.search(style) and text == "o")
        ):
            return text[:LONGEST], children[place + 1 :]
        if not text:
            continue
        inner = _cut(child.children)
        if inner is None:
            return None
        if any(isinstance(one, Node) or one.strip() for one in inner[1]):
            rest = Node(child.tag, dict(child.attributes), inner[1])
            return inner[0], [rest, *children[place + 1 :]]
        return inner[0], children[place + 1 :]
    return None
