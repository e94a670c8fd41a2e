"""The library's own words: for suggestions while typing, and for words that were mistyped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from index import analysis
from index.engines.whoosh import schema
from index.engines.whoosh.evaluation import Evaluation
from index.engines.whoosh.snapshot import Snapshot
from index.query import And, Node, Or, Word
from index.results import Term
from index.spelling import Vocabulary, nearest, tolerance, vocabulary
from index.syntax import words, write


def terms(snapshot: Snapshot, prefix: str, limit: int) -> list[Term]:
    """Words that begin so, as printed, those held by the most works first."""
    beginning = "".join(token.text for token in analysis.tokens(prefix))
    if limit < 1 or (prefix.strip() and not beginning):
        return []
    printed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for term, count in snapshot.lexicon(schema.SURFACE, beginning):
        folded, _ = schema.surface_of(schema.to_bytes(term))
        if not analysis.is_unspaced(folded):
            printed[folded].append((term, count))
    often = sorted(printed.values(), key=lambda forms: -sum(count for _, count in forms))
    counted = [_term(snapshot, forms) for forms in often[: limit * 2]]
    counted = [term for term in counted if term.count]
    return sorted(counted, key=lambda term: (-term.count, term.text))[:limit]


def suggestion(snapshot: Snapshot, languages: Sequence[str], tree: Node) -> str | None:
    """The question with its unknown words put right, if works then hold all of it."""
    evaluation = Evaluation(snapshot, languages)
    better = _corrected(evaluation, tree)
    if better is None or better == tree:
        return None
    return write(better) if evaluation.matched(better) and not evaluation.partial else None


def _term(snapshot: Snapshot, forms: list[tuple[str, int]]) -> Term:
    holding = {number for form, _ in forms for number, _ in snapshot.postings(schema.SURFACE, form)}
    commonest = max(forms, key=lambda form: (form[1], form[0]))[0]
    return Term(schema.surface_of(schema.to_bytes(commonest))[1], len(holding))


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
    for near in nearest(typed, _vocabulary(evaluation.snapshot, typed[0])):
        if evaluation.held(Word(near, word.field)).bits:
            return Word(near, word.field)
    return None


def _vocabulary(snapshot: Snapshot, letter: str) -> Vocabulary:
    known: Vocabulary | None = snapshot.vocabularies.get(letter)
    if known is None:
        forms: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for term, count in snapshot.lexicon(schema.SURFACE, letter):
            folded, printed = schema.surface_of(schema.to_bytes(term))
            forms[folded].append((count, printed))
        known = vocabulary(
            (folded, max(counted)[1], sum(count for count, _ in counted))
            for folded, counted in forms.items()
        )
        snapshot.vocabularies[letter] = known
    return known
