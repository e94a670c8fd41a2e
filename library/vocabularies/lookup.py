"""A concept found by the beginnings of words, as people type them into a list to shorten it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from library.vocabularies.concept import Concept
from library.vocabularies.folding import singular, tokens

Label = tuple[str, str]  # language, text
UNSAID: Label = ("", "")


def found_by(typed: str, concept: Concept, shown: str, languages: Sequence[str]) -> Label | None:
    """By which of its labels: UNSAID for the one `shown`, a hidden one or the id, None by none.

    Of several labels that do, one in the first of `languages` is taken.
    """
    wanted = [token.word for token in tokens(typed)]
    if not wanted or _begins(wanted, shown, languages[0]) or _begins(wanted, concept.id, ""):
        return UNSAID
    order = {language: n for n, language in reversed(list(enumerate(languages)))}
    spoken = {*concept.preferred, *concept.alternative}
    for language in sorted(spoken, key=lambda code: (order.get(code, len(order)), code)):
        preferred = concept.preferred.get(language)
        for label in (*filter(None, (preferred,)), *concept.alternative.get(language, ())):
            if _begins(wanted, label, language):
                return language, label
    hidden = ((language, label) for language, labels in concept.hidden.items() for label in labels)
    return UNSAID if any(_begins(wanted, label, language) for language, label in hidden) else None


def _begins(wanted: Iterable[str], label: str, language: str) -> bool:
    """Whether each word typed is the beginning of a word of the label, in any order.

    Plurals and the Arabic article do not matter: "vendors" is the beginning of "vendor" too.
    """
    words = [token.word for token in tokens(label)]
    plain = [singular(word, language) for word in words]
    return all(
        any(word.startswith(begun) for word in (*words, *plain))
        or singular(begun, language) in plain
        for begun in wanted
    )
