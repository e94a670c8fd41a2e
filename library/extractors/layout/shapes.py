"""What is on a page, in points from its upper left corner: spans, rules, lines, tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from library.extractors.bidi import Placed


@dataclass(slots=True)
class Span:
    """Type set in one go: no wide gap in it, one font, one size."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    artifact: bool = False  # the file says that it is no part of the text: a running head
    glyphs: tuple[Placed, ...] = ()  # of right-to-left script, whose order is found later
    place: int = 0  # in the order in which the file sets its type
    led: bool = False  # a space was set before it
    ended: bool = False  # a space was set after it
    even: bool = False  # all letters of its type are as wide as each other: a typewriter's, or code
    face: str = ""  # the name of its type, in small letters


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line across or down; of no width."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture stands."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Sheet:
    """A page before anything is understood of it."""

    number: int
    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    label: str = ""
    furniture: list[Span] = field(default_factory=list)  # what calls itself none of the text
    aside: list[Span] = field(default_factory=list)  # what runs another way, in places of its own


@dataclass(slots=True)
class Line:
    """Words on one baseline that belong together; or a table, which is kept whole."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""  # the raised number or sign of a note that it begins with
    parts: tuple[Line, ...] = ()  # what may be a marker, and what stands far right of it
    place: int = 0  # in the order in which the file sets its type
    spans: tuple[Span, ...] = ()  # that it was made of; none of a table

    @property
    def width(self) -> float:
        return self.right - self.left
