"""How much of a question is looked up: work is counted, so that no question takes a library's time.

What a reader types may ask for every word that begins with `a`, for `b`, and so on, or for long
phrases of words that stand everywhere. What each of them costs is known before it is looked up:
about how many works or places are read for it. The rarest come first, and say most; what does not
fit is left out, and `Results.left_out` names it. The same question leaves out the same each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from index.answering.evaluation import Evaluation
from index.query import And, Everything, Node, Not, Or, Phrase, Prefix, Word
from index.text import matching

BUDGET = 1_000_000
"""So many works and places of words are read for one question, about; of one word or phrase alone
it may be more. Measured on a library of ten thousand works, where it is about a second."""

TERM = 20  # what looking a term up costs, in works read
EACH = 3  # a word is read as typed, in all its forms, and in words that look like it

Leaf = Word | Prefix | Phrase


def affordable(evaluation: Evaluation, tree: Node) -> tuple[Node, tuple[str, ...]]:
    """The tree that is looked up for one, and what of it was left out, as typed."""
    order = count()
    leaves = {leaf: next(order) for leaf in _leaves(tree)}
    if len(leaves) < 2:
        return tree, ()
    beginnings = [leaf for leaf in leaves if isinstance(leaf, Prefix)]
    costs: dict[Leaf, int] = {
        leaf: _cost(evaluation, leaf) for leaf in leaves if not isinstance(leaf, Prefix)
    }
    spent = 0
    kept: set[Leaf] = set()
    for leaf in sorted(costs, key=lambda leaf: (costs[leaf], leaves[leaf])):
        spent += costs[leaf]
        if (spent <= BUDGET and evaluation.fits(leaf, kept)) or not kept:
            kept.add(leaf)
    for beginning in sorted(beginnings, key=lambda leaf: (-len(leaf.text), leaves[leaf])):
        if spent < BUDGET:  # looking it up tells what it costs
            spent += _cost_of_beginning(evaluation, beginning)
            if (spent <= BUDGET and evaluation.fits(beginning, kept)) or not kept:
                kept.add(beginning)
    left_out = tuple(leaf.text for leaf in leaves if leaf not in kept)
    return (_pruned(tree, kept) or Everything(), left_out) if left_out else (tree, ())


def _leaves(node: Node) -> list[Leaf]:
    match node:
        case Word() | Prefix() | Phrase():
            return [node]
        case Not(inner):
            return _leaves(inner)
        case And(nodes) | Or(nodes):
            return [leaf for inner in nodes for leaf in _leaves(inner)]
        case _:
            return []


def _pruned(node: Node, kept: set[Leaf]) -> Node | None:
    match node:
        case Word() | Prefix() | Phrase():
            return node if node in kept else None
        case Not(inner):
            left = _pruned(inner, kept)
            return None if left is None else Not(left)
        case And(nodes) | Or(nodes):
            kept_nodes = tuple(
                child for inner in nodes if (child := _pruned(inner, kept)) is not None
            )
            if len(kept_nodes) < 2:
                return kept_nodes[0] if kept_nodes else None
            return type(node)(kept_nodes)
        case _:
            return node


def _cost(evaluation: Evaluation, leaf: Word | Phrase) -> int:
    """Works that are read for its forms; where words must stand in order, also their places."""
    holders: dict[str, int] = {}
    total = 0
    for way in matching.ways(leaf, evaluation.languages):
        for term in {term for slot in way for term in slot}:
            if term not in holders:
                holders[term] = evaluation.state.holders("body", term)
        if len(way) == 1:
            total += sum(TERM + EACH * holders[term] for term in way[0])
        else:
            total += _cost_of_order(evaluation, way, holders)
    return total


def _cost_of_order(evaluation: Evaluation, way: matching.Way, holders: Mapping[str, int]) -> int:
    """All the places of the rarest are followed from slot to slot, in the works that hold all."""
    slots = dict.fromkeys(way)
    works = min(sum(holders[term] for term in slot) for slot in slots)
    places = [sum(evaluation.state.often("body", term) for term in slot) for slot in slots]
    return TERM * works * len(slots) + int(sum(places)) + int(min(places)) * len(way)


def _cost_of_beginning(evaluation: Evaluation, leaf: Prefix) -> int:
    return sum(TERM + frequency for _, frequency in evaluation.expansions(leaf))
