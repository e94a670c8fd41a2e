"""Other forms of a word that was typed: just as it was typed, and words that look much like it."""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np

from index.answering.leaves import Leaves
from index.answering.state import Array, Held, Numbers
from index.fields import FIELDS
from index.inversion import SURFACE, as_printed, surface_of, surfaces
from index.query import Word
from index.text import analysis, matching

OTHERWISE = 0.85
"""What a word counts that is printed with other accents, as a share of one printed as typed.
Given."""

SAID_IN = [(field.name, field.weight) for field in FIELDS if field.name in ("title", "body")]


def exact(leaves: Leaves, word: Word) -> Held:
    """The works that print a word as it was typed, whatever stem it has."""
    state = leaves.state
    total = np.zeros(state.size, np.float32)
    typed = as_printed(word.text)
    for _, token in analysis.placed(word.text):
        for term, _ in state.lexicon(SURFACE, surfaces(token.text)):
            numbers, frequency = state.postings(SURFACE, term)
            total[numbers] += frequency * (1 if surface_of(term)[1] in typed else OTHERWISE)
    return Held.of(total / leaves.damped("body"))


def typed(leaves: Leaves, word: Word) -> Held:
    """The works that print a word letter for letter as it was typed."""
    state = leaves.state
    total = np.zeros(state.size, np.float32)
    written = as_printed(word.text)
    for _, token in analysis.placed(word.text):
        for term, _ in state.lexicon(SURFACE, surfaces(token.text)):
            if surface_of(term)[1] == written:
                numbers, frequency = state.postings(SURFACE, term)
                total[numbers] += frequency
    return Held.of(total / leaves.damped("body"))


def alike(leaves: Leaves, word: Word) -> Held:
    """The works that hold words which share most of their letters with this one."""
    state = leaves.state
    total = np.zeros(state.size, np.float32)
    likest = lookalikes(leaves, word)
    for field, weight in SAID_IN if likest else ():
        numbers: list[Numbers] = []
        often: list[Array] = []
        for term, likeness in likest.items():
            own, frequency = state.postings(field, term)
            if len(own):
                numbers.append(own)
                often.append(frequency * np.float32(likeness**2 * weight))
        if numbers:
            said = np.bincount(np.concatenate(numbers), np.concatenate(often), state.size)
            total += said / leaves.damped(field)
    return Held.of(total)


def lookalikes(leaves: Leaves, word: Word) -> dict[str, float]:
    """Terms that are not this word but look like it, and how much (0 to 1).

    Another reading of what is printed, or a part of it, is the same word, and is not counted twice.
    """
    learned = leaves.state.learned
    slots = matching.slots(word, leaves.languages)
    if learned is None or len(slots) != 1:
        return {}
    ways = matching.ways_together(word, leaves.languages)
    own = {form for way in ways for slot in way for form in slot}
    holders: dict[str, int] = {}
    for form in slots[0]:
        number = learned.words.number(form)
        if number is not None:
            holders[form] = int(learned.holders[number])
    known = sorted(holders, key=lambda form: -holders[form])
    forms: dict[str, float] = {}
    for probe in dict.fromkeys((*known[:1], slots[0][0])):
        for number, likeness in learned.lookalikes.of(probe):
            term = learned.words[number]
            if term not in own and not _holds_any(leaves, term, own):
                forms[term] = max(forms.get(term, 0.0), likeness)
    return forms


def _holds_any(leaves: Leaves, term: str, own: Set[str]) -> bool:
    """Whether one of these forms is a part of a word."""
    inside = any(form in term for form in own)  # else none of its parts is one
    return inside and not own.isdisjoint(_parts(leaves, term))


def _parts(leaves: Leaves, folded: str) -> Iterator[str]:
    """The words within what the library prints for a folded word: arbeiter in Arbeiter*innen."""
    for term, _ in leaves.state.lexicon(SURFACE, surfaces(folded)):
        if not surface_of(term)[1].isalnum():
            yield from (token.text for _, token in analysis.placed(surface_of(term)[1]))
