"""What stands on a page of a PDF and is not in its content: values of forms, typed notes, stamps.

An annotation is drawn by its appearance stream (ISO 32000-2, 12.5.5), fitted into its rectangle;
where a program left that to be made by whoever shows it, its value stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, decode_text, mult_matrix

from library.extractors.pdf_content import Interpreter
from library.extractors.pdf_layers import name_of
from library.extractors.rich_text import words_of

DRAWN = frozenset(("Widget", "FreeText", "Stamp", "Watermark"))
HIDDEN = 0b100010  # of the flags: hidden, or not to be seen
PASSWORD = 1 << 13  # of a field's flags
MOST = 500  # annotations of a page
DEEPEST = 12  # fields within fields
LONGEST = 20_000  # characters of one value

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that has no appearance of its own; its place in points from the lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def draw(page: PDFPage, interpreter: Interpreter) -> list[Typed]:
    """Draw the annotations of a page that show words; those without an appearance are returned."""
    turned = upright(page)
    typed: list[Typed] = []
    for annotation in _annotations(page):
        kind = name_of(annotation.get("Subtype"))
        flags = resolve1(annotation.get("F"))
        if kind not in DRAWN or (isinstance(flags, int) and flags & HIDDEN):
            continue
        if kind == "Widget" and not _is_text(annotation):
            continue
        if interpreter.layers and interpreter.layers.hides(annotation.get("OC")):
            continue
        box = _numbers(annotation.get("Rect"), 4)
        if box is None:
            continue
        left, right = sorted((box[0], box[2]))
        bottom, top = sorted((box[1], box[3]))
        stream = _appearance(annotation)
        if stream is not None and _has_words(stream):
            _carry_out(stream, (left, bottom, right, top), turned, interpreter)
        elif text := _typed(annotation, kind):
            (x0, y0), (x1, y1) = (
                apply_matrix_pt(turned, (left, bottom)),
                apply_matrix_pt(turned, (right, top)),
            )
            typed.append(Typed(text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return typed


def _typed(annotation: dict[str, Any], kind: str) -> str:
    """What was typed into a field, or on the page: plainly, or else with its looks."""
    plain = _value(annotation, "V" if kind == "Widget" else "Contents")
    return plain or words_of(_value(annotation, "RV" if kind == "Widget" else "RC"))


def _annotations(page: PDFPage) -> Iterator[dict[str, Any]]:
    listed = resolve1(page.annots)
    for reference in listed[:MOST] if isinstance(listed, list) else ():
        annotation = resolve1(reference)
        if isinstance(annotation, dict):
            yield annotation


def upright(page: PDFPage) -> Matrix:
    """The matrix by which a page is shown, as pdfminer.six has it."""
    x0, y0, x1, y1 = page.mediabox
    return {
        90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
        180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
        270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
    }.get(page.rotate, (1.0, 0.0, 0.0, 1.0, -x0, -y0))


def _is_text(field: dict[str, Any]) -> bool:
    """Whether a field shows words: no button, no tick, no password."""
    flags = _inherited(field, "Ff")
    secret = isinstance(flags, int) and bool(flags & PASSWORD)
    return name_of(_inherited(field, "FT")) in ("Tx", "Ch") and not secret


def _inherited(field: dict[str, Any], key: str) -> Any:
    for _ in range(DEEPEST):
        if key in field:
            return resolve1(field[key])
        parent = resolve1(field.get("Parent"))
        if not isinstance(parent, dict):
            return None
        field = parent
    return None


def _value(annotation: dict[str, Any], key: str) -> str:
    value = _inherited(annotation, key)
    values = value if isinstance(value, list) else [value]
    texts = []
    for string in map(resolve1, values[:100]):
        if isinstance(string, PDFStream):
            string = string.get_data()
        if isinstance(string, bytes):
            texts.append(decode_text(string))
    return " ".join(texts).replace("\x00", "").strip()[:LONGEST]


def _appearance(annotation: dict[str, Any]) -> PDFStream | None:
    states = resolve1(annotation.get("AP"))
    normal = resolve1(states.get("N")) if isinstance(states, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(name_of(annotation.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _has_words(stream: PDFStream) -> bool:
    """Whether a stream shows type, or draws another that may."""
    data = stream.get_data()
    return b"Tj" in data or b"TJ" in data or b"Do" in data or b"'" in data


def _carry_out(
    stream: PDFStream,
    place: tuple[float, float, float, float],
    upright: Matrix,
    interpreter: Interpreter,
) -> None:
    own = _numbers(stream.get("Matrix"), 6)
    matrix: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if own else MATRIX_IDENTITY
    box = _numbers(stream.get("BBox"), 4) or (0.0, 0.0, place[2] - place[0], place[3] - place[1])
    corners = [apply_matrix_pt(matrix, (x, y)) for x in box[0::2] for y in box[1::2]]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    across = (place[2] - place[0]) / (right - left) if right > left else 1.0
    down = (place[3] - place[1]) / (top - bottom) if top > bottom else 1.0
    fitted: Matrix = (
        across,
        0.0,
        0.0,
        down,
        place[0] - left * across,
        place[1] - bottom * down,
    )
    resources = resolve1(stream.get("Resources"))
    inner = interpreter.dup()
    inner.render_contents(
        resources if isinstance(resources, dict) else {},
        [stream],
        ctm=mult_matrix(matrix, mult_matrix(fitted, upright)),
    )


def _numbers(value: Any, count: int) -> tuple[float, ...] | None:
    entries = resolve1(value)
    if not isinstance(entries, list) or len(entries) != count:
        return None
    numbers = [resolve1(number) for number in entries]
    if not all(isinstance(number, (int, float)) for number in numbers):
        return None
    return tuple(float(number) for number in numbers)
