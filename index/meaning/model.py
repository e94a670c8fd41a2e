"""What was learned from an index, as a value and as a file of arrays."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from index.columns import arrays
from index.columns.arrays import Columns
from index.columns.terms import Terms, packed, to_bytes, to_text
from index.meaning.lookalikes import Lookalikes
from index.meaning.space import Array

KEYWORDS = 64
"""So many of a work's weightiest words are kept with it."""

VERSION = 2


class Words(Sequence[str]):
    """Words in order, numbered as they stand; they stay in the file they are read from."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    @staticmethod
    def of(words: Sequence[str]) -> Words:
        """Of words that are ascending."""
        return Words(Terms(*packed([to_bytes(word) for word in words])))

    def number(self, word: str) -> int | None:
        """The number of a word; None where it is not here."""
        place = self._terms.find(to_bytes(word))
        return place if place >= 0 else None

    def columns(self) -> Columns:
        """What they are read from."""
        return dict(zip(("words", "words.begin"), self._terms.columns, strict=True))

    def __len__(self) -> int:
        return self._terms.count

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return list(self)[at]
        [term] = self._terms.slice(at, at + 1)
        return to_text(term)

    def __iter__(self) -> Iterator[str]:
        return map(to_text, self._terms.slice(0, len(self)))


@dataclass(frozen=True, slots=True)
class Learned:
    """Words, works and how they lie. Words and works are numbered as they stand here.

    words: terms, ascending. holders: how many works hold each. among: the works learned from.
    placed: the words that have a place in the space, ascending by number; axes: (placed,
    dimensions). marks: what tells each work, a line each; vectors: (works, dimensions); keywords
    and weights: (works, KEYWORDS), a word's number or -1, and what it weighs in the work.
    """

    words: Words
    holders: npt.NDArray[np.int32]
    among: int
    placed: npt.NDArray[np.int32]
    axes: npt.NDArray[np.float16]
    marks: npt.NDArray[np.uint8]
    vectors: npt.NDArray[np.float16]
    keywords: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float16]
    lookalikes: Lookalikes

    @property
    def works(self) -> list[str]:
        """What tells each work."""
        lines = to_text(self.marks.tobytes())
        return lines.split("\n") if lines else []

    def place(self, word: int) -> Array | None:
        """Where a word lies; None where it has no place."""
        at = int(np.searchsorted(self.placed, word))
        if at == len(self.placed) or self.placed[at] != word:
            return None
        axis: Array = self.axes[at].astype(np.float32)
        return axis

    def places(self, words: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.bool_], Array]:
        """Which of some words have a place, and where these lie: (placed, dimensions)."""
        at = np.searchsorted(self.placed, words)
        at[at == len(self.placed)] = 0
        is_placed = self.placed[at] == words if len(self.placed) else np.zeros(len(words), bool)
        return is_placed, self.axes[at[is_placed]].astype(np.float32)


def marks_of(works: Sequence[str]) -> npt.NDArray[np.uint8]:
    """What tells works, as `Learned` keeps it."""
    return np.frombuffer(to_bytes("\n".join(works)), np.uint8)


def dump(learned: Learned) -> bytes:
    """As bytes that `load` reads."""
    file = io.BytesIO()
    alike = learned.lookalikes
    arrays.write(
        file,
        {
            "version": np.array([VERSION, learned.among], np.int64),
            **learned.words.columns(),
            "holders": learned.holders,
            "placed": learned.placed,
            "axes": learned.axes,
            "marks": learned.marks,
            "vectors": learned.vectors,
            "keywords": learned.keywords,
            "weights": learned.weights,
            "groups": alike.groups,
            "starts": alike.starts,
            "alike": alike.words,
            "lengths": alike.lengths,
        },
    )
    return file.getvalue()


def load(content: Any) -> Learned | None:
    """What is in a buffer of what `dump` wrote, as views of it; None where it is of another version
    or damaged: learn it anew."""
    try:
        with memoryview(content) as view:
            if not arrays.is_sound(view):
                return None
        kept = arrays.read(content)
        version, among = kept["version"].tolist()
        if version != VERSION:
            return None
        return Learned(
            Words(Terms(kept["words"], kept["words.begin"])),
            kept["holders"],
            among,
            kept["placed"],
            kept["axes"],
            kept["marks"],
            kept["vectors"],
            kept["keywords"],
            kept["weights"],
            Lookalikes(kept["groups"], kept["starts"], kept["alike"], kept["lengths"]),
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return None
