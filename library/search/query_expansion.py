"""The concepts a question names: "catador" asks for waste pickers, whatever a text calls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.query import And, Node, Or, Word

Named = frozenset[tuple[str, str]]  # of (facet, id)


class Names(Protocol):
    """What is needed of the vocabularies."""

    def named(self, text: str, *, alone: bool) -> Named: ...

    def names(self, facet: str, id: str, text: str) -> frozenset[tuple[str, str]]: ...


LONGEST = 6  # words of a label that are looked for


def widen(tree: Node, vocabularies: Names) -> Node:
    """The tree, its words also answered by the concepts they name together, and by other names of
    these.

    Words in quotation marks, in a field or left out are taken as they are. A label that is a common
    word too names its concept only when nothing else is asked.
    """
    match tree:
        case Word():
            return _widened([tree], vocabularies)[0]
        case And(nodes):
            return And(tuple(_widened(nodes, vocabularies)))
        case Or(nodes):
            return Or(tuple(widen(node, vocabularies) for node in nodes))
        case _:
            return tree


def whole(tree: Node, vocabularies: Names) -> Named:
    """The concepts that all the words of a question together name; none if it asks more."""
    nodes = tree.nodes if isinstance(tree, And) else (tree,)
    run = _words(nodes)
    if not run or len(run) < len(nodes):
        return frozenset()
    return vocabularies.named(" ".join(word.text for word in run), alone=True)


def _widened(nodes: Sequence[Node], vocabularies: Names) -> list[Node]:
    done: list[Node] = []
    at = 0
    while at < len(nodes):
        run = _words(nodes[at:])
        length, named = _longest(run, len(nodes), vocabularies)
        if named:
            text = " ".join(word.text for word in run[:length])
            names = frozenset(
                name for facet, id in named for name in vocabularies.names(facet, id, text)
            )
            done += [
                replace(word, also=word.also | named, names=word.names | names)
                for word in run[:length]
            ]
            at += length
        else:
            node = nodes[at]
            done.append(node if isinstance(node, Word) else widen(node, vocabularies))
            at += 1
    return done


def _longest(run: Sequence[Word], asked: int, vocabularies: Names) -> tuple[int, Named]:
    """How many words of a run, the most first, name concepts together, and which."""
    for length in range(len(run), 0, -1):
        text = " ".join(word.text for word in run[:length])
        if named := vocabularies.named(text, alone=length == asked):
            return length, named
    return 0, frozenset()


def _words(nodes: Sequence[Node]) -> list[Word]:
    run: list[Word] = []
    for node in nodes[:LONGEST]:
        if not isinstance(node, Word) or node.field:
            break
        run.append(node)
    return run
