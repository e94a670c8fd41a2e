"""Pages whose words may stand in a picture: few are read, and what is drawn looks like type."""

from __future__ import annotations

import time
from dataclasses import dataclass

from library.core.errors import InputError
from library.extractors.pdfium import Document

FEW = 120  # letters of a page that says little: a number, a running head, a stamp
COVERED = 0.4  # of a page: a smaller picture is one among words
PAPER = 0.5  # of its dots: so many are of one light shade where type stands on paper
LIGHT = 150  # of 255
INK = (0.004, 0.35)  # of the dots: as much is darker than the paper by far where type stands
CONTRAST = 70
SECONDS = 8.0  # for looking at the pages of one document
MOST_DOTS = 40_000_000  # of the pictures on a page that is looked at: they are unpacked whole
STEP = 16  # shades that count as one
CELLS = 24  # across a page, each about the mean of what stands in it: lines of type are light grey
SHOWN = 0.12  # of them: so many have a colour or are dark where a page has a picture worth showing
COLOUR = 16  # of 255, between the channels of a cell
PAPER_COLOUR = 60  # the same on a page that was photographed, for paper turns yellow
DARK = 70


@dataclass(slots=True)
class Glances:
    """Looks at the pages of one document that say little, as long as that is cheap."""

    document: Document
    left: float = SECONDS

    def is_pictured(self, page: int, letters: int) -> bool:
        """Whether a page, from which so many letters were read, is mostly a picture of type.

        Where it may not be looked at any more, or is too large for it, a picture is one of type.
        """
        if letters > FEW:
            return False
        began = time.monotonic()
        try:
            covered, dots = self.document.covered(page)
            if covered < COVERED:
                return False
            if self.left <= 0 or dots > MOST_DOTS:
                return True
            return looks_like_type(self.document.shades(page))
        except InputError:
            return False
        finally:
            self.left -= time.monotonic() - began


def is_cover(document: Document) -> bool:
    """Whether the first page has a picture or a colour that is worth showing."""
    try:
        covered, dots = document.covered(0)
        if dots > MOST_DOTS:
            return False
        photographed = covered >= COVERED and looks_like_type(document.shades(0))
        _, _, pixels = document.picture(0, CELLS, 4 * CELLS * CELLS)
    except InputError:
        return False
    colour = PAPER_COLOUR if photographed else COLOUR
    cells = [pixels[place : place + 3] for place in range(0, len(pixels), 4)]
    shown = sum(max(cell) - min(cell) > colour or sum(cell) < 3 * DARK for cell in cells)
    return shown >= SHOWN * len(cells)


def looks_like_type(shades: bytes) -> bool:
    """Whether dots, 0 dark to 255 light, are of paper with ink on it, not of a photograph."""
    counts = [0] * (256 // STEP)
    for shade, count in enumerate(_histogram(shades)):
        counts[shade // STEP] += count
    total = sum(counts)
    paper = max(range(len(counts)), key=lambda level: counts[level])
    near = sum(counts[max(0, paper - 1) : paper + 2])
    if not total or near < PAPER * total or paper * STEP < LIGHT:
        return False
    darker = sum(counts[: max(0, (paper * STEP - CONTRAST) // STEP)])
    return INK[0] * total <= darker <= INK[1] * total


def _histogram(shades: bytes) -> list[int]:
    return [shades.count(shade) for shade in range(256)]
