"""Other names of what is asked for, in texts: "vendedora ambulante" where "hawker" was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answering.leaves import Leaves
from index.answering.state import Held
from index.fields import FIELDS
from index.query import And, Node, Or, Phrase, Word
from index.text import matching

PER_LANGUAGE = 2
"""So many names of each language are looked for: those that the most works say."""

CHOSEN_BY = ("body", "title")
"""The fields that tell which these are."""

Slots = tuple[matching.Slot, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that are looked for, the one most works say first, and the works that say any."""

    chosen: tuple[tuple[str, str], ...]  # (language, words)
    slots: tuple[Slots, ...]
    held: Held


def names_of(leaves: Leaves, names: frozenset[tuple[str, str]]) -> Names:
    """Which of these names the library's texts say; worked out once for a state."""
    known: Names | None = leaves.state.names.get(names)
    if known is None:
        known = leaves.state.names[names] = _found(leaves, names)
    return known


def looked_for(leaves: Leaves, tree: Node) -> tuple[tuple[str, str], ...]:
    """The names that a question is widened by."""
    match tree:
        case Word() if tree.names:
            return names_of(leaves, tree.names).chosen
        case And(nodes) | Or(nodes):
            names = (name for node in nodes for name in looked_for(leaves, node))
            return tuple(dict.fromkeys(names))
        case _:
            return ()


def places(leaves: Leaves, leaf: Word, numbers: Sequence[int]) -> dict[int, list[int]]:
    """Work → where in its body names of what a word asks for stand."""
    starts_of: dict[int, set[int]] = defaultdict(set)
    for slots in names_of(leaves, leaf.names).slots:
        for number, starts in leaves.places("body", slots, numbers).items():
            starts_of[number].update(starts)
    return {number: sorted(starts) for number, starts in starts_of.items()}


def _found(leaves: Leaves, names: Iterable[tuple[str, str]]) -> Names:
    holders = _Holders(leaves)
    by_language: dict[str, list[tuple[int, tuple[str, str], Slots]]] = defaultdict(list)
    seen: set[Slots] = set()
    for language, text in sorted(names):
        slots = matching.slots(Phrase(text), (language,))
        if slots and slots not in seen:
            seen.add(slots)
            if says := len(holders.saying(slots)):
                by_language[language].append((-says, (language, text), slots))
    best = sorted(name for names in by_language.values() for name in sorted(names)[:PER_LANGUAGE])
    total = np.zeros(len(leaves.state.works), np.float32)
    for *_, slots in best:
        for number, count in holders.frequency(slots).items():
            total[number] = max(total[number], count)  # a name may stand within another: not added
    held = Held.of(total)
    return Names(tuple(name[1] for name in best), tuple(name[2] for name in best), held)


class _Holders:
    """Which works hold the words of names, asked of the index once for each word.

    Most names are in no text at all, which the sets of works tell before any position is read; and
    an "of" that every work has costs positions only where the rest of the name is.
    """

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._works: dict[tuple[str, str], frozenset[int]] = {}
        self._places: dict[tuple[str, Slots], dict[int, list[int]]] = {}

    def saying(self, slots: Slots) -> frozenset[int]:
        """The works that say a name in their text or title."""
        return frozenset(n for field in CHOSEN_BY for n in self.places(field, slots))

    def places(self, field: str, slots: Slots) -> dict[int, list[int]]:
        found = self._places.get((field, slots))
        if found is None:
            sets = [frozenset().union(*(self._of(field, t) for t in slot)) for slot in slots]
            numbers = frozenset.intersection(*sets)
            found = self._leaves.places(field, slots, numbers) if numbers else {}
            self._places[field, slots] = found
        return found

    def frequency(self, slots: Slots) -> dict[int, float]:
        """Work → how often it says a name, its fields weighted."""
        frequency: dict[int, float] = defaultdict(float)
        for field in FIELDS:
            if field.name == "author":
                continue
            damped = self._leaves.damped(field.name)
            for number, starts in self.places(field.name, slots).items():
                frequency[number] += field.weight * len(starts) / float(damped[number])
        return frequency

    def _of(self, field: str, term: str) -> frozenset[int]:
        works = self._works.get((field, term))
        if works is None:
            works = frozenset(self._leaves.state.postings(field, term)[0].tolist())
            self._works[field, term] = works
        return works
