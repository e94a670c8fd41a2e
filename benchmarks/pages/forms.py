"""What is printed: our own texts in eight languages, set in five forms, and the truth of each page.

They are set in two looks. By the first the rules of reading were found; the second, of other
types, sizes, margins, gaps and, where there is one, another text, was made after them and is held
out: no rule is tuned on it.

A page is composed of sentences that are drawn without repetition, by a chance that is seeded with
the name of the document: the same names give the same pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from library.core.resource import Block

HERE = Path(__file__).parent
SAMPLE = HERE.parent.parent / "sample" / "sources"
LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi", "bn", "th")
LATIN = ("en", "es", "fr", "pt")
FORMS = ("plain", "report", "two", "three", "tables")
NOTE = re.compile("\ue001(\\d+)\ue002")
"""How the number of a footnote stands in a text until it is printed."""
FIRST = 7  # printed number of the first page: labels differ from page numbers
SENTENCE = re.compile(r"(?<=[.!?।؟])\s+")


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are set: names of types, sizes in points, the rest in millimetres."""

    fonts: Mapping[str, str]  # by language; Latin under ""
    sizes: Mapping[int, float]  # of running text, by columns
    headings: tuple[float, float, float]
    side: int  # margins
    gap: int  # between columns
    leading: float  # times the size
    held: bool = False

    def font(self, language: str) -> str:
        return self.fonts.get(language, self.fonts[""])


TUNED = Look(
    fonts={
        "": "Noto Serif",
        "ar": "Noto Naskh Arabic",
        "hi": "Noto Serif Devanagari",
        "bn": "Noto Serif Bengali",
        "th": "Noto Serif Thai",
    },
    sizes={1: 10.5, 2: 9.5, 3: 8.5},
    headings=(22.0, 15.0, 12.0),
    side=24,
    gap=7,
    leading=1.45,
)
HELD = Look(
    fonts={
        "": "Noto Sans",
        "ar": "Noto Sans Arabic",
        "hi": "Noto Sans Devanagari",
        "bn": "Noto Sans Bengali",
        "th": "Noto Sans Thai",
    },
    sizes={1: 10.0, 2: 9.0, 3: 8.0},
    headings=(20.0, 14.0, 11.5),
    side=18,
    gap=5,
    leading=1.3,
    held=True,
)
OTHER_TEXTS = {  # that the held pages are set from; Bengali and Thai have one text here
    "en": "counting-ourselves",
    "es": "solidarity-fund",
    "fr": "first-48-hours",
    "pt": "safe-hands",
    "ar": "qabla-al-safar",
    "hi": "bachat-mandali",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language, taken apart."""

    language: str
    title: str
    running: str
    headings: tuple[str, ...]
    sentences: tuple[str, ...]
    items: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The truth of one page: what is on it, in order, and what runs above and below."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[int, str], ...] = ()
    heads: tuple[str, ...] = ()  # above the text
    feet: tuple[str, ...] = ()  # below it


@dataclass(frozen=True, slots=True)
class Paper:
    """One document before it is printed."""

    name: str
    form: str
    language: str
    columns: int = 1
    spaced: bool = False  # whether the title is letter-spaced
    table: str = "ruled"
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)
    look: Look = TUNED

    @property
    def font(self) -> str:
        return self.look.font(self.language)

    @property
    def size(self) -> float:
        """Of running text, in points."""
        return self.look.sizes[self.columns]

    @property
    def right_to_left(self) -> bool:
        return self.language == "ar"


def text_of(language: str, look: Look) -> Text:
    """A text of the sample library, or of this folder where the sample has none."""
    path = HERE / "texts" / f"{language}.md"
    if not path.exists():
        name = OTHER_TEXTS[language] if look.held else "your-work-is-work"
        path = SAMPLE / f"{name}.{language}.md"
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    said = dict(line.split(": ", 1) for line in front.strip().splitlines())
    more = [other.read_text("utf-8").split("---\n", 2)[2] for other in _others(language, look)]
    body = _quoted(re.sub(r"[*\\]|\[ \] ", "", body))
    sentences: list[str] = []
    items: list[str] = []
    tables: list[list[tuple[str, ...]]] = [[]]
    for line in body.splitlines():
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if not set("".join(cells)) <= set("-"):
                tables[-1].append(cells)
            continue
        if tables[-1]:
            tables.append([])
        if found := re.match(r"(?:- |\d+\. )(.+)", line):
            items.append(found[1])
        else:
            sentences += _sentences(line)
    for line in _quoted("\n".join(more)).splitlines():
        sentences += _sentences(line)
    rows = max(filter(None, tables), key=lambda table: len(table[0]))
    return Text(
        language=language,
        title=said["title"],
        running=said["publisher"],
        headings=tuple(re.findall("^## (.+)$", body, re.M)),
        sentences=tuple(dict.fromkeys(sentences)),
        items=tuple(items),
        rows=tuple(rows),
    )


def _quoted(text: str) -> str:
    """Text with the quotation marks that TeX would make of straight ones."""
    return re.sub(r'(^|[\s(|])"', r"\1“", text, flags=re.M).replace('"', "”").replace("'", "’")


def _without_points(text: Text) -> Text:
    """TeX turns the parts of a decimal number round in Arabic: what is printed must be true."""

    def plain(part: str) -> str:
        return re.sub(r"(?<=\d)[.,:](?=\d)", "", part)

    return replace(
        text,
        sentences=tuple(map(plain, text.sentences)),
        items=tuple(map(plain, text.items)),
        rows=tuple(tuple(map(plain, row)) for row in text.rows),
    )


def _others(language: str, look: Look) -> list[Path]:
    """Two more texts of the sample in a language: one sheet of paper wants many sentences."""
    found = sorted(SAMPLE.glob(f"*.{language}.md"))
    return [path for path in found if "your-work" not in path.name][-2:] if look.held else found[:2]


def _sentences(line: str) -> list[str]:
    """The sentences of a line of running text, none that holds any mark-up."""
    if not line or line[0] in "#>|-![<" or line[0].isdigit():
        return []
    line = line.replace("*", "")
    return [s for s in SENTENCE.split(line) if 15 < len(s) < 260 and not set(s) & set("[]<>{}|`_")]


class Composer:
    """Draws blocks for one page after the other."""

    def __init__(self, text: Text, name: str) -> None:
        self.text = text
        self.chance = random.Random(name)
        self.notes = 0
        self.captions = 0
        self.fresh()

    def fresh(self) -> None:
        """A new page: everything may be drawn again."""
        self.sentences = self.chance.sample(self.text.sentences, len(self.text.sentences))
        self.items = self.chance.sample(self.text.items, len(self.text.items))
        self.headings = self.chance.sample(self.text.headings, len(self.text.headings))

    def paragraph(self, letters: int) -> Block:
        """About so many characters of sentences."""
        text = ""
        while len(text) < letters:
            text = f"{text} {self.sentence()}".strip()
        return Block("paragraph", text)

    def sentence(self) -> str:
        """One that was not on this page, as long as there is one."""
        if not self.sentences:
            self.sentences = self.chance.sample(self.text.sentences, len(self.text.sentences))
        return self.sentences.pop()

    def noted(self, letters: int) -> tuple[Block, tuple[int, str]]:
        """A paragraph with a footnote after its first word that is longer than four letters."""
        block = self.paragraph(letters)
        self.notes += 1
        first, _, rest = block.text.partition(" ")
        mark = f"\ue001{self.notes}\ue002"
        return Block("paragraph", f"{first}{mark} {rest}"), (self.notes, self.sentence())

    def heading(self, level: int) -> Block:
        return Block("heading", self.headings.pop(), level)

    def listed(self, count: int, numbered: bool) -> list[Block]:
        drawn = [self.items.pop() for _ in range(min(count, len(self.items)))]
        return [
            Block("item", text, 1, f"{number}." if numbered else "")
            for number, text in enumerate(drawn, 1)
        ]

    def table(self) -> list[Block]:
        """A caption and a table of three to five columns."""
        self.captions += 1
        head, *rows = self.text.rows
        width = min(len(head), self.chance.choice((3, 4, 5)))
        body = [row[:width] for row in self.chance.sample(rows, len(rows))]
        caption = Block("caption", f"{self.captions}. {self.text.headings[self.captions % 3]}")
        return [caption, Block("table", rows=(head[:width], *body))]


def compose(form: str, language: str, printer: str, look: Look = TUNED) -> Paper:
    """One document, three pages long."""
    name = f"{form}-{language}-{printer}"
    text = text_of(language, look)
    if (language, printer) == ("ar", "tex"):
        text = _without_points(text)
    draw = Composer(text, f"held {name}" if look.held else name)
    latin = language in LATIN
    full = 1.0 if latin else 0.75
    sheets = []
    for page in range(3):
        draw.fresh()
        blocks = [Block("heading", text.title, 1)] if page == 0 else []
        notes: list[tuple[int, str]] = []
        if form == "plain":
            blocks.append(draw.heading(2))
            blocks += [draw.paragraph(int(420 * full)) for _ in range(3)]
        elif form == "report":
            blocks.append(draw.heading(2))
            block, note = draw.noted(int(300 * full))
            blocks.append(block)
            notes.append(note)
            blocks += draw.listed(4, numbered=False)
            blocks.append(draw.heading(3))
            block, note = draw.noted(int(300 * full))
            blocks.append(block)
            notes.append(note)
            blocks += draw.listed(3, numbered=True)
            blocks.append(draw.paragraph(int(200 * full)))
        elif form in ("two", "three"):
            count = 3 if form == "two" else 4
            blocks.append(draw.heading(2))
            blocks += [draw.paragraph(int(380 * full)) for _ in range(count)]
            blocks.append(draw.heading(3))
            blocks += [draw.paragraph(int(300 * full)) for _ in range(2)]
        else:
            blocks.append(draw.heading(2))
            blocks.append(draw.paragraph(int(250 * full)))
            blocks += draw.table()
            blocks.append(draw.paragraph(int(300 * full)))
        running = form in ("report", "two", "tables")
        blocks = [block for block in blocks if block.text or block.rows]
        sheets.append(
            Sheet(
                tuple(blocks),
                tuple(notes),
                heads=(text.running,) if running else (),
                feet=(str(FIRST + page),) if running else (),
            )
        )
    columns = {"two": 2, "three": 3}.get(form, 1)
    # Each printer sets another look of tables, so that all are seen in every language.
    looks = {"office": "ruled", "chromium": "shaded", "tex": "bare"}
    spaced = form == "report" and latin
    return Paper(name, form, language, columns, spaced, looks[printer], tuple(sheets), look)


def words(sheet: Sheet) -> str:
    """The text of a page as it is read, without running heads."""
    lines = []
    for block in sheet.blocks:
        if block.rows:
            lines += [" ".join(filter(None, row)) for row in block.rows]
        elif block.kind == "item":
            lines.append(f"{block.marker or '•'} {block.text}")
        else:
            lines.append(NOTE.sub(r"\1", block.text))
    return "\n".join([*lines, *(f"{number} {note}" for number, note in sheet.notes)])


def printed(sheet: Sheet) -> str:
    """All the text of a page, what runs above and below it too."""
    return "\n".join([*sheet.heads, words(sheet), *sheet.feet])
