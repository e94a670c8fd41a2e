"""What of a page of a PDF is shown: its crop box, its paper, and what clipping paths leave."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from library.extractors import pdf_calls as calls
from library.extractors.pdf_unseen import Box, Objects

MOST_PATHS = 10
MOST_POINTS = 1_000  # of a path of clipping


def part(page: Any) -> Box | None:
    """A page's crop box; None where it shows all of the page."""
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetCropBox(page, *edges):
        return None
    crop = [edge.value for edge in edges]
    if not pdfium.FPDFPage_GetMediaBox(page, *edges):
        return None
    media = [edge.value for edge in edges]
    x0, x1 = sorted((crop[0], crop[2]))
    y0, y1 = sorted((crop[1], crop[3]))
    whole = max(x0 - media[0], y0 - media[1], media[2] - x1, media[3] - y1) <= 1
    return None if whole or x1 - x0 < 1 or y1 - y0 < 1 else (x0, y0, x1, y1)


def hidden(page: Any, found: Objects) -> frozenset[int]:
    """The objects of type that stand wholly outside of the paper, or of what a path leaves."""
    edges = [ctypes.c_float() for _ in range(4)]
    paper: Box | None = None
    if pdfium.FPDFPage_GetMediaBox(page, *edges):
        x0, y0, x1, y1 = (edge.value for edge in edges)
        paper = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    addresses = set()
    path_of, count_of, bounds_of = calls.clip_of, calls.count_clips, calls.bounds_of
    bounds, sides = calls.EDGES.array, calls.EDGES.addresses
    for _, item in found.texts:
        path = path_of(item)
        count = count_of(path) if path else 0
        box = (_clip(path, count) if count > 0 else None) or paper
        if box is None or not bounds_of(item, *sides):
            continue
        left, bottom, right, top = bounds[:]
        if left > box[2] + 1 or right < box[0] - 1 or bottom > box[3] + 1 or top < box[1] - 1:
            addresses.add(item)
    return frozenset(addresses)


def _clip(path: int, count: int) -> Box | None:
    """What a clipping path leaves at most: left, bottom, right, top; None where that is unknown."""
    if count > MOST_PATHS:
        return None
    point, places = calls.POINT.array, calls.POINT.addresses
    box: Box | None = None
    for number in range(count):
        points = []
        for place in range(min(MOST_POINTS, calls.count_segments(path, number))):
            segment = calls.segment_at(path, number, place)
            if segment and calls.end_of(segment, *places):
                points.append(point[:])
        if not points:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, bottom, right, top = box or (min(xs), min(ys), max(xs), max(ys))
        box = max(left, min(xs)), max(bottom, min(ys)), min(right, max(xs)), min(top, max(ys))
    return box
