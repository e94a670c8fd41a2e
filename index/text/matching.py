"""What an engine must find for a tree: the same rules for every engine.

A few words must all be there. A long question is not a list of conditions: of more than ALL_UP_TO
words as many are required as leave ENOUGH works to choose from, and be it one; the works that hold
more of the words, or the rarer ones, come first. Function words are never required.
Where no work of the library holds enough of the words, as many are required as any work does hold,
and the results say so (`partial`).

Which works answer depends on the words alone, never on the facets or years chosen, so that counts
keep their promise when a choice is added or taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.query import Node, Not, Phrase, Word
from index.text import analysis
from index.text.stopwords import is_stopword

ALL_UP_TO = 3
"""So many words are all required."""

ENOUGH = 100
"""Of more words, all are required where so many works hold them; else one word fewer, and so on."""

Slot = tuple[str, ...]
"""The index terms that can stand at one place."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """An And, sorted by what each node is for."""

    required: tuple[Node, ...]
    counted: tuple[Word, ...]  # as many of these as required() says
    optional: tuple[Word, ...]  # function words: they may add to the score
    without: tuple[Node, ...]


def clauses(nodes: Sequence[Node], languages: Sequence[str]) -> Clauses:
    """Sort the nodes of an And."""
    without = tuple(node.node for node in nodes if isinstance(node, Not))
    wanted = [node for node in nodes if not isinstance(node, Not)]
    telling = [node for node in wanted if not _is_function_word(node, languages)]
    optional = tuple(node for node in wanted if isinstance(node, Word) and node not in telling)
    if not telling:
        telling, optional = wanted, ()
    plain = tuple(node for node in telling if isinstance(node, Word) and not node.field)
    plain = tuple(dict.fromkeys(plain))
    required = tuple(node for node in telling if node not in plain)
    return Clauses(required, plain, optional, without)


def required(works: Sequence[int]) -> int:
    """How many of the counted words a work must hold; `works[n]` are those that hold n or more."""
    asked = len(works) - 1
    if asked <= ALL_UP_TO:
        return next((n for n in range(asked, 0, -1) if works[n]), asked)
    enough = next((n for n in range(asked, 0, -1) if works[n] >= ENOUGH), 1)
    return enough if works[enough] else asked


def slots(leaf: Word | Phrase, languages: Sequence[str]) -> tuple[Slot, ...]:
    """The terms of a word or phrase, place by place; more than one place must stand in order."""
    found = (token.text for token in analysis.tokens(leaf.text))
    if leaf.field == "author":
        return tuple((text,) for text in found)
    return tuple(analysis.variants(text, languages) for text in found)


def is_telling(leaf: Node, others: Sequence[Node], languages: Sequence[str]) -> bool:
    """Whether a leaf says something beside these others, or is all there is."""
    return not _is_function_word(leaf, languages) or all(
        _is_function_word(other, languages) for other in others
    )


def _is_function_word(node: Node, languages: Sequence[str]) -> bool:
    if not isinstance(node, Word) or node.field:
        return False
    found = [token.text for token in analysis.tokens(node.text)]
    return len(found) == 1 and is_stopword(found[0], languages)
