"""What a word is widened by: works filed under what it names, and works that use another name.

What was typed, another name of it and a label are three pieces of evidence, each as rare as it is
by itself: that many works are filed under *campaigns* makes "knock on doors" no commoner a word.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.answering import synonyms
from index.answering.leaves import Leaves
from index.answering.state import Held, numbers_of
from index.fields import FILED_WEIGHT, LABEL_WEIGHT
from index.query import Word


def plain(word: Word) -> Word:
    """A word that is answered only by those that say it."""
    return replace(word, also=frozenset(), names=frozenset())


def parts(leaves: Leaves, word: Word) -> tuple[Held, Held, Held]:
    """The works that say a word, those that say another name of it, and those that are counted
    under a label that answers; who says it and is counted so says it with more weight."""
    size = leaves.state.size
    typed = Held.spread(leaves.held(plain(word)), size)
    names = np.zeros(size, np.float32)
    if word.names:
        names = Held.spread(synonyms.names_of(leaves, word.names).held, size)
    filed = np.zeros(size, np.float32)
    for facet, value in word.also:
        filed[numbers_of(leaves.state.labels.get(facet, {}).get(value, 0))] = FILED_WEIGHT
    for said in (typed, names):
        said[(filed > 0) & (said > 0)] += LABEL_WEIGHT
    counted = leaves.state.counted
    return (
        counted(plain(word), Held.of(typed)),
        counted(("names", word.names), Held.of(names)),
        counted(("filed", word.also), Held.of(filed)),
    )


def widened(leaves: Leaves, word: Word) -> Held:
    """The works that say a word, or another name, or are counted under a label that answers."""
    frequency = np.zeros(leaves.state.size, np.float32)
    for part in parts(leaves, word):
        frequency[part.numbers] += part.frequency
    return Held.of(frequency)
