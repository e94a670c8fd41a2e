"""A question made ready to be answered: the same for every engine, and for marking words on a page.

A run of a script without spaces is not one phrase: of more than FEW pairs of characters, each is a
word of its own, so that a work need not repeat the whole question.
"""

from __future__ import annotations

from collections.abc import Iterator

from index import analysis
from index.query import And, Node, Not, Or, Word

FEW = 3
"""A run of so many pairs is a word, whose pairs stand in order."""


def planned(tree: Node) -> Node:
    """The tree that answers for one that was typed. Done twice, it is the same."""
    match tree:
        case Word():
            return _all_of([*_pieces(tree)])
        case Not(node):
            return Not(planned(node))
        case And(nodes):
            return _all_of([piece for node in nodes for piece in _pieces(node)])
        case Or(nodes):
            return Or(tuple(planned(node) for node in nodes))
        case _:
            return tree


def _pieces(node: Node) -> Iterator[Node]:
    """What stands in an And for one of its nodes."""
    if not isinstance(node, Word):
        yield planned(node)
        return
    found = [*analysis.tokens(node.text)]
    if len(found) <= FEW or node.also or not any(analysis.is_unspaced(one.text) for one in found):
        yield node
        return
    for one in found:
        yield Word(node.text[one.start : one.end], node.field)


def _all_of(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
