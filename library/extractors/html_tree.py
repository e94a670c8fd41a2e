"""HTML as a tree, however badly it is written; nothing is looked up, loaded or run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

DEEPEST = 200  # deeper elements become children of one at this depth
MOST = 400_000  # elements and texts of one document


def names(text: str) -> frozenset[str]:
    """Words as a set."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
# What an opening tag closes when it is still open, up to the nearest of the fences.
CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li", "p"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd", "p"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd", "p"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th", "p"}), frozenset({"table"})),
    "td": (frozenset({"td", "th", "p"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th", "p"}), frozenset({"tr", "table"})),
    "tbody": (frozenset({"thead", "tbody", "tr", "td", "th", "p"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "body": (frozenset({"head", "title", "style"}), frozenset({"html"})),
}
NEVER_ENDING = (("<", ">"), ("<!--", "-->"), ("<![", "]>"))  # what begins, and what ends it
BLOCKS = names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section"
    " summary table tbody td tfoot th thead tr ul"
)
STAYS_OPEN = frozenset({"td", "th", "li", "table", "body", "html"})


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


def parse(text: str) -> Node:
    """The document as a tree under a root of tag "" . What is opened and never closed is text."""
    builder = _Builder()
    builder.feed(_closed(text))
    builder.close()
    return builder.root


def _closed(text: str) -> str:
    """A text in which what looks like a tag or a comment but has no end is written as text.

    The parser of Python looks for the end of each of them once more, up to the end of the text.
    """
    for opening, closing in NEVER_ENDING:
        place = text.rfind(closing) + 1
        text = text[:place] + text[place:].replace(opening, f"&lt;{opening[1:]}")
    return text


def _apart(node: Node) -> str:
    inner = node.text()
    return f" {inner} " if node.tag in BLOCKS or node.tag == "br" else inner


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if self.count > MOST:
            return
        if tag in CLOSES:
            closed, fences = CLOSES[tag]
            self._close_implied(closed, fences)
        elif tag in BLOCKS:
            self._close_implied(frozenset({"p"}), STAYS_OPEN | {"div", "blockquote", "section"})
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A slash means nothing on most elements of HTML, but custom and SVG ones do end there.
        self.handle_starttag(tag, attrs)
        if self.open[-1].tag == tag and (("-" in tag) or tag in ("path", "svg", "use", "iframe")):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return
            if self.open[place].tag in ("td", "th", "table") and tag not in (
                "tr",
                "tbody",
                "thead",
                "table",
                "body",
                "html",
            ):
                return

    def handle_data(self, data: str) -> None:
        self.count += 1
        if self.count <= MOST:
            self.open[-1].children.append(data)

    def _close_implied(self, closed: frozenset[str], fences: frozenset[str]) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            tag = self.open[place].tag
            if tag in fences:
                return
            if tag in closed:
                del self.open[place:]
                self._close_implied(closed, fences)
                return
