"""A state of the candidates that a server gave: the closer look is at these.

What is said of the whole library (how many works there are and how many hold a word, how long texts
are, how words are printed) is asked of the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from index.answering.evaluation import Evaluation
from index.answering.facts import Facts
from index.answering.semantics import Sense
from index.answering.state import (
    NOWHERE,
    SPAN,
    WORK,
    Array,
    Held,
    Layout,
    Numbers,
    Places,
    Postings,
    State,
)
from index.columns.arrays import Column
from index.columns.terms import to_bytes
from index.engines.opensearch.documents import Candidate
from index.meaning import Learned, Matrix
from index.text import matching
from index.text.spelling import Words


class Whole(Protocol):
    """What the server says of the whole library."""

    works: int
    learned: Learned | None
    places: dict[str, int]  # of what was learned of each work, by what tells it

    def holders(self, field: str, term: str) -> int: ...

    def often(self, field: str, term: str) -> float: ...

    def lexicon(self, field: str, prefix: str) -> Sequence[tuple[str, int]]: ...

    def holding(self, field: str, terms: Sequence[str]) -> int: ...

    def under(self, facet: str, values: Iterable[str]) -> int: ...

    def spoken(self) -> Iterable[str]: ...

    def mean(self, field: str) -> float: ...

    @property
    def words(self) -> Sequence[Words]: ...

    def known(self, key: object) -> int:
        """How many works hold what a key of `State.counted` says."""
        ...

    def saying(self, slots: tuple[matching.Slot, ...]) -> int:
        """How many works say a name in their text or title."""
        ...

    def tell(self, candidates: Sequence[Candidate]) -> None:
        """Bring their texts."""
        ...


class Window(State):
    """Some works, numbered as they are given."""

    def __init__(self, whole: Whole, candidates: Sequence[Candidate]) -> None:
        self.whole = whole
        self.candidates = candidates
        super().__init__("window", _facts(candidates))
        self.works = whole.works
        self.learned = whole.learned
        if self.learned is not None:
            self.sense = Sense(self.learned, self.facts, whole.places)

    def postings(self, field: str, term: str) -> Postings:
        text = to_bytes(term)
        numbers: list[int] = []
        often: list[int] = []
        for number, candidate in enumerate(self.candidates):
            own = candidate.segment.fields[field]
            place = own.terms.find(text)
            if place >= 0:
                numbers.append(number)
                often.append(int(own.often(place, place + 1)[0]))
        return np.array(numbers, np.int32), np.array(often, np.float32)

    def places(self, field: str, term: str, wanted: Numbers | None = None) -> Places:
        text = to_bytes(term)
        found: list[Places] = []
        for number in range(self.size) if wanted is None else wanted.tolist():
            own = self.candidates[number].segment.fields[field]
            place = own.terms.find(text)
            if place >= 0 and own.at is not None and own.positions is not None:
                here = own.positions[int(own.at[place]) : int(own.at[place + 1])]
                found.append(here.astype(np.int64) | number << WORK)
        return np.concatenate(found) if found else NOWHERE

    def holders(self, field: str, term: str) -> int:
        return self.whole.holders(field, term)

    def often(self, field: str, term: str) -> float:
        return self.whole.often(field, term)

    def lexicon(self, field: str, prefix: str) -> Sequence[tuple[str, int]]:
        return self.whole.lexicon(field, prefix)

    def holding(self, field: str, terms: Sequence[str]) -> int:
        return self.whole.holding(field, terms)

    def under(self, facet: str, values: Iterable[str]) -> int:
        return self.whole.under(facet, values)

    def spoken(self) -> Iterable[str]:
        return self.whole.spoken()

    def counted(self, key: object, held: Held) -> Held:
        held.works = max(self.whole.known(key), len(held.numbers))
        return held

    @property
    def words(self) -> Sequence[Words]:
        return self.whole.words

    def layout(self, numbers: Numbers) -> Layout:
        starts: list[Column] = []
        pages: list[Column] = []
        rows: list[tuple[str, str, int]] = []
        firsts: dict[int, int] = {}
        pieces = 0
        for number in numbers.tolist():
            segment = self.candidates[number].segment
            start, passage = segment.pieces(0)
            starts.append(start.astype(np.int64) | number << WORK)
            firsts[number] = pieces
            pieces += len(start)
            pages.append(passage.astype(np.int64) + len(rows))
            if len(passage):
                rows += map(segment.passage, range(int(passage[-1]) + 1))
        return Layout(
            np.concatenate(starts) if starts else NOWHERE,
            np.concatenate(pages) if pages else NOWHERE,
            rows,
            firsts,
        )

    def tell(self, numbers: Iterable[int]) -> None:
        """Bring the texts of these at once."""
        self.whole.tell([self.candidates[number] for number in dict.fromkeys(numbers)])

    def piece(self, number: int, piece: int) -> str:
        candidate = self.candidates[number]
        if not candidate.told:
            self.whole.tell([candidate])
        return candidate.piece(piece)

    def matrix(self, field: str) -> Matrix:
        raise LookupError("a library is learned from as a whole, not from candidates")

    def close(self) -> None:
        """Nothing to do."""

    @cached_property
    def shares(self) -> Array:
        return self._of_mean("share", np.array([_share(c) for c in self.candidates], np.float32))

    def _norm(self, field: str) -> Array:
        return self._of_mean(field, self.facts.length(field).astype(np.float32))

    def _of_mean(self, name: str, own: Array) -> Array:
        mean: Array = own / np.float32(self.whole.mean(name) or 1)
        return mean


class OfWindow(Evaluation):
    """One tree against candidates."""

    def __init__(self, state: Window, languages: Sequence[str], apart: int = 0) -> None:
        super().__init__(state, languages, apart)
        self.saying = state.whole.saying


def _share(candidate: Candidate) -> float:
    """How long a stretch of a work is, in words."""
    length = int(candidate.columns["lengths"][0, -1])
    return length / max(-(-length // SPAN), 1)


def _facts(candidates: Sequence[Candidate]) -> Facts:
    known: dict[tuple[str, str], int] = {}
    of: list[int] = []
    firsts = [0]
    for candidate in candidates:
        own = candidate.segment.labels_of(0)
        of += [known.setdefault(label, len(known)) for label in own]
        firsts.append(len(of))

    def column(name: str, kind: Any) -> Any:
        parts = [candidate.columns[name] for candidate in candidates]
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    return Facts(
        [candidate.id for candidate in candidates],
        column("year", np.int64),
        column("added", np.int64),
        column("quality", np.float64),
        column("lengths", np.int32) if candidates else np.zeros((0, 5), np.int32),
        [*known],
        np.array(firsts, np.int64),
        np.array(of, np.int32),
        column("mark", np.uint32),
        lambda number: candidates[number].segment.title(0),
        lambda number: candidates[number].segment.told(0),
    )
