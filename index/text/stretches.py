"""A text by the stretches between its white space, each of which is analysed once and remembered.

What `analysis.placed` says of a text is what it says of each stretch, but where a reading runs over
white space: 1 250, Article IV, Convention No. 189. Such places are told by what the stretches
begin, end and are made of; the few that there are, are looked at as a whole (`joined`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

import regex

from index.text import amounts, analysis, deferred, numbered, writings
from index.text.analysis import Token

NEAR = 3  # stretches behind "article" or "ILO", within which a number stands
FAR = 6  # behind "convention", which may be followed by "de la OIT no."

_AROUND = '.,;:?!"“”()[]'  # what stands around a word and changes no reading of it
_FAR_WORDS = frozenset(numbered.LETTER_OF)
_NEAR_WORDS = frozenset(
    (
        *numbered.PART_OF,
        *numbered.NUMBERED_PART.split("|"),
        *numbered.MAKERS,
        *numbered.NUMBERING,
        *amounts.NAMES_OF_MONEY,
    )
)
_ORDERED = "|".join(sorted(map(regex.escape, _FAR_WORDS | _NEAR_WORDS), key=len, reverse=True))
_WORDS = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?:{_ORDERED})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE
)
_FAR = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(_FAR_WORDS)})(?![\p{{L}}\p{{M}}])", regex.IGNORECASE
)
_STRETCH = re.compile(r"\S+")  # between what str.split() takes for white space
_DIGIT = deferred.compile(r"\p{Nd}")
_DIGIT_LAST = deferred.compile(r"\p{Nd}(?:k|mn?|bn)?\Z", regex.IGNORECASE)  # 15, 2m
_ROMAN = deferred.compile(
    r"(?<![\p{L}\p{M}\p{Nd}])[IVX]{1,7}(?![\p{L}\p{M}\p{Nd}])", regex.IGNORECASE
)


_IVX = frozenset("ivx")
# Of scripts with spaces between words: the others are cut in pieces. Modifier letters may be marks
# inside a word, as the apostrophe is that some write for ours (U+02BC).
_LETTERS = deferred.compile(
    r"(?:(?![\p{Lm}\u0E00-\u0EFF\u1000-\u11FF\u1780-\u17FF\u1950-\u19DF\u1A20-\u1AAF\u1B00-\u1B7F\u2E80-\U0010FFFF])[\p{L}\p{M}])++"
)


class Stretch(NamedTuple):
    """What stands between white space: its words, other readings with the place of the word they
    stand at, and what tells whether a reading runs on from it."""

    tokens: tuple[Token, ...]
    beside: tuple[tuple[int, Token], ...] = ()
    reach: int = 0  # so many stretches on, a number would belong to it
    numeric: bool = False
    ends_in_digit: bool = False
    goes_on: bool = False  # what a number before it may go on with


def plain(written: str) -> str:
    """The word of a stretch that says one word only, in small letters: what it is folded to and
    printed as. Most stretches are such: letters of ASCII, with the marks of a sentence around
    them. "" for any other.
    """
    word = written.strip(_AROUND)
    if not (word.isascii() and word.isalpha()):
        return ""
    lower = word.lower()
    if word[1:] != lower[1:] or "x" in lower[-2:]:  # see below
        return ""
    return "" if word[0] in "IVX" and numbered.is_ordinal(word) else lower


def runs_on(written: str, lower: str) -> tuple[int, bool, bool]:
    """Of a stretch that is plain: its reach, and whether it is numeric and goes on."""
    goes_on = written[0].isalpha() and amounts.GOES_ON.match(written) is not None
    return _reach(lower), _IVX.issuperset(lower), goes_on


def analysed(written: str) -> Stretch:
    """What a stretch without white space says."""
    if lower := plain(written):
        reach, numeric, goes_on = runs_on(written, lower)
        at = 0 if written[0].isalpha() else len(written) - len(written.lstrip(_AROUND))
        word = (Token(lower, at, at + len(lower)),)
        return Stretch(word, (), reach, numeric, ends_in_digit=False, goes_on=goes_on)
    bare = written.strip(_AROUND)
    simple = bare.isascii() and bare.isalnum()
    if (simple or _LETTERS.fullmatch(bare)) and bare[1:] == bare[1:].lower():
        lower = bare.lower()
        # An x may stand for two genders, and the last two are letters of other cases.
        odd = "x" in lower[-2:] or ("0" in lower and numbered.is_zeroed(bare))
        ordered = lower[:1].isdecimal() or lower[:1] in _IVX
        odd = odd or (ordered and numbered.is_ordinal(bare))
        if not odd and (simple or (lower == bare.casefold() and "ı" not in bare)):
            folded = analysis.fold(bare)
            if folded:
                return _of_one_word(written, bare, lower, folded)
    tokens: list[Token] = []
    beside: list[tuple[int, Token]] = []
    for place, token in analysis.placed(written):
        if place == len(tokens):
            tokens.append(token)
        else:
            beside.append((place, token))
    reach = 0
    if _WORDS.search(written):
        reach = FAR if _FAR.search(written) else NEAR
    return Stretch(
        tuple(tokens),
        tuple(beside),
        reach,
        bool(_DIGIT.search(written) or _ROMAN.search(written)),
        bool(_DIGIT_LAST.search(written)),
        bool(amounts.GOES_ON.match(written)),
    )


remembered = lru_cache(1 << 14)(analysed)


def _of_one_word(written: str, word: str, lower: str, folded: str) -> Stretch:
    """A stretch of one word, in letters of one case and ASCII digits, and what is around it."""
    at = written.index(word)
    numeric = not word.isalpha() and _DIGIT.search(word) is not None
    beside: list[tuple[int, Token]] = []
    for first, last in writings.parts(word) if numeric else ():
        part = analysis.fold(word[first:last])
        if part and part != folded:
            beside.append((0, Token(part, at + first, at + last)))
    return Stretch(
        (Token(folded, at, at + len(word)),),
        tuple(beside),
        _reach(lower),
        numeric or _IVX.issuperset(lower),
        numeric and _DIGIT_LAST.search(written) is not None,
        amounts.GOES_ON.match(written) is not None,
    )


class Said(dict[str, "str | tuple[int, tuple[str, ...]]"]):
    """What stretches say, in the forms that words have in some languages: one form, where there is
    one word; else how many words, and the forms of all and of what stands beside them."""

    MOST = 20_000  # remembered

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, written: str) -> str | tuple[int, tuple[str, ...]]:
        one = remembered(written)
        forms = {
            form
            for token in (*one.tokens, *(token for _, token in one.beside))
            for form in forms_of(token.text, self._languages)
        }
        if len(self) >= self.MOST:
            self.clear()
        made: str | tuple[int, tuple[str, ...]] = len(one.tokens), tuple(forms)
        if len(one.tokens) == len(forms) == 1:
            made = forms.pop()
        self[written] = made
        return made


said_in = lru_cache(16)(Said)


def forms_of(word: str, languages: Sequence[str]) -> frozenset[str]:
    """What a folded word can be indexed as in texts of these languages."""
    if not languages:
        return frozenset((word,))
    return frozenset(analysis.stem(word, language) for language in languages)


def placed(text: str) -> Iterator[tuple[int, Token]]:
    """As `analysis.placed`, each word of a text before what stands beside any."""
    spans = [match.span() for match in _STRETCH.finditer(text)]
    stretches = [remembered(text[start:end]) for start, end in spans]
    firsts = [0, *accumulate(len(one.tokens) for one in stretches)]
    for first, (start, _), one in zip(firsts, spans, stretches, strict=False):
        for place, token in enumerate(one.tokens, first):
            yield place, Token(token.text, token.start + start, token.end + start)
    runs = joined(stretches)
    whole = {at for first, last in runs for at in range(first, last + 1)}
    for at, one in enumerate(stretches):
        for place, token in one.beside if at not in whole else ():
            start = spans[at][0]
            yield firsts[at] + place, Token(token.text, token.start + start, token.end + start)
    for first, last in runs:
        start = spans[first][0]
        tokens = firsts[last + 1] - firsts[first]
        for place, token in islice(analysis.placed(text[start : spans[last][1]]), tokens, None):
            yield firsts[first] + place, Token(token.text, token.start + start, token.end + start)


def joined(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """The first and last of each run of stretches that is to be read as a whole, in order."""
    runs: list[tuple[int, int]] = []
    for at, one in enumerate(stretches):
        first = last = -1
        if one.reach and any(near.numeric for near in stretches[at + 1 : at + 1 + one.reach]):
            first, last = max(at - 1, 0), min(at + one.reach, len(stretches) - 1)
        if one.ends_in_digit and at + 1 < len(stretches) and stretches[at + 1].goes_on:
            first = at if first < 0 else first
            last = max(last, min(at + 3, len(stretches) - 1))  # 5 per cent, 2 millions of
        if first < 0:
            continue
        if runs and first <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(last, runs[-1][1])
        else:
            runs.append((first, last))
    return runs


def _reach(folded: str) -> int:
    if folded in _FAR_WORDS:
        return FAR
    return NEAR if folded in _NEAR_WORDS else 0


def numbers_in(terms: Iterable[str]) -> bool:
    """Whether any of these may be a reading that runs over white space: those have digits."""
    return any(_DIGIT.search(term) for term in terms)
