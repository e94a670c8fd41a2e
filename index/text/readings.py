"""What a stretch of a text can be read as besides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a stretch of a text: characters `start` to `end`, folded or to be."""

    text: str
    start: int
    end: int


def plain(found: str) -> str:
    """What a pattern that ignores case found, in the letters of its tables: ı, İ and ſ are found
    as i and s."""
    return found.replace("ı", "i").replace("İ", "i").casefold()
