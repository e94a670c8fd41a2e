"""Other names of what is asked for, in texts: "vendedora ambulante" where "hawker" was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from index.answering.leaves import Leaves
from index.answering.state import Array, Held, Numbers, Places, together, works_at
from index.columns.arrays import distinct
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


def places(leaves: Leaves, leaf: Word, numbers: Numbers) -> Places:
    """Where in the bodies of some works names of what a word asks for stand."""
    slots = names_of(leaves, leaf.names).slots
    return together([leaves.places("body", own, numbers) for own in slots])


def chosen(
    names: Iterable[tuple[str, str]], saying: Callable[[Slots], int]
) -> list[tuple[int, tuple[str, str], Slots]]:
    """The names that are looked for: less than nothing by how many works say each, then the name
    and its slots. saying: how many works say a name."""
    by_language: dict[str, list[tuple[int, tuple[str, str], Slots]]] = defaultdict(list)
    seen: set[Slots] = set()
    for language, text in sorted(names):
        slots = matching.slots(Phrase(text), (language,))
        if slots and slots not in seen:
            seen.add(slots)
            if says := saying(slots):
                by_language[language].append((-says, (language, text), slots))
    return sorted(name for names in by_language.values() for name in sorted(names)[:PER_LANGUAGE])


def _found(leaves: Leaves, names: frozenset[tuple[str, str]]) -> Names:
    holders = _Holders(leaves)
    best = chosen(names, leaves.saying or holders.saying)
    total = np.zeros(leaves.state.size, np.float32)
    for *_, slots in best:
        # A name may stand within another: not added.
        total = np.maximum(total, holders.frequency(slots))
    held = leaves.state.counted(("names", names), Held.of(total))
    return Names(tuple(name[1] for name in best), tuple(name[2] for name in best), held)


class _Holders:
    """Which works hold the words of names, asked of the index once for each name."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._places: dict[tuple[str, Slots], Places] = {}

    def saying(self, slots: Slots) -> int:
        """How many works say a name in their text or title."""
        said = [works_at(self.places(field, slots)) for field in CHOSEN_BY]
        return len(distinct(np.concatenate(said)))

    def places(self, field: str, slots: Slots) -> Places:
        found = self._places.get((field, slots))
        if found is None:
            found = self._places[field, slots] = self._leaves.places(field, slots)
        return found

    def frequency(self, slots: Slots) -> Array:
        """For each work, how often it says a name, its fields weighted."""
        frequency = np.zeros(self._leaves.state.size)
        for field in FIELDS:
            if field.name == "author":
                continue
            places = self.places(field.name, slots)
            if len(places):
                said = np.bincount(works_at(places), minlength=len(frequency))
                frequency += field.weight * said / self._leaves.damped(field.name)
        return frequency.astype(np.float32)
