"""Which works hold a leaf of a tree, and where: a word in all its forms, a beginning, a phrase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from index.answering.state import Array, Held, State
from index.fields import FIELDS
from index.inversion import SURFACE, TITLE_SURFACE
from index.query import Phrase, Prefix, Word
from index.text import analysis, matching

B = 0.75  # literature

EXPANSIONS = 2_000
"""A prefix stands for at most so many words, those that the most works hold."""

NOTHING = Held(np.zeros(0, np.int32), np.zeros(0, np.float32), 0)


class Leaves:
    """The leaves of a tree against one state."""

    def __init__(self, state: State, languages: Sequence[str]) -> None:
        self.state = state
        self.languages = languages
        self._expansions: dict[Prefix, list[tuple[str, int]]] = {}
        self._known: dict[tuple[str, tuple[matching.Slot, ...]], dict[int, list[int]]] = {}

    def damped(self, field: str) -> Array:
        """For each work, what a frequency in a field is divided by: long texts repeat more."""
        return 1 - B + B * self.state.norms(field)

    def held(self, leaf: Word | Prefix | Phrase) -> Held:
        """The works that hold a leaf."""
        return self.state.cached(leaf, lambda: self._held(leaf))

    def expansions(self, leaf: Prefix) -> list[tuple[str, int]]:
        """The terms of a surface or author field that a prefix stands for, and about how many works
        hold each, the most held first."""
        if leaf not in self._expansions:
            beginning = analysis.fold(leaf.text)
            field = {"title": TITLE_SURFACE, "author": "author"}.get(leaf.field, SURFACE)
            terms = self.state.lexicon(field, beginning) if beginning else ()
            likeliest = sorted(terms, key=lambda term: -term[1])[:EXPANSIONS]
            self._expansions[leaf] = likeliest
        return self._expansions[leaf]

    def _held(self, leaf: Word | Prefix | Phrase) -> Held:
        if isinstance(leaf, Prefix):
            return self._held_prefix(leaf)
        ways = matching.ways(leaf, self.languages)
        if not ways:
            return NOTHING
        if isinstance(leaf, Word) and len(ways[0]) == 1 and _is_half(ways[0][0][0]):
            return self._held_prefix(Prefix(leaf.text, leaf.field))
        frequency = np.zeros(len(self.state.works), np.float32)
        for field in FIELDS:
            if leaf.field in ("", field.name):
                counts = self._counts(field.name, ways)
                if counts is not None:
                    frequency += field.weight * counts / self.damped(field.name)
        for text in leaf.together if isinstance(leaf, Word) else ():
            other = self.held(Word(text, leaf.field))
            unsaid = other.numbers[frequency[other.numbers] == 0]
            frequency[unsaid] = Held.spread(other, len(frequency))[unsaid]
        return Held.of(frequency)

    def _counts(self, field: str, ways: Sequence[matching.Way]) -> Array | None:
        """How often each work says it in a field; None where none does."""
        if field == "author":  # names have no stems
            ways = [tuple(slot[:1] for slot in way) for way in ways]
        if len(ways) == 1 and len(ways[0]) == 1:
            return self.frequency(field, ways[0][0])
        counts = None
        for number, starts in self.standing(field, ways).items():
            if counts is None:
                counts = np.zeros(len(self.state.works), np.float32)
            counts[number] = len(starts)
        return counts

    def frequency(self, field: str, terms: Iterable[str]) -> Array | None:
        """How often each work holds any of these terms in a field; None where none does."""
        counts = None
        for term in terms:
            numbers, frequency = self.state.postings(field, term)
            if len(numbers):
                if counts is None:
                    counts = np.zeros(len(self.state.works), np.float32)
                counts[numbers] += frequency
        return counts

    def places(
        self, field: str, slots: Sequence[matching.Slot], wanted: Iterable[int] | None = None
    ) -> dict[int, list[int]]:
        """Work → where in a field the slots stand, one after the other."""
        if wanted is None:
            return self._standing(field, slots, self._holding_all(field, slots))
        known = self._known.setdefault((field, tuple(slots)), {})
        asked = list(wanted)
        new = {number for number in asked if number not in known}
        if new:
            read = self._standing(field, slots, new)
            known |= {number: read.get(number, []) for number in new}
        return {number: known[number] for number in asked if known[number]}

    def standing(
        self, field: str, ways: Sequence[matching.Way], wanted: Iterable[int] | None = None
    ) -> dict[int, list[int]]:
        """Work → where in a field something begins that is had in any of these ways."""
        asked = None if wanted is None else list(wanted)
        places: dict[int, list[int]] = {}
        for way in ways:
            for number, starts in self.places(field, way, asked).items():
                known = places.get(number)
                places[number] = sorted({*known, *starts}) if known else starts
        return places

    def _standing(
        self, field: str, slots: Sequence[matching.Slot], numbers: set[int]
    ) -> dict[int, list[int]]:
        standing: dict[int, set[int]] = {}
        read: dict[matching.Slot, dict[int, set[int]]] = {}  # a word said often is read once
        for step, slot in enumerate(slots):
            if slot not in read:
                here: dict[int, set[int]] = defaultdict(set)
                for term in slot:
                    for number, positions in self.state.positions(field, term, numbers).items():
                        here[number].update(positions)
                read[slot] = here
            places = read[slot]
            if step:
                standing = {
                    number: {start for start in starts if start + step in places[number]}
                    for number, starts in standing.items()
                    if number in places
                }
            else:
                standing = {number: set(starts) for number, starts in places.items()}
            standing = {number: starts for number, starts in standing.items() if starts}
            numbers = set(standing)
        return {number: sorted(starts) for number, starts in standing.items()}

    def _holding_all(self, field: str, slots: Sequence[matching.Slot]) -> set[int]:
        numbers: set[int] | None = None
        for slot in dict.fromkeys(slots):
            here = {n for term in slot for n in self.state.postings(field, term)[0].tolist()}
            numbers = here if numbers is None else numbers & here
            if not numbers:
                return set()
        return numbers or set()

    def _held_prefix(self, leaf: Prefix) -> Held:
        field = {"title": TITLE_SURFACE, "author": "author"}.get(leaf.field, SURFACE)
        counts = self.frequency(field, [term for term, _ in self.expansions(leaf)])
        return NOTHING if counts is None else Held.of(counts / self.damped(leaf.field or "body"))


def _is_half(term: str) -> bool:
    """Whether a term is one character of a script that is indexed in pairs."""
    return analysis.is_unspaced(term) and sum(1 for c in term if c.isalpha()) == 1
