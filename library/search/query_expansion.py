"""The concepts a question names: "catador" asks for waste pickers, whatever a text calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from index.query import And, Node, Or, Word
from index.text.analysis import fold_line

Named = frozenset[tuple[str, str]]  # of (facet, id)


class Names(Protocol):
    """What is needed of the vocabularies."""

    def named(self, text: str, *, alone: bool) -> Named: ...

    def names(self, facet: str, id: str, text: str) -> frozenset[tuple[str, str]]: ...

    def spoken(self) -> Mapping[str, str]: ...


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


# What stands before the name of a language where works in it are asked for, folded; in Hindi it
# stands behind, and in Arabic before it within the word.
_IN = frozenset(("in", "en", "em", "auf", "بلغه", "باللغه"))
_BEHIND = frozenset(("में",))
_WITHIN = "ب"


def spoken(tree: Node, languages: Mapping[str, str]) -> tuple[Node, Mapping[str, frozenset[str]]]:
    """A tree without the words that ask for a language ("in Spanish"), and the languages asked for.

    `languages` is name, folded → code. Where nothing else is asked, the words are kept.
    """
    if not isinstance(tree, And):
        return tree, {}
    folded = [fold_line(node.text) if isinstance(node, Word) else "" for node in tree.nodes]
    asked: set[str] = set()
    taken: set[int] = set()
    for at, word in enumerate(folded):
        before = folded[at - 1] if at else ""
        behind = folded[at + 1] if at + 1 < len(folded) else ""
        code = languages.get(word)
        if code and before in _IN:
            taken |= {at - 1, at}
        elif code and behind in _BEHIND:
            taken |= {at, at + 1}
        elif word.startswith(_WITHIN) and (code := languages.get(word[1:])):
            taken.add(at)
        else:
            continue
        asked.add(code)
    rest = tuple(node for at, node in enumerate(tree.nodes) if at not in taken)
    if not asked or not rest:
        return tree, {}
    return (And(rest) if len(rest) > 1 else rest[0]), {"language": frozenset(asked)}


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
