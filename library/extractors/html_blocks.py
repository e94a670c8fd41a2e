"""Elements of HTML as blocks: headings, paragraphs, list items, tables, quotes and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from library.core.language_tags import primary
from library.core.resource import Block, BlockKind
from library.extractors.cleanup import clean
from library.extractors.html_main import NEVER
from library.extractors.html_names import BLOCKS, names
from library.extractors.html_notes import MARKED, are_notes, is_note, parted, reference
from library.extractors.html_tree import Node
from library.extractors.html_word import listed
from library.extractors.list_numbers import shown
from library.extractors.mathematics import of_mathml, said
from library.extractors.picture_words import description, tells

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu"})
TYPES = {"a": "letter", "A": "LETTER", "i": "roman", "I": "ROMAN"}  # of numbers of lists
TEXTS = names("address blockquote center div dl h1 h2 h3 h4 h5 h6 ol p pre table ul")
LONGEST_HEADING = 300  # characters of several paragraphs that are one heading
SEVERAL = 3  # lines that one heading may be set in
CELLS = 40  # columns of a table at most
ROWS = 10_000  # that a cell may reach down
DEEPEST = 6
PICTURE = "picture"  # the marker of a caption until it is known to be none of an ornament
RULE = re.compile(r"[_=~*.\s-]{3,}")  # a line drawn with signs


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a piece of text stands."""

    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    language: str = ""
    notes: bool = False  # whether its items are notes


def blocks_of(root: Node, language: str = "") -> Iterator[Block]:
    """The blocks below an element, in order; `language` is that of the whole document."""
    main = primary(language)
    descriptions: set[str] = set()  # of pictures
    for block in _walk(root, Place(language=language)):
        if block.kind == "caption":
            if block.text in descriptions:
                continue  # an ornament that comes again, or a legend that says the same
            if block.marker == PICTURE:
                descriptions.add(block.text)
                block = replace(block, marker="")
        same = not block.language or primary(block.language) == main
        yield replace(block, language="" if same else block.language)


def _walk(node: Node, place: Place) -> Iterator[Block]:
    """Runs of inline content become one block each; block elements are entered."""
    place = replace(place, language=node.attributes.get("lang") or place.language)
    inline: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) or not _holds_blocks(child):
            inline.append(child)
            continue
        for block in _text_block(inline, place):
            yield block
            place = _after_first(place)
        inline = []
        for block in _element(child, place):
            yield block
            if block.kind == "item":
                place = _after_first(place)
    yield from _text_block(inline, place)


def _after_first(place: Place) -> Place:
    """A second paragraph of a list item has no marker of its own."""
    return replace(place, kind="paragraph", marker="") if place.kind == "item" else place


def _element(node: Node, place: Place) -> Iterator[Block]:
    tag = node.tag
    language = node.attributes.get("lang") or place.language
    if is_note(node) or (place.notes and tag == "li"):
        marker, text = parted(_inline(node.children), place.marker)
        if text:
            marker = node.attributes.get(MARKED, marker)
            yield Block("note", text, marker=marker, language=language)
        return
    if tag in NEVER or tag == "hr":
        return
    place = replace(place, notes=place.notes or are_notes(node))
    if node.attributes.get("role") == "img" and tag not in LISTS and not node.text().strip():
        yield from _text_block([node], place)
        return
    if tag == "p" and place.kind == "paragraph" and (item := listed(node)):
        level, marker, rest = item
        line = Node("span", dict(node.attributes), rest)
        yield from _walk(line, replace(place, kind="item", level=level, marker=marker))
        return
    if tag in HEADINGS:
        yield from _heading(node, replace(place, language=language))
    elif tag in LISTS:
        yield from _list(node, place)
    elif tag == "table" and (rows := _rows(node)):
        for caption in node.find("caption"):
            if text := _inline(caption.children):
                yield Block("caption", text, language=language)
        yield Block("table", rows=rows, language=language)
    elif tag == "pre":
        text = node.text().strip("\n").expandtabs(4)
        if text.strip():
            yield Block("code", "\n".join(map(str.rstrip, text.split("\n"))), language=language)
    elif tag == "figcaption":
        yield from _walk(node, replace(place, kind="caption", level=0, marker=""))
    elif tag == "blockquote":
        yield from _walk(node, replace(place, kind="quote", level=0, marker=""))
    else:
        yield from _walk(node, place)


def _heading(node: Node, place: Place) -> Iterator[Block]:
    """A heading; where it was left open, what it ran over stands after it in blocks of its own."""
    text = _inline(node.children) or next(_pictures(node.children), "")
    whole = [Block("heading", text, level=HEADINGS[node.tag])]
    if any(inner is not node and inner.tag in TEXTS for inner in node.elements()):
        inside = list(_walk(node, replace(place, kind="paragraph", level=0, marker="")))
        long = sum(map(_length, inside)) > LONGEST_HEADING or any(map(_is_structure, inside))
        split = long or len(inside) > SEVERAL or _begins_bare(node)
        if inside and split and inside[0].kind == "paragraph":
            whole = [replace(inside[0], kind="heading", level=HEADINGS[node.tag]), *inside[1:]]
        elif inside and long:
            whole = inside
    for block in whole:
        if block.text or block.rows:
            yield replace(block, language=block.language or place.language)


def _begins_bare(heading: Node) -> bool:
    """Whether words come before the first element that holds a text of its own."""
    for child in heading.children:
        if isinstance(child, Node) and _holds_blocks(child):
            return child.tag in TEXTS - {"div", "center", "address"}
        if _inline([child]):
            return any(
                isinstance(inner, Node) and inner.tag in ("p", *LISTS) for inner in heading.children
            )
    return False


def _length(block: Block) -> int:
    return len(block.text)


def _is_structure(block: Block) -> bool:
    return block.kind != "paragraph"


def _list(node: Node, place: Place) -> Iterator[Block]:
    level = min(DEEPEST, place.level + 1)
    start = node.attributes.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    style = TYPES.get(node.attributes.get("type", "").strip(), "decimal")
    step = 1
    if "reversed" in node.attributes:
        step = -1
        if "start" not in node.attributes:
            number = sum(isinstance(child, Node) and child.tag == "li" for child in node.children)
    for child in node.children:
        if isinstance(child, str):
            yield from _text_block([child], replace(place, kind="item", level=level, marker=""))
            continue
        if child.tag in LISTS:
            yield from _list(child, replace(place, level=level))
            continue
        own = child.attributes.get("value", "").strip()
        number = int(own) if own.isdecimal() and len(own) < 6 else number
        marker = f"{shown(number, style)}." if node.tag == "ol" else ""
        number += step
        if place.notes:
            yield from _element(child, replace(place, marker=marker))
        else:
            yield from _walk(child, replace(place, kind="item", level=level, marker=marker))


def _rows(table: Node) -> tuple[tuple[str, ...], ...]:
    """The cells of a data table; none for a table that only places things on the page."""
    if any(node is not table and node.tag == "table" for node in table.elements()):
        return ()
    rows = []
    waiting: dict[int, int] = {}  # columns that a cell above reaches into, and for how many rows
    for row in table.find("tr"):
        cells, waiting = _cells(row, waiting)
        if any(cells):
            rows.append(tuple(cells[:CELLS]))
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2 or table.attributes.get("role") in ("presentation", "none"):
        return ()
    if max(len(cell) for row in rows for cell in row) > 2_500:
        return ()
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def _cells(row: Node, above: dict[int, int]) -> tuple[list[str], dict[int, int]]:
    """The texts of a row by column, and which columns its cells and those above it still take.

    A cell that spans others fills the first.
    """
    cells: list[str] = []
    waiting = {column: left - 1 for column, left in above.items() if left > 1}
    for cell in row.children:
        if not isinstance(cell, Node) or cell.tag not in ("td", "th"):
            continue
        while above.get(len(cells)) and len(cells) < CELLS:
            cells.append("")
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        if down > 1:
            waiting |= dict.fromkeys(range(len(cells), len(cells) + across), down - 1)
        text = _inline([cell]) or next(_pictures([cell]), "")
        cells += [text, *[""] * (across - 1)]
        if len(cells) >= CELLS:
            break
    return cells, waiting


def _span(cell: Node, name: str) -> int:
    """How many columns or rows a cell takes; 0, which means all that follow, as far as we go."""
    text = cell.attributes.get(name, "1").strip()
    if not text.isdecimal() or len(text) > 5:
        return 1
    most = CELLS if name == "colspan" else ROWS
    return min(int(text), most) or (most if name == "rowspan" else 1)


def _holds_blocks(node: Node) -> bool:
    return node.tag in BLOCKS or any(
        isinstance(child, Node) and _holds_blocks(child) for child in node.children
    )


def _text_block(inline: list[Node | str], place: Place) -> Iterator[Block]:
    text = _inline(inline)
    if text and not RULE.fullmatch(text):
        level = place.level if place.kind == "item" else 0
        yield Block(place.kind, text, level, place.marker, language=place.language)
    for words in _pictures(inline):
        if tells(words) and words not in text:
            yield Block("caption", words, marker=PICTURE, language=place.language)


def _pictures(children: list[Node | str]) -> Iterator[str]:
    """What is said of the pictures in inline content, where somebody said anything."""
    for child in children:
        for node in child.elements() if isinstance(child, Node) else ():
            named = node.tag == "img" or node.attributes.get("role") == "img"
            if named and node.attributes.get("aria-hidden") != "true":
                attributes = node.attributes
                words = description(attributes.get("alt") or attributes.get("aria-label", ""))
                if words:
                    yield words


def _inline(children: list[Node | str]) -> str:
    """Inline content as one line of text."""
    return clean(" ".join("".join(map(_characters, children)).split()))


def _characters(part: Node | str) -> str:
    if isinstance(part, str):
        return part
    if part.tag == "br":
        return " "
    if marker := reference(part):
        return f"[{marker}]"
    if part.tag == "math":
        return f" {said(of_mathml(part) or part.attributes.get('alttext', ''))} "
    if part.tag in NEVER:
        return ""
    inner = "".join(map(_characters, part.children))
    return f" {inner} " if part.tag in BLOCKS else inner
