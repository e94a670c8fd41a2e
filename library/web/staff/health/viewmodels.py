"""Whether the library is well."""

from __future__ import annotations

from dataclasses import dataclass

from library.web.staff.viewmodels import DeskFrame
from library.web.viewmodels import Frame


@dataclass(frozen=True, slots=True)
class Sheet:
    """A small table: its heads, and rows of which the first cell is a head."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done, and the commands that do it."""

    words: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One part of the library: how it is, what that means, and what is to be done."""

    anchor: str
    title: str
    state: str  # well, look, act: how it is dressed
    verdict: str  # the same in words
    means: str
    facts: tuple[str, ...]  # the gravest first
    sheet: Sheet | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class HealthPage:
    frame: Frame
    desk: DeskFrame
    heading: str
    at: str
    summary: str
    lines: tuple[HealthLine, ...]
