"""What a PDF holds besides its pages' content, by pdfium: remarks, files, layers, pictures, XFA.

ISO 32000-2: annotations 12.5.6, embedded files 7.11.4, optional content 8.11. What was remarked on
a page (typed to it with a program for readers) is read; what only draws, links or plays is not.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from library.core.errors import Damaged, TooLarge
from library.extractors import pdf_calls as calls
from library.extractors.enclosed import MOST, Enclosure, display_name
from library.extractors.rich_text import words_of

REMARKS = frozenset(
    (
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_INK,
        pdfium.FPDF_ANNOT_LINE,
        pdfium.FPDF_ANNOT_SQUARE,
        pdfium.FPDF_ANNOT_CIRCLE,
        pdfium.FPDF_ANNOT_POLYGON,
        pdfium.FPDF_ANNOT_POLYLINE,
        pdfium.FPDF_ANNOT_FILEATTACHMENT,
        pdfium.FPDF_ANNOT_REDACT,
    )
)
TYPED = pdfium.FPDF_ANNOT_FREETEXT  # drawn as it looks, where it says how
PLAYED = frozenset(
    (
        pdfium.FPDF_ANNOT_SOUND,
        pdfium.FPDF_ANNOT_MOVIE,
        pdfium.FPDF_ANNOT_RICHMEDIA,
        pdfium.FPDF_ANNOT_THREED,
    )
)
HIDDEN = 0b100010  # of the flags: hidden, or not to be seen
MOST_ANNOTATIONS = 500  # of a page that are looked at
LARGEST = 100 * 2**20  # bytes of one file, unpacked
PINNED = 60 * 2**20  # bytes of all that are pinned to pages
PACKETS = 50
MOST_OBJECTS = 2_000  # of a page that are measured
STROKES = 200  # shapes from which letters may be drawn as such


class Pinned:
    """What the annotations of pages hold, gathered page by page as they are met."""

    def __init__(self) -> None:
        self.files: list[Enclosure] = []
        self.played = 0  # sounds, films and models
        self._left = PINNED

    def gather(self, page: Any) -> tuple[list[str], set[int]]:
        """The remarks on a page, and the kinds of all its annotations."""
        remarks: list[str] = []
        kinds: set[int] = set()
        for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
            annotation = pdfium.FPDFPage_GetAnnot(page, place)
            if not annotation:
                continue
            try:
                kind = pdfium.FPDFAnnot_GetSubtype(annotation)
                kinds.add(kind)
                self.played += kind in PLAYED
                if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                    self._pin(pdfium.FPDFAnnot_GetFileAttachment(annotation))
                if kind in REMARKS or (
                    kind == TYPED and not pdfium.FPDFAnnot_HasKey(annotation, b"AP")
                ):
                    remarks += filter(None, [_remark(annotation)])
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
        return remarks, kinds

    def _pin(self, attachment: Any) -> None:
        if not attachment or len(self.files) > MOST:
            return
        name = _name(attachment)
        try:
            data = _bytes(attachment, min(self._left, LARGEST))
        except (Damaged, TooLarge):
            data = b""
        self._left -= len(data)
        self.files.append(Enclosure(name, lambda: data))


def files(document: Any) -> Iterator[Enclosure]:
    """The files attached to a document, in the order of their names; those of a portfolio too."""
    for place in range(min(max(0, pdfium.FPDFDoc_GetAttachmentCount(document)), 10 * MOST)):
        file = pdfium.FPDFDoc_GetAttachment(document, place)
        if file:
            yield Enclosure(_name(file), lambda file=file: _bytes(file, LARGEST))  # type: ignore[misc]


def xfa(document: Any) -> bytes:
    """The packets of an XFA form as one piece of XML; b"" where there are none."""
    packets = []
    count = pdfium.FPDF_GetXFAPacketCount(document)
    for place in range(min(max(0, count), PACKETS)):
        size = ctypes.c_ulong()
        if not pdfium.FPDF_GetXFAPacketContent(document, place, None, 0, size):
            continue
        if not 0 < size.value <= LARGEST:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        if pdfium.FPDF_GetXFAPacketContent(document, place, buffer, size.value, size):
            packets.append(buffer.raw[: size.value])
    return b"".join(packets)


def is_dynamic(document: Any) -> bool:
    """Whether the pages of a form are only made by the program that shows it."""
    return bool(pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL)


LAYERS = ("OCProperties", "ObjStm")  # in the catalogue, or in a stream of objects that may hold it


def _escaped(name: str) -> str:
    """A pattern of a name of which any sign may be written by its number (ISO 32000-2, 7.3.5)."""
    return "/" + "".join(f"(?:{sign}|#(?i:{ord(sign):02x}))" for sign in name)


_LAYERS_ESCAPED = re.compile("|".join(map(_escaped, LAYERS)).encode())


def may_have_layers(data: bytes) -> bool:
    """Whether the bytes of a document name layers, or hold what may; False for most, at once."""
    plain = any(name.encode() in data for name in LAYERS)
    return plain or _LAYERS_ESCAPED.search(data) is not None


LAYER_BYTES = 2 * len("OC") + 2  # of the name of a mark that is a layer's, in UTF-16, and its end


def layer_of(item: int) -> str:
    """The name of the layer that an object of a page, by its address, belongs to; "" for none."""
    for place in range(min(8, max(0, calls.count_marks(item)))):
        mark = calls.mark_at(item, place)
        if not mark or _mark(mark) != "OC":
            continue
        length = calls.LENGTH.array
        length[0] = 0
        calls.string_of_mark(mark, b"Name", None, 0, calls.LENGTH.address)
        if 2 < length[0] < 2_000:
            buffer = (ctypes.c_ushort * (length[0] // 2 + 1))()
            place_of = ctypes.addressof(buffer)
            calls.string_of_mark(mark, b"Name", place_of, length[0], calls.LENGTH.address)
            return bytes(buffer)[: length[0] - 2].decode("utf-16-le", "replace")
    return ""


def drawn_over(page: Any, wide: float, high: float) -> tuple[float, int]:
    """How much of a page pictures cover, 0 to 1, and of how many dots they are; 1 where shapes are
    so many as letters are.
    """
    edges = [ctypes.c_float() for _ in range(4)]
    area = 0.0
    shapes = dots = 0
    for item in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        shapes += kind == pdfium.FPDF_PAGEOBJ_PATH
        dots += _dots(item)
        pictured = kind == pdfium.FPDF_PAGEOBJ_IMAGE or (
            kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(item)
        )
        if pictured and pdfium.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            across = max(0.0, min(right, wide) - max(left, 0.0))
            area += across * max(0.0, min(top, high) - max(bottom, 0.0))
    if shapes >= STROKES:
        return 1.0, dots
    return (min(1.0, area / (wide * high)) if wide > 0 and high > 0 else 0.0), dots


def _objects(page: Any) -> Iterator[Any]:
    for place in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        yield pdfium.FPDFPage_GetObject(page, place)


def _dots(item: Any, within: bool = True) -> int:
    """Of how many dots a picture is, or those are that stand right in a form."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        across, down = ctypes.c_uint(), ctypes.c_uint()
        known = pdfium.FPDFImageObj_GetImagePixelSize(item, across, down)
        return int(across.value * down.value) if known else 0
    if kind != pdfium.FPDF_PAGEOBJ_FORM or not within:
        return 0
    count = min(max(0, pdfium.FPDFFormObj_CountObjects(item)), 50)
    inner = (pdfium.FPDFFormObj_GetObject(item, place) for place in range(count))
    return sum(_dots(other, within=False) for other in inner if other)


def _holds_picture(form: Any) -> bool:
    count = max(0, pdfium.FPDFFormObj_CountObjects(form))
    for place in range(min(count, 50)):
        item = pdfium.FPDFFormObj_GetObject(form, place)
        if item and pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
    return False


def _remark(annotation: Any) -> str:
    """What somebody typed to a place of a page; "" for what a program noted of another remark."""
    if pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN:
        return ""
    if pdfium.FPDFAnnot_HasKey(annotation, b"StateModel"):
        return ""
    plain = " ".join(_string(annotation, b"Contents").split())
    return plain or words_of(_string(annotation, b"RC"))


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size <= 200_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\x00", "")


def _name(attachment: Any) -> str:
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    if not 2 < size <= 20_000:
        return "without a name"
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAttachment_GetName(attachment, buffer, size)
    name = bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
    return display_name(name) or "without a name"


def _bytes(attachment: Any, most: int) -> bytes:
    """All of a file. Raises Damaged, TooLarge."""
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size) or not size.value:
        raise Damaged("part packed")
    if size.value > most:
        raise TooLarge("holds too much")
    buffer = ctypes.create_string_buffer(size.value)
    if not pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        raise Damaged("part packed")
    return buffer.raw[: size.value]


def _mark(mark: int) -> str:
    length = calls.LENGTH.array
    length[0] = 0
    calls.name_of_mark(mark, None, 0, calls.LENGTH.address)
    if length[0] != LAYER_BYTES:  # most are of paragraphs and figures: a hundred on each page
        return ""
    buffer = (ctypes.c_ushort * (length[0] // 2 + 1))()
    calls.name_of_mark(mark, ctypes.addressof(buffer), length[0], calls.LENGTH.address)
    return bytes(buffer)[: length[0] - 2].decode("utf-16-le", "replace")
