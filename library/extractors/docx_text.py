"""The paragraphs and tables of a Word file as blocks, one piece of its body at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from library.core.resource import Block, BlockKind
from library.extractors.cleanup import clean
from library.extractors.docx_styles import TINY, Sheet, Style, switched
from library.extractors.html_names import names
from library.extractors.list_numbers import shown
from library.extractors.mathematics import of_office, said
from library.extractors.notes import REMARK
from library.extractors.ooxml_parts import Parts
from library.extractors.symbols import symbol
from library.extractors.tables import table_of
from library.extractors.xml_tree import attribute, child, number

# What is gone, or stands in the margin, or is said twice.
PASSED = names(
    "del moveFrom instrText delText rPr pPr tblPr tblGrid trPr tcPr sdtPr sectPr fldData"
    " annotationRef Fallback rt rubyPr"
)
TEXT_BOX = "txbxContent"
PAGE = 7_560_000 * 10_692_000  # square EMU of A4
LOCKED = ("contentLocked", "sdtContentLocked")
PLACEHOLDER = "placeholder text"
SPACES = frozenset(("tab", "ptab", "br", "cr"))
CONTENTS = re.compile(r"^(?:toc|table of figures|index) ?\d*$")
QUOTES = frozenset(("quote", "intense quote", "block text"))
CODES = frozenset(("html preformatted", "source code", "code", "plain text code", "macro text"))
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u0900-\u0eff]")
EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Paragraph:
    """What is gathered of one paragraph."""

    parts: list[str] = field(default_factory=list)
    bold: bool = True
    size: float = 0.0
    languages: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # before which part a page begins


@dataclass(slots=True)
class Body:
    """Turns pieces of a body into blocks; `bold` has the type size of each block wholly in bold."""

    sheet: Sheet
    notes: Mapping[str, Element] = field(default_factory=dict)
    bold: list[float] = field(default_factory=list)
    markers: dict[str, str] = field(default_factory=dict)  # of the notes that were named
    parts: Parts | None = None
    drawn: list[Element] = field(default_factory=list)  # since the last block
    letterhead: list[str] = field(default_factory=list)  # identifiers of its parts
    running: list[str] = field(default_factory=list)  # of heads and feet of other pages
    scans: list[str] = field(default_factory=list)  # names of pictures of whole pages of type
    white_paper: bool = False  # whether nothing may stand behind the text
    within: int = 0  # tables and boxes
    initial: list[str] = field(default_factory=list)  # a drop capital, which waits for its word

    def blocks(self, pieces: Iterator[Element]) -> Iterator[Block | None]:
        for piece in pieces:
            yield from self._piece(piece)

    def _piece(self, piece: Element) -> Iterator[Block | None]:
        if piece.tag == "p":
            yield from self._paragraph(piece)
        elif piece.tag == "tbl":
            yield from self._table(piece)
        elif piece.tag == "altChunk" and self.parts:
            for block in self.parts.chunk(attribute(piece, "id")):
                yield self._given(block)
        elif piece.tag == "sectPr":
            self._section(piece)
        elif piece.tag in PASSED or self._is_placeholder(piece):
            return
        elif piece.tag in ("oMathPara", "oMath"):
            if formula := said(of_office(piece)):
                yield self._given(Block("paragraph", formula))
        else:
            for part in piece:
                yield from self._piece(part)

    def _section(self, section: Element) -> None:
        """Remember the head and foot that only the first page of a section has: a letterhead."""
        title = child(section, "titlePg")
        for part in section if title is not None and switched(title) else ():
            first = attribute(part, "type") == "first"
            if first and part.tag in ("headerReference", "footerReference"):
                self.letterhead.append(attribute(part, "id"))
        if title is None or not switched(title):
            for part in section:
                usual = attribute(part, "type", "default") == "default"
                if usual and part.tag in ("headerReference", "footerReference"):
                    self.running.append(attribute(part, "id"))

    def _given(self, block: Block | None, bold: float = 0.0) -> Block | None:
        self.bold.append(bold)
        return block

    def _paragraph(self, element: Element) -> Iterator[Block | None]:
        properties = child(element, "pPr")
        style = self.sheet.of(properties)
        if style.breaks:
            yield self._given(None)
        if not CONTENTS.match(style.name):
            gathered = Paragraph(parts=self.initial)
            self.initial = []
            self._gather(element, style, gathered)
            if attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
                self.initial = gathered.parts
            else:
                yield from self._spoken(gathered, style)
        section = child(properties, "sectPr")
        if section is not None:
            self._section(section)
        if section is not None and attribute(child(section, "type"), "val") != "continuous":
            yield self._given(None)

    def _spoken(self, gathered: Paragraph, style: Style) -> Iterator[Block | None]:
        start = 0
        label = ""
        for end in [*gathered.breaks, len(gathered.parts)]:
            text = clean(" ".join("".join(gathered.parts[start:end]).split()))
            if text and not label:
                label = self._label(style) or " "
            if text:
                block = _block(text, style, label.strip() if start == 0 else "", gathered)
                yield self._given(block, gathered.size if gathered.bold else 0.0)
            if end < len(gathered.parts) or end in gathered.breaks:
                yield self._given(None)
            start = end
        for name in gathered.notes:
            yield from self._note(name)
        self.within += 1
        for box in gathered.boxes:
            yield from self._piece(box)
        self.within -= 1
        yield from self._shown()

    def _shown(self) -> Iterator[Block | None]:
        """What charts and diagrams say, and what is said of pictures."""
        drawn, self.drawn = self.drawn, []
        if self.parts:
            self.scans += self.parts.scans(drawn, PAGE)
        for drawing in drawn if self.parts else ():
            for block in self.parts.within(drawing) if self.parts else ():
                yield self._given(block)

    def _label(self, style: Style) -> str:
        counter = self.sheet.counters.get(style.numbers)
        return counter.marker(style.level) if counter else ""

    def _note(self, name: str) -> Iterator[Block | None]:
        note = self.notes.get(name)
        if note is None:
            return
        gathered = Paragraph()
        self._gather(note, self.sheet.default, gathered, within_note=True)
        if text := clean(" ".join("".join(gathered.parts).split())):
            yield self._given(Block("note", text, marker=self._marker(name)))

    def _marker(self, name: str) -> str:
        """The number of a note, in the order in which notes are named; of endnotes in Roman."""
        kind = name.partition(" ")[0]
        if kind == "comment":
            return REMARK
        if name not in self.markers:
            count = 1 + sum(known.startswith(kind) for known in self.markers)
            self.markers[name] = str(count) if kind == "footnote" else shown(count, "roman")
        return self.markers[name]

    def _gather(
        self, element: Element, style: Style, gathered: Paragraph, within_note: bool = False
    ) -> None:
        """Collect the characters below an element, and what hangs on them."""
        for part in element:
            tag = part.tag
            if tag == TEXT_BOX:
                gathered.boxes.append(part)
            elif tag == "r":
                run = self.sheet.of_run(style, child(part, "rPr"))
                self._gather(part, self._seen(run), gathered, within_note)
            elif tag in ("t", "delText"):
                _say(part.text or "", style, gathered)
            elif tag == "br" and attribute(part, "type") == "page":
                gathered.breaks.append(len(gathered.parts))
            elif tag in SPACES:
                gathered.parts.append(" ")
            elif tag == "noBreakHyphen":
                gathered.parts.append("-")
            elif tag == "sym":
                _say(symbol(attribute(part, "font"), attribute(part, "char")), style, gathered)
            elif tag == "oMath":
                _say(f" {said(of_office(part))} ", style, gathered)
            elif tag == "sdt" and self._is_placeholder(part):
                continue  # what to type there, which nobody has
            elif tag == "ddList":
                _say(_chosen(part), style, gathered)
            elif tag == "textpath":
                _say(f" {attribute(part, 'string')} ", style, gathered)
            elif tag in ("footnoteReference", "endnoteReference") and not within_note:
                name = f"{tag[:-9]} {attribute(part, 'id')}"
                if name in self.notes:
                    gathered.parts.append(f"[{self._marker(name)}]")
                    gathered.notes.append(name)
            elif tag == "commentReference" and not within_note:
                gathered.notes.append(f"comment {attribute(part, 'id')}")
            elif tag == "AlternateContent":
                self._alternative(part, style, gathered, within_note)
            elif tag not in PASSED:
                if tag == "drawing":
                    self.drawn.append(part)
                self._gather(part, style, gathered, within_note)
                if tag == "p":
                    gathered.parts.append(" ")

    def _is_placeholder(self, control: Element) -> bool:
        """Whether a control shows what to type there, which nobody has; programs set it in a style
        of its own, and what is locked is meant to be read as it is.
        """
        properties = child(control, "sdtPr")
        if control.tag != "sdt" or child(properties, "showingPlcHdr") is None:
            return False
        if attribute(child(properties, "lock"), "val") in LOCKED:
            return False
        named = [attribute(style, "val") for style in control.iter("rStyle")]
        return not named or any(
            self.sheet.styles[name].name == PLACEHOLDER
            if name in self.sheet.styles
            else name.lower().startswith("placeholder")
            for name in named
        )

    def _seen(self, style: Style) -> Style:
        """A style that is hidden where its type is white on white paper, or of no size.

        In tables and boxes, and where pictures may stand behind the text, white is seen.
        """
        white = style.white and not style.shaded and self.white_paper and not self.within
        return replace(style, hidden=True) if white or style.size <= TINY else style

    def _alternative(
        self, element: Element, style: Style, gathered: Paragraph, within_note: bool
    ) -> None:
        """One of several ways to say the same; the first that says anything."""
        for choice in element:
            before = len(gathered.parts), len(gathered.boxes), len(self.drawn)
            self._gather(choice, style, gathered, within_note)
            if before != (len(gathered.parts), len(gathered.boxes), len(self.drawn)):
                return

    def _table(self, table: Element) -> Iterator[Block | None]:
        self.within += 1
        yield from self._of_table(table)
        self.within -= 1

    def _of_table(self, table: Element) -> Iterator[Block | None]:
        rows = [self._row(row) for row in _rows(table)]
        language = rows[0][1] if len({language for _, language in rows}) == 1 else ""
        if block := table_of([row for row, _ in rows], language):
            yield self._given(block)
            for reference in table.iter():
                if reference.tag in ("footnoteReference", "endnoteReference", "commentReference"):
                    name = f"{reference.tag[:-9]} {attribute(reference, 'id')}"
                    yield from self._note(name)
            yield from self._shown()
            return
        for row in _rows(table):
            for cell in _within(row, "tc"):
                for part in cell:
                    yield from self._piece(part)

    def _row(self, row: Element) -> tuple[list[str], str]:
        """The texts of a row's cells, and the language of the first."""
        late = child(row, "trPr", "gridBefore")  # how many columns it begins late
        texts = [""] * number(attribute(late, "val"), 0, 40)
        language = ""
        for cell in _within(row, "tc"):
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge")
            gathered = Paragraph()
            if merged is None or attribute(merged, "val") == "restart":
                for part in cell:
                    self._cell(part, gathered)
            texts.append(clean(" ".join("".join(gathered.parts).split())))
            language = language or _language(gathered)
            span = number(attribute(child(properties, "gridSpan"), "val"), 1, 40)
            texts += [""] * (span - 1)
        return texts, language

    def _cell(self, element: Element, gathered: Paragraph) -> None:
        if element.tag == "p":
            style = self.sheet.of(child(element, "pPr"))
            label = self._label(style)
            gathered.parts.append(f" {label} " if label else " ")
            self._gather(element, style, gathered)
            for box in gathered.boxes:
                gathered.parts.append(" ")
                self._gather(box, style, Paragraph(parts=gathered.parts))
            gathered.boxes.clear()
        elif element.tag not in PASSED:
            for part in element:
                self._cell(part, gathered)


def _say(text: str, style: Style, gathered: Paragraph) -> None:
    if style.hidden:
        return
    gathered.parts.append(text)
    if text.strip():
        gathered.bold = gathered.bold and style.bold
        gathered.size = max(gathered.size, style.size)
        foreign = RIGHT_TO_LEFT.search(text) or EAST.search(text)
        language = "" if foreign else style.language
        gathered.languages[language] = gathered.languages.get(language, 0) + len(text)


def _chosen(choices: Element) -> str:
    """What was chosen in a list of a form, or its first line, which is shown until then."""
    entries = [attribute(entry, "val") for entry in choices if entry.tag == "listEntry"]
    place = number(attribute(child(choices, "result"), "val"))
    return entries[place] if 0 <= place < len(entries) else ""


def _language(gathered: Paragraph) -> str:
    """The language of a passage, if all of it is marked as one."""
    return next(iter(gathered.languages)) if len(gathered.languages) == 1 else ""


def _block(text: str, style: Style, label: str, gathered: Paragraph) -> Block:
    language = _language(gathered)
    if style.heading:
        return Block("heading", f"{label} {text}".strip(), style.heading, language=language)
    if style.numbers > 0 or style.name.startswith("list bullet"):
        return Block("item", text, min(6, style.level + 1), label, language=language)
    kind: BlockKind = "paragraph"
    if style.name == "caption":
        kind = "caption"
    elif style.name in QUOTES:
        kind = "quote"
    elif style.name in CODES:
        kind = "code"
    return Block(kind, text, language=language)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not of the tables in it; deleted rows are gone."""
    for row in _within(table, "tr"):
        hidden = child(row, "trPr", "hidden")
        if child(row, "trPr", "del") is None and (hidden is None or not switched(hidden)):
            yield row


def _within(element: Element, tag: str) -> Iterator[Element]:
    """Children of a kind, through the wrappers that content controls put between."""
    for part in element:
        if part.tag == tag:
            yield part
        elif part.tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _within(part, tag)
