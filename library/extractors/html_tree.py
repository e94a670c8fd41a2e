"""HTML as a tree, however badly it is written; nothing is looked up, loaded or run.

Lexbor reads it by the algorithm of the HTML Standard, as browsers do. The standard throws away what
a browser was not given the end of, and a few kinds of nesting make it slow: both are mended in the
text before it is read (`html_repair`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from library.extractors.html_names import BLOCKS
from library.extractors.html_repair import repaired

DEEPEST = 200  # deeper elements become children of one at this depth
MOST = 400_000  # elements of one document; of what comes after, the words are kept
FRAMES = 2  # pages within pages
SHADOW = "shadowrootmode"  # a template that is drawn in place, as pages saved whole have them


@dataclass(slots=True, eq=False)
class Node:
    """An element; `children` are elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> Iterator[Node]:
        """This element and all below it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def find(self, *tags: str) -> Iterator[Node]:
        return (node for node in self.elements() if node.tag in tags)

    def text(self) -> str:
        """All characters in it, as written."""
        return "".join(
            child if isinstance(child, str) else _apart(child) for child in self.children
        )


def parse(text: str, *, scripts: bool = True) -> Node:
    """The document as a tree under a root of tag "" .

    What is opened and never closed is text. Comments are left out, and so is what a template
    holds, unless it is drawn in place. A page that stands within another (srcdoc) is part of it.
    What is there for those without scripts is left out but for pictures, which come late with
    them; without `scripts` it is read.
    """
    root = Node("")
    _fill(root, text, scripts=scripts)
    return root


def _fill(root: Node, text: str, nested: int = 0, *, scripts: bool = True) -> None:
    # A str would be encoded strictly; half a pair of surrogates is no reason to fail.
    data = repaired(text).encode("utf-8", "replace")
    # With scripts, so that <noscript> is one text: what is in it cannot get out of it.
    parser = LexborHTMLParser(data, options=LexborDocumentOptions.WO_EVENTS, scripting=True)
    top = parser.root
    count = 0
    # Pairs of a node and the element its copy goes under, with the depth of that; last is next.
    waiting: list[tuple[LexborNode, Node, int]] = [(top, root, 0)] if top is not None else []
    while waiting:
        source, parent, depth = waiting.pop()
        if source.next is not None and source is not top:
            waiting.append((source.next, parent, depth))
        if source.is_text_node:
            parent.children.append(source.text_content or "")
            continue
        if not source.is_element_node:
            continue
        count += 1
        tag = source.tag or ""
        node = parent
        if count <= MOST:
            node = Node(tag, {name: value or "" for name, value in source.attributes.items()})
            parent.children.append(node)
        inside, below = (node, depth + 1) if depth < DEEPEST else (parent, depth)
        first = source.child
        if tag == "noframes" and first is not None:
            if nested < FRAMES:  # it is to be HTML where frames are not
                _fill(inside, first.text_content or "", nested + 1)
            continue
        if tag == "noscript" and first is not None and node is not parent:
            late = first.text_content or ""
            if nested < FRAMES and (not scripts or "<img" in late.lower()):
                node.tag = "div"
                _fill(node, late, nested + 1)
                if scripts:
                    node.children = list(node.find("img"))
            continue
        if tag == "iframe" and node is not parent and nested < FRAMES:
            inner = node.attributes.pop("srcdoc", "")
            if inner:
                node.tag = "div"
                _fill(inside, inner, nested + 1)
                continue
        if tag == "template" and SHADOW in source.attributes:
            node.tag = "div"
            fragments = source.template_fragments()
            first = fragments[0].child if fragments else None
        if first is not None:
            waiting.append((first, inside, below))


def _apart(node: Node) -> str:
    inner = node.text()
    return f" {inner} " if node.tag in BLOCKS or node.tag == "br" else inner
