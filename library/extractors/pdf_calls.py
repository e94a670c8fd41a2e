"""Functions of pdfium that are asked of every object on a page, declared for addresses.

A page of running text has a hundred objects and more, and each is asked a dozen things: with the
declarations of pypdfium2 an object is a new Python object of ctypes at each step, and a call costs
three to four times what it does here, where an object is a number. What a function fills in is a
buffer of this module, good until the next call of the same function: a process reads one page at a
time. The calls keep the interpreter's lock, since none of them takes longer than giving it up.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

ADDRESS, INT = ctypes.c_void_p, ctypes.c_int


def _declared(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes and gives addresses (None for null)."""
    place = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(place)


class Numbers:
    """Numbers side by side that a function fills in."""

    __slots__ = ("address", "addresses", "array")

    def __init__(self, kind: Any, count: int) -> None:
        self.array = (kind * count)()
        self.address = ctypes.addressof(self.array)
        size = ctypes.sizeof(kind)
        self.addresses = tuple(self.address + size * place for place in range(count))


EDGES = Numbers(ctypes.c_float, 4)  # left, bottom, right, top
COLOUR = Numbers(ctypes.c_uint, 4)  # red, green, blue, alpha, of 255
MATRIX = Numbers(ctypes.c_float, 6)
SIZE = Numbers(ctypes.c_float, 1)
POINT = Numbers(ctypes.c_float, 2)
LENGTH = Numbers(ctypes.c_ulong, 1)
MODES = Numbers(ctypes.c_int, 2)

count_objects = _declared(pdfium.FPDFPage_CountObjects, INT, ADDRESS)
object_at = _declared(pdfium.FPDFPage_GetObject, ADDRESS, ADDRESS, INT)
count_within = _declared(pdfium.FPDFFormObj_CountObjects, INT, ADDRESS)
object_within = _declared(pdfium.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong)
kind_of = _declared(pdfium.FPDFPageObj_GetType, INT, ADDRESS)
render_mode = _declared(pdfium.FPDFTextObj_GetTextRenderMode, INT, ADDRESS)
draw_mode = _declared(pdfium.FPDFPath_GetDrawMode, INT, ADDRESS, ADDRESS, ADDRESS)
fill_colour = _declared(pdfium.FPDFPageObj_GetFillColor, INT, *[ADDRESS] * 5)
font_size = _declared(pdfium.FPDFTextObj_GetFontSize, INT, ADDRESS, ADDRESS)
matrix_of = _declared(pdfium.FPDFPageObj_GetMatrix, INT, ADDRESS, ADDRESS)
bounds_of = _declared(pdfium.FPDFPageObj_GetBounds, INT, *[ADDRESS] * 5)
clip_of = _declared(pdfium.FPDFPageObj_GetClipPath, ADDRESS, ADDRESS)
count_clips = _declared(pdfium.FPDFClipPath_CountPaths, INT, ADDRESS)
count_segments = _declared(pdfium.FPDFClipPath_CountPathSegments, INT, ADDRESS, INT)
segment_at = _declared(pdfium.FPDFClipPath_GetPathSegment, ADDRESS, ADDRESS, INT, INT)
end_of = _declared(pdfium.FPDFPathSegment_GetPoint, INT, ADDRESS, ADDRESS, ADDRESS)
count_marks = _declared(pdfium.FPDFPageObj_CountMarks, INT, ADDRESS)
mark_at = _declared(pdfium.FPDFPageObj_GetMark, ADDRESS, ADDRESS, ctypes.c_ulong)
name_of_mark = _declared(
    pdfium.FPDFPageObjMark_GetName, INT, ADDRESS, ADDRESS, ctypes.c_ulong, ADDRESS
)
string_of_mark = _declared(
    pdfium.FPDFPageObjMark_GetParamStringValue,
    *(INT, ADDRESS, ctypes.c_char_p, ADDRESS, ctypes.c_ulong, ADDRESS),
)
character_index = _declared(pdfium.FPDFText_GetCharIndexFromTextIndex, INT, ADDRESS, INT)
object_of_character = _declared(pdfium.FPDFText_GetTextObject, ADDRESS, ADDRESS, INT)


def address_of(handle: Any) -> int:
    """The address behind a handle of pypdfium2; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0 if handle else 0
