"""Documents that are like another: by what is guessed of them, and by the words of their titles.

Likeness is the cosine of their marks, a rare mark counting for more. Marks are cheap to have of
a document that was just described, and of those in the catalogue without reading them again.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from index.fields import ABOUT, FACET
from library.core.resource import Statement
from library.metadata.text_lines import folded

NEAREST = 7  # documents that are asked
ALIKE = 0.12  # likeness, below which a document is no neighbour
SERIES = 3  # words that titles of one series begin with
LONG = 4  # letters of a word of a title that is a mark
GUESSED = 0.1  # how sure a guess must be to be a mark

_WORD = re.compile(r"[^\W_]+")


def marks_of(statements: Iterable[Statement], house: str = "") -> frozenset[str]:
    """By what a document is like others: guesses, words of its title, its language and house."""
    found = {f"house:{folded(house)}"} if folded(house) else set()
    for statement in statements:
        if statement.source == "staff":
            continue
        values = (statement.value,) if isinstance(statement.value, str) else statement.value
        if statement.field == "title":
            words = [word for value in values for word in _WORD.findall(folded(value))]
            found |= {f"word:{word}" for word in words if len(word) >= LONG}
            if len(words) > SERIES:
                found.add(f"series:{' '.join(words[:SERIES])}")
        elif statement.field == "language" or (
            (statement.field in FACET or statement.field in ABOUT)
            and statement.confidence >= GUESSED
        ):
            found |= {f"{statement.field}:{value}" for value in values}
    return frozenset(found)


class Neighbours:
    """The marks of documents, in the order they were added."""

    def __init__(self) -> None:
        self._marks: list[frozenset[str]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._marks)

    def add(self, marks: frozenset[str]) -> None:
        for mark in marks:
            self._holders[mark].append(len(self._marks))
        self._marks.append(marks)

    def of(self, marks: frozenset[str], *, without: int = -1) -> Sequence[tuple[int, float]]:
        """Number and likeness of the nearest, the most alike first; `without` is left out."""
        shared: dict[int, float] = defaultdict(float)
        for mark in sorted(marks):
            weight = self._weight(mark)
            for number in self._holders.get(mark, ()):
                shared[number] += weight
        shared.pop(without, None)
        own = self._length(marks)
        found = [
            (number, common / math.sqrt(own * self._length(self._marks[number])))
            for number, common in shared.items()
        ]
        found = [pair for pair in found if pair[1] >= ALIKE]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:NEAREST]

    def _weight(self, mark: str) -> float:
        return math.log(1 + (1 + len(self._marks)) / (1 + len(self._holders.get(mark, ()))))

    def _length(self, marks: frozenset[str]) -> float:
        return sum(self._weight(mark) for mark in marks) or 1.0
