"""What an engine must find for a tree: the same rules for every engine.

A few words must all be there. A long question is not a list of conditions: of more than ALL_UP_TO
words a work must hold so much that about ENOUGH works are left to choose from. How much it holds is
the sum of the rarities of the words it holds, not their number: one work that says "ivermectin" is
not pushed out by many that say "used" and "treat". Function words are never required.
Where no work of the library holds all of a few words, as many are required as any work does hold,
and the results say so (`partial`).

Which works answer depends on the words alone, never on the facets or years chosen, so that counts
keep their promise when a choice is added or taken away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from index.query import Node, Not, Or, Phrase, Word
from index.text import amounts, analysis, deferred, genders, writings
from index.text.analysis import Token
from index.text.stopwords import is_stopword

ALL_UP_TO = 3
"""So many words are all required."""

ENOUGH = 300
"""Of more words, a work must hold as much as the work at this place does. Chosen for recall at 100
on adi, cranfield, med, lisa and Thai paragraphs, none kept back."""

Slot = tuple[str, ...]
"""The index terms that can stand at one place."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """An And, sorted by what each node is for."""

    required: tuple[Node, ...]
    counted: tuple[Word | Or, ...]  # of these as much as required() or enough() says
    optional: tuple[Word, ...]  # function words: they may add to the score
    without: tuple[Node, ...]


def clauses(nodes: Sequence[Node], languages: Sequence[str]) -> Clauses:
    """Sort the nodes of an And."""
    without = tuple(node.node for node in nodes if isinstance(node, Not))
    wanted = [node for node in nodes if not isinstance(node, Not)]
    telling = [node for node in wanted if not is_function_word(node, languages)]
    optional = tuple(node for node in wanted if isinstance(node, Word) and node not in telling)
    if not telling:
        telling, optional = wanted, ()
    plain: tuple[Word | Or, ...] = tuple(dict.fromkeys(node for node in telling if _is_plain(node)))
    either = tuple(
        node for node in telling if isinstance(node, Or) and all(map(_is_plain, node.nodes))
    )
    if len(plain) + len(either) > ALL_UP_TO:  # in a long question "or" is a word like others
        counted = {*plain, *either}
        plain = tuple(
            dict.fromkeys(n for n in telling if isinstance(n, Word | Or) and n in counted)
        )
    required = tuple(node for node in telling if node not in plain)
    return Clauses(required, plain, optional, without)


def are_many(counted: int, apart: int = 0) -> bool:
    """Whether so many words are not all required. Of as many as are, they are not either where
    others of the question, `apart`, were read as values: what is left of a sentence is no list of
    conditions."""
    return counted > ALL_UP_TO or (counted == ALL_UP_TO and apart > 0)


def required(works: Sequence[int]) -> int:
    """How many of a few words a work must hold; `works[n]` are those that hold n or more."""
    asked = len(works) - 1
    return next((n for n in range(asked, 0, -1) if works[n]), asked)


def enough(masses: npt.NDArray[np.floating[Any]]) -> float:
    """How much of many words a work must hold; `masses` says what each work does, 0 for nothing."""
    if masses.size <= ENOUGH:
        return 0.0
    return float(np.partition(masses, -ENOUGH)[-ENOUGH])


def slots(leaf: Word | Phrase, languages: Sequence[str]) -> tuple[Slot, ...]:
    """The terms of a word or phrase, place by place; more than one place must stand in order."""
    texts = (token.text for token in analysis.tokens(leaf.text))
    if leaf.field == "author":
        return tuple((text,) for text in texts)
    return tuple(analysis.variants(text, languages) for text in texts)


_ONE_WORD = deferred.compile(
    rf"[\p{{L}}\p{{M}}\p{{Nd}}]+|[{amounts.FRACTIONS}]"
)  # vowel signs are no letters to str.isalnum

Way = tuple[Slot, ...]
"""Slots that stand one after the other."""


def ways(leaf: Word | Phrase, languages: Sequence[str]) -> tuple[Way, ...]:
    """Every way in which texts may have a leaf: its parts in order, and in one place each of its
    readings, whole. Ways of one place come first and are one, for they cost least.
    """
    return _ways_of(leaf, tuple(languages))


@lru_cache(1 << 12)
def _ways_of(leaf: Word | Phrase, languages: tuple[str, ...]) -> tuple[Way, ...]:
    if leaf.field == "author":
        return (slots(leaf, languages),)
    others_written = sorted(leaf.written) if isinstance(leaf, Word) else ()
    single: dict[str, None] = {}
    others: dict[Way, None] = {}
    for text in (leaf.text, *others_written):
        # What is read into another writing beside its parts is not what was typed: 1250 is 1,250,
        # and not the 1.25 that the comma could also make of it.
        strange = text is not leaf.text and not (
            _ONE_WORD.fullmatch(text) or genders.is_gendered(text)
        )
        for way in _ways(text, languages):
            if len(way) == 1 and not strange:
                single |= dict.fromkeys(way[0])
            elif len(way) > 1:
                others[way] = None
    return (((tuple(single),),) if single else ()) + tuple(others)


def ways_together(leaf: Word | Phrase, languages: Sequence[str]) -> tuple[Way, ...]:
    """The ways of a leaf, and of what it is with the words beside it."""
    ways_ = ways(leaf, languages)
    for text in sorted(leaf.together) if isinstance(leaf, Word) else ():
        ways_ += _ways(text, tuple(languages))
    return ways_


MOST_WAYS = 8  # of a phrase, in which several words have two


@lru_cache(1 << 12)
def _ways(text: str, languages: tuple[str, ...]) -> tuple[Way, ...]:
    tokens = [*analysis.tokens(text)]
    readings = [*analysis.placed(text)][len(tokens) :]
    whole = [(place, token) for place, token in readings if _covers(token, place, tokens)]
    choices: list[list[Way]] = []
    at = 0
    while at < len(tokens):
        here = [token for place, token in whole if place == at]
        end = max((_last(token, at, tokens) for token in here), default=at) + 1
        here = [token for token in here if _last(token, at, tokens) == end - 1]
        single = [analysis.variants(token.text, languages) for token in here]
        parts = tuple(analysis.variants(token.text, languages) for token in tokens[at:end])
        written = text[tokens[at].start : tokens[end - 1].end]
        bare = genders.is_gendered(written) if end - at > 1 else not writings.is_signed(text)
        if bare:
            single.append(analysis.variants(tokens[at].text, languages))
        made: list[Way] = []
        if single:
            made.append((tuple(dict.fromkeys(form for forms in single for form in forms)),))
        if end - at > 1:
            made.append(parts)
        elif cut := writings.parts(written := text[tokens[at].start : tokens[at].end]):
            folded = [analysis.fold(written[first:last]) for first, last in cut]
            made.append(tuple(analysis.variants(word, languages) for word in folded))
        choices.append(made)
        at = end
    combined = islice(product(*choices), MOST_WAYS) if choices else ()
    return tuple(tuple(slot for way in ways for slot in way) for ways in combined)


def _covers(reading: Token, place: int, tokens: Sequence[Token]) -> bool:
    """Whether a reading is of whole words, not of a part of one."""
    return reading.start <= tokens[place].start and reading.end >= tokens[place].end


def _last(reading: Token, place: int, tokens: Sequence[Token]) -> int:
    ends = bisect_left([token.start for token in tokens], reading.end)
    return max(ends - 1, place)


def is_telling(leaf: Node, others: Sequence[Node], languages: Sequence[str]) -> bool:
    """Whether a leaf says something beside these others, or is all there is."""
    return not is_function_word(leaf, languages) or all(
        is_function_word(other, languages) for other in others
    )


def _is_plain(node: Node) -> TypeGuard[Word]:
    return isinstance(node, Word) and not node.field


def is_function_word(node: Node, languages: Sequence[str]) -> bool:
    """Whether a node is a word that tells nothing."""
    if not isinstance(node, Word) or node.field:
        return False
    return _tells_nothing(node.text, tuple(languages))


@lru_cache(1 << 12)
def _tells_nothing(text: str, languages: tuple[str, ...]) -> bool:
    words = [token.text for token in analysis.tokens(text)]
    if len(words) == 1 and is_stopword(words[0], languages):
        return True
    both = genders.of_small(text)
    return bool(both) and all(is_stopword(analysis.fold(one), languages) for one in both)
