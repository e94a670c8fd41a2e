"""PDF pages as spans of type and rules, by pdfminer.six, which pdf_fonts and pdf_content mend.

Its layout analysis is not used: the time of that grows faster than the square
of what stands on a page. A device of our own takes each string as it is set. Long because
what it gets wrong is put right where it is met.
"""

from __future__ import annotations

import logging
import math
import re
import signal
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, BinaryIO

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSException, PSLiteral
from pdfminer.utils import decode_text, mult_matrix

from library.core.errors import Damaged, Empty, Encrypted
from library.core.resource import Heading
from library.extractors import Limits, cleanup, pdf_annotations
from library.extractors.bidi import Placed, has_right_to_left, under_letters
from library.extractors.layout.boxes import Box, bullets, edges_of
from library.extractors.layout.shapes import Picture, Rule, Sheet, Span
from library.extractors.layout.spacing import is_loose, respaced
from library.extractors.pdf_content import Interpreter, clip_of
from library.extractors.pdf_fonts import Fonts
from library.extractors.pdf_layers import Layers

# Type that is bold by its name, that of TeX (CMBX, SFBX) and of PostScript (Medi, Demi) too.
BOLD = re.compile(
    r"bold|black|heavy|demi|[-_]bd|extrab|(?:cm|sf|ec|lm|t1)\w{0,3}bx\d|cmb\d|-medi(?:ital)?$"
)
SUBSET = re.compile(r"^'?/?'?[A-Z]{6}\+")
HEAVY = 600  # of a font descriptor's weight: 400 is usual, 700 is bold
FORCED_BOLD = 1 << 18  # of its flags (ISO 32000-2, 9.8.2)
MANY = 12  # letters whose widths say something
HALF_WIDE = (450, 720)  # thousandths of the size
SPACE_GAP = 0.17  # of the size: a move that wide is a space between words
THIN_GAP = 0.12  # of the size: so wide is a space after a comma, thin as formulas have them
TYPED = 10.0  # points: the size of a value in a form that says nothing of its looks
TWICE = 0.3  # of its width: a sign set again as near as that is the same one
FIXED_PITCH = 1  # of a font descriptor's flags (ISO 32000-2, 9.8.2)
EVEN = ("courier", "mono", "consol", "menlo", "typewriter", "lettergothic", "cmtt")
SPAN_GAP = 0.9  # of the size: a wider one begins another span
NEAR = 3  # pages that may have the head of the first
TINY = 0.8  # points: type of that size is not to be read
SPACE = (0.25, 0.35)  # of the size: how wide spaces are
BROAD = frozenset("ABCDGHKMNOQRSUVWXYZ#%&@")
NARROW = 0.25  # of the size: none of these is that narrow; the stroke in lengthened Arabic words is
MARK = 0.1  # of the size: a mark as near as that to a span goes on with it
MARKS_FIRST = 5  # votes: that a mark comes before its letter is believed until shown wrong
RULE = 8.0  # points of the shortest rule
THIN = 2.5  # points: a filled box as thin as that is a rule
MOST_RULES = 4_000
MOST_PICTURES = 200
DOT = (1.2, 8.0)  # points: how wide a drawn bullet is
AGAIN = 1.0  # seconds until a page is stopped once more, if the first stop was lost in a callback
FIRST_UNSPACED = "\u0e00"  # nothing below is of a script that sets no space between words
UNSPACED = re.compile(f"{cleanup.UNSPACED.pattern}{{2}}")
FURNITURE = 300  # characters: some files call all their text an artifact, and are not believed
INFO = (
    ("Title", "title"),
    ("Author", "author"),
    ("Subject", "subject"),
    ("Keywords", "keywords"),
    ("Creator", "creator"),
    ("Producer", "producer"),
    ("CreationDate", "created"),
    ("ModDate", "modified"),
)


class TooLong(BaseException):
    """A page has had its time; no handler of the library's own errors may catch this."""


class Paper:
    """An open PDF."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        """Raises Encrypted, Damaged or Empty."""
        # What it says of bad files helps nobody; what others of this process say is still heard.
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
        self.limits = limits
        # Where on a page, counted from 0, stands type that nobody sees; another reader knows.
        self.unseen: Callable[[int], Sequence[Box]] = _nowhere
        try:
            self.document = PDFDocument(PDFParser(file))
            self._first = next(PDFPage.create_pages(self.document), None)
        except PDFPasswordIncorrect:
            raise Encrypted("locked") from None
        except PDFEncryptionError:
            raise Encrypted("locked otherwise") from None
        except (PDFException, PSException) as error:
            raise Damaged("damaged") from error
        except MemoryError:
            raise
        except Exception as error:  # as of a table of keys that is none
            raise Damaged("damaged") from error
        if self._first is None:
            raise Empty("no pages")

    def fields(self) -> dict[str, str]:
        """What the document says of itself, as it says it."""
        fields: dict[str, str] = {}
        for info in self.document.info:
            for theirs, ours in INFO:
                value = _text(info.get(theirs)) if isinstance(info, Mapping) else ""
                if value:
                    fields[ours] = value
        if language := _text(self.document.catalog.get("Lang")):
            fields["language"] = language
        return fields

    def pages(self) -> int | None:
        """How many pages the document says it has."""
        try:
            count = resolve1(dict_value(self.document.catalog["Pages"]).get("Count"))
        except (PDFException, PSException, KeyError):
            return None
        return count if isinstance(count, int) and 0 < count < 10**6 else None

    def outline(self) -> tuple[Heading, ...]:
        """The contents list; empty when there is none or it is broken."""
        headings: list[Heading] = []
        try:
            numbers = {
                page.pageid: number
                for number, page in enumerate(PDFPage.create_pages(self.document), 1)
                if number <= self.limits.pages
            }
            for level, title, target, action, _ in self.document.get_outlines():
                page = numbers.get(self._target(target, action))
                if page and title.strip() and level <= 6:
                    headings.append(Heading(_text(title), page, level))
                if len(headings) >= self.limits.outline:
                    break
        except (PDFException, PSException, RecursionError, KeyError, TypeError, ValueError):
            return tuple(headings)
        return tuple(headings)

    def sheets(self) -> Iterator[Sheet]:
        """Every page in order; one that cannot be read comes empty."""
        sheets = self._sheets()
        first = next(sheets, None)
        if first is None:
            return
        ahead = list(islice(sheets, NEAR))
        _add_letterhead(first, ahead)
        yield first
        yield from ahead
        yield from sheets

    def _sheets(self) -> Iterator[Sheet]:
        resources = Fonts()
        labels = self._labels()
        layers = self._layers()
        for number, page in enumerate(PDFPage.create_pages(self.document), 1):
            if number > self.limits.pages:
                return
            left, top, right, bottom = page.mediabox
            device = _Device(resources, self.limits.page_characters)
            sheet = Sheet(number, abs(right - left), abs(bottom - top))
            if page.rotate in (90, 270):
                sheet.width, sheet.height = sheet.height, sheet.width
            sheet.label = next(labels, "")
            try:
                with deadline(self.limits.page_seconds):
                    interpreter = Interpreter(resources, device)
                    interpreter.layers = layers
                    interpreter.process_page(page)
                    device.type(_annotated(page, interpreter))
            except (MemoryError, GeneratorExit, KeyboardInterrupt):
                raise
            except (Exception, TooLong):
                yield sheet
                continue
            if interpreter.suspicions:
                device.leave_out(self.unseen(number - 1), pdf_annotations.upright(page))
            device.fill(sheet)
            _crop(sheet, page)
            yield sheet

    def _layers(self) -> Layers | None:
        """The layers that are off; None where there are none, or they are broken."""
        try:
            layers = Layers(self.document.catalog)
        except (PDFException, PSException, LookupError, TypeError, ValueError):
            return None
        return layers if layers.names else None

    def _labels(self) -> Iterator[str]:
        try:
            yield from (_text(label) for label in self.document.get_page_labels())
        except Exception:
            return

    def _target(self, target: Any, action: Any) -> object:
        """The object number of the page that an entry of the contents list leads to."""
        if target is None and action is not None:
            action = resolve1(action)
            target = action.get("D") if isinstance(action, dict) else None
        target = resolve1(target)
        if isinstance(target, PSLiteral):
            target = target.name
        if isinstance(target, (bytes, str)):
            target = resolve1(self.document.get_dest(target))
        if isinstance(target, dict):
            target = resolve1(target.get("D"))
        if isinstance(target, list) and target:
            return getattr(target[0], "objid", None)
        return None


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises TooLong inside when the time is up, where the system and the thread allow it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        value = value.name
    if isinstance(value, bytes):
        value = decode_text(value)
    return value.replace("\x00", "").strip()[:10_000] if isinstance(value, str) else ""


FAR = 100_000.0  # points: further apart than anything on a page


class _Device(PDFDevice):
    """Takes down each string: its text, where it stands, how large, how bold."""

    def __init__(self, resources: PDFResourceManager, most: int) -> None:
        super().__init__(resources)
        self.spans: list[tuple[int, Span]] = []  # with the direction it runs in, quarter turns
        self.rules: list[Rule] = []
        self.boxes: list[Box] = []  # filled ones
        self.pictures: list[Box] = []
        self.dots: list[Box] = []  # drawn, and maybe bullets
        self.left = most
        self.marks_first = MARKS_FIRST
        self.signs: dict[PDFFont, dict[int, tuple[str, float]]] = {}
        self.tags: list[tuple[int, str | None, bool]] = []
        self.unseen: list[int] = []  # how deep the tags stood where a layer began that is off

    def leave_out(self, boxes: Sequence[Box], upright: tuple[float, ...]) -> None:
        """Forget the type that stands in these boxes of the page, told before it is turned."""
        a, b, c, d, e, f = upright
        placed = []
        for left, bottom, right, top in boxes:
            xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
            ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
            placed.append((min(xs), min(ys), max(xs), max(ys)))
        if not placed:
            return
        # How far along its line a place is, and where the line stands, as `_along` has it.
        told = {
            turn: [_told(turn, box) for box in placed] for turn in {turn for turn, _ in self.spans}
        }
        self.spans = [
            (turn, span)
            for turn, span in self.spans
            if not any(
                x0 - 1 <= (span.left + span.right) / 2 <= x1 + 1
                and y0 - 1 <= span.baseline - 0.2 * span.size <= y1 + 1
                for x0, y0, x1, y1 in told[turn]
            )
        ]

    def fill(self, sheet: Sheet) -> None:
        """Hand over what runs in the page's main direction, turned upright."""
        weights = [0, 0, 0, 0]
        for turn, span in self.spans:
            weights[turn] += len(span.text)
        main = weights.index(max(weights))
        sheet.spans = [span for turn, span in self.spans if turn == main]
        sheet.aside = [
            replace(span, baseline=span.baseline + FAR * turn)  # each way in rows of its own
            for turn, span in self.spans
            if turn != main and not span.artifact
        ]
        wide, high = sheet.width, sheet.height
        if main in (1, 3):
            sheet.width, sheet.height = high, wide
        shift = {0: high, 1: 0.0, 2: 0.0, 3: wide}[main]
        for span in sheet.spans:
            span.baseline += shift if main in (0, 3) else 0.0
            offset = {0: 0.0, 1: 0.0, 2: wide, 3: high}[main]
            span.left, span.right = span.left + offset, span.right + offset
            if span.glyphs and offset:
                span.glyphs = tuple(
                    Placed(g.text, g.left + offset, g.right + offset) for g in span.glyphs
                )
        self.rules += edges_of(self.boxes)
        if main == 0:
            sheet.pictures = [Picture(x, high - y1, x1, high - y) for x, y, x1, y1 in self.pictures]
            sheet.rules = [Rule(r.left, high - r.bottom, r.right, high - r.top) for r in self.rules]
        if main == 0:
            dots = [(x, high - y1, x1, high - y) for x, y, x1, y1 in self.dots]
            sheet.spans += bullets(dots, sheet.spans)
        artifacts = sum(len(span.text) for span in sheet.spans if span.artifact)
        if artifacts < max(FURNITURE, sum(len(span.text) for span in sheet.spans) // 2):
            sheet.furniture = [span for span in sheet.spans if span.artifact]
            sheet.spans = [span for span in sheet.spans if not span.artifact]

    def type(self, values: Sequence[pdf_annotations.Typed]) -> None:
        """Set values that have no looks of their own, as large as their place allows."""
        for value in values:
            lines = value.text.splitlines()
            high = (value.top - value.bottom) / max(1, len(lines))
            size = min(TYPED, 0.75 * high) or TYPED
            for place, line in enumerate(lines):
                baseline = -(value.top - (place + 0.8) * high)
                right = min(value.right, value.left + 0.5 * size * len(line))
                if text := line.strip():
                    self.left -= len(text)
                    self.spans.append((0, Span(text, value.left, right, baseline, size)))

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        actual: str | None = None
        if isinstance(props, dict) and "ActualText" in props:
            actual = _text(props["ActualText"])
        if isinstance(props, dict) and props.get("hidden") is True:
            self.unseen.append(len(self.tags))
        artifact = getattr(tag, "name", "") == "Artifact" or (bool(self.tags) and self.tags[-1][2])
        self.tags.append((len(self.spans), actual, artifact))

    def end_tag(self) -> None:
        if not self.tags:
            return
        start, actual, _ = self.tags.pop()
        if self.unseen and len(self.tags) == self.unseen[-1]:
            self.unseen.pop()
        if actual is None or start >= len(self.spans):
            return
        drawn = "".join(span.text for _, span in self.spans[start:])
        if drawn in ("-", "\u2010", "\u00ad") and not actual.strip("\u00ad "):
            return  # a word is cut here: what is drawn says so too, and to more who read it
        turn, first = max(self.spans[start:], key=lambda pair: pair[1].right - pair[1].left)
        same = [span for way, span in self.spans[start:] if way == turn]
        left, right = min(s.left for s in same), max(s.right for s in same)
        glyphs: tuple[Placed, ...] = ()
        if has_right_to_left(actual):  # a vowel sign reaches over its neighbours: the letter counts
            left, right = first.left, first.right
            glyphs = (Placed(actual, left, right),)
        merged = replace(first, text=actual, left=left, right=right, glyphs=glyphs)
        self.spans[start:] = [(turn, merged)] if actual.strip() else []

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        font, fontsize = textstate.font, textstate.fontsize
        assert self.ctm is not None
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        size = abs(fontsize) * math.hypot(c, d)
        scale = math.hypot(a, b)
        if font is None or size < TINY or not scale or self.left <= 0:
            return
        signs = self.signs.setdefault(font, {})
        scaling = textstate.scaling * 0.01
        charspace = textstate.charspace * scaling
        wordspace = 0.0 if font.is_multibyte() else textstate.wordspace * scaling
        step = 0.001 * fontsize * scaling
        x, y = textstate.linematrix
        rise = y + textstate.rise
        em = size / scale  # the size, in units along the line
        vertical = font.is_vertical()
        runs: list[tuple[str, float, float, list[tuple[str, float, float]]]] = []
        text, begin, end = "", x, x
        glyphs: list[tuple[str, float, float]] = []
        moved = spaced = led = False
        for piece in seq:
            if not isinstance(piece, bytes):
                if isinstance(piece, (int, float)):
                    x -= piece * step
                    moved = True
                continue
            for cid in font.decode(piece):
                if moved:
                    x += charspace
                moved = True
                known = signs.get(cid)
                if known is None:
                    known = signs[cid] = _sign(font, cid)
                sign, width = known
                after = x + width * fontsize * scaling
                if not sign:
                    continue
                if sign.isspace():
                    spaced = True
                    led = led or not text
                elif not text:
                    text, begin, end = sign, x, after
                    glyphs.append((sign, x, after))
                elif sign == glyphs[-1][0] and abs(x - glyphs[-1][1]) < TWICE * (after - x):
                    pass  # set twice, to look bold
                else:
                    gap = x - end
                    wide = gap > SPACE_GAP * em and not spaced
                    if wide and sign > FIRST_UNSPACED and UNSPACED.match(text[-1] + sign):
                        apart = SPACE_GAP  # whether it is a space is seen from the whole line
                    else:
                        apart = SPAN_GAP
                    if gap > apart * em or gap < -2 * em:
                        runs.append((text, begin, end, glyphs))
                        text, begin, glyphs = sign, x, [(sign, x, after)]
                    else:
                        thin = THIN_GAP if text[-1] in ",;" else SPACE_GAP
                        if spaced or gap > thin * em:
                            text += " "
                            glyphs.append((" ", end, x))
                        text += sign
                        glyphs.append((sign, x, after))
                    end = after if gap >= 0 else max(end, after)
                if not sign.isspace():
                    spaced = False
                x = after
                if wordspace and cid == 32:
                    x += wordspace
        if text:
            runs.append((text, begin, end, glyphs))
        elif spaced and self.spans:
            self.spans[-1][1].ended = True  # a string of nothing but spaces
        textstate.linematrix = (x, y) if not vertical else (textstate.linematrix[0], y)
        if self.unseen:
            return
        turn = _turn(a, b)
        clip = clip_of(textstate)
        bold = _bold(font)
        even, face = _is_even(font), _face(font)
        artifact = bool(self.tags) and self.tags[-1][2]
        loose = is_loose(" ".join(run[0] for run in runs))
        for number, (text, begin, end, pieces) in enumerate(runs):
            if loose:
                text = respaced(pieces, em, few=2)
            self.left -= len(text)
            along, across = _along(turn, a, b, c, d, e, f, rise)
            placed: tuple[Placed, ...] = ()
            if has_right_to_left(text):
                placements = [Placed(s, *sorted((along(x), along(y)))) for s, x, y in pieces]
                moved_marks, votes = under_letters(placements)
                self.marks_first += votes
                placed = moved_marks if self.marks_first >= 0 else tuple(placements)
                self._settle(placed[0], across, size)
            left, right = sorted((along(begin), along(end)))
            if turn == 0 and not _is_shown(clip, left, right, -across):
                continue
            if unicodedata.category(text[0])[0] == "M" and not placed:
                last = self._marked(turn, left, across, size)
                if last is not None:  # a mark belongs to the letter that it was set after
                    last.text += text
                    last.right = max(last.right, right)
                    continue
            span = Span(text, left, right, across, size, bold, artifact, placed)
            span.even, span.face = even, face
            span.led = led and number == 0
            span.ended = spaced and number == len(runs) - 1
            self.spans.append((turn, span))

    def _settle(self, letter: Placed, baseline: float, size: float) -> None:
        """Put marks that were set by themselves to the place of the letter that comes next."""
        last = self.spans[-1][1] if self.spans else None
        if last is None or not last.glyphs or self.marks_first < 0 or not letter.text.isalpha():
            return
        near = abs(last.baseline - baseline) < size and abs(letter.left - last.left) < size
        if near and all(unicodedata.category(sign)[0] == "M" for sign in last.text):
            last.glyphs = tuple(Placed(g.text, letter.left, letter.right) for g in last.glyphs)

    def _marked(self, turn: int, left: float, baseline: float, size: float) -> Span | None:
        """The span before, when it ends where a mark is set."""
        spelt = any(actual is not None for _, actual, _ in self.tags)  # then the file says it all
        if spelt or not self.spans or self.spans[-1][0] != turn:
            return None
        last = self.spans[-1][1]
        near = abs(last.baseline - baseline) < size and -size < left - last.right < MARK * size
        return last if near and not last.glyphs else None

    def _dot(self, path: Sequence[Any]) -> None:
        """Take a small filled shape as wide as it is high for what may be a bullet."""
        assert self.ctm is not None
        a, b, c, d, e, f = self.ctm
        ends = [part[-2:] for part in path if len(part) >= 3]
        xs = [a * x + c * y + e for x, y in ends]
        ys = [b * x + d * y + f for x, y in ends]
        if not xs:
            return
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if DOT[0] <= wide <= DOT[1] and 0.8 < wide / max(high, 0.1) < 1.25:
            self.dots.append((min(xs), min(ys), max(xs), max(ys)))

    def render_image(self, name: str, stream: Any) -> None:
        if self.ctm is None or len(self.pictures) >= MOST_PICTURES or self.unseen:
            return
        a, b, c, d, e, f = self.ctm  # a picture is drawn into the square from (0, 0) to (1, 1)
        xs, ys = (e, a + e, c + e, a + c + e), (f, b + f, d + f, b + d + f)
        self.pictures.append((min(xs), min(ys), max(xs), max(ys)))

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        if len(self.rules) >= MOST_RULES or len(path) > 100 or self.ctm is None or self.unseen:
            return
        a, b, c, d, e, f = self.ctm
        if fill and len(path) <= 24 and len(self.dots) < MOST_PICTURES:
            self._dot(path)
        points = [
            (a * part[-2] + c * part[-1] + e, b * part[-2] + d * part[-1] + f)
            for part in path
            if len(part) >= 3
        ]
        if len(points) < 2 or any(part[0] in "cvy" for part in path):
            return
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        wide, high = right - left, bottom - top
        if wide <= THIN and high >= RULE:
            middle = (left + right) / 2
            self.rules.append(Rule(middle, top, middle, bottom))
        elif high <= THIN and wide >= RULE:
            middle = (top + bottom) / 2
            self.rules.append(Rule(left, middle, right, middle))
        elif fill and not stroke and len(points) in (4, 5) and len(self.boxes) < MOST_RULES:
            self.boxes.append((left, top, right, bottom))
        elif stroke and len(points) in (4, 5) and wide >= RULE and high >= RULE:
            self.rules += [
                Rule(left, top, right, top),
                Rule(left, bottom, right, bottom),
                Rule(left, top, left, bottom),
                Rule(right, top, right, bottom),
            ]
        elif stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x1 - x0) < 1 and abs(y1 - y0) >= RULE:
                    self.rules.append(Rule(x0, min(y0, y1), x0, max(y0, y1)))
                elif abs(y1 - y0) < 1 and abs(x1 - x0) >= RULE:
                    self.rules.append(Rule(min(x0, x1), y0, max(x0, x1), y0))


def _annotated(page: PDFPage, interpreter: Interpreter) -> list[pdf_annotations.Typed]:
    """What annotations draw; nothing where they are broken, for the page's content is whole."""
    try:
        return pdf_annotations.draw(page, interpreter)
    except (PDFException, PSException, ArithmeticError, LookupError, TypeError, ValueError):
        return []


def _add_letterhead(first: Sheet, ahead: Sequence[Sheet]) -> None:
    """Let the head and foot of a first page be read that no page after it has, but for numbers."""
    known = {_bare(span.text) for sheet in ahead for span in sheet.furniture}
    first.spans += (span for span in first.furniture if _bare(span.text) not in {"", *known})


def _bare(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _crop(sheet: Sheet, page: PDFPage) -> None:
    """Leave out what stands outside the part of a page that is shown."""
    left, bottom, right, top = page.mediabox
    x0, y0, x1, y1 = page.cropbox
    x0, x1 = sorted((max(left, min(x0, right)), max(left, min(x1, right))))
    y0, y1 = sorted((max(bottom, min(y0, top)), max(bottom, min(y1, top))))
    if x1 - x0 < 1 or y1 - y0 < 1 or page.rotate or right - left != sheet.width:
        return
    if (x0, y0, x1, y1) != (left, bottom, right, top):
        sheet.aside = []  # where it stands is not known
    sheet.spans, sheet.furniture = (
        [span for span in spans if _is_within(span, (x0 - left, top - y1, x1 - left, top - y0))]
        for spans in (sheet.spans, sheet.furniture)
    )


def _is_within(span: Span, box: Box) -> bool:
    """Whether the middle of a string is in a box, told from the page's upper left corner."""
    x0, y0, x1, y1 = box
    middle = (span.left + span.right) / 2
    return x0 <= middle <= x1 and y0 <= span.baseline - 0.3 * span.size <= y1


def _is_shown(clip: Box, left: float, right: float, baseline: float) -> bool:
    """Whether type is within what is shown of a page, if only in part."""
    x0, y0, x1, y1 = clip
    return left < x1 + 1 and right > x0 - 1 and y0 - 1 < baseline < y1 + 1


def _sign(font: PDFFont, cid: int) -> tuple[str, float]:
    """What a code stands for and how wide it is, in sizes of type."""
    width = font.char_width(cid)
    try:
        text = font.to_unichr(cid) or "\ufffd"
    except (PDFUnicodeNotDefined, KeyError, ValueError):
        text = "\ufffd"
    if text in ("\x00", "\ufffd"):  # in a font that names its letters, the nameless is the space
        named = getattr(getattr(font, "unicode_map", None), "cid2unichr", None) or {}
        text = "\ufffd" if width or not named else ""
        if named and SPACE[0] <= width <= SPACE[1] and " " not in named.values():
            text = " "
        elif 0 < width < NARROW and any(map(has_right_to_left, named.values())):
            text = "\u0640"
    elif text in BROAD and 0 < width < NARROW:
        text = "\u0640"
    return text, width


def _face(font: PDFFont) -> str:
    """The name of a font without the sign of its subset, in small letters."""
    known: str | None = getattr(font, "_face", None)
    if known is None:
        known = SUBSET.sub("", str(getattr(font, "fontname", ""))).casefold()[:100]
        font._face = known  # type: ignore[attr-defined]
    return known


def _bold(font: PDFFont) -> bool:
    """Whether a font says that it is bold, or is called so."""
    known: bool | None = getattr(font, "_bold", None)
    if known is None:
        described = getattr(font, "descriptor", None)
        descriptor = described if isinstance(described, dict) else {}
        weight, flags = (resolve1(descriptor.get(key)) for key in ("FontWeight", "Flags"))
        heavy = isinstance(weight, (int, float)) and weight >= HEAVY
        forced = isinstance(flags, int) and bool(flags & FORCED_BOLD)
        known = heavy or forced or BOLD.search(_face(font)) is not None
        font._bold = known  # type: ignore[attr-defined]
    return known


def _is_even(font: PDFFont) -> bool:
    """Whether a font says, or is called so, that all its letters are as wide as each other."""
    known: bool | None = getattr(font, "_even", None)
    if known is None:
        name = _face(font)
        flags = getattr(font, "flags", 0)
        fixed = isinstance(flags, int) and bool(flags & FIXED_PITCH)
        known = fixed or any(word in name for word in EVEN) or _measures_even(font)
        font._even = known  # type: ignore[attr-defined]
    return known


def _measures_even(font: PDFFont) -> bool:
    """Whether all letters of a font that has many are as wide as each other, and half as wide as
    high; those of East Asia are as wide as high in any type.
    """
    by_glyph = getattr(font, "widths", None)
    widths = {
        round(width)
        for width in (by_glyph.values() if isinstance(by_glyph, dict) else ())
        if isinstance(width, (int, float)) and width
    }
    many = isinstance(by_glyph, dict) and sum(bool(width) for width in by_glyph.values()) >= MANY
    return many and len(widths) == 1 and HALF_WIDE[0] <= widths.pop() <= HALF_WIDE[1]


def _turn(a: float, b: float) -> int:
    """The direction of a line in quarter turns against the clock."""
    if abs(a) >= abs(b):
        return 0 if a > 0 else 2
    return 1 if b > 0 else 3


def _told(turn: int, box: Box) -> Box:
    """A box by how far along a line it is, and where that stands, both from least to most."""
    left, bottom, right, top = box
    return {
        0: (left, -top, right, -bottom),
        1: (bottom, left, top, right),
        2: (-right, bottom, -left, top),
        3: (-top, -right, -bottom, -left),
    }[turn]


def _nowhere(page: int) -> Sequence[Box]:
    return ()


def _along(
    turn: int, a: float, b: float, c: float, d: float, e: float, f: float, y: float
) -> tuple[Any, float]:
    """How far along its line a place is, and where the line stands, growing down the page.

    Shifted to start at the page's corner only when the page's direction is known.
    """
    if turn == 0:
        return (lambda x: a * x + c * y + e), -(d * y + f)
    if turn == 1:
        return (lambda x: b * x + d * y + f), c * y + e
    if turn == 2:
        return (lambda x: -(a * x + c * y + e)), d * y + f
    return (lambda x: -(b * x + d * y + f)), -(c * y + e)
