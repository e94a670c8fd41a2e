"""Labels and texts made comparable: case, accents, points and plural endings set aside."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import regex

from index.text.stopwords import is_stopword

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u0640\u200c\u200d]+")

# Letters that one word is written with either of: Arabic final forms, tatweel, the Hindi
# chandrabindu for anusvara, and the joiners, which only shape letters.
_ALIKE = str.maketrans(
    {"ى": "ي", "ة": "ه", "ـ": None, "ँ": "ं", "\u200c": None, "\u200d": None, "ı": "i"}
)

# The second gender as it is tied to a first: vendedores/as, catador(a), travailleur·euse·s.
_TIES = frozenset({"(", "/", "·", "•", ".", "-", "/("})
_TYING = frozenset("(/·•.-)")  # without any of these nothing is tied
_SECOND_GENDER = frozenset(
    {"a", "as", "o", "os", "e", "es", "s"}  # Spanish and Portuguese; es, e and s also French
    | {"ra", "ras", "ora", "oras", "dora", "doras", "tora", "toras"}
    | {"se", "ses", "euse", "euses", "trice", "trices", "ne", "nes"}
    | {"ère", "ères", "ière", "ières"}
)

_IBERIAN_PLURALS = (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ns", "m"))

_ARABIC_ARTICLE = regex.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{3})")


# Long and short i and u, the commonest slip of those who write Hindi.
_LENGTH = str.maketrans("ईऊीू", "इउिु")

MIXED = "mul"
"""The language of a text that is in one of several: the endings most of them share go."""


class Token(NamedTuple):
    """One word of a text: where it stands, in characters, and its folded form."""

    start: int
    end: int
    word: str


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text without case and accents; vowel signs that carry meaning stay."""
    if text.isascii():
        return text.lower()
    # Combining class 0 holds the vowel signs of Indic scripts and 9 their virama: dropping
    # those, as one drops accents, would make other words of them.
    kept = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.combining(c) in (0, 9))
    return "".join(kept).casefold().translate(_ALIKE)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text; a tied second gender is part of the word before it."""
    return iter(token_list(text))


def token_list(text: str) -> list[Token]:
    """The same, all at once."""
    words: list[Token] = []
    follows = False  # whether what comes stands right after the last of them
    for match in _WORD.finditer(text):
        start, end = match.span()
        written = match.group()
        if follows and written in _SECOND_GENDER and _tied(text, words[-1].end, start):
            before = words[-1]
            closed = text[end : end + 1] == ")" and "(" in text[before.end : start]
            words[-1] = before._replace(end=end + closed)
            continue
        word = fold(written)  # nothing, of a lone accent or tatweel
        follows = bool(word)
        if follows:
            words.append(Token(start, end, word))
    return words


def _tied(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return between in _TIES if between else text[end - 1] == ")"  # travailleur(se)s


@functools.lru_cache(maxsize=65536)
def singular(word: str, language: str) -> str:
    """A folded word with its plural ending, or Arabic article, taken off.

    Far more cautious than a stemmer: informal, informed and information stay three words.
    """
    if language in ("ar", MIXED):
        word = _ARABIC_ARTICLE.sub("", word)
    if language == "hi":
        return word.translate(_LENGTH)
    rule = _PLURALS.get(language)
    return rule(word) if rule and len(word) > 3 else word


def _english(word: str) -> str:
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def _french(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 5:
        return word[:-3] + "al"
    if word.endswith(("s", "eux", "eaux")) and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _iberian(word: str) -> str:
    if word.endswith("s") and not word.endswith("ss"):
        for plural, ending in _IBERIAN_PLURALS:
            if word.endswith(plural) and len(word) > 5:
                return word[: -len(plural)] + ending
        word = word[:-1]
    # Of calles one cannot tell that it is not from call, as hogares is from hogar.
    return word[:-1] if word.endswith("e") and word[-2] in "rlndzsj" else word


_PLURALS = {"en": _english, "fr": _french, "es": _iberian, "pt": _iberian, MIXED: _iberian}


LANGUAGES = ("en", "es", "fr", "pt", "ar", "hi")
"""Those whose small words are left out of labels that are compared by what they tell."""

_APOSTROPHES = frozenset(
    ("didn", "doesn", "don", "isn", "wasn", "hasn", "haven", "won", "couldn", "ll", "ve", "re")
)


@functools.lru_cache(maxsize=65536)
def is_small(word: str) -> bool:
    """Whether a folded word tells nothing: a function word, or what an apostrophe leaves of one."""
    if len(word) < 2:
        return not word.isdecimal()
    return word in _APOSTROPHES or is_stopword(word, LANGUAGES)


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """Of folded words, those that tell something."""
    return tuple(word for word in words if not is_small(word))


def key(text: str, language: str = "") -> tuple[str, ...]:
    """What two spellings of one label have in common."""
    return tuple([singular(word, language) for word in _folded(text)])


def keys(text: str, languages: Iterable[str]) -> list[tuple[str, ...]]:
    """The `key` of a text in each of some languages, none twice."""
    words = _folded(text)
    return [*dict.fromkeys(tuple([singular(word, to) for word in words]) for to in languages)]


def _folded(text: str) -> list[str]:
    if _TYING.isdisjoint(text):  # most labels, of which there are thousands
        return [word for word in map(fold, _WORD.findall(text)) if word]
    return [token.word for token in token_list(text)]
