"""Type on a page of a PDF that nobody sees: white on white paper, or drawn in no way, by pdfium.

ISO 32000-2: colours 8.6, modes of showing type 9.3.6. What a scanner's program read is drawn in no
way over its picture, and is seen there; so what is under suspicion counts as unseen only where the
page, drawn small, has nothing but one shade in its place.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from library.extractors import pdf_calls as calls

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points

MOST_OBJECTS = 20_000  # of a page that are looked at
MOST_SUSPECTS = 2_000
LIGHT = 250  # of 255: a colour of which all parts are as light as that is white
TINY = 0.8  # points: type of that size is not to be read
DOTS = 1_500_000  # of the small picture
SAME = 6  # of 255: shades as near as that are one
TEXT, FORM = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM
FILL, INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST = 3  # forms within forms


class Unseen(NamedTuple):
    """Objects of a page by their addresses, and where they stand."""

    objects: frozenset[int] = frozenset()
    boxes: tuple[Box, ...] = ()


NOTHING = Unseen()


class _Suspect(NamedTuple):
    address: int
    box: Box
    tiny: bool
    place: int  # among the objects of the page


class Objects(NamedTuple):
    """The addresses of the objects of type on a page and its forms, each with its place."""

    texts: list[tuple[int, int]]
    forms: list[tuple[int, int]]


def objects(page: Any) -> Objects:
    found = Objects([], [])
    texts, forms = found
    of, kind_of = calls.object_at, calls.kind_of
    handle = calls.address_of(page)
    for place in range(min(calls.count_objects(handle), MOST_OBJECTS)):
        item = of(handle, place)
        kind = kind_of(item)
        if kind == TEXT:
            texts.append((place, item))
        elif kind == FORM:
            forms.append((place, item))
    return found


def unseen(page: Any, found: Objects) -> Unseen:
    """What type of a page nobody sees."""
    suspects = list(_suspects(found))
    if not suspects:
        return NOTHING
    grounds = _grounds(page, max(suspect.place for suspect in suspects))
    left = [one for one in suspects if one.tiny or not _is_on(one, grounds)][:MOST_SUSPECTS]
    if not left:
        return NOTHING
    picture = None if all(one.tiny for one in left) else _Picture(page)
    kept = [one for one in left if one.tiny or (picture and picture.is_even(one.box))]
    return Unseen(frozenset(one.address for one in kept), tuple(one.box for one in kept))


def _suspects(found: Objects) -> Iterator[_Suspect]:
    yield from _among(found.texts, UPRIGHT)
    for place, item in found.forms:
        yield from _within(item, UPRIGHT, place, 1)


def _within(form: int, outer: tuple[float, ...], place: int, depth: int) -> Iterator[_Suspect]:
    matrix = _times(_matrix(form), outer)
    count = max(0, calls.count_within(form))
    for number in range(min(count, MOST_OBJECTS)):
        item = calls.object_within(form, number)
        kind = calls.kind_of(item) if item else None
        if kind == TEXT:
            yield from _among([(place, item)], matrix)
        elif kind == FORM and depth < DEEPEST:
            yield from _within(item, matrix, place, depth + 1)


def _among(texts: list[tuple[int, int]], outer: tuple[float, ...]) -> Iterator[_Suspect]:
    """The objects of type, with their places, that nobody may see: here time goes, if anywhere."""
    mode_of, colour_of, size_of = calls.render_mode, calls.fill_colour, calls.font_size
    colour, (red, green, blue, alpha) = calls.COLOUR.array, calls.COLOUR.addresses
    sizes, size = calls.SIZE.array, calls.SIZE.address
    for place, item in texts:
        mode = mode_of(item)
        odd = mode == INVISIBLE
        if mode == FILL and colour_of(item, red, green, blue, alpha):
            first = colour[0]  # mostly black, and then no more is to be asked
            light = first >= LIGHT and colour[1] >= LIGHT and colour[2] >= LIGHT
            odd = light or not colour[3]
        tiny = False
        if size_of(item, size) and sizes[0] < 4:  # else larger, as a rule
            points = sizes[0]
            matrix = _matrix(item) if outer is UPRIGHT else _times(_matrix(item), outer)
            tiny = abs(points) * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 < TINY
        if (odd or tiny) and (box := _bounds(item, outer)):
            yield _Suspect(item, box, tiny, place)


def _grounds(page: Any, last: int) -> list[tuple[int, Box]]:
    """What is painted on a page that is not white, and its place among the objects."""
    found: list[tuple[int, Box]] = []
    handle = calls.address_of(page)
    for place in range(min(last, MOST_OBJECTS)):
        item = calls.object_at(handle, place)
        kind = calls.kind_of(item)
        if kind == TEXT:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            calls.draw_mode(item, *calls.MODES.addresses)
            known = calls.fill_colour(item, *calls.COLOUR.addresses)
            red, green, blue, alpha = calls.COLOUR.array
            white = known and (alpha == 0 or min(red, green, blue) >= LIGHT)
            if not calls.MODES.array[0] or white:
                continue
        if box := _bounds(item, UPRIGHT):
            found.append((place, box))
    return found


def _is_on(suspect: _Suspect, grounds: list[tuple[int, Box]]) -> bool:
    """Whether the middle of a string stands on something that was painted before it."""
    left, bottom, right, top = suspect.box
    x, y = (left + right) / 2, (bottom + top) / 2
    return any(
        place < suspect.place and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        for place, box in grounds
    )


class _Picture:
    """A page drawn small, in shades."""

    def __init__(self, page: Any) -> None:
        self._page = page
        wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(1.5, (DOTS / max(1.0, wide * high)) ** 0.5)
        self.across, self.down = max(1, int(wide * scale)), max(1, int(high * scale))
        self.rows: bytes = b""
        self.stride = 0
        if self.across * self.down > 2 * DOTS:
            return
        bitmap = pdfium.FPDFBitmap_CreateEx(self.across, self.down, pdfium.FPDFBitmap_Gray, None, 0)
        if not bitmap:
            return
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.across, self.down, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(
                bitmap, page, 0, 0, self.across, self.down, 0, pdfium.FPDF_ANNOT
            )
            self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
            self.rows = ctypes.string_at(
                pdfium.FPDFBitmap_GetBuffer(bitmap), self.stride * self.down
            )
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def is_even(self, box: Box) -> bool:
        """Whether a place on the page has one shade only; no place outside of it has."""
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for across, up in ((box[0], box[1]), (box[2], box[3])):
            shown = (self._page, 0, 0, self.across, self.down, 0, across, up)
            pdfium.FPDF_PageToDevice(*shown, x, y)
            corners.append((x.value, y.value))
        (x0, y0), (x1, y1) = corners
        left, right = max(0, min(x0, x1)), min(self.across, max(x0, x1) + 1)
        top, bottom = max(0, min(y0, y1)), min(self.down, max(y0, y1) + 1)
        if left >= right or top >= bottom or not self.rows:
            return False
        lightest, darkest = 0, 255
        for row in range(top, bottom):
            shades = self.rows[row * self.stride + left : row * self.stride + right]
            lightest, darkest = max(lightest, max(shades)), min(darkest, min(shades))
        return lightest - darkest <= SAME


def _matrix(item: int) -> tuple[float, ...]:
    if not calls.matrix_of(item, calls.MATRIX.address):
        return UPRIGHT
    return tuple(calls.MATRIX.array[:])


def _times(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _bounds(item: int, outer: tuple[float, ...]) -> Box | None:
    if not calls.bounds_of(item, *calls.EDGES.addresses):
        return None
    left, bottom, right, top = calls.EDGES.array[:]
    a, b, c, d, e, f = outer
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)
