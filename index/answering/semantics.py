"""What was learned from an index, laid beside the works it holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.answering.facts import Facts
from index.answering.state import Array, State
from index.columns.arrays import spread
from index.fields import ABOUT
from index.meaning import LEAST, Learned, learn
from index.meaning.model import KEYWORDS
from index.meaning.space import cosines, norms, rarity
from index.results import Hit

STALE = 0.1
"""Learned anew when more than this share of the works came, changed or went since."""

LIKE = 0.3
"""Works less like than this are not offered as like. Judged."""

FILED = 0.3
"""What being filed under the same counts, beside a cosine. Judged."""

TRUST = 200
"""A space learned from so many works counts half of one learned from very many. Given."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a work lies: its place in the space, and its weightiest words with what they weigh."""

    vector: Array
    keywords: npt.NDArray[np.int32]
    weights: Array


class Sense:
    """Rows for works, by their numbers. A work that came or changed since the index was learned
    from is placed by the words it says most.
    """

    def __init__(
        self,
        learned: Learned,
        facts: Facts,
        row_of: Mapping[str, int] | None = None,
        before: Sense | None = None,
    ) -> None:
        """row_of: the row of each work that was learned from, where that is known. before: the same
        of the works that an index held before a change, by what was learned there: what came since
        the lesson and was placed then is not placed anew.
        """
        self.learned = learned
        self.trust = learned.among / (learned.among + TRUST)
        size = learned.axes.shape[1]
        if row_of is None:
            row_of = {known: row for row, known in enumerate(learned.works)}
        own = marks(facts)
        rows = np.array([row_of.get(mark, -1) for mark in own], np.int64)
        known = np.flatnonzero(rows >= 0)
        # Dimension by dimension, as they are multiplied: half the time of work by work.
        self.vectors = np.zeros((len(facts), size), np.float32, order="F")
        self.keywords = np.full((len(facts), KEYWORDS), -1, np.int32)
        self.weights = np.zeros((len(facts), KEYWORDS), np.float32)
        self.vectors[known] = learned.vectors[rows[known]]
        self.keywords[known] = learned.keywords[rows[known]]
        self.weights[known] = learned.weights[rows[known]]
        self._rare = rarity(learned.holders, learned.among)
        placed = before.placed if before is not None and before.learned is learned else {}
        self.placed: dict[str, Placed] = {}  # works that were not learned from
        for number in np.flatnonzero(rows < 0).tolist():
            mark = own[number]
            place = self.placed[mark] = placed.get(mark) or self._place(facts.told(number))
            self.vectors[number] = place.vector
            self.keywords[number, : len(place.keywords)] = place.keywords
            self.weights[number, : len(place.keywords)] = place.weights
        self.lengths = norms(self.vectors)
        self.shares = (1 / np.maximum(self.lengths, 1e-9)).astype(np.float32, order="F")
        used = np.flatnonzero(self.keywords >= 0)
        said = self.keywords.ravel()[used]
        order = np.argsort(said, kind="stable")
        self._keyword_works = (used[order] // KEYWORDS).astype(np.int32)
        self._keyword_weights = self.weights.ravel()[used[order]]
        self._keyword_first = np.searchsorted(said[order], np.arange(len(learned.words) + 1))

    def saying_any(
        self, words: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int32], Array, npt.NDArray[np.int64]]:
        """The works that have words among their weightiest, and what each weighs there, word by
        word; and how many there are of each word."""
        first = self._keyword_first[words]
        counts = self._keyword_first[words + 1] - first
        at = spread(first, counts)
        return self._keyword_works[at], self._keyword_weights[at], counts

    def query(self, words: Iterable[Sequence[str]]) -> Array | None:
        """Where a question lies. `words` holds the forms that each of its words can have in texts;
        None where the space knows none of them."""
        total = np.zeros(self.learned.axes.shape[1], np.float32)
        for forms in words:
            known = [n for form in forms if (n := self.learned.words.number(form)) is not None]
            holders = sum(int(self.learned.holders[number]) for number in known)
            for number in known:
                place = self.learned.place(number)
                if place is not None:
                    share = int(self.learned.holders[number]) / holders
                    total += share * self._rare[number] * place
        return total if total.any() else None

    def cosines(self, query: Array) -> Array:
        """How close each work lies to a place."""
        return cosines(self.vectors, self.shares, query)

    def _place(self, told: str) -> Placed:
        """Fold in a work that was not learned from."""
        said = [
            (known, int(count))
            for entry in told.split()
            for term, _, count in [entry.rpartition(":")]
            if (known := self.learned.words.number(term)) is not None
        ]
        words = np.fromiter((word for word, _ in said), np.int32, len(said))
        counts = np.fromiter((count for _, count in said), np.float64, len(said))
        rare = self._rare[words].astype(np.float64)
        weights = (1 + np.log(counts)) * rare
        has_place, axes = self.learned.places(words)
        vector = weights[has_place].astype(np.float32) @ axes
        vector /= np.float32(max(float(np.linalg.norm(weights)), 1e-9))
        telling = rare * 2.2 * counts / (1.2 + counts)
        weightiest = np.lexsort((words, telling))[::-1][:KEYWORDS]
        return Placed(vector, words[weightiest], telling[weightiest].astype(np.float32))


def marks(facts: Facts) -> list[str]:
    """For each work, what tells it in one state from the same work in another."""
    return [mark_of(id, mark) for id, mark in zip(facts.ids, facts.marks.tolist(), strict=True)]


def mark_of(id: str, mark: int) -> str:
    return f"{id} {mark:08x}"


def learned_from(state: State) -> Learned | None:
    """What the works of a state teach; None where they are too few."""
    return learn(state, marks(state.facts))


def is_stale(state: State) -> bool:
    """Whether so many works came, changed or went that it is time to learn anew."""
    return outgrown(state.learned, marks(state.facts))


def outgrown(learned: Learned | None, works: Sequence[str]) -> bool:
    """The same of works by their marks, and of what was learned."""
    if len(works) < LEAST:
        return False
    if learned is None:
        return True
    known = set(learned.works)
    changed = sum(mark not in known for mark in works)
    gone = len(known) - (len(works) - changed)
    return max(changed, gone) > STALE * len(known)


def like(state: State, id: str, limit: int) -> tuple[Hit, ...]:
    """Works most like one, in any language: by what was learned, and by what both are filed under.

    The share of labels that two works have in common is Jaccard's.
    """
    number = state.number(id)
    if number is None or limit < 1:
        return ()
    sense = sense_of(state)
    scores = _shared(state, number) * np.float32(FILED)
    if sense is not None:
        scores += sense.cosines(sense.vectors[number])
    scores[number] = 0
    best = np.argsort(-scores, kind="stable")[:limit]
    return tuple(
        Hit(state.facts.ids[n], round(float(scores[n]), 6)) for n in best if scores[n] >= LIKE
    )


def _shared(state: State, number: int) -> Array:
    """For each work, what share of the labels it has in common with one."""
    facts = state.facts
    about = np.array([facet in ABOUT for facet, _ in facts.labels], bool)
    works = np.repeat(np.arange(len(facts)), np.diff(facts.label_first))
    counted = about[facts.label_of] if len(about) else np.zeros(0, bool)
    works, labels = works[counted], facts.label_of[counted]
    own = np.zeros(len(facts.labels), bool)
    own[labels[works == number]] = True
    held = np.bincount(works, minlength=len(facts))
    both = np.bincount(works[own[labels]], minlength=len(facts))
    together = held + held[number] - both
    shared: Array = (both / np.maximum(together, 1)).astype(np.float32)
    return shared


def sense_of(state: State) -> Sense | None:
    """Worked out once for a state; None where nothing was learned."""
    if state.sense is None and state.learned is not None:
        with state.building:
            if state.sense is None:
                state.sense = Sense(state.learned, state.facts, before=state.sense_before)
                state.sense_before = None
    sense: Sense | None = state.sense
    return sense


def keyword_score(sense: Sense, words: npt.NDArray[np.int32], weights: Array) -> Array:
    """For each work, what its keywords weigh by a weight for each of some words."""
    used = (words >= 0) & (weights != 0)
    works, own, counts = sense.saying_any(words[used])
    scores: npt.NDArray[Any] = np.bincount(
        works, own * weights[used].repeat(counts), len(sense.vectors)
    )
    return np.asarray(scores, np.float32)
