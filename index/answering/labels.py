"""Works that answer because of what they are filed under, or because they use another name."""

from __future__ import annotations

from dataclasses import replace

from index.answering.evaluation import Evaluation
from index.query import And, Node, Not, Or, Word

Label = tuple[str, str]  # facet, value


def filed(evaluation: Evaluation, tree: Node) -> int:
    """The works, as a bit set, that answer a tree only because of what they are filed under; none
    for a long question, which few works answer wholly by what they say."""
    if evaluation.is_long(tree):
        return 0
    plain = unlabelled(tree)
    if plain == tree:
        return 0
    beside = type(evaluation)(evaluation.state, evaluation.languages)
    return evaluation.matched(tree) & ~beside.matched(plain)


def labels(evaluation: Evaluation, tree: Node, number: int) -> tuple[Label, ...]:
    """The labels of a work that answer for words it does not say."""
    labels_of: dict[Label, None] = {}
    for word in _labelled(tree):
        matched = evaluation.held(replace(word, also=frozenset()))
        if not matched.bits >> number & 1:
            held = evaluation.state.facts.labels_of(number)
            labels_of |= {
                label: None for label in sorted(word.also) if label[1] in held.get(label[0], ())
            }
    return tuple(labels_of)


def unlabelled(tree: Node) -> Node:
    """A tree that only words answer."""
    match tree:
        case Word():
            return replace(tree, also=frozenset()) if tree.also else tree
        case Not(node):
            return Not(unlabelled(node))
        case And(nodes) | Or(nodes):
            return replace(tree, nodes=tuple(map(unlabelled, nodes)))
        case _:
            return tree


def _labelled(tree: Node) -> list[Word]:
    match tree:
        case Word() if tree.also:
            return [tree]
        case And(nodes) | Or(nodes):
            return [word for node in nodes for word in _labelled(node)]
        case _:
            return []
