"""What the library holds, lacks, and what is read, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame, Option
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across a drawing, and the number it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A column of a drawing; across in hundredths, down in pixels."""

    x: str
    y: float
    width: str
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a line."""

    x: str
    y: float
    x2: str
    y2: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name below a drawing; `wide`: only where there is room."""

    x: str
    text: str
    anchor: str  # start, middle, end: which part of it stands there
    wide: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """Numbers over time."""

    title: str
    about: str  # what it shows in a sentence, for who does not see it
    height: int
    base: float
    start: str  # where lines of reading begin
    rules: tuple[Rule, ...]
    columns: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row of a table of numbers, with a bar for the first of them."""

    link: Link
    x: str
    width: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A table whose first numbers are drawn too."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[BarRow, ...]
    more: tuple[BarRow, ...]  # folded away
    more_label: str


@dataclass(frozen=True, slots=True)
class Cell:
    number: str
    shade: int  # 0 for nothing, else 1 to 5
    url: str
    label: str  # both names and the number


@dataclass(frozen=True, slots=True)
class HeatRow:
    link: Link
    whole: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Two facets against each other."""

    caption: str
    corner: str
    whole: str
    columns: tuple[Link, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """A form of one or two choices; `kept` are the other choices of the page."""

    anchor: str
    action: str
    label: str
    fields: tuple[tuple[str, str, tuple[Option, ...]], ...]  # name, label, options
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    facts: tuple[str, ...]
    held: Choosing
    bars: Bars
    held_sheet: Link
    coverage: Choosing
    gaps: str
    heat: Heat
    coverage_sheet: Link
    arrivals: Plot | None
    arrivals_table: Bars
    arrivals_sheet: Link
    reading: Choosing
    read: Plot | None
    read_table: Bars
    read_sheet: Link
    most: Bars
    most_sheet: Link
    languages: Bars
    languages_sheet: Link
    unread: str
    missed: Bars
    missed_sheet: Link
    asked: Bars
    asked_sheet: Link
