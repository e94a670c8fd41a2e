"""Which works hold a leaf of a tree, and where: a word in all its forms, a beginning, a phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from index.answering.state import (
    NOWHERE,
    Array,
    Held,
    Numbers,
    Places,
    State,
    together,
    within,
    works_at,
)
from index.fields import FIELDS
from index.inversion import SURFACE, TITLE_SURFACE
from index.query import Phrase, Prefix, Word
from index.text import analysis, matching

EXPANSIONS = 2_000
"""A prefix stands for at most so many words, those that the most works hold."""

FEW = 200
"""In more works than this it is first looked at which of them hold all the words of a phrase."""

NOTHING = Held(np.zeros(0, np.int32), np.zeros(0, np.float32), 0)


class Leaves:
    """The leaves of a tree against one state."""

    saying: Callable[[tuple[matching.Slot, ...]], int] | None = None
    """How many works of the library say some slots, where that is not counted in the state."""

    def __init__(self, state: State, languages: Sequence[str]) -> None:
        self.state = state
        self.languages = languages
        self._expansions: dict[Prefix, list[tuple[str, int]]] = {}

    def damped(self, field: str) -> Array:
        """For each work, what a frequency in a field is divided by: long texts repeat more."""
        return self.state.damped(field)

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
        frequency = np.zeros(self.state.size, np.float32)
        for field in FIELDS:
            if leaf.field in ("", field.name):
                counts = self._counts(field.name, ways)
                if counts is not None:
                    frequency += field.weight * counts / self.damped(field.name)
        # In their order, whatever a set has: of two in one work the first counts.
        for text in sorted(leaf.together) if isinstance(leaf, Word) else ():
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
        places = self.standing(field, ways)
        if not len(places):
            return None
        return np.bincount(works_at(places), minlength=self.state.size).astype(np.float32)

    def frequency(self, field: str, terms: Iterable[str]) -> Array | None:
        """How often each work holds any of these terms in a field; None where none does."""
        counts = None
        for term in terms:
            numbers, frequency = self.state.postings(field, term)
            if len(numbers):
                if counts is None:
                    counts = np.zeros(self.state.size, np.float32)
                counts[numbers] += frequency
        return counts

    def slot(self, field: str, slot: matching.Slot, wanted: Numbers | None = None) -> Places:
        """Where any of the terms stands that can stand at one place."""
        return together([self.state.places(field, term, wanted) for term in slot])

    def places(
        self, field: str, slots: Sequence[matching.Slot], wanted: Numbers | None = None
    ) -> Places:
        """Where in a field the slots stand, one after the other: the places of the first."""
        if len(slots) > 1 and (wanted is None or len(wanted) > FEW):
            wanted = self._holding_all(field, slots, wanted)
            if not len(wanted):
                return NOWHERE
        read = {slot: self.slot(field, slot, wanted) for slot in dict.fromkeys(slots)}
        return in_order(slots, read)

    def standing(
        self, field: str, ways: Sequence[matching.Way], wanted: Numbers | None = None
    ) -> Places:
        """Where in a field something begins that is had in any of these ways."""
        return together([self.places(field, way, wanted) for way in ways])

    def _holding_all(
        self, field: str, slots: Sequence[matching.Slot], wanted: Numbers | None
    ) -> Numbers:
        """Those of the wanted works, or of all, in which each slot has a term."""
        left = np.ones(self.state.size, bool)
        for slot in dict.fromkeys(slots):
            here = np.zeros(self.state.size, bool)
            for term in slot:
                here[self.state.postings(field, term)[0]] = True
            left &= here
        numbers = np.flatnonzero(left).astype(np.int32)
        return numbers if wanted is None else wanted[within(wanted, numbers)]

    def _held_prefix(self, leaf: Prefix) -> Held:
        field = {"title": TITLE_SURFACE, "author": "author"}.get(leaf.field, SURFACE)
        counts = self.frequency(field, [term for term, _ in self.expansions(leaf)])
        return NOTHING if counts is None else Held.of(counts / self.damped(leaf.field or "body"))


class Bodies:
    """Where terms stand in the bodies of some works; each is looked up once."""

    def __init__(self, leaves: Leaves, numbers: Numbers) -> None:
        self.numbers = numbers
        self._state = leaves.state
        self._terms: dict[str, Places] = {}
        self._slots: dict[matching.Slot, Places] = {}

    def slot(self, slot: matching.Slot) -> Places:
        """Where any of the terms stands that can stand at one place."""
        known = self._slots.get(slot)
        if known is None:
            known = self._slots[slot] = together([self._term(term) for term in slot])
        return known

    def way(self, way: matching.Way) -> Places:
        """Where the slots stand, one after the other: the places of the first."""
        return in_order(way, {slot: self.slot(slot) for slot in way})

    def standing(self, ways: Sequence[matching.Way]) -> Places:
        """Where something begins that is had in any of these ways."""
        return together([self.way(way) for way in ways])

    def _term(self, term: str) -> Places:
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = self._state.places("body", term, self.numbers)
        return known


def in_order(slots: Sequence[matching.Slot], read: Mapping[matching.Slot, Places]) -> Places:
    """Of places that were read for each slot, those of the first where all stand in order."""
    if len(slots) == 1:
        return read[slots[0]]
    # The rarest is followed: each of its places may be one of the whole.
    order = sorted(range(len(slots)), key=lambda step: len(read[slots[step]]))
    starts = read[slots[order[0]]] - order[0]
    for step in order[1:]:
        if not len(starts):
            break
        starts = starts[within(starts + step, read[slots[step]])]
    return starts


def _is_half(term: str) -> bool:
    """Whether a term is one character of a script that is indexed in pairs."""
    return analysis.is_unspaced(term) and sum(1 for c in term if c.isalpha()) == 1
