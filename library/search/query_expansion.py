"""The concepts a question names: "catador" asks for waste pickers, whatever a text calls them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from index.query import And, Node, Or, Word
from index.text.analysis import fold_line
from library.search import everyday
from library.vocabularies.folding import is_small

Label = tuple[str, str]  # facet, id
Named = frozenset[Label]


class Names(Protocol):
    """What is needed of the vocabularies."""

    def named(self, text: str, *, alone: bool) -> Named: ...

    def names(self, facet: str, id: str, text: str) -> frozenset[tuple[str, str]]: ...

    def spoken(self) -> Mapping[str, str]: ...

    def lasting(self, minutes: float) -> str | None: ...


LONGEST = 8  # words of a label that are looked for


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
    run = plain_words(nodes)
    if not run or len(run) < len(nodes):
        return frozenset()
    return vocabularies.named(" ".join(word.text for word in run), alone=True)


def _widened(nodes: Sequence[Node], vocabularies: Names) -> list[Node]:
    done: list[Node] = [
        node if isinstance(node, Word) else widen(node, vocabularies) for node in nodes
    ]
    for start, end, named in names_in(nodes, vocabularies):
        run = [node for node in nodes[start:end] if isinstance(node, Word)]
        done[start:end] = widened_run(run, named, vocabularies)
    return with_everyday(done)


def with_everyday(nodes: Sequence[Node]) -> list[Node]:
    """Nodes whose plain words, where no concept gave them names, have those of everyday speech."""
    made = list(nodes)
    for start, end, names in everyday_names(nodes):
        for at in range(start, end):
            word = made[at]
            if isinstance(word, Word) and not word.names:
                made[at] = replace(word, names=names)
    return made


def everyday_names(nodes: Sequence[Node]) -> Iterator[tuple[int, int, frozenset[everyday.Name]]]:
    """(start, end, other names) of the plain words that have some in everyday speech."""
    start = 0
    while start < len(nodes):
        run = plain_run(nodes[start:])
        for first, last, names in everyday.named(run):
            yield start + first, start + last, names
        start += len(run) + 1


def plain_run(nodes: Sequence[Node]) -> list[Word]:
    """The words that nodes begin with."""
    run: list[Word] = []
    for node in nodes:
        if not isinstance(node, Word) or node.field:
            break
        run.append(node)
    return run


def names_in(
    nodes: Sequence[Node], vocabularies: Names, *, weak: bool = False
) -> list[tuple[int, int, Named]]:
    """(start, end, concepts) of the words that name concepts, in order and without overlap.

    weak: whether labels that are common words too name their concepts beside other words.

    Of names that share a word the one with the most telling words is meant, else the first: in
    "para trabajadoras domésticas" it is not "para trabajadoras".
    """
    spans: list[tuple[int, int, int, Named]] = []
    small = [isinstance(node, Word) and is_small(fold_line(node.text)) for node in nodes]
    for start in range(len(nodes)):
        run = plain_words(nodes[start:])
        for length in range(len(run), 0, -1):
            text = " ".join(word.text for word in run[:length])
            if named := vocabularies.named(text, alone=weak or length == len(nodes)):
                while length > 1 and small[start + length - 1]:  # "passport and"
                    shorter = " ".join(word.text for word in run[: length - 1])
                    if vocabularies.named(shorter, alone=weak) != named:
                        break
                    length -= 1
                telling = length - sum(small[start : start + length])
                spans.append((-telling, start, start + length, named))
                break
    taken: set[int] = set()
    kept: list[tuple[int, int, Named]] = []
    for _, start, end, named in sorted(
        spans, key=lambda span: (span[0], span[2] - span[1], span[1])
    ):
        if taken.isdisjoint(range(start, end)):
            taken |= set(range(start, end))
            kept.append((start, end, named))
    return sorted(kept, key=lambda span: span[:2])


def widened_run(run: Sequence[Word], named: Named, vocabularies: Names) -> list[Word]:
    """Words that name concepts together, answered by these and by their other names too."""
    text = " ".join(word.text for word in run)
    names = frozenset(name for facet, id in named for name in vocabularies.names(facet, id, text))
    return [replace(word, also=word.also | named, names=word.names | names) for word in run]


def plain_words(nodes: Sequence[Node]) -> list[Word]:
    """The words that nodes begin with, as many as a label has at most."""
    return plain_run(nodes[:LONGEST])
