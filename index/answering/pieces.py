"""A question in a script without spaces: what its pieces count, and words of other scripts beside.

A long run is asked for by its pairs of characters (index/text/query_plan.py). Where a character is
a letter, as in Thai, a pair is less than a syllable and stands in many words, so three in a row are
looked for beside, each as rare as it is. Where it is a word or a part of one, as in Chinese, pairs
do. A word with spaces around it is one, where another as long would be several pieces: it counts
for as many, or "DECnet คืออะไร" would be a question about what things are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeGuard

from index.query import And, Node, Word
from index.text import analysis
from index.text.query_plan import FEW
from index.text.syntax import words

BESIDE_PAIRS = 3.0
"""What a word with spaces counts beside pairs. Chosen from 1, 3, 4 and 6 on 400 questions each of
Chinese and Japanese paragraphs, where 3 and 4 are as good."""

BESIDE_TRIPLES = 6.0
"""What it counts where there are triples beside the pairs. Chosen from 3, 6 and 8 on half of
xquad-th, none kept back."""


def triples(tree: Node) -> Iterator[Word]:
    """Each three characters in a row of the runs of a question whose characters are letters."""
    seen: set[str] = set()
    for left, right in pairwise(tree.nodes if isinstance(tree, And) else ()):
        if _is_piece(left) and _is_piece(right) and analysis.is_of_letters(left.text):
            first, second = analysis.characters(left.text), analysis.characters(right.text)
            text = left.text + second[-1]
            if len(first) == len(second) == 2 and first[1] == second[0] and text not in seen:
                seen.add(text)
                yield Word(text)


def beside(tree: Node) -> float:
    """What a word with spaces counts among the pieces of a question; 1 where there are none."""
    pieces = [word for word in words(tree) if _is_piece(word)]
    if len(pieces) <= FEW:
        return 1.0
    letters = any(analysis.is_of_letters(piece.text) for piece in pieces)
    return BESIDE_TRIPLES if letters else BESIDE_PAIRS


def is_part(node: Node) -> bool:
    """Whether a word is a pair of letters, which stands beside its like by chance."""
    return _is_piece(node) and analysis.is_of_letters(node.text)


def _is_piece(node: object) -> TypeGuard[Word]:
    """Whether a word is a pair of characters that stands for no word of its own."""
    if not isinstance(node, Word) or node.field or node.also or node.names:
        return False
    return analysis.is_unspaced(node.text) and len(analysis.characters(node.text)) == 2
