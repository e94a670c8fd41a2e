"""What a question asks for beside what it is about: "session on harassment for domestic workers in
Spanish, 60 minutes" names a use, a topic, a group, a language and a time.

A language that is asked for narrows where that leaves something; all else lifts what has it, and
hides nothing. Each value can be taken back, and its words are then words like others. Where a
question is nothing but one name, that is what it is about, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from index.fields import ABOUT, FACET
from index.query import And, Node, Word
from index.text.analysis import fold_line
from index.text.stopwords import is_stopword
from library.search.query_expansion import (
    Label,
    Named,
    Names,
    everyday_names,
    names_in,
    plain_words,
    widen,
    widened_run,
    with_everyday,
)
from library.vocabularies.durations import FACET as TIME
from library.vocabularies.durations import lengths
from library.vocabularies.folding import is_small

LANGUAGE = "language"
EVERYTHING: Label = ("", "")
"""Among what is not to be read: nothing is."""

Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is understood: its tree, and the values it names, in the order it does."""

    tree: Node
    named: tuple[Label, ...] = ()
    apart: int = 0  # telling words that say only what is wished or how long it lasts, or who asks

    def lifted(self) -> Values:
        return _by_facet(label for label in self.named if not FACET[label[0]].narrows)

    def wished(self) -> Values:
        return _by_facet(label for label in self.named if FACET[label[0]].narrows)


def read(words: str, tree: Node, known: Names, without: Collection[Label] = ()) -> Reading:
    """What words typed say, whose tree is given. without: values they are not to be read as."""
    if EVERYTHING in without:
        return Reading(widen(tree, known))
    named: dict[int, Label] = {}
    ended = _ended(words)
    whole = [*enumerate(tree.nodes if isinstance(tree, And) else (tree,))]
    rest = _taken(whole, _languages(whole, known.spoken(), ended), without, named)
    rest = _taken(rest, [*_times(whole, known, ended)], without, named)
    left = {at for at, _ in rest}
    apart = sum(at not in left and not is_small(_plain(node)) for at, node in whole)
    apart += any(_plain(node) in _ONESELF for _, node in rest)
    # What is asked for in another language than its own is found by the names of concepts.
    across = any(facet == LANGUAGE for facet, _ in named.values())
    tree, concepts = _concepts(rest, known, frozenset(without), weak=across)
    for at, label in concepts:
        named.setdefault(at, label)
    order = sorted({*named.items(), *concepts})
    return Reading(tree, tuple(dict.fromkeys(label for _, label in order)), apart)


Numbered = list[tuple[int, Node]]  # nodes of a question, and where they stand in it
Found = tuple[frozenset[int], Label]  # where the words stand that name a value


def _taken(
    rest: Numbered, spans: Sequence[Found], without: Collection[Label], named: dict[int, Label]
) -> Numbered:
    """The nodes that are left to look for; all, where nothing else would be."""
    kept = [(places, label) for places, label in spans if label not in without]
    gone = frozenset(at for places, _ in kept for at in places)
    if not gone or len(gone) >= len(rest):
        return rest
    named |= {min(places): label for places, label in kept}
    return [(at, node) for at, node in rest if at not in gone]


def _plain(node: Node) -> str:
    """A word as it is compared; "" of what is no plain word."""
    return fold_line(node.text) if isinstance(node, Word) and not node.field else ""


_END = regex.compile(r"(?<![\p{L}\p{M}\p{N}])([\p{L}\p{M}\p{N}]++)[,.;:!?،؛।](?=\s|$)")


def _ended(words: str) -> frozenset[str]:
    """The words, as they are compared, behind which a part of a question ends."""
    return frozenset(fold_line(match[1]) for match in _END.finditer(words))


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold_line, words.split()))


# What stands before the name of a language where works in it are asked for, folded; in Hindi it
# stands behind, and in Arabic before it within the word.
_IN = frozenset(("in", "en", "em", "auf", "بلغه", "باللغه"))
_OPEN = "in"  # of them, what stands before a noun with an adjective too: "in Spanish Town"
_BEHIND = frozenset(("में",))
_WITHIN = "ب"
_ON = frozenset(("about", "without", "only", "please", "version", "language", "edition"))


def _languages(rest: Numbered, languages: Mapping[str, str], ended: Collection[str]) -> list[Found]:
    """The languages asked for; `languages` is name, folded → code."""
    folded = [_plain(node) for _, node in rest]
    spans: list[Found] = []
    for at, word in enumerate(folded):
        before = folded[at - 1] if at else ""
        behind = folded[at + 1] if at + 1 < len(folded) else ""
        if (code := languages.get(word)) and before in _IN:
            if before == _OPEN and not (word in ended or _ends(behind, languages)):
                continue
            spans.append((frozenset((rest[at - 1][0], rest[at][0])), (LANGUAGE, code)))
        elif code and behind in _BEHIND:
            spans.append((frozenset((rest[at][0], rest[at + 1][0])), (LANGUAGE, code)))
        elif word.startswith(_WITHIN) and (code := languages.get(word[1:])):
            spans.append((frozenset((rest[at][0],)), (LANGUAGE, code)))
    return spans


def _ends(behind: str, languages: Mapping[str, str]) -> bool:
    """Whether a name of a language can end before this word, and is no adjective of it."""
    return (
        not behind
        or behind in _ON
        or behind in languages
        or not behind.isalpha()
        or is_stopword(behind, ("en",))
    )


def _times(rest: Numbered, known: Names, ended: frozenset[str]) -> Iterator[Found]:
    """Lengths of time, where the question names something that lasts, or they stand by themselves
    at its end: "12 hours of work" is what it is about."""
    for _, run in groupby(rest, lambda node: bool(_plain(node[1]))):
        nodes = [(at, node.text) for at, node in run if isinstance(node, Word)]
        line = " ".join(text for _, text in nodes)
        starts = [sum(len(text) + 1 for _, text in nodes[:n]) for n in range(len(nodes))]
        for length in lengths(line):
            places = [
                n
                for n, at in enumerate(starts)
                if length.start < at + len(nodes[n][1]) and at < length.end
            ]
            before = fold_line(nodes[places[0] - 1][1]) if places[0] else ""
            apart = before in ended and fold_line(nodes[places[-1]][1]) in ended | {
                fold_line(nodes[-1][1])
            }
            if not (apart or _lasts(nodes, places, known)):
                continue
            id = known.lasting(length.minutes)
            if id:
                yield frozenset(nodes[n][0] for n in places), (TIME, id)


def _lasts(nodes: Sequence[tuple[int, str]], places: Sequence[int], known: Names) -> bool:
    """Whether a word near a length of time names what lasts: a session, a course."""
    near = range(max(0, places[0] - 2), min(len(nodes), places[-1] + 4))
    return any(
        facet not in ABOUT
        for n in near
        if n not in places
        for facet, _ in known.named(nodes[n][1], alone=True)
    )


def _meant(
    nodes: Sequence[Node], known: Names, taken: Collection[int]
) -> Iterator[tuple[int, int, Named]]:
    """The people and places that everyday words mean whose other names are theirs: maids."""
    for start, end, names in everyday_names(nodes):
        if set(taken).isdisjoint(range(start, end)):
            meant = [known.named(text, alone=False) for _, text in names]
            common = frozenset(
                label
                for label in frozenset().union(*meant)
                if FACET[label[0]].names == "same"
                and 2 * sum(label in one for one in meant) > len(meant)
            )
            if common:
                yield start, end, common


def _places(names: Sequence[tuple[int, int, Named]]) -> set[int]:
    return {at for start, end, _ in names for at in range(start, end)}


def _concepts(
    rest: Numbered, known: Names, without: Named, *, weak: bool
) -> tuple[Node, list[tuple[int, Label]]]:
    """The tree of what is left, widened by the concepts it names, and these with their places."""
    nodes = [node for _, node in rest]
    names = names_in(nodes, known)
    names += [*_headings(nodes, known, _places(names))]
    if weak:
        taken = _places(names)
        names += [
            (start, end, frozenset(label for label in named if label[0] in ABOUT))
            for start, end, named in names_in(nodes, known, weak=True)
            if taken.isdisjoint(range(start, end))
        ]
    names = sorted([*names, *_meant(nodes, known, _places(names))], key=lambda name: name[:2])
    made: list[Node] = [node if isinstance(node, Word) else widen(node, known) for node in nodes]
    labels: list[tuple[int, Label]] = []
    for start, end, named in names:
        kept = named - without
        run = [node for node in nodes[start:end] if isinstance(node, Word)]
        if start and _plain(nodes[start - 1]) in _DOING:  # "to report on a boss"
            kept = frozenset(label for label in kept if label[0] in ABOUT)
        if kept:
            made[start:end] = widened_run(run, kept, known)
        if end - start < len(nodes):
            labels += [(rest[start][0], label) for label in sorted(kept)]
    made = with_everyday(made)
    return (And(tuple(made)) if len(made) != 1 else made[0]), labels


# What stands between a sort of document and what it is about: a workshop *on* wages. In Hindi, and
# where a language puts the sort last, it stands before.
_ABOUT = _folded("on about for sobre para acerca sur pour über für عن حول بشأن من in en em au aux")
_ABOUT_BEFORE = _folded("पर लिए का की के")
_DOING = _folded(
    "to i we you they he she can must should cannot will not how do did "
    "quiero puedo debo cómo je peux eu posso devo como"
)
_ONESELF = _folded(
    "i my me we our us mi mis yo nos nuestro nuestra nuestros nuestras je mon ma mes nous notre "
    "eu meu minha meus minhas nosso nossa मैं मेरा मेरी मेरे मुझे हम हमारा हमारी हमारे أنا نحن"
)
"""Who speaks of oneself tells what happened, and does not list what a work must hold: "boss keeps
my passport"."""

HEAD = 3  # words of a label of a sort of document


def _headings(
    nodes: Sequence[Node], known: Names, taken: Collection[int]
) -> Iterator[tuple[int, int, Named]]:
    """The sorts of document that words name which are common words too ("report", "workshop"),
    where they stand as one asks for it: "report on wages", and not "to report a boss"."""
    end = 0
    for at in range(len(nodes)):
        before = _plain(nodes[at - 1]) if at else ""
        if at < end or before in _DOING:
            continue
        run = plain_words(nodes[at:])[:HEAD]
        for length in range(len(run), 0, -1):
            behind = _plain(nodes[at + length]) if at + length < len(nodes) else ""
            if not (behind in _ABOUT or (before in _ABOUT_BEFORE and not behind.isalpha())):
                continue
            named = known.named(" ".join(word.text for word in run[:length]), alone=True)
            sorts = frozenset(label for label in named if label[0] not in ABOUT)
            if sorts and not set(range(at, at + length)) & set(taken):
                end = at + length
                yield at, end, sorts
                break


def _by_facet(labels: Iterator[Label]) -> Values:
    made: dict[str, frozenset[str]] = {}
    for facet, id in labels:
        made[facet] = made.get(facet, frozenset()) | {id}
    return made
