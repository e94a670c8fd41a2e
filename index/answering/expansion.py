"""What a word is widened by: works filed under what it names, and works that use another name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.answering import synonyms
from index.answering.leaves import Leaves
from index.answering.state import Held, numbers_of
from index.fields import FILED_WEIGHT, LABEL_WEIGHT, NAME_WEIGHT
from index.query import Word


def widened(leaves: Leaves, word: Word) -> Held:
    """The works that say a word, or another name, or are counted under a label that answers."""
    typed = leaves.held(replace(word, also=frozenset(), names=frozenset()))
    frequency = np.zeros(leaves.state.size, np.float32)
    frequency[typed.numbers] = typed.frequency
    if word.names:
        other = synonyms.names_of(leaves, word.names).held
        frequency[other.numbers] += NAME_WEIGHT * other.frequency
    known = frequency > 0
    for facet, value in word.also:
        under = numbers_of(leaves.state.labels.get(facet, {}).get(value, 0))
        frequency[under] += np.where(known[under], LABEL_WEIGHT, FILED_WEIGHT)
    return Held.of(frequency)
