"""Paragraphs, lists and tables of OpenDocument files as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from library.core.resource import Block, BlockKind
from library.extractors.cleanup import clean
from library.extractors.html_names import names
from library.extractors.list_numbers import Counter
from library.extractors.notes import REMARK
from library.extractors.odf import LISTED, Style, Styles, heading_level
from library.extractors.odf_objects import Objects
from library.extractors.tables import table_of
from library.extractors.xml_tree import attribute, child, number

# What is gone, hidden, in the margin, or made of what stands elsewhere.
PASSED = names(
    "annotation-end tracked-changes table-of-content illustration-index table-index"
    " alphabetical-index user-index object-index forms script desc title"
    " sequence-decls variable-decls user-field-decls ruby-text bookmark event-listeners object"
    " object-ole image hidden-text page-number page-count settings notes bibliography-source"
)
HOLDERS = frozenset(("frame", "custom-shape", "g"))  # of pictures, charts and other objects
BOXES = frozenset(("frame", "custom-shape", "text-box", "g", "rect", "ellipse", "a", "connector"))
SHAPES = frozenset(("custom-shape", "rect", "ellipse", "connector", "line", "polygon", "caption"))
# The styles of LibreOffice for what names a table or picture; the number is a sequence field.
CAPTIONS = frozenset(("caption", "table", "illustration", "drawing", "figure"))
QUOTES = frozenset(("quotations", "quote", "block text"))
CODES = frozenset(("preformatted text", "source code"))
SPACES = 100  # one element may stand for that many
REPEATED = 40  # columns that one cell may stand for


@dataclass(slots=True)
class Paragraph:
    """What is gathered of one paragraph."""

    parts: list[str] = field(default_factory=list)
    bold: bool = True
    size: float = 0.0
    languages: set[str] = field(default_factory=set)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    frames: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return clean(" ".join("".join(self.parts).split()))

    @property
    def language(self) -> str:
        return next(iter(self.languages)) if len(self.languages) == 1 else ""


@dataclass(slots=True)
class Flow:
    """Turns elements into blocks; `bold` has the type size of each block wholly in bold."""

    styles: Styles
    bold: list[float] = field(default_factory=list)
    lists: dict[str, Counter] = field(default_factory=dict)
    outline: Counter | None = None
    white_paper: bool = False  # whether nothing may stand behind the text
    within: int = 0  # tables and boxes
    master: str | None = None  # the kind of pages that the first paragraph begins
    objects: Objects | None = None  # what frames may hold

    def blocks(self, element: Element) -> Iterator[Block | None]:
        """The blocks of an element of a body."""
        tag = element.tag
        if tag in PASSED or (tag == "section" and _is_hidden(element)):
            return
        if tag in ("p", "h"):
            yield from self._paragraph(element)
        elif tag == "list":
            yield from self._list(element, 0, None)
        elif tag == "table":
            self.within += 1
            yield from self._table(element)
            self.within -= 1
        elif tag == "annotation":
            yield from self._remark(element)
        else:
            for part in element:
                yield from self.blocks(part)
            if tag in HOLDERS:
                yield from self._shown(element)

    def _given(self, block: Block | None, bold: float = 0.0) -> Block | None:
        self.bold.append(bold)
        return block

    def _paragraph(
        self, element: Element, marker: str = "", depth: int = 0
    ) -> Iterator[Block | None]:
        style = self.styles.of("paragraph", attribute(element, "style-name"))
        if style.breaks and not depth:
            yield self._given(None)
        if self.master is None:
            self.master = style.master
        if _is_hidden_paragraph(element):
            return
        gathered = Paragraph()
        self.gather(element, self._seen(style), gathered)
        text = gathered.text
        if text:
            level = heading_level(element, style)
            block = self._block(element, text, style, gathered, marker, depth, level)
            yield self._given(block, gathered.size if gathered.bold else 0.0)
        for label, note in gathered.notes:
            inside = Paragraph()
            for part in note:
                if part.tag not in ("creator", "date", "date-string", "sender-initials"):
                    self.gather(part, style, inside)
                    inside.parts.append(" ")
            if inside.text:
                yield self._given(Block("note", inside.text, marker=label))
        self.within += 1
        for box in gathered.boxes:
            for part in box:
                yield from self.blocks(part)
        self.within -= 1
        for frame in gathered.frames:
            yield from self._shown(frame)

    def _remark(self, annotation: Element) -> Iterator[Block | None]:
        """What somebody remarked, without who and when."""
        inside = Paragraph()
        for part in annotation:
            if part.tag in ("p", "list"):
                self.gather(part, Style(), inside)
                inside.parts.append(" ")
        if inside.text:
            yield self._given(Block("note", inside.text, marker=REMARK))

    def _shown(self, frame: Element) -> Iterator[Block | None]:
        """What a frame shows that is no text of its own, and what is said of that."""
        for block in self.objects.within(frame, self) if self.objects else ():
            yield self._given(block)

    def _block(
        self,
        element: Element,
        text: str,
        style: Style,
        gathered: Paragraph,
        marker: str,
        depth: int,
        level: int,
    ) -> Block:
        language = gathered.language
        if level:
            label = self._numbered(element, level) or marker
            return Block("heading", f"{label} {text}".strip(), level, language=language)
        if depth:
            return Block("item", text, min(6, depth), marker, language=language)
        kind: BlockKind = "paragraph"
        if style.name in CAPTIONS or any(part.tag == "sequence" for part in element.iter()):
            kind = "caption"
        elif style.name in QUOTES:
            kind = "quote"
        elif style.name in CODES:
            kind = "code"
        return Block(kind, text, language=language)

    def _numbered(self, element: Element, level: int) -> str:
        """The number of a heading where the document counts its headings."""
        if element.tag != "h" or attribute(element, "is-list-header") == "true":
            return ""
        if self.outline is None:
            self.outline = Counter(self.styles.lists.get("outline", LISTED))
        return self.outline.marker(level - 1)

    def _list(
        self, element: Element, depth: int, counter: Counter | None
    ) -> Iterator[Block | None]:
        name = attribute(element, "style-name")
        if counter is None or (name and name in self.styles.lists):
            goes_on = attribute(element, "continue-numbering") == "true" or attribute(
                element, "continue-list"
            )
            if not goes_on or name not in self.lists:
                self.lists[name] = Counter(self.styles.lists.get(name, LISTED))
            counter = self.lists[name]
        for item in element:
            if item.tag in ("list-item", "list-header"):
                yield from self._item(item, depth, counter)

    def _item(self, item: Element, depth: int, counter: Counter) -> Iterator[Block | None]:
        """The first paragraph of an item has its marker; others follow as paragraphs."""
        waiting = item.tag == "list-item"
        if start := attribute(item, "start-value"):
            counter.counts[depth] = number(start, 1) - 1
        for part in item:
            if part.tag == "list":
                yield from self._list(part, depth + 1, counter)
            elif part.tag in ("p", "h") and waiting:
                waiting = False
                marker = counter.marker(depth)
                yield from self._paragraph(part, marker, depth + 1)
            else:
                yield from self.blocks(part)

    def gather(self, element: Element, style: Style, gathered: Paragraph) -> None:
        """Collect the characters of an element, and what hangs on them."""
        _say(element.text, style, gathered)
        for part in element:
            tag = part.tag
            if tag == "s":
                gathered.parts.append(" " * max(1, number(attribute(part, "c"), 1, SPACES)))
            elif tag in ("tab", "line-break"):
                gathered.parts.append(" ")
            elif tag == "span":
                self.gather(part, self._span(part, style), gathered)
            elif tag == "note":
                label = "".join(getattr(child(part, "note-citation"), "itertext", list)()).strip()
                body = child(part, "note-body")
                gathered.parts.append(f"[{label}]")
                if body is not None:
                    gathered.notes.append((label, body))
            elif tag == "annotation":
                gathered.notes.append((REMARK, part))
            elif tag in BOXES and _is_box(part):
                gathered.boxes.append(part)
                if tag in HOLDERS:
                    gathered.frames.append(part)
            elif tag not in PASSED:
                if tag in HOLDERS:
                    gathered.frames.append(part)
                self.gather(part, style, gathered)
                if tag in ("p", "h", "list-item", "table-cell"):
                    gathered.parts.append(" ")
            _say(part.tail, style, gathered)

    def _seen(self, style: Style) -> Style:
        """A style that is hidden where its type is white on white paper; in tables and boxes, and
        where pictures may stand behind the text, white is seen.
        """
        white = style.white and not style.ground and self.white_paper and not self.within
        return style._replace(hidden=True) if white else style

    def _span(self, span: Element, style: Style) -> Style:
        own = self.styles.of("text", attribute(span, "style-name"))
        return self._seen(
            style._replace(
                bold=own.bold or style.bold,
                language=own.language or style.language,
                hidden=own.hidden or style.hidden,
                white=own.white or style.white,
                ground=own.ground or style.ground,
            )
        )

    def _table(self, table: Element) -> Iterator[Block | None]:
        rows, language = [], ""
        for row in _rows(table):
            texts: list[str] = []
            for cell in row:
                if cell.tag in ("table-cell", "covered-table-cell"):
                    inside = Paragraph()
                    self.gather(cell, Style(), inside)
                    repeated = number(attribute(cell, "number-columns-repeated"), 1, REPEATED)
                    texts += [inside.text] * max(1, repeated)
                    language = language or inside.language
            rows.append(texts)
        if block := table_of(rows, language):
            yield self._given(block)
            return
        for row in _rows(table):
            for cell in row:
                for part in cell:
                    yield from self.blocks(part)


def _is_box(element: Element) -> bool:
    """Whether a drawing holds paragraphs of its own; a link holds words of the text."""
    return element.tag != "a" and any(part.tag in ("p", "list") for part in element.iter())


def _say(text: str | None, style: Style, gathered: Paragraph) -> None:
    if not text or style.hidden:
        return
    gathered.parts.append(text)
    if text.strip():
        gathered.bold = gathered.bold and style.bold
        gathered.size = max(gathered.size, style.size)
        gathered.languages.add(style.language)


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if part.tag == "table-row":
            if attribute(part, "visibility", "visible") == "visible":
                yield part
        elif part.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part)


def _is_hidden_paragraph(element: Element) -> bool:
    """Whether a paragraph holds the field that hides it, and did so when it was saved."""
    field = child(element, "hidden-paragraph")
    return field is not None and attribute(field, "is-hidden") == "true"


def _is_hidden(section: Element) -> bool:
    """Whether a section is shown to nobody: always, or by a condition that held when saved."""
    display = attribute(section, "display")
    return display == "none" or (
        display == "condition" and attribute(section, "is-hidden") == "true"
    )
