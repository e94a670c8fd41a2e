"""Numbers of notes in a text, and the notes of the page that they lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from library.core.resource import Block


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text names a note: which of the page, from 1, and whether it does so first."""

    start: int
    end: int
    marker: str
    note: int
    first: bool


class References:
    """Finds what leads to the notes of one page; each note is led back to where it is named first.

    A number stands in brackets, `[3]`; where no text of the page has it so, right after a word. A
    sign stands right after a word.
    """

    def __init__(self, markers: Sequence[str], blocks: Sequence[Block]) -> None:
        self._places: dict[str, int] = {}
        for place, marker in enumerate(markers, 1):
            if marker:
                self._places.setdefault(marker, place)
        self._named: set[str] = set()
        texts = [block.text for block in blocks if block.kind != "note"]
        texts += [cell for block in blocks for row in block.rows for cell in row]
        self._pattern = _pattern(self._places, texts) if self._places else None

    def within(self, text: str) -> list[Reference]:
        """The references in a text, in order; texts are asked for in the order they are shown."""
        references = []
        for match in self._pattern.finditer(text) if self._pattern else ():
            marker = match[match.lastindex or 0]
            first = marker not in self._named
            self._named.add(marker)
            references.append(
                Reference(match.start(), match.end(), marker, self._places[marker], first)
            )
        return references

    def leads_to(self, note: int) -> bool:
        """Whether a text that was asked for names this note."""
        return any(self._places[marker] == note for marker in self._named)


def without(text: str, references: Sequence[Reference]) -> tuple[str, Sequence[int]]:
    """A text without the numbers of notes, and where each of its signs stands in the text."""
    if not references:
        return text, range(len(text))
    gone = {place for reference in references for place in range(reference.start, reference.end)}
    places = [place for place in range(len(text)) if place not in gone]
    return "".join(text[place] for place in places), places


def _pattern(markers: Sequence[str] | dict[str, int], texts: Sequence[str]) -> re.Pattern[str]:
    """What finds these markers in these texts."""
    whole = "\n".join(texts)
    bare = [marker for marker in markers if marker.isalnum() and f"[{marker}]" not in whole]
    signs = sorted((marker for marker in markers if not marker.isalnum()), key=len, reverse=True)
    ways = [rf"\[({'|'.join(map(re.escape, markers))})\]"]
    if bare:
        ways.append(rf"(?<=[^\s\d\W])({'|'.join(bare)})(?!\w)")
        ways.append(rf"(?<=[\u064b-\u065f\u0900-\u0dff])({'|'.join(bare)})(?!\w)")
    if signs:
        ways.append(rf"(?<=[^\s(\[*†‡])({'|'.join(map(re.escape, signs))})(?![*†‡\w])")
    return re.compile("|".join(ways))
