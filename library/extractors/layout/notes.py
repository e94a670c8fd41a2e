"""Footnotes: small type at the foot of a page or column, under a short rule or with a number.

They are found before lines are put in order, so that what runs above them runs on undisturbed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from library.core.resource import Block
from library.extractors.cleanup import joined
from library.extractors.compounds import Words
from library.extractors.layout.order import in_order
from library.extractors.layout.shapes import Line, Rule

SMALL = 0.93  # of the size of running text: notes are set smaller than that
SHORT = 0.6  # of the width of the text: a rule above notes that is shorter tells them by itself
NEAR = 3.0  # sizes from the rule to the first note
APART = 2.2  # sizes between the lines of one note
STRIP = 8.0  # points: how finely is looked for text under a line
BLOCKED = 3  # strips of a line that have text under them: it is no foot of its column
MOST = 400  # lines of notes on one page
RULES = 50  # that may stand above notes
DRAWN = 6.0  # points: as near as that to each other stand the parts of a drawing
OVER = 0.3  # of a line's width that another must lie over to stand in its column
NUMBER = re.compile(r"[\[(]?(\d{1,3})(?:[\])][.:]?|[.:])?\s+(?=\S)")
SIGN = re.compile(r"([*†‡§¶∗]{1,3})\s*(?=\S)")
ALONE = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶∗]{1,3})[\])]?[.:]?")  # a marker set apart from its note
REFERENCE = re.compile(r"\[(\d{1,3})\]")
FAR = 8.0  # sizes from such a marker to its note at most


@dataclass(slots=True)
class Note:
    """The lines of one footnote; without a marker where it goes on from the page before."""

    marker: str
    lines: list[Line] = field(default_factory=list)

    def block(self, known: Words) -> Block:
        """The note as a block; `known` are the words of the document."""
        texts = [line.text for line in self.lines]
        texts[0] = _unmarked(texts[0], self.marker)
        return Block("note", joined(texts, known), marker=self.marker, continued=not self.marker)


def footnotes(
    lines: Sequence[Line], rules: Sequence[Rule], size: float
) -> tuple[list[Note], list[Line]]:
    """The notes at the foot of a page in order, and the lines that are none.

    `size` is that of running text, points; lines and rules are of one side, mirrored or not.
    """
    if not size or not lines:
        return [], list(lines)
    separators = _separators(lines, rules)
    feet = _feet(lines, separators, size)
    above = [line for line in lines if id(line) not in set(map(id, feet))]
    cited = {number for line in above for number in REFERENCE.findall(line.text)}
    feet, markers = _with_markers(feet)
    notes: list[Note] = []
    for line in in_order(feet):
        under = any(_is_under(line, rule) for rule in separators)
        marker = _marker(line, notes, cited, under=under)
        if marker:
            notes.append(Note(marker, [line]))
        elif notes and _goes_on(notes[-1].lines[-1], line):
            notes[-1].lines.append(line)
        elif under and not notes:
            notes.append(Note("", [line]))
    notes = [note for note in notes if any(map(_has_words, note.lines))]
    taken = {id(line) for note in notes for line in note.lines}
    taken |= {marker for marker, line in markers.items() if line in taken}
    return notes, [line for line in lines if id(line) not in taken]


def _with_markers(feet: Sequence[Line]) -> tuple[list[Line], dict[int, int]]:
    """Lines that know the marker set apart on their left, and which marker went to which, by id."""
    texts = [line for line in feet if not ALONE.fullmatch(line.text)]
    gone: dict[int, int] = {}
    for line in feet:
        if alone := ALONE.fullmatch(line.text):
            beside = [
                text
                for text in texts
                if abs(text.bottom - line.bottom) < 0.7 * text.size
                and -1 < text.left - line.right < FAR * text.size
            ]
            if beside:
                nearest = min(beside, key=lambda text: text.left)
                nearest.note = alone[1]
                gone[id(line)] = id(nearest)
    return [line for line in feet if id(line) not in gone], gone


def _has_words(line: Line) -> bool:
    """Whether a line has letters enough, vowel signs among them: some words have two others."""
    return sum(unicodedata.category(sign)[0] in "LM" for sign in line.text) > 2


def _separators(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Rule]:
    """Rules across that stand alone: no edge of a table, part of a drawing, underline or bar of
    a fraction. A wide one tells notes only with small type under it.
    """
    tables = [line for line in lines if line.rows]
    across = [rule for rule in rules if rule.across and rule.right - rule.left > 20]
    return [
        rule
        for rule in sorted(across, key=lambda rule: rule.top)[-RULES:]
        if not any(t.top - 4 <= rule.top <= t.bottom + 4 for t in tables)
        and not any(_crosses(rule, line) for line in lines)
        and not any(_touches(rule, other) for other in rules)
    ]


def _crosses(rule: Rule, line: Line) -> bool:
    """Whether a rule runs through a line of text, or right below it."""
    beside = min(rule.right, line.right) - max(rule.left, line.left)
    return line.top < rule.top < line.bottom and beside > 0


def _touches(rule: Rule, other: Rule) -> bool:
    """Whether two rules are parts of one drawing, and not the two edges of one thick rule."""
    if abs(rule.left - other.left) < 1 and abs(rule.right - other.right) < 1:
        return False
    return (
        other.left < rule.right + DRAWN
        and other.right > rule.left - DRAWN
        and other.top < rule.bottom + DRAWN
        and other.bottom > rule.top - DRAWN
    )


def _feet(lines: Sequence[Line], separators: Sequence[Rule], size: float) -> list[Line]:
    """Small lines, or those under a short rule, with none of running text under them."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    short = [rule for rule in separators if rule.right - rule.left < SHORT * (right - left)]
    feet: list[Line] = []
    covered: set[int] = set()  # strips of the page that running text stands in, from below
    for line in sorted(lines, key=lambda line: -line.bottom):
        small = line.size <= SMALL * size
        ruled = line.size <= 1.02 * size and any(
            rule.top < line.top and _overlap(rule.left, rule.right, line) for rule in short
        )
        strips = set(range(int(line.left / STRIP), int(line.right / STRIP) + 1))
        blocked = len(strips & covered) >= min(BLOCKED, len(strips))
        if (small or ruled) and not line.rows and not blocked:
            feet.append(line)
        else:
            covered |= strips
    return feet if len(feet) <= MOST else []


def _overlap(left: float, right: float, line: Line) -> bool:
    shared = min(right, line.right) - max(left, line.left)
    return shared > OVER * min(right - left, line.width)


def _is_under(line: Line, rule: Rule) -> bool:
    return 0 <= line.top + 0.3 * line.size - rule.top < NEAR * line.size and _overlap(
        rule.left, rule.right, line
    )


def _marker(line: Line, notes: Sequence[Note], cited: set[str], *, under: bool) -> str:
    """The number or sign of the note that a line begins, "" where it begins none.

    One that is not raised must be cited in the text or stand under a rule, and come next.
    """
    if line.note:
        return line.note
    if sign := SIGN.match(line.text):
        return sign[1] if under or sign[1] in cited else ""
    number = NUMBER.match(line.text)
    if not number:
        return ""
    value = int(number[1])
    last = next((int(n.marker) for n in reversed(notes) if n.marker.isdecimal()), None)
    if number[1] in cited:
        return number[1] if last is None or last < value <= last + 3 else ""
    return number[1] if value == (last or 0) + 1 and (last or under) else ""


def _goes_on(last: Line, line: Line) -> bool:
    step = line.bottom - last.bottom
    return step < APART * last.size and abs(line.size - last.size) < 0.2 * last.size


def _unmarked(text: str, marker: str) -> str:
    """The text of a note without its marker, in brackets or not."""
    bare = text[1:] if text.startswith(("[", "(")) else text
    if not marker or not bare.startswith(marker):
        return text
    bare = bare.removeprefix(marker)
    bare = (bare[1:] if bare.startswith(("]", ")")) else bare).lstrip()
    return (bare[1:] if bare.startswith((".", ":")) else bare).lstrip() or text
