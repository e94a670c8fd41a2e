"""Vowel signs of India's scripts that a PDF does not name, told by the shapes in its font.

The sign i reaches over the consonants that follow it, and ii back over those before. Good types
have either at many widths and choose among them; programs that write PDF name the one that stands
for the letter in Unicode and forget the others (XeTeX names none at all where each stands before a
consonant). All have the width and stem of the sign aa, or of the one that is named, and a hook as
high as that: so much is in the measures of the font, which is read as TrueType has it (tables
head, hhea, hmtx, maxp, loca and glyf of the OpenType specification).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

BLOCKS = (0x900, 0x980, 0xA00, 0xA80)  # where the signs aa, i and ii are vertical strokes
AA, I, II = 0x3E, 0x3F, 0x40  # noqa: E741
ALIKE = 0.02  # of the size: measures as near as that to each other are the same
HOOK = 0.15  # of the size: a hook reaches at least so far beyond the stem
LETTERS = range(0x900, 0xD80)  # of India's scripts
VIRAMA = 0x4D  # offset in each of their blocks of 128
MOST_PARTS = 8
WORDS, MORE, SCALE, SCALES, MATRIX = 0x1, 0x20, 0x8, 0x40, 0x80  # flags of a part of a glyph


@dataclass(frozen=True, slots=True)
class Shape:
    """A glyph's measures, in parts of the size, and the glyphs it is made of."""

    advance: float
    left: float
    bottom: float
    right: float
    top: float
    contours: int
    parts: tuple[int, ...] = ()


def unnamed(program: bytes, named: Mapping[int, str]) -> dict[int, str]:
    """Letters of glyphs that have none, by glyph; `named` are those that have.

    Raises struct.error, IndexError, KeyError or ValueError for a program that is damaged.
    """
    bases = {text: glyph for glyph, text in named.items() if len(text) == 1}
    blocks = [block for block in BLOCKS if chr(block + AA) in bases]
    if not blocks:
        return {}
    font = Program(program)
    shapes = {
        glyph: shape
        for glyph in range(font.count)
        if glyph not in named and (shape := font.shape(glyph)) is not None
    }
    names: dict[int, str] = {}
    for block in blocks:
        known = {
            offset: font.shape(bases[chr(block + offset)])
            for offset in (AA, I, II)
            if chr(block + offset) in bases
        }
        for glyph, shape in shapes.items():
            if offset := _sign(shape, known):
                names[glyph] = chr(block + offset)
    for glyph, shape in shapes.items():
        letters = [names.get(part) or named.get(part, "") for part in shape.parts]
        if letters and all(map(_is_plain, letters)):
            names[glyph] = "".join(letters)
    return names


def _sign(shape: Shape, known: Mapping[int, Shape | None]) -> int:
    """The sign of which a shape is another width, as its place in a block; 0 for none.

    How high the hook is, and of how many strokes, is known from i or ii alone.
    """
    stem, pattern = known[AA], known.get(I) or known.get(II)
    if stem is None or pattern is None or shape.parts or shape.contours != pattern.contours:
        return 0
    if not (
        _same(shape.advance, pattern.advance)
        and _same(shape.advance, stem.advance)
        and _same(shape.bottom, pattern.bottom)
        and _same(shape.top, pattern.top)
        and pattern.top > stem.top + HOOK
    ):
        return 0
    if _same(shape.left, stem.left) and shape.right > stem.right + HOOK:
        return I
    if _same(shape.right, stem.right) and shape.left < stem.left - HOOK:
        return II
    return 0


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE


def _is_plain(text: str) -> bool:
    """Whether text is of letters of India that stand where they look: no half of a cluster."""
    return bool(text) and all(ord(sign) in LETTERS and ord(sign) % 128 != VIRAMA for sign in text)


class Program:
    """A TrueType program, of which only measures are read."""

    def __init__(self, data: bytes) -> None:
        (tables,) = struct.unpack_from(">H", data, 4)
        self._data = data
        self._tables: dict[bytes, int] = {}
        for place in range(tables):
            tag, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
            self._tables[tag] = offset
        (self._size,) = struct.unpack_from(">H", data, self._tables[b"head"] + 18)
        (self._long,) = struct.unpack_from(">h", data, self._tables[b"head"] + 50)
        (self._widths,) = struct.unpack_from(">H", data, self._tables[b"hhea"] + 34)
        (self.count,) = struct.unpack_from(">H", data, self._tables[b"maxp"] + 4)
        if not self._size or not self._widths:
            raise ValueError("a font without a size or without widths")

    def shape(self, glyph: int) -> Shape | None:
        """The shape of a glyph; None where it is empty or not there."""
        if glyph >= self.count:
            return None
        start, end = self._place(glyph), self._place(glyph + 1)
        if end <= start:
            return None
        at = self._tables[b"glyf"] + start
        contours, *box = struct.unpack_from(">5h", self._data, at)
        last = min(glyph, self._widths - 1)
        (advance,) = struct.unpack_from(">H", self._data, self._tables[b"hmtx"] + 4 * last)
        left, bottom, right, top = (edge / self._size for edge in box)
        parts = self._parts(at + 10) if contours < 0 else ()
        return Shape(advance / self._size, left, bottom, right, top, contours, parts)

    def _place(self, glyph: int) -> int:
        at = self._tables[b"loca"]
        if self._long:
            return int(struct.unpack_from(">L", self._data, at + 4 * glyph)[0])
        return 2 * int(struct.unpack_from(">H", self._data, at + 2 * glyph)[0])

    def _parts(self, at: int) -> tuple[int, ...]:
        parts: list[int] = []
        flags = MORE
        while flags & MORE and len(parts) < MOST_PARTS:
            flags, part = struct.unpack_from(">HH", self._data, at)
            parts.append(part)
            at += 4 + (4 if flags & WORDS else 2)
            at += 2 if flags & SCALE else 4 if flags & SCALES else 8 if flags & MATRIX else 0
        return tuple(parts)
