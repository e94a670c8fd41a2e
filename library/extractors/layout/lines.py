"""Spans to lines: what stands on one baseline, in reading order, parted at wide gaps."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from library.extractors import bidi
from library.extractors.bidi import Placed
from library.extractors.cleanup import UNSPACED, clean, clean_sign, join_spaced
from library.extractors.layout.shapes import Line, Span
from library.extractors.layout.spacing import FEW, Sign, is_loose, respaced

WORD_GAP = 0.17  # of the size: a wider gap parts words
SPACE_SET = 0.04  # of the size: the same where the file sets a space there, of a narrow type
THIN_GAP = 0.12  # of the size: the same after a comma
SPACE = 0.12  # of the size: so much more is a space, where a line is stretched at all its words
UNSPACED_WORD = 7.0  # signs: gaps as near as that to each other stand between all words
COLUMN_GAP = 0.65  # of the size: a wider gap parts columns or cells
PHRASE_GAP = 1.4  # of the size: so wide may be stretched spaces where there are few on a line
MARKER_GAP = 5.0  # of the size: a bullet stands that far from its item at most
MARKER = re.compile(
    r"[^\w\s]|[\ue000-\uf8ffo]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})(?:\.\w{1,2}){0,3}[.)]{0,2}"
)
PLAIN_MARKER = re.compile(
    r"[•◦▪▫■□●○‣⁃∙·➢➤►❖✓✔◆\ue000-\uf8ff]|\(?(?:\d{1,3}|[a-z])[.)]"
)  # that can hardly be a word of a line whose words stand far apart
RIGHT_MARKER = re.compile(
    r"[•◦▪▫■□●○‣⁃∙·]|\d{1,3}[.)]|[.(]\d{1,3}"
)  # of an item set from the right
STROKES = {"\ufffd": 0.5, "#": 0.4}  # of the size: as narrow as that they are strokes
BROAD = frozenset("ABCDEFGHKLMNOPQRSTUVWXYZabcdeghkmnopqsuvwxyz0123456789")
THIN = 0.3  # of the size: the same of these, inside a word of right-to-left script
JOINED = 0.05  # of the size: so near to each other stand the letters of such a word
RIGHT_GAP = 2.0  # of the size: how far such a marker stands from its item at most
MARKS = 8  # spans that a marker may be made of
MINUTE = 0.35  # of the line's size: type so small beside it is a line of its own
RAISED = 0.8  # of the line's size: smaller digits above the line are a note's number
ALONE = 0.7  # of the spans of a line are one letter: they may be set apart for show
WIDE_WORDS = 4.5  # times the gap between letters set apart: words of one line stand so near
OVER = 0.9  # of its width: so much of what is set twice lies over what says the same
MOST_TWICE = 300  # spans of a row that are looked at for that
SLOPE = 0.25  # of the size: how far the baselines of one line may differ
VOWELS = 0.45  # of the size: Arabic vowel signs are set higher, with what follows them
LEADERS = re.compile(r"(?:\s?[.·…_]){4,}\s*")
NAMELESS = re.compile("(?<!\\S)[\ue000-\uefff\uf100-\uf8ff](?!\\S)")  # a sign of no known meaning
NOTE = re.compile(r"\d{1,3}")
NOTE_MARK = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]")
NOTED = re.compile(r"(?:[^\W\d_]{3}|\w{3}[)\]]|[.,;:!?…।؟。\"'’”»])$")
LIFT = 0.1  # of the size: how much higher than the line a raised number stands at least
ASCENT, DESCENT = 0.8, 0.22  # of the size, as most type has it


def lines_of(spans: Sequence[Span]) -> list[Line]:
    """The lines of a page from top to bottom, pieces of one baseline from left to right."""
    backward = any(span.glyphs for span in spans) and bidi.is_right_to_left(
        " ".join(span.text for span in spans)
    )
    lines: list[Line] = []
    for row in _rows(spans):
        row = _once(row)
        row.sort(key=lambda span: span.left)
        lines += [line for piece in _pieces(row) if (line := _marked(piece, backward=backward))]
    if backward:
        for line, text in zip(lines, bidi.bracketed([line.text for line in lines]), strict=True):
            line.text = text
    return lines


def _marked(piece: Sequence[Span], *, backward: bool) -> Line | None:
    """A line; one whose marker stands wide apart remembers both, for they may be cells."""
    line = _line(piece, backward=backward)
    for place in range(1, min(MARKS, len(piece))):
        if piece[place].left - piece[place - 1].right > COLUMN_GAP * piece[place].size:
            cut = piece[:place], piece[place:]
            parts = tuple(_line(part, backward=backward) for part in cut)
            if line and parts[0] and parts[1]:
                line.parts = (parts[0], parts[1])
            break
    return line


def _rows(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans by baseline; small raised or lowered type belongs to the line it touches."""
    rows: dict[float, list[Span]] = {}
    baselines: list[float] = []
    for span in sorted(spans, key=lambda span: -span.size):
        place = bisect(baselines, span.baseline)
        near = baselines[max(0, place - 1) : place + 1]
        nearest = min(near, key=lambda y: abs(y - span.baseline), default=None)
        if nearest is not None and _touches(span, nearest, rows[nearest]):
            rows[nearest].append(span)
        else:
            while span.baseline in rows:
                span.baseline += 0.001
            baselines.insert(bisect(baselines, span.baseline), span.baseline)
            rows[span.baseline] = [span]
    return (rows[baseline] for baseline in baselines)


def _touches(span: Span, baseline: float, row: Sequence[Span]) -> bool:
    apart = abs(span.baseline - baseline)
    if apart <= (VOWELS if span.glyphs else SLOPE) * span.size:
        return True
    big = row[0].size
    if not MINUTE * big < span.size <= RAISED * big or apart > 0.5 * big:
        return False
    return any(s.left - big <= span.left <= s.right + big for s in row)


def _once(row: list[Span]) -> list[Span]:
    """A row without what is set again over the same words, whole or in other pieces."""
    if not 1 < len(row) <= MOST_TWICE:
        return row
    kept: list[tuple[Span, str]] = []
    gone: set[int] = set()
    for span in sorted(row, key=lambda span: span.left - span.right):
        text = "".join(span.text.split())
        within = OVER * (span.right - span.left)
        for other, whole in kept:
            shared = min(span.right, other.right) - max(span.left, other.left)
            if shared > 0 and shared >= within and text in whole and not span.glyphs:
                gone.add(id(span))
                break
        else:
            if len(text) > 1:
                kept.append((span, text))
    return [span for span in row if id(span) not in gone]


def _pieces(row: Sequence[Span]) -> Iterator[list[Span]]:
    piece: list[Span] = []
    widest = _widest(row)
    for span in row:
        if piece:
            last = piece[-1]
            if span.text == last.text and 4 * abs(span.left - last.left) < last.right - last.left:
                continue  # printed twice, to look bold
            edge = max(span.right for span in piece[-3:])
            most = MARKER_GAP if _is_marker(piece, span) else COLUMN_GAP
            if last.glyphs and RIGHT_MARKER.fullmatch(span.text):
                most = RIGHT_GAP
            elif span.place == last.place + 1 and UNSPACED.match(span.text):
                most = max(most, PHRASE_GAP)
            if widest and len(span.text) == len(last.text) == 1:
                most = max(most, widest)
            if span.left - edge > most * min(max(span.size, last.size), 2 * span.size):
                yield piece
                piece = []
        piece.append(span)
    if piece:
        yield piece


def _widest(row: Sequence[Span]) -> float:
    """How wide a gap may part words of a line whose letters are set apart, of the size; else 0."""
    if sum(len(span.text) == 1 and span.text.isalpha() for span in row) <= ALONE * len(row):
        return 0.0
    gaps = [(after.left - before.right) / after.size for before, after in pairwise(row)]
    usual = median(gaps) if len(gaps) >= FEW else 0.0
    return usual * WIDE_WORDS if usual > WORD_GAP else 0.0


def _is_marker(piece: Sequence[Span], following: Span) -> bool:
    """Whether all that stands on the line so far is a bullet or a number of what follows.

    A lone letter may end a stretched line of one column, with the next column beside it: a
    marker is followed by its item in the file too, or looks like nothing else.
    """
    text = "".join(span.text for span in piece)
    if len(text) > 7 or not MARKER.fullmatch(text):
        return False
    return following.place == piece[-1].place + 1 or PLAIN_MARKER.fullmatch(text) is not None


def _line(spans: Sequence[Span], *, backward: bool) -> Line | None:
    principal = _principal(spans)
    size = principal.size
    if backward or any(span.glyphs for span in spans):
        text = bidi.logical(_placed(spans), size, backward=backward)
    else:
        text = _joined(spans, size)
    text = join_spaced(clean(NAMELESS.sub("", LEADERS.sub(" … ", text))))
    if not text or text == "…":
        return None
    letters = sum(len(span.text) for span in spans)
    bold = sum(len(span.text) for span in spans if span.bold)
    baseline = principal.baseline
    return Line(
        text=text,
        left=min(span.left for span in spans),
        right=max(span.right for span in spans),
        top=baseline - ASCENT * size,
        bottom=baseline + DESCENT * size,
        size=size,
        bold=2 * bold > letters,
        note=raised(spans, size, backward=any(span.glyphs for span in spans)),
        place=min(span.place for span in spans),
        spans=tuple(spans),
    )


def _principal(spans: Sequence[Span]) -> Span:
    """The longest span of the size that most of the line has; letters may be set one by one."""
    sizes: dict[float, int] = {}
    for span in spans:
        sizes[span.size] = sizes.get(span.size, 0) + len(span.text)
    size = max(sizes, key=lambda size: sizes[size])
    return max((span for span in spans if span.size == size), key=lambda span: len(span.text))


def raised(spans: Sequence[Span], size: float, *, backward: bool) -> str:
    """The number or sign of a note that a line begins with, set smaller than it; "" for none."""
    first = spans[-1] if backward else spans[0]
    text = first.text.strip()
    small = first.size < RAISED * size and len(spans) > 1
    return text if small and NOTE_MARK.fullmatch(text) else ""


def _placed(spans: Sequence[Span]) -> Iterator[Placed]:
    for before, span, after in zip([None, *spans[:-1]], spans, [*spans[1:], None], strict=True):
        if before is not None and _is_set_apart(before, span):
            yield Placed(" ", before.right, span.left)
        if span.glyphs:
            for glyph in span.glyphs:
                yield Placed(clean_sign(glyph.text), glyph.left, glyph.right)
        else:  # brackets and numbers are turned one by one
            step = (span.right - span.left) / len(span.text)
            # A stroke that only lengthens a word may be of another type, which misnames it.
            letter = span.text[0] if len(set(span.text)) == 1 else ""
            narrow = THIN if letter in BROAD and _inside(before, span, after) else 0.0
            stroke = step < STROKES.get(letter, narrow) * span.size
            for place, sign in enumerate([""] * len(span.text) if stroke else span.text):
                yield Placed(sign, span.left + place * step, span.left + (place + 1) * step)


def _is_set_apart(before: Span, span: Span) -> bool:
    """Whether the file sets a space between two spans, of which one is a number or Latin.

    Letters of right-to-left script are set as a word too where each has a place of its own.
    """
    if not span.left - before.right > SPACE_SET * min(before.size, span.size):
        return False
    if all(map(bidi.LETTER.search, (before.text, span.text))) and before.glyphs and span.glyphs:
        return False
    return before.ended or span.led or before.led or span.ended


def _inside(before: Span | None, span: Span, after: Span | None) -> bool:
    """Whether a span touches letters of right-to-left script on both sides."""
    near = JOINED * span.size
    return (
        before is not None
        and after is not None
        and bool(before.glyphs and after.glyphs)
        and abs(span.left - before.right) < near
        and abs(after.left - span.right) < near
    )


def _joined(spans: Sequence[Span], size: float) -> str:
    if sum(len(span.text) == 1 for span in spans) > ALONE * len(spans) > FEW * ALONE:
        signs = list(_signs(spans, size))
        if is_loose("".join(sign for sign, _, _ in signs)):
            return respaced(signs, size)
    text = ""
    edge = 0.0
    ended = False
    stretch = _stretch(spans)
    baseline = max(spans, key=lambda span: len(span.text)).baseline
    for span in spans:
        piece = span.text
        small = NOTE.fullmatch(piece) is not None and span.size < RAISED * size
        raised = small and span.baseline < baseline - LIFT * size
        if raised and not text:
            piece = f"[{piece}] "
        elif small and text and not text[-1].isdigit():
            if raised and _takes_note(text):
                piece = f"[{piece}]"
        elif text and (
            span.left - edge > gap_after(text) * min(size, span.size)
            or (
                (span.led or ended)
                and span.left - edge > SPACE_SET * min(size, span.size)
                and not UNSPACED.match(text[-1])
            )
        ):
            between = UNSPACED.match(text[-1]) and UNSPACED.match(piece)
            if not between or span.left - edge > stretch:
                text += " "
        text += piece
        edge = max(edge, span.right)
        ended = span.ended
    return text


def _signs(spans: Sequence[Span], size: float) -> Iterator[Sign]:
    """The letters of spans that are mostly one letter each, with a space where a gap is."""
    edge = spans[0].left
    last = ""
    for span in spans:
        if last and span.left - edge > gap_after(last) * min(size, span.size):
            yield " ", edge, span.left
        step = (span.right - span.left) / len(span.text)
        for place, sign in enumerate(span.text):
            yield sign, span.left + place * step, span.left + (place + 1) * step
        edge, last = max(edge, span.right), span.text[-1]


def gap_after(text: str) -> float:
    """How wide a gap parts words, of the size; after a comma a thin one does, as in formulas."""
    return THIN_GAP if text[-1] in ",;" else WORD_GAP


def _takes_note(text: str) -> bool:
    """Whether a raised number after it is that of a note: a word or a sentence ends, and no term
    of a formula, whose raised number is its power.
    """
    return NOTED.search(text) is not None or unicodedata.category(text[-1])[0] == "M"


def _stretch(spans: Sequence[Span]) -> float:
    """Up to how wide a gap between words is no space, in a script that sets none; points.

    Where gaps stand as close as words do, the line was stretched at all its words to fill its
    measure: a space that was written is plainly wider than most of them.
    """
    gaps = []
    signs = 0
    for before, span in pairwise(spans):
        signs += len(before.text)
        gap = span.left - before.right
        between = UNSPACED.match(before.text[-1]) and UNSPACED.match(span.text)
        if between and gap > WORD_GAP * span.size:
            gaps.append(gap / span.size)
    if len(gaps) < 2 or signs > UNSPACED_WORD * len(gaps):
        return 0.0
    return (median(gaps) + SPACE) * spans[0].size
