"""The library's own words: for suggestions while typing, and for words that were mistyped."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import pairwise, product
from typing import TypeGuard

from index.answering.evaluation import Evaluation
from index.answering.state import State
from index.inversion import SURFACE, TITLE_SURFACE, surface_of, surfaces
from index.query import And, Node, Or, Phrase, Word
from index.results import Term
from index.text import analysis
from index.text.spelling import SLIP, Near, near, tolerance
from index.text.syntax import parse, words, write

MISTYPED = 6  # in a longer question, a word the library does not know is no slip
CHOICES = 6  # words that may be meant by one, looked at more closely
COMBINATIONS = 36
TOGETHER = 2.0  # what it says for words that works have them side by side, by their logarithm
SHORTEST_PART = 3  # letters of a word that was run together with another
LONGEST_RUN = 60  # letters of two words that were run together
GAIN = 1.5
"""So many times the works must answer, where any answer what was typed: another form of a word,
which its stem finds, is no slip."""

COMMONER = 20
"""A word in one work only, and in no title, may be a slip of a word that so many works hold."""


def terms(state: State, prefix: str, limit: int) -> list[Term]:
    """Words that begin so, as printed, those held by the most works first."""
    beginning = "".join(token.text for token in analysis.tokens(prefix))
    if limit < 1 or (prefix.strip() and not beginning):
        return []
    printed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for term, count in state.lexicon(SURFACE, beginning):
        folded, _ = surface_of(term)
        if not analysis.is_unspaced(folded):
            printed[folded].append((term, count))
    often = sorted(printed.values(), key=lambda forms: -sum(count for _, count in forms))
    counted = [_term(state, forms) for forms in often[: limit * 2]]
    counted = [term for term in counted if term.count]
    return sorted(counted, key=lambda term: (-term.count, term.text))[:limit]


def _term(state: State, forms: list[tuple[str, int]]) -> Term:
    commonest = max(forms, key=lambda form: (form[1], form[0]))[0]
    works = state.holding(SURFACE, [form for form, _ in forms])
    return Term(surface_of(commonest)[1], works)


def suggestion(evaluation: Evaluation, tree: Node, matched: int) -> str | None:
    """The question put right, if works then hold all of it, and more than hold it as it was typed.

    `matched` are the works that answer `tree`; where it was answered in part, none counts.
    """
    asked = words(tree)
    partial = evaluation.partial
    if not asked or len(asked) > evaluation.most_mistyped or (matched and len(asked) > MISTYPED):
        return None
    if matched and not partial and not _doubtful(evaluation, asked):
        return None
    hits = 0 if partial else matched.bit_count()
    best: tuple[tuple[float, int], str] | None = None
    for cost, better in _corrected(evaluation, tree):
        written = write(better)
        beside = type(evaluation)(evaluation.state, evaluation.languages)
        meant = parse(written).tree
        works = beside.matched(beside.planned(meant)).bit_count()
        if beside.partial or works < GAIN * hits or not works:
            continue
        order = (cost - TOGETHER * math.log1p(_together(beside, meant)), -works)
        if best is None or order < best[0]:
            best = order, written
    return best[1] if best else None


def _doubtful(evaluation: Evaluation, asked: Sequence[Node]) -> bool:
    """Whether any word is not, or hardly, known; or two are one that is. Reads little."""
    state = evaluation.state
    leaves = [leaf for leaf in asked if isinstance(leaf, Phrase) or _is_open(leaf)]
    for leaf in leaves:
        for token in analysis.tokens(leaf.text):
            if tolerance(token.text) and _surface(state, token.text) <= 1:
                return True
    return any(_surface(state, joined) for _, joined in _joined(leaves))


def _surface(state: State, folded: str) -> int:
    """About how many works hold a word as it is typed."""
    return sum(count for _, count in state.lexicon(SURFACE, surfaces(folded)))


def _printed(state: State, folded: str) -> str:
    """A word that is known as it is printed most often."""
    forms = (
        (count, surface_of(term)[1]) for term, count in state.lexicon(SURFACE, surfaces(folded))
    )
    return max(forms)[1]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word of a leaf, where it stands there, and what it may be: itself first, where known."""

    leaf: int
    start: int
    end: int
    choices: tuple[Near, ...]


def _corrected(evaluation: Evaluation, tree: Node) -> Iterator[tuple[float, Node]]:
    """(cost, tree) for the likeliest ways to put a question right."""
    leaves = words(tree)
    slots: list[_Slot] = []
    for number, leaf in enumerate(leaves):
        if not isinstance(leaf, Phrase) and not _is_open(leaf):
            continue
        for token in analysis.tokens(leaf.text):
            splits = isinstance(leaf, Word) and not leaf.field
            if choices := _choices(evaluation, token.text, splits=splits):
                slots.append(_Slot(number, token.start, token.end, choices[:CHOICES]))
    yield from _with_joined(evaluation, tree)
    if not slots:
        return
    ways = product(*(slot.choices for slot in slots))
    for way in nsmallest(COMBINATIONS, ways, key=_cost):
        texts = [getattr(leaf, "text", "") for leaf in leaves]
        for slot, meant in sorted(zip(slots, way, strict=True), key=lambda pair: -pair[0].start):
            text = texts[slot.leaf]
            texts[slot.leaf] = text[: slot.start] + meant.printed + text[slot.end :]
        yield _cost(way), _rewritten(tree, iter(texts))


def _cost(way: Sequence[Near]) -> float:
    return sum(meant.cost for meant in way)


def _rewritten(tree: Node, texts: Iterator[str]) -> Node:
    """The tree with these texts in its leaves, in the order of `words`."""
    match tree:
        case Word() | Phrase():
            return type(tree)(next(texts), tree.field)
        case And(nodes) | Or(nodes):
            return replace(tree, nodes=tuple(_rewritten(node, texts) for node in nodes))
        case _:
            if words(tree):
                next(texts)
            return tree


def _choices(evaluation: Evaluation, typed: str, *, splits: bool) -> tuple[Near, ...]:
    """What a word may be that is not known, or hardly; nothing where it is well known."""
    state = evaluation.state
    if not tolerance(typed) or analysis.is_unspaced(typed):
        return ()
    works = _surface(state, typed)
    if works:
        if works > 1 or _surface_of_title(state, typed):
            return ()
        stems = set(analysis.variants(typed, evaluation.languages))
        others = [other for other in near(state.words, typed, 1) if other.works >= COMMONER]
        return tuple(other for other in others if not stems & _stems(evaluation, other.folded))
    others = near(state.words, typed)
    if splits:
        others = sorted([*others, *_split(evaluation, typed)], key=lambda other: other.cost)
    return tuple(others)


def _stems(evaluation: Evaluation, folded: str) -> set[str]:
    return set(analysis.variants(folded, evaluation.languages))


def _surface_of_title(state: State, folded: str) -> bool:
    return any(True for _ in state.lexicon(TITLE_SURFACE, surfaces(folded)))


def _split(evaluation: Evaluation, typed: str) -> Iterator[Near]:
    """Two words that were run together: "streetvendors"."""
    state = evaluation.state
    if len(typed) > LONGEST_RUN:
        return
    for at in range(SHORTEST_PART, len(typed) - SHORTEST_PART + 1):
        first, second = typed[:at], typed[at:]
        if _surface(state, first) and _surface(state, second):
            works = evaluation.held(Phrase(f"{first} {second}")).bits.bit_count()
            if works:
                printed = f"{_printed(state, first)} {_printed(state, second)}"
                yield Near(f"{first} {second}", printed, works, SLIP - math.log(works))


def _with_joined(evaluation: Evaluation, tree: Node) -> Iterator[tuple[float, Node]]:
    """The tree with two words as one where the library has only that: "under stand"."""
    if not isinstance(tree, And):
        return
    state = evaluation.state
    for at, pair in enumerate(pairwise(tree.nodes)):
        for apart, joined in _joined(pair):
            works = _surface(state, joined)
            if works and not evaluation.held(Phrase(apart)).bits:
                word = Word(_printed(state, joined))
                nodes = (*tree.nodes[:at], word, *tree.nodes[at + 2 :])
                yield SLIP - math.log(works), And(nodes) if len(nodes) > 1 else word


def _joined(leaves: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """Neighbouring words, as typed and as one, folded."""
    for left, right in pairwise(leaves):
        if _is_open(left) and _is_open(right) and not left.field + right.field:
            parts = [token.text for word in (left, right) for token in analysis.tokens(word.text)]
            if len(parts) == 2 and not analysis.is_unspaced("".join(parts)):
                yield f"{left.text} {right.text}", "".join(parts)


def _is_open(leaf: Node) -> TypeGuard[Word]:
    """Whether a leaf is a word that may be mistyped: one that names a concept is not, nor one with
    a star or a question mark inside, which stood for letters."""
    if not isinstance(leaf, Word) or leaf.also or leaf.names:
        return False
    return "?" not in leaf.text and "*" not in leaf.text


def _together(evaluation: Evaluation, tree: Node) -> int:
    """How many works have neighbouring words of a question side by side, added over the pairs."""
    nodes = tree.nodes if isinstance(tree, And) else ()
    plain = [node for node in nodes if isinstance(node, Word) and not node.field]
    return sum(
        evaluation.held(Phrase(f"{left.text} {right.text}")).bits.bit_count()
        for left, right in pairwise(plain)
    )
