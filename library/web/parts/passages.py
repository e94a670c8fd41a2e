"""Excerpts made fit to be read: no dot leaders, lists of contents last, short where folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.results import Excerpt, Span

LONGEST = 2000  # characters of an excerpt that are looked at; an excerpt has some two hundred
_DOTS = ".·•‥…․‧∙⋅‒–—_-"
_LEADER = re.compile(rf"\s?(?:[{re.escape(_DOTS)}]\s?){{4,}}")
_DOT = f"[{re.escape(_DOTS)}]"
_ENTRY = re.compile(rf"(?<!{_DOT})(?<!{_DOT}\s)(?:{_DOT}\s?){{4,}}+\s?[0-9ivxlc]{{1,5}}\b")
CONTENTS = 2  # entries with leaders from which an excerpt is one of a list of contents
SHORT = "… "


def without_leaders(text: str, marks: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
    """The text with rows of dots, dashes and underlines as an ellipsis, and its marks moved."""
    text = text[:LONGEST]
    parts: list[str] = []
    moves: list[tuple[int, int]] = []  # from this place of the old text on, how far it moved
    end = moved = 0
    for leader in _LEADER.finditer(text):
        parts += [text[end : leader.start()], SHORT]
        end = leader.end()
        moved += len(SHORT) - len(leader.group())
        moves.append((end, moved))

    def place(at: int) -> int:
        return at + next((by for start, by in reversed(moves) if at >= start), 0)

    parts.append(text[end:])
    made = "".join(parts)
    spans = ((place(first), place(last)) for first, last in marks if last <= len(text))
    return made, tuple((a, b) for a, b in spans if 0 <= a < b <= len(made))


def is_contents(text: str) -> bool:
    """Whether an excerpt is of a list of contents: names, leaders, numbers."""
    return len(_ENTRY.findall(text[:LONGEST])) >= CONTENTS


def listed_last(found: Sequence[Excerpt]) -> list[Excerpt]:
    """Excerpts with those of contents lists last: they name what the others say."""
    return sorted(found, key=lambda passage: is_contents(passage.text))


def around(text: str, marks: Sequence[Span], width: int) -> tuple[str, tuple[Span, ...]]:
    """About `width` characters of a text that begin a little before its first mark."""
    if len(text) <= width:
        return text, tuple(marks)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - width // 4, len(text) - width))
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = start + width
    if end < len(text):
        end = text.rfind(" ", max(first, start), end)
        end = end if end > start else start + width
    before, after = ("…" if start else ""), ("…" if end < len(text) else "")
    moved = len(before) - start
    inside = ((a + moved, b + moved) for a, b in marks if start <= a and b <= end)
    return before + text[start:end] + after, tuple(inside)
