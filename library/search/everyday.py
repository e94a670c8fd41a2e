"""Words of everyday speech and what papers call the same: "boss" finds texts that say employer.

The table, `everyday.toml`, knows no concept: most of what people say at work is no subject that
works are filed under. What a vocabulary names stands in the vocabularies.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from index.query import Word
from library.vocabularies.folding import key

LONGEST = 5  # words of a name in the table
HIDDEN = "hidden"  # in place of a language: labels that find, and are never shown

Name = tuple[str, str]  # language, words
Key = tuple[str, ...]


def named(run: Sequence[Word]) -> Iterator[tuple[int, int, frozenset[Name]]]:
    """(start, end, other names) of the words of a run that have some, the longest first, in order
    and without overlap."""
    meanings, languages = _meanings(), ("", *_languages())
    at = 0
    while at < len(run):
        for length in range(min(LONGEST, len(run) - at), 0, -1):
            text = " ".join(word.text for word in run[at : at + length])
            typed = {key(text, language) for language in languages}
            names = {name for spelling in typed for name in meanings.get(spelling, ())}
            others = frozenset(n for n in names if key(n[1], n[0]) not in typed)
            if others:
                yield at, at + length, others
                at += length - 1
                break
        at += 1


@cache
def _rows() -> tuple[Mapping[str, Sequence[str]], ...]:
    file = resources.files(__package__) / "everyday.toml"
    return tuple(tomllib.loads(file.read_text(encoding="utf-8"))["meaning"])


@cache
def _languages() -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(language for row in _rows() for language in row if language != HIDDEN)
    )


@cache
def _meanings() -> Mapping[Key, frozenset[Name]]:
    """What a folded name can be called otherwise."""
    meanings: dict[Key, set[Name]] = defaultdict(set)
    for row in _rows():
        every = [(language, label) for language, labels in row.items() for label in labels]
        names = [name for name in every if name[0] != HIDDEN]
        for language, label in every:
            for spelling in {key(label, language if language != HIDDEN else ""), key(label, "")}:
                meanings[spelling].update(names)
    return {spelling: frozenset(names) for spelling, names in meanings.items()}
