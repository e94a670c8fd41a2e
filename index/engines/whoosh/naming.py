"""Other names of what is asked for, in texts: "vendedora ambulante" where "hawker" was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import matching
from index.engines.whoosh.snapshot import Held
from index.fields import FIELDS
from index.query import And, Node, Or, Phrase, Word

if TYPE_CHECKING:
    from index.engines.whoosh.evaluation import Evaluation

PER_LANGUAGE = 2
"""So many names of each language are looked for: those that the most works say."""

Slots = tuple[matching.Slot, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names that are looked for, the one most works say first, and the works that say any."""

    chosen: tuple[tuple[str, str], ...]  # (language, words)
    slots: tuple[Slots, ...]
    held: Held


def names_of(evaluation: Evaluation, names: frozenset[tuple[str, str]]) -> Names:
    """Which of these names the library's texts say; worked out once for a snapshot."""
    known: Names | None = evaluation.snapshot.names.get(names)
    if known is None:
        known = evaluation.snapshot.names[names] = _found(evaluation, names)
    return known


def looked_for(evaluation: Evaluation, tree: Node) -> tuple[tuple[str, str], ...]:
    """The names that a question is widened by."""
    match tree:
        case Word() if tree.names:
            return names_of(evaluation, tree.names).chosen
        case And(nodes) | Or(nodes):
            found = (name for node in nodes for name in looked_for(evaluation, node))
            return tuple(dict.fromkeys(found))
        case _:
            return ()


def places(evaluation: Evaluation, leaf: Word, numbers: Sequence[int]) -> dict[int, list[int]]:
    """Work → where in its body names of what a word asks for stand."""
    found: dict[int, set[int]] = defaultdict(set)
    for slots in names_of(evaluation, leaf.names).slots:
        for number, starts in evaluation.places("body", slots, numbers).items():
            found[number].update(starts)
    return {number: sorted(starts) for number, starts in found.items()}


def _found(evaluation: Evaluation, names: Iterable[tuple[str, str]]) -> Names:
    by_language: dict[str, list[tuple[int, tuple[str, str], Slots, dict[int, float]]]]
    by_language = defaultdict(list)
    seen: set[Slots] = set()
    for language, text in sorted(names):
        slots = matching.slots(Phrase(text), (language,))
        if not slots or slots in seen:
            continue
        seen.add(slots)
        if frequency := _frequency(evaluation, slots):
            by_language[language].append((-len(frequency), (language, text), slots, frequency))
    best = sorted(one for found in by_language.values() for one in sorted(found)[:PER_LANGUAGE])
    total: dict[int, float] = defaultdict(float)
    for *_, frequency in best:
        for number, count in frequency.items():  # a name may stand within another: not added
            total[number] = max(total[number], count)
    held = Held(total, evaluation.snapshot.bits(total))
    return Names(tuple(one[1] for one in best), tuple(one[2] for one in best), held)


def _frequency(evaluation: Evaluation, slots: Slots) -> dict[int, float]:
    """Work → how often it says these words together, its fields weighted.

    Begins with the rarest word, for a name may hold an "of" that every work has.
    """
    snapshot = evaluation.snapshot
    frequency: dict[int, float] = defaultdict(float)
    for field in FIELDS:
        if field.name == "author":
            continue
        rarest = min(slots, key=lambda slot: sum(snapshot.holders(field.name, t) for t in slot))
        numbers = {number for term in rarest for number, _ in snapshot.postings(field.name, term)}
        if not numbers:
            continue
        norms = snapshot.norms(field.name)
        for number, starts in evaluation.places(field.name, slots, numbers).items():
            frequency[number] += field.weight * len(starts) / evaluation.damped(norms[number])
    return frequency
