"""Where a text names concepts: whole words, the longest label first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from library.vocabularies.folding import MIXED, Token, singular, token_list, tokens

STRONG = 1.0
WEAK = 0.3  # one such word says little; several, or one beside a strong one, say more

# What may stand between two words of one label: a line's end, a hyphen, an apostrophe, a stop as
# in U.S., but no comma, and no empty line.
_GAP = regex.compile(r"[\s\p{Pd}’'‘·./&\u00ad]{1,4}")
CLITICS = frozenset("وفبكل")  # Arabic and, so, by, as, to: written onto the word they precede


class Mention(NamedTuple):
    """Words of a text, at start to end in characters, that name a concept; weight 0 to 1."""

    facet: str
    id: str
    start: int
    end: int
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A label to look for. Without an id its words are passed over."""

    label: str
    language: str
    id: str = ""
    weight: float = STRONG
    name: bool = False  # written with a capital wherever the script has them


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    phrase: Phrase | None = None
    capital: int | None = None  # which word must begin with a capital


class Matcher:
    """Finds the labels of one facet; each word of a text is looked at once for each label begun."""

    def __init__(self, facet: str, language: str, phrases: Iterable[Phrase]) -> None:
        """Where two phrases are alike the earlier is kept. language: the texts'; "" if unknown."""
        self._facet = facet
        self.language = language or MIXED
        self._root = _Node()
        for phrase in phrases:
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        node = self._root
        capital = None
        for position, token in enumerate(tokens(phrase.label)):
            node = node.following.setdefault(singular(token.word, self.language), _Node())
            if phrase.name and capital is None and phrase.label[token.start].isupper():
                capital = position
        if node is not self._root and node.phrase is None:
            node.phrase, node.capital = phrase, capital

    def forms(self, words: Sequence[Token]) -> list[str]:
        """Words of a text as labels are looked up by; the same for all matchers of a language."""
        return [singular(word.word, self.language) for word in words]

    def find(self, text: str, words: Sequence[Token], forms: Sequence[str]) -> Iterator[Mention]:
        """The mentions in a text whose words and their forms are given, in order and without
        overlap.
        """
        first = self._root.following
        at = 0
        while at < len(words):
            node = first.get(forms[at])
            if node is None:
                word = words[at].word
                if word[0] in CLITICS and len(word) > 3:
                    node = first.get(singular(word[1:], self.language))
            if node is None:
                at += 1
                continue
            phrase, length = self._longest(node, text, words, forms, at)
            if phrase is None:
                at += 1
                continue
            if phrase.id:
                start, end = words[at].start, words[at + length - 1].end
                yield Mention(self._facet, phrase.id, start, end, text[start:end], phrase.weight)
            at += length

    def _longest(
        self, node: _Node, text: str, words: Sequence[Token], forms: Sequence[str], at: int
    ) -> tuple[Phrase | None, int]:
        """The longest label that begins with a word, whose node this is, and of how many words."""
        best: tuple[Phrase | None, int] = (None, 0)
        here: _Node | None = node
        length = 1
        while here is not None:
            phrase = here.phrase
            if phrase and length > best[1] and _capital(text, words, at, here.capital):
                best = phrase, length
            if not here.following or at + length >= len(words):
                break
            if not _GAP.fullmatch(text, words[at + length - 1].end, words[at + length].start):
                break
            here = here.following.get(forms[at + length])
            length += 1
        return best


def _capital(text: str, words: Sequence[Token], at: int, position: int | None) -> bool:
    return position is None or text[words[at + position].start].isupper()


def mentions(text: str, matchers: Iterable[Matcher]) -> Iterator[Mention]:
    """What the matchers find, facet by facet; the text is cut into words once."""
    words = token_list(text)
    forms: dict[str, list[str]] = {}
    for matcher in matchers:
        if matcher.language not in forms:
            forms[matcher.language] = matcher.forms(words)
        yield from matcher.find(text, words, forms[matcher.language])
