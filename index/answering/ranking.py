"""Words and meaning together: the order of works.

The words give a score. Where many works answer nearly as well, the words alone do not tell them
apart, and what was learned decides more: how close a work lies to the question, and to the works
that answer it best. The question is moved towards these (Rocchio, "Relevance Feedback in
Information Retrieval", 1971, here without being told which are relevant), in the space and in their
weightiest words. Where one work stands out by its words, they have the say.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.answering.semantics import Sense, keyword_score, sense_of
from index.answering.state import Array, State
from index.columns.arrays import numbered
from index.fields import FEEDBACK, MEANING
from index.meaning.space import SCALES, ends
from index.query import Node, Word
from index.text import matching
from index.text.syntax import words

# All of these are given, but the last four lines, which are judged.
FIRST = 5  # works that a question is moved towards
MOVED = 0.6  # how far
TERMS = 30  # of their words that are asked for beside
STEEP = 3.0  # how much more the best of them counts than the others
PHRASE = 3  # words one after the other that say nothing of a quotation
QUOTED = 3  # so many more, and what was learned has no say
CLOSE_RACE = 10  # works between which the race is looked at


def blended(
    state: State, languages: Sequence[str], tree: Node, scores: Array, repeated: int = 0
) -> tuple[Array, Array]:
    """For each work its score, between 0 and about 2.6, and what was learned of it, up to 1.6,
    trusted or not; `scores` are those of the words, of which some work says `repeated` one after
    the other: a sentence is looked for, not a subject.
    """
    best = float(scores.max(initial=0.0))
    shares = scores / best if best > 0 else scores
    sense = sense_of(state)
    nothing = np.zeros(len(scores), np.float32)
    if sense is None:
        return shares, nothing
    asked = asked_words(languages, tree)
    if not asked:
        return shares, nothing
    place = sense.query(asked)
    if place is None:  # the works that say the words still tell what else is about them
        place = np.zeros(sense.vectors.shape[1], np.float32)
    trusted = sense.trust * race(shares) * (1 - min(max(repeated - PHRASE, 0) / QUOTED, 1))
    first = shares + MEANING * trusted * sense.cosines(place)
    learned = MEANING * _moved(sense, place, first) + FEEDBACK * _feedback(sense, first)
    return shares + trusted * learned, learned


def race(shares: Array) -> float:
    """How close the best works are by their words, 0 to 1: their mean share of the best one's
    score. Works that do not answer at all count as close: then the words tell too little."""
    if shares.size < 2:
        return 1.0
    top = np.partition(shares, -min(CLOSE_RACE, shares.size))[-min(CLOSE_RACE, shares.size) :]
    rest = np.sort(top)[:-1]
    return float(np.where(rest > 0, rest, 1.0).mean())


def asked_words(languages: Sequence[str], tree: Node) -> list[tuple[str, ...]]:
    """The forms of each word that is asked for in any field, but function words."""
    everything = words(tree)
    return [
        slot
        for leaf in everything
        if isinstance(leaf, Word)
        and not leaf.field
        and matching.is_telling(leaf, everything, languages)
        for slot in matching.slots(leaf, languages)
    ]


def _top(scores: Array) -> tuple[list[int], Array]:
    """The best works, and what each counts."""
    count = min(FIRST, scores.size)
    at = np.argpartition(-scores, count - 1)[:count]
    at = at[np.argsort(-scores[at], kind="stable")]
    at = at[scores[at] > 0]
    return at.tolist(), scores[at]


def _moved(sense: Sense, place: Array, scores: Array) -> Array:
    """How close works lie to a question that was moved towards the best of them."""
    best, shares = _top(scores)
    total = np.zeros(len(scores), np.float32)
    near = sense.vectors[best]
    for number, size in enumerate(ends(len(place))):
        own = near[:, :size] * sense.shares[best, number, None]
        towards = (1 - MOVED) * _unit(place[:size]) + MOVED * _unit(shares @ own)
        total += sense.vectors[:, :size] @ _unit(towards) * sense.shares[:, number]
    return total / len(SCALES)


def _feedback(sense: Sense, scores: Array) -> Array:
    """What the weightiest words of the best works say of all works, 1 for the best of them."""
    best, shares = _top(scores)
    if not best:
        return np.zeros(len(scores), np.float32)
    counts = np.exp(STEEP * (shares / shares[0] - 1))
    own = np.where(sense.keywords[best] >= 0, sense.weights[best], 0).astype(np.float32)
    own *= (counts / counts.sum() / np.maximum(np.linalg.norm(own, axis=1), 1e-9))[:, None]
    words_, which = numbered(sense.keywords[best].ravel())
    weights = np.bincount(which, own.ravel(), len(words_)).astype(np.float32)
    if len(words_) > TERMS:
        heaviest = np.sort(np.argsort(-weights, kind="stable")[:TERMS])
        words_, weights = words_[heaviest], weights[heaviest]
    likeness = keyword_score(sense, words_, weights)
    return likeness / max(float(likeness.max(initial=0.0)), 1e-9)


def _unit(vector: Array) -> Array:
    unit: Array = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit
