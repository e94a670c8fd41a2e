"""Lines of right-to-left script as they are read, from glyphs where they stand.

PDF files place Arabic and Hebrew letters by eye, in any order. Their order in reading is found
again by those rules of UAX #9 that matter here: the line runs from right to left, numbers and
Latin words run the other way inside it, and brackets may be mirrored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Digits of any script run forwards, and are not among the letters that decide.
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile("[^\\W\\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BETWEEN_DIGITS = ".,:/%+-\u066a\u066b\u066c"
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")
MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
PAIRS = tuple(re.compile(pair) for pair in (r"\([^()]*\)", r"\[[^\[\]]*\]", "«[^«»]*»", "<[^<>]*>"))
CLOSING = ")]}>»›"
GAP = 0.2  # of the type's size: a wider one parts words


@dataclass(frozen=True, slots=True)
class Placed:
    """A glyph on a line, by its edges.

    A space between words may be one too, and so may a sign that takes room and says nothing ("").
    """

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def has_right_to_left(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether right-to-left letters outnumber the others."""
    ours = len(RIGHT_TO_LEFT.findall(text))
    return ours > 0 and 2 * ours > len(LETTER.findall(text))


def logical(glyphs: Iterable[Placed], size: float, *, backward: bool = False) -> str:
    """The text of one line in reading order; `size` is that of its type, in the unit of places.

    A line without letters, such as a sum, runs from right to left when `backward` says that the
    text around it does. Brackets stay as they were found: see `bracketed`.
    """
    line = sorted(glyphs, key=lambda glyph: -glyph.middle)
    text = "".join(glyph.text for glyph in line)
    backward = is_right_to_left(text) or (backward and not LETTER.search(text))
    words = _words(_marked(line), size)
    if not backward:
        return " ".join(_forward(word) for word in reversed(words))
    result: list[str] = []
    for latin, run in groupby(words, key=_is_latin):
        group = list(run)
        result += [_forward(word) for word in reversed(group)] if latin else map(_backward, group)
    return " ".join(result)


def bracketed(lines: Sequence[str]) -> list[str]:
    """The lines of one text with the brackets of those in right-to-left script the right way round.

    Some files keep the bracket that was meant, others its mirror image that was printed: the way
    in which more of them open before they close is believed. A line that does not say, for its
    bracket closes on another, is turned as most that do.
    """
    votes = [
        _pairs(line.translate(MIRRORED)) - _pairs(line) if has_right_to_left(line) else 0
        for line in lines
    ]
    most = sum(vote > 0 for vote in votes) > sum(vote < 0 for vote in votes)
    return [
        line.translate(MIRRORED)
        if vote > 0 or (vote == 0 and most and has_right_to_left(line))
        else line
        for line, vote in zip(lines, votes, strict=True)
    ]


def _pairs(text: str) -> int:
    return sum(len(pair.findall(text)) for pair in PAIRS) - (text[:1] in CLOSING)


def _words(line: Sequence[Placed], size: float) -> list[list[Placed]]:
    """The glyphs of each word, words and glyphs from right to left."""
    words: list[list[Placed]] = [[]]
    edge: float | None = None
    for glyph in line:
        if glyph.text.isspace():
            words.append([])
            edge = None
            continue
        mark = MARKS.fullmatch(glyph.text) is not None
        if not mark and edge is not None and edge - glyph.right > GAP * size:
            words.append([])
        words[-1].append(glyph)
        if not mark:
            edge = glyph.left
    return [word for word in words if any(glyph.text for glyph in word)]


def _marked(line: Sequence[Placed]) -> list[Placed]:
    """Each vowel mark after the letter that it stands over."""
    letters = [glyph for glyph in line if not MARKS.fullmatch(glyph.text)]
    over: dict[int, list[Placed]] = {}
    for glyph in line:
        if MARKS.fullmatch(glyph.text) and letters:
            nearest = min(range(len(letters)), key=lambda n: _apart(letters[n], glyph))
            over.setdefault(nearest, []).append(glyph)
    return [
        glyph for place, letter in enumerate(letters) for glyph in (letter, *over.get(place, ()))
    ]


def _apart(letter: Placed, mark: Placed) -> tuple[bool, float]:
    """How far a mark is from a letter; none is as near as one that it stands over."""
    over = letter.left - 0.1 <= mark.middle <= letter.right + 0.1
    return not over, abs(letter.middle - mark.middle)


def under_letters(glyphs: Sequence[Placed]) -> tuple[tuple[Placed, ...], int]:
    """The glyphs of one string as it was set, its marks put to the place of the next letter.

    Set from left to right, a mark of a right-to-left script comes before its letter. How many
    more marks stand over the letter after them than over the one before says if a file does so.
    """
    letters: list[Placed | None] = []  # the one that follows each glyph
    following: Placed | None = None
    for glyph in reversed(glyphs):
        letters.append(following)
        if glyph.text.isalpha():
            following = glyph
    letters.reverse()
    placed = list(glyphs)
    votes = 0
    before: Placed | None = None
    for place, (glyph, letter) in enumerate(zip(glyphs, letters, strict=True)):
        if not MARKS.fullmatch(glyph.text):
            before = glyph if glyph.text.isalpha() else None
        elif letter is not None:
            over = not _apart(letter, glyph)[0]
            votes += over - (before is not None and not over and not _apart(before, glyph)[0])
            placed[place] = Placed(glyph.text, letter.left, letter.right)
    return tuple(placed), votes


def _is_latin(word: Sequence[Placed]) -> bool:
    text = "".join(glyph.text for glyph in word)
    return LATIN.search(text) is not None and not has_right_to_left(text)


def _forward(word: Sequence[Placed]) -> str:
    return "".join(glyph.text for glyph in reversed(word))


def _backward(word: Sequence[Placed]) -> str:
    text = []
    for forward, run in groupby(_classes(word), key=lambda pair: pair[0]):
        glyphs = [glyph for _, glyph in run]
        if forward:
            text.append(_forward(glyphs))
        else:
            text.append("".join(glyph.text for glyph in glyphs))
    return "".join(text)


def _classes(word: Sequence[Placed]) -> list[tuple[bool, Placed]]:
    """Each glyph and whether it runs forwards: numbers, what joins their digits, and Latin."""
    forward = [bool(DIGIT.search(g.text) or LATIN.search(g.text)) for g in word]
    for place in range(1, len(word) - 1):
        if word[place].text in tuple(BETWEEN_DIGITS) and forward[place - 1] and forward[place + 1]:
            forward[place] = True
    if word[0].text == "%" and len(word) > 1 and forward[1]:
        forward[0] = True
    return list(zip(forward, word, strict=True))
