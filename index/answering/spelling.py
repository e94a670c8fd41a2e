"""The library's own words: for suggestions while typing, and for words that were mistyped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index import analysis
from index.answering.evaluation import Evaluation
from index.answering.state import State
from index.inverting import SURFACE, surface_of
from index.query import And, Node, Or, Word
from index.results import Term
from index.spelling import Vocabulary, nearest, tolerance, vocabulary
from index.syntax import words, write


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


def suggestion(state: State, languages: Sequence[str], tree: Node) -> str | None:
    """The question with its unknown words put right, if works then hold all of it."""
    evaluation = Evaluation(state, languages)
    better = _corrected(evaluation, tree)
    if better is None or better == tree:
        return None
    return write(better) if evaluation.matched(better) and not evaluation.partial else None


def _term(state: State, forms: list[tuple[str, int]]) -> Term:
    holding = {n for form, _ in forms for n in state.postings(SURFACE, form)[0].tolist()}
    commonest = max(forms, key=lambda form: (form[1], form[0]))[0]
    return Term(surface_of(commonest)[1], len(holding))


def _corrected(evaluation: Evaluation, tree: Node) -> Node | None:
    """The tree with each word that nothing holds replaced; None where one cannot be."""
    match tree:
        case Word():
            return _corrected_word(evaluation, tree)
        case And(nodes) | Or(nodes):
            changed = []
            for node in nodes:
                better = _corrected(evaluation, node) if words(node) else node
                if better is None:
                    return None
                changed.append(better)
            return replace(tree, nodes=tuple(changed))
        case _:
            return tree


def _corrected_word(evaluation: Evaluation, word: Word) -> Word | None:
    if evaluation.held(word).bits:
        return word
    found = [token.text for token in analysis.tokens(word.text)]
    if len(found) != 1 or not tolerance(found[0]):
        return None
    typed = found[0]
    for near in nearest(typed, _vocabulary(evaluation.state, typed[0])):
        if evaluation.held(Word(near, word.field)).bits:
            return Word(near, word.field)
    return None


def _vocabulary(state: State, letter: str) -> Vocabulary:
    known: Vocabulary | None = state.vocabularies.get(letter)
    if known is None:
        forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for term, count in state.lexicon(SURFACE, letter):
            folded, printed = surface_of(term)
            forms[folded].append((count, printed))
        known = vocabulary(
            (folded, max(counted)[1], sum(count for count, _ in counted))
            for folded, counted in forms.items()
        )
        state.vocabularies[letter] = known
    return known
