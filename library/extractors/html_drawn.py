"""What drawings in a page (SVG) say: the words in them, and what is said of them.

SVG 2, chapters 5 and 11. Words that are kept to be drawn elsewhere are not drawn here.
"""

from __future__ import annotations

from library.extractors.html_names import names
from library.extractors.html_tree import Node
from library.extractors.picture_words import description

KEPT = names(
    "defs symbol clippath mask pattern marker metadata script style title desc filter"
    " lineargradient radialgradient"
)
HIDDEN = ("none", "hidden", "collapse")
MOST = 2_000  # lines of one drawing


def with_words(root: Node) -> None:
    """Put the words of each drawing below an element in place of it; one without goes."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and _is_drawing(child):
                kept += [part] if (part := _put(child)) else []
                continue
            kept.append(child)
            if isinstance(child, Node):
                waiting.append(child)
        node.children = kept


def lines_of(drawing: Node) -> list[Node | str]:
    """Each text of a drawing as a paragraph, and passages of HTML in it as they are."""
    lines: list[Node | str] = []
    waiting: list[Node | str] = list(reversed(drawing.children))
    while waiting and len(lines) < MOST:
        part = waiting.pop()
        if isinstance(part, str) or _tag(part) in KEPT or _is_unseen(part):
            continue
        if _tag(part) == "text":
            if words := " ".join(_words(part).split()):
                lines.append(Node("p", {}, [words]))
        elif _tag(part) == "foreignobject":
            lines += part.children
        else:
            waiting += reversed(part.children)
    return lines


def said_of(drawing: Node) -> str:
    """What somebody says that a drawing shows, where it is meant to be said."""
    parts = [child for child in drawing.children if isinstance(child, Node)]
    told = [" ".join(part.text().split()) for part in parts if _tag(part) in ("title", "desc")]
    pictured = any(_tag(node) == "image" for node in drawing.elements())
    meant = (
        pictured
        or any(_tag(part) == "desc" for part in parts)
        or bool(
            drawing.attributes.get("role") == "img"
            or drawing.attributes.get("aria-labelledby")
            or drawing.attributes.get("aria-label")
        )
    )
    label = drawing.attributes.get("aria-label", "")
    return description(". ".join(filter(None, (*told, label)))) if meant else ""


def _is_drawing(node: Node) -> bool:
    return _tag(node) == "svg"


def _put(drawing: Node) -> Node | None:
    if _is_unseen(drawing):
        return None
    lines = lines_of(drawing)
    words = said_of(drawing)
    if words:
        lines.insert(0, Node("img", {"alt": words}))
    return Node("div" if lines[bool(words) :] else "span", {}, lines) if lines else None


def _is_unseen(node: Node) -> bool:
    attributes = node.attributes
    style = attributes.get("style", "").replace(" ", "").lower()
    return (
        attributes.get("aria-hidden") == "true"
        or "hidden" in attributes
        or attributes.get("display") == "none"
        or attributes.get("visibility") in HIDDEN
        or "display:none" in style
        or "visibility:hidden" in style
    )


def _words(text: Node) -> str:
    """The words of a text; a piece that is placed anew is parted from what was before it."""
    parts = []
    for part in text.children:
        if isinstance(part, str):
            parts.append(part)
        elif _tag(part) not in KEPT and not _is_unseen(part):
            placed = any(name in part.attributes for name in ("x", "y", "dy"))
            parts.append(f" {_words(part)}" if placed else _words(part))
    return "".join(parts)


def _tag(node: Node) -> str:
    return node.tag.rpartition(":")[2].lower()
