"""What RTF tokens mean: characters in their code pages, paragraphs, rows, notes and properties.

Long because one state goes through all of it: each word changes what holds for the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from library.core.errors import Damaged
from library.core.resource import Block
from library.extractors.cleanup import NUMBER, clean
from library.extractors.enclosed import Enclosure, display_name
from library.extractors.flow import is_short, letterhead
from library.extractors.notes import REMARK
from library.extractors.packages import of_rtf
from library.extractors.rtf_codes import (
    CHARSETS,
    INFO,
    KEPT,
    LETTERHEAD,
    PASSED,
    RUNNING,
    SIGNS,
    codec_of,
)
from library.extractors.rtf_tokens import Token
from library.extractors.tables import table_of

DEEPEST = 1_000  # groups within groups
TINY = 4  # half points: type that nobody is to see, such as fillers of forms
INITIAL = 6  # letters: a drop capital, with its quotation mark, is shorter
MOST_COLOURS = 2_000
LINE_SEPARATOR, PARAGRAPH_SEPARATOR = 0x2028, 0x2029
NOT_HEXADECIMAL = re.compile(rb"[^0-9A-Fa-f]+")
HEADING = re.compile(r"^heading ?(\d)$", re.I)
BREAKS = frozenset(("page", "pagebb"))
BODY, NOTE, MARKER, FONTS, STYLES, NOWHERE = "body", "note", "marker", "fonts", "styles", ""
REMARKED, OBJECT, COLOURS, HEAD = "remark", "object", "colours", "head"
WHITE = (255, 255, 255)
PARTED = frozenset(("par", "sect", "line", "cell", "nestcell", "row"))
READ = (BODY, NOTE, REMARKED)


@dataclass(frozen=True, slots=True)
class State:
    """What holds within a group; `to` is where its text goes."""

    to: str = BODY
    skip: int = 1  # characters that stand for one in Unicode
    font: int = -1
    bold: bool = False
    size: int = 24  # half points
    hidden: bool = False
    colour: int = 0  # its place in the table of colours
    ground: bool = False  # it is marked with a colour


@dataclass(slots=True)
class Shape:
    """What holds for paragraphs until it is reset."""

    style: int = 0
    outline: int = 9  # from 0; 9 is none
    level: int = 0
    table: bool = False
    ground: bool = False  # it is set on a colour
    drop: bool = False  # it is a drop capital, the first letter of the next


class Document:
    """Turns tokens into blocks.

    `bold` has the type size of each block wholly in bold, `fields` what the file says of itself,
    `files` what is put into it.
    """

    def __init__(self, *, white_paper: bool = False) -> None:
        """white_paper: nothing may stand behind the text."""
        self._white_paper = white_paper
        self._colours: list[list[int]] = [[0, 0, 0]]
        self._heads: dict[str, str] = {}  # what stands in heads and feet, by their words
        self._own_first = False  # whether the first page has its own
        self.fields: dict[str, str] = {}
        self.bold: list[float] = []
        self.files: list[Enclosure] = []
        self._object = bytearray()  # digits of one of them
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._default = -1
        self._styles: dict[int, str] = {}
        self._state = State()
        self._groups: list[State] = []
        self._shape = Shape()
        self._texts: dict[str, list[str]] = {}
        self._raw = bytearray()  # characters of one code page, not yet decoded
        self._pending = 0  # characters to pass over after one in Unicode
        self._opening = self._starred = False
        self._all_bold, self._size = True, 0
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._notes: list[tuple[str, str]] = []  # number and text
        self._noted = 0
        self._entry = 0  # the font or style that is being defined
        self._date: dict[str, int] = {}

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block | None]:
        """The blocks of a document, None where it breaks a page. Raises Damaged."""
        for token in tokens:
            if not token.word:
                self._bytes(token)
            elif token.word == "{":
                self._open()
            elif token.word == "}":
                self._close()
                if not self._groups:
                    break  # what follows the last brace is not the document's
            else:
                yield from self._control(token)
        self._flush()
        if self._cells:
            self._rows.append([*self._cells, self._taken(BODY)])
        yield from self._table()
        yield from self._paragraph()

    def letterhead(self, blocks: Sequence[Block | None]) -> Iterator[Block]:
        """The head and foot of the first page alone, or of the only one; others run.

        blocks: those of the document, which were read.
        """
        alone = RUNNING if is_short(blocks) else frozenset()
        named = LETTERHEAD if self._own_first else alone
        heads = (Block("paragraph", text) for word, text in self._heads.items() if word in named)
        yield from letterhead(heads)

    def _given(self, block: Block | None, bold: float = 0.0) -> Block | None:
        self.bold.append(bold)
        return block

    def _open(self) -> None:
        self._flush()
        if len(self._groups) >= DEEPEST:
            raise Damaged("nested")
        self._groups.append(self._state)
        self._opening, self._starred, self._pending = True, False, 0

    def _close(self) -> None:
        self._flush()
        ended, self._state = self._state.to, self._groups.pop() if self._groups else State()
        self._opening, self._pending = False, 0
        if ended == self._state.to:
            return
        if ended.startswith("info "):
            self._say_of_itself(ended[5:])
        elif ended == NOTE and (text := self._taken(NOTE)):
            self._notes.append((str(self._noted), text))
        elif ended == REMARKED and (text := self._taken(REMARKED)):
            self._notes.append((REMARK, text))
        elif ended == OBJECT:
            self._enclose()
        elif ended.startswith(HEAD) and (text := self._taken(ended)):
            self._heads.setdefault(ended[len(HEAD) + 1 :], text)

    def _enclose(self) -> None:
        digits = NOT_HEXADECIMAL.sub(b"", bytes(self._object))
        self._object.clear()
        data, name = of_rtf(bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii")))
        if name:
            self.files.append(Enclosure(display_name(name), lambda: data))

    def _say_of_itself(self, name: str) -> None:
        text = self._taken(f"info {name}")
        if self._date:
            parts = [self._date.get(part, 0) for part in ("yr", "mo", "dy")]
            text = "-".join(f"{part:02d}" for part in parts if part > 0)
            self._date = {}
        if text and len(text) < 2_000:
            self.fields[name] = text

    def _bytes(self, token: Token) -> None:
        self._opening = False
        data = token.data
        if self._pending:
            passed = min(self._pending, len(data))
            self._pending -= passed
            data = data[passed:]
        if self._state.to in (FONTS, STYLES):
            self._named(data)
        elif self._state.to == COLOURS:
            if len(self._colours) < MOST_COLOURS:
                self._colours += ([0, 0, 0] for _ in range(data.count(b";")))
        elif self._state.to == OBJECT:
            self._object += data
        elif self._state.to and not self._unseen():
            self._raw += data

    def _unseen(self) -> bool:
        state = self._state
        if state.hidden or state.size <= TINY:
            return True
        white = (
            self._white_paper
            and 0 < state.colour < len(self._colours)
            and tuple(self._colours[state.colour]) == WHITE
        )
        return white and not (state.ground or self._shape.ground or self._shape.table)

    def _named(self, data: bytes) -> None:
        """Part of the name of a font or style; a semicolon ends it."""
        name, semicolon, _ = data.partition(b";")
        key = f"{self._state.to} {self._entry}"
        self._texts.setdefault(key, []).append(name.decode("latin-1"))
        if semicolon and self._state.to == STYLES:
            self._styles[self._entry] = self._taken(key).lower()
        elif semicolon:
            self._taken(key)

    def _flush(self) -> None:
        """Decode the bytes that wait, in the code page of their font."""
        if not self._raw:
            return
        font = self._state.font if self._state.font >= 0 else self._default
        codec = self._fonts.get(font) or self._codec
        data, self._raw = bytes(self._raw), bytearray()
        text = "•" * len(data) if codec == "symbol" else data.decode(codec, "replace")
        self._say(text)

    def _say(self, text: str) -> None:
        if not self._state.to or self._unseen():
            return
        self._texts.setdefault(self._state.to, []).append(text)
        if self._state.to == BODY and text.strip():
            self._all_bold = self._all_bold and self._state.bold
            self._size = max(self._size, self._state.size)

    def _taken(self, where: str) -> str:
        text = "".join(self._texts.pop(where, ()))
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return clean(" ".join(text.split()))

    def _control(self, token: Token) -> Iterator[Block | None]:
        word, number = token.word, token.number
        opening, self._opening = self._opening, False
        if word == "*" and opening:
            self._opening = self._starred = True
        elif opening and self._destination(word):
            return
        elif word == "u" and number in (PARAGRAPH_SEPARATOR, LINE_SEPARATOR):
            self._pending = self._state.skip
            yield from self._layout("par", None)
        elif word == "u" and number is not None:
            self._flush()
            self._say(chr(number % 0x10000))
            self._pending = self._state.skip
        elif word == "line" and self._after_line() and self._state.to in READ:
            yield from self._layout("par", None)
        elif word in SIGNS:
            if self._pending:
                self._pending -= 1
            else:
                self._flush()
                self._say(SIGNS[word])
        elif self._state.to in READ:
            yield from self._layout(word, number)
        elif self._state.to.startswith(HEAD) and word in PARTED:
            self._flush()
            self._say(" ")
        elif word == "titlepg":
            self._own_first = True
        self._character(word, number)

    def _after_line(self) -> bool:
        """Whether a line ended right before: two ends of lines part paragraphs as an empty one."""
        self._flush()
        texts = self._texts.get(self._state.to, [])
        return bool(texts) and texts[-1] == SIGNS["line"] and bool("".join(texts).strip())

    def _destination(self, word: str) -> bool:
        """Whether the first word of a group says where its text goes; then it is sent there."""
        starred, self._starred = self._starred, False
        inside = self._state.to
        to = inside
        if word == "fonttbl":
            to = FONTS
        elif word == "stylesheet":
            to = STYLES
        elif word == "colortbl":
            to = COLOURS
        elif (word in RUNNING or word in LETTERHEAD) and inside == BODY:
            to = f"{HEAD} {word}"
        elif word in INFO:
            to = f"info {INFO[word]}"
        elif word in ("listtext", "pntext"):
            to = MARKER if inside else NOWHERE
        elif word == "footnote" and inside == BODY:
            self._noted += 1
            self._say(f"[{self._noted}]")
            to = NOTE
        elif word == "annotation" and inside == BODY:
            to = REMARKED
        elif word == "objdata":
            to = OBJECT
        elif word in PASSED or (starred and word not in KEPT):
            to = NOWHERE
        elif word != "shptxt":
            return False
        self._state = replace(self._state, to=to)
        return True

    def _character(self, word: str, number: int | None) -> None:
        """What changes how characters are read and look."""
        match word:
            case "ansicpg" if number:
                self._codec = codec_of(number) or self._codec
            case "mac" | "pc" | "pca":
                self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
            case "deff":
                self._default = number or 0
            case "f" if self._state.to == FONTS:
                self._entry = number or 0
            case "fcharset" if self._state.to == FONTS:
                self._fonts.setdefault(self._entry, CHARSETS.get(number or 0, ""))
            case "s" if self._state.to == STYLES:
                self._entry = number or 0
            case "f":
                self._flush()
                self._state = replace(self._state, font=number or 0)
            case "b":
                self._flush()
                self._state = replace(self._state, bold=number != 0)
            case "fs" if number:
                self._flush()
                self._state = replace(self._state, size=number)
            case "red" | "green" | "blue" if self._state.to == COLOURS:
                self._colours[-1][["red", "green", "blue"].index(word)] = number or 0
            case "cf":
                self._flush()
                self._state = replace(self._state, colour=number or 0)
            case "highlight" | "chcbpat" | "cb" | "chshdng":
                self._flush()
                self._state = replace(self._state, ground=bool(number))
            case "v" | "deleted":
                self._flush()
                self._state = replace(self._state, hidden=number != 0)
            case "plain":
                self._flush()
                self._state = State(self._state.to, self._state.skip)
            case "uc":
                self._state = replace(self._state, skip=max(0, min(number or 0, 16)))
            case "yr" | "mo" | "dy" if self._state.to.startswith("info ") and number:
                self._date[word] = number

    def _layout(self, word: str, number: int | None) -> Iterator[Block | None]:
        """What begins, ends and shapes paragraphs and rows."""
        if word in ("par", "sect") and self._state.to in (NOTE, REMARKED):
            self._say(" ")
        elif word in ("par", "sect"):
            self._flush()
            if self._shape.table:
                self._say(" ")
            else:
                yield from self._table()
                yield from self._paragraph()
        elif word in ("cell", "nestcell"):
            self._flush()
            marker = self._taken(MARKER)
            self._cells.append(f"{marker} {self._taken(BODY)}".strip())
        elif word == "row":
            self._rows.append(self._cells)
            self._cells = []
        elif word in BREAKS:
            self._flush()
            if not self._shape.table:
                yield from self._paragraph()
                yield self._given(None)
        elif word == "pard":
            self._shape = Shape()
        elif word == "intbl":
            self._shape.table = True
        elif word == "s":
            self._shape.style = number or 0
        elif word == "dropcapli":
            self._shape.drop = True
        elif word == "outlinelevel":
            self._shape.outline = 9 if number is None else number
        elif word in ("cbpat", "cfpat", "shading"):
            self._shape.ground = bool(number)
        elif word == "titlepg":
            self._own_first = True
        elif word == "ilvl":
            self._shape.level = max(0, min(5, number or 0))

    def _paragraph(self) -> Iterator[Block | None]:
        if self._shape.drop and len("".join(self._texts.get(BODY, ())).strip()) < INITIAL:
            return  # it waits for its word
        text, marker = self._taken(BODY), self._taken(MARKER)
        size = self._size / 2 if self._all_bold else 0.0
        self._all_bold, self._size = True, 0
        if text:
            yield from self._table()
            yield self._given(self._block(text, marker), size)
        for number, note in self._notes:
            yield self._given(Block("note", note, marker=number))
        self._notes = []

    def _block(self, text: str, marker: str) -> Block:
        named = HEADING.match(self._styles.get(self._shape.style, ""))
        level = int(named[1]) if named else self._shape.outline + 1
        sign = marker if NUMBER.match(f"{marker} x") or marker[:1].isdigit() else ""
        if 1 <= level <= 9:
            return Block("heading", f"{sign} {text}".strip(), min(6, level))
        if marker:
            return Block("item", text, self._shape.level + 1, sign[:20])
        caption = self._styles.get(self._shape.style) == "caption"
        return Block("caption" if caption else "paragraph", text)

    def _table(self) -> Iterator[Block | None]:
        rows, self._rows = self._rows, []
        if not rows:
            return
        if block := table_of(rows):
            yield self._given(block)
            return
        for row in rows:
            for cell in filter(None, row):
                yield self._given(Block("paragraph", cell))
