"""What was learned from an index, as a value and as a file of arrays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.meaning.lookalikes import Lookalikes
from index.meaning.space import Array

KEYWORDS = 64
"""So many of a work's weightiest words are kept with it."""

VERSION = 1


@dataclass(frozen=True, slots=True)
class Learned:
    """Words, works and how they lie. Words and works are numbered as they stand here.

    words: terms, ascending. holders: how many works hold each. among: the works learned from.
    placed: the words that have a place in the space, ascending by number; axes: (placed,
    dimensions). works: identifiers; vectors: (works, dimensions); keywords and weights: (works,
    KEYWORDS), a word's number or -1, and what it weighs in the work.
    """

    words: Sequence[str]
    holders: npt.NDArray[np.int32]
    among: int
    placed: npt.NDArray[np.int32]
    axes: npt.NDArray[np.float16]
    works: Sequence[str]
    vectors: npt.NDArray[np.float16]
    keywords: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float16]
    lookalikes: Lookalikes
    number_of: Mapping[str, int] = field(repr=False)  # word → its number

    def place(self, word: int) -> Array | None:
        """Where a word lies; None where it has no place."""
        at = int(np.searchsorted(self.placed, word))
        if at == len(self.placed) or self.placed[at] != word:
            return None
        axis: Array = self.axes[at].astype(np.float32)
        return axis


def dump(learned: Learned) -> bytes:
    """As bytes that `load` reads."""
    file = io.BytesIO()
    np.savez(
        file,
        version=np.array([VERSION, learned.among]),
        words=_packed(learned.words),
        holders=learned.holders,
        placed=learned.placed,
        axes=learned.axes,
        works=_packed(learned.works),
        vectors=learned.vectors,
        keywords=learned.keywords,
        weights=learned.weights,
        groups=learned.lookalikes.groups,
        starts=learned.lookalikes.starts,
        alike=learned.lookalikes.words,
        lengths=learned.lookalikes.lengths,
    )
    return file.getvalue()


def load(content: bytes) -> Learned | None:
    """What `dump` wrote; None where it is of another version or damaged: learn it anew."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            version, among = kept["version"].tolist()
            if version != VERSION:
                return None
            words = _unpacked(kept["words"])
            return Learned(
                words,
                kept["holders"],
                among,
                kept["placed"],
                kept["axes"],
                _unpacked(kept["works"]),
                kept["vectors"],
                kept["keywords"],
                kept["weights"],
                Lookalikes(kept["groups"], kept["starts"], kept["alike"], kept["lengths"]),
                {word: number for number, word in enumerate(words)},
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile):
        return None


def _packed(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode("utf-8", "surrogatepass"), np.uint8)


def _unpacked(packed: npt.NDArray[np.uint8]) -> list[str]:
    text = packed.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
