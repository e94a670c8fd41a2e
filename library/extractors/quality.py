"""How well the words of a page were read, from the words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from library.core.resource import PICTURED, Page
from library.extractors import cipher
from library.extractors.small_words import rates

LETTERS = re.compile(r"[^\W\d_]+")
DIGITS = re.compile(r"\d+")
# Replacement, private-use and control characters: what a font without names of letters leaves.
BROKEN = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x80-\x9f\U000f0000-\U0010ffff]")
UNNAMED = re.compile(r"\(cid:\d+\)")
WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}<>«»\"'/\\|•–—-]+")
# Operators, arrows, raised and lowered figures, currencies: what formulas and tables are made of.
MATHS = re.compile("[±×÷‖′″‴¹²³⁰-₟₠-₿←-⏿⟀-⟯⤀-⫿]")
LATIN_WORD = re.compile(r"[a-zA-ZÀ-ÖØ-öø-ɏḀ-ỿ]{3,}")
LATIN_VOWEL = re.compile(r"[aeiouyAEIOUYà-æè-ïò-öø-ýÀ-ÆÈ-ÏÒ-ÖØ-ÝẠ-ỹ]")
LATIN = re.compile(r"[a-zA-ZÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+")
ACCENTED = re.compile(r"[À-ÖØ-öø-\u024f\u1e00-\u1eff]")
OTHER = "\u0370-\u03ff\u0400-\u052f\u0590-\u08ff\u0900-\u0e7f\u1000-\u109f\u1780-\u17ff"
ODD = "À-ÖØ-öø-\u02af"
MIXED = re.compile(f"(?:[{OTHER}][{ODD}]|[{ODD}][{OTHER}])\\S*")
OTHER_LETTER, ODD_LETTER = re.compile(f"[{OTHER}]"), re.compile(f"[{ODD}]")
INNER_CAPITAL = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
ARABIC = re.compile("[\u0620-\u064a]+")
# The scripts of India: vowel signs belong to the letter before them.
INDIC_SIGN = re.compile(
    "[\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd]"
)
INDIC = re.compile("[\u0900-\u0d7f]")
# Dots to a page number, lines to write on.
LEADERS = re.compile(r"([.·_…=*-])\1{3,}|(?:[.·_] ){4,}")
LED = (  # one of these is in any text with leaders
    *(4 * sign for sign in ".·_…=*-"),
    *(f"{one} {two} " for one in ".·_" for two in ".·_"),
)
CONSONANTS = re.compile(r"(?i)[bcdfghjklmnpqrstvwxz]{2,}")
USEFUL = 0.45  # of what is no space: letters, digits and signs of mathematics in any good text
USEFUL_FEW = 0.6  # the same where there are few signs at all
HARD = 0.8  # a page that scores less has no order of reading to trust
PIECES = 0.25  # share of words that are one letter or sign: a page of formulas
FALSELY_NAMED = 0.02  # share of signs that a reading took for letters: more is no accident
ODD_LETTERS = 0.5  # share of accented letters: no language that is written in Latin has so many
ODD_CAPITALS = 0.25  # share of words with a capital inside
HALF = 0.45  # of the letters: what was read twice is half of it
LOST = 0.1  # of the different words: where fewer are gone, the rest was read twice
HOLE = "\ufffd"  # where a letter has no name
KEPT = 0.9  # of the letters: a reading with so many lost nothing
PLAINLY = 0.1
MANY = 150  # different signs of a kind, such as of Chinese
ENOUGH = 40  # words below which proportions say little
UNSURE = 0.2  # share of small words that shows that text is what it seems
FAMILIAR = 0.05  # share of small words that text of an unknown language has by chance


def score(text: str) -> float:
    """How well a page was read, 0 (nothing, or noise) to 1, rounded to 2 digits."""
    if any(sign in text for sign in LED):
        text = LEADERS.sub("", text)
    solid = len(text) - text.count(" ") - text.count("\n")
    if solid <= 0:
        return 0.0
    kinds = "".join(set(text))  # each sign once: what is not among these need not be looked for
    unnamed = sum(map(len, UNNAMED.findall(text))) if "(cid:" in text else 0
    letters = _count(LETTERS, text, kinds) - 3 * unnamed // 7 + _count(INDIC_SIGN, text, kinds)
    useful = (letters + _count(DIGITS, text, kinds) + _count(MATHS, text, kinds)) / solid
    broken = (_count(BROKEN, text, kinds) + unnamed) / solid
    usual = USEFUL if solid > ENOUGH else USEFUL_FEW
    value = min(1.0, useful / usual) * max(0.0, 1.0 - 3.0 * broken)
    small = rates(text, kinds)
    value *= 1.0 - cipher.share(text) if small[2] <= UNSURE else 1.0
    value *= _whole(text, kinds) * min(_spelt(text, kinds), _known(text, small))
    if not text.isascii():
        value *= _unmixed(text, kinds) * _forward(text, kinds)
    return round(value, 2)


def better(words: str, layout: str) -> str:
    """The text to index, of two readings of one page.

    The layout's keeps columns apart and leaves running heads out, so it is preferred unless it
    reads plainly worse or lost much of the page. Of a page in pieces, such as one of formulas and
    the labels of figures, lines and columns are guesses: it must read plainly better, or as one
    of words, or know signs that the other took for letters.
    """
    first, second = score(words), score(layout)
    holes, others = words.count(HOLE), layout.count(HOLE)
    if holes > others and second >= first and _letters(layout) >= KEPT * _letters(words):
        return layout
    hard = first < HARD or (_lone(words) > PIECES and not _names_more(layout, words))
    if hard and second < first + PLAINLY and _lone(layout) > _lone(words) / 2:
        return words
    if second < first - 0.05 or (second <= first and _broken(layout) > _broken(words)):
        return words
    if second <= first + 0.05 and _letters(layout) < 0.75 * _letters(words):
        twice = set(WORD.findall(words)) - set(WORD.findall(layout))
        few = len(twice) <= LOST * len(set(WORD.findall(words)))
        return layout if few and _letters(layout) >= HALF * _letters(words) else words
    return layout


def _letters(text: str) -> int:
    return _count(LETTERS, text, "".join(set(text)))


def _count(pattern: re.Pattern[str], text: str, kinds: str) -> int:
    """How many signs there are of a kind, by a pattern of one of them or of runs of them.

    kinds: each sign of the text once. A few dozen are counted one by one, in a tenth of the time.
    """
    signs = "".join(pattern.findall(kinds))
    if len(signs) > MANY:
        return sum(map(len, pattern.findall(text)))
    return sum(map(text.count, signs))


def joined(words: Page, laid_out: Page | None, *, words_read_better: bool = False) -> Page:
    """One page from two readings: the layout's blocks, and the better text."""
    if laid_out is None or words.scanned:
        return words
    better = words if words_read_better else laid_out
    garbled = laid_out.score < words.score - 0.2 or not laid_out.text.strip()
    return replace(
        words,
        text=better.text,
        reader=better.reader + (PICTURED if words.pictured and not better.pictured else ""),
        score=better.score,
        blocks=() if garbled else laid_out.blocks,
        layout=laid_out.layout,
        label=words.label or laid_out.label,
    )


def _broken(text: str) -> int:
    return len(BROKEN.findall(text))


def _names_more(text: str, other: str) -> bool:
    """Whether a reading has signs of mathematics where another has the letters of their codes."""
    return len(MATHS.findall(text)) - len(MATHS.findall(other)) > FALSELY_NAMED * len(other)


def _lone(text: str) -> float:
    """The share of words that are one letter or one sign, in scripts that part words."""
    words = WORD.findall(text)
    if len(words) < ENOUGH or INDIC.search(text):
        return 0.0
    return sum(len(word) == 1 for word in words) / len(words)


def _whole(text: str, kinds: str) -> float:
    """Less than 1 where words were broken into single letters.

    The letters of a formula have signs between them; those of a broken word follow each other.
    """
    indic = INDIC.search(kinds) is not None
    if not indic:
        parts = text.split()
        alone = sum(map(_is_lone, (part for part in parts if len(part) == 1)))
        if alone <= 0.25 * sum(map(str.isalpha, parts)):
            return 1.0  # however they stand: each part of nothing but letters is a word
    words = WORD.findall(text)
    if len(words) < ENOUGH:
        return 1.0
    if indic:
        single = sum(len(INDIC_SIGN.sub("", word)) <= 1 for word in words)
        allowed = 0.33
    else:
        allowed = 0.25
        if alone <= allowed * len(words):
            return 1.0
        parts = [part if len(part) == 1 and _is_lone(part) else "" for part in parts]
        single = sum("" != before != after != "" for before, after in pairwise(parts))
    return max(0.2, 1.0 - 1.5 * max(0.0, single / len(words) - allowed))


def _is_lone(word: str) -> bool:
    return len(word) == 1 and word.isalnum() and not word.isdecimal()


def _unmixed(text: str, kinds: str) -> float:
    """Less than 1 where words of another script have accented Latin letters inside: numbers of
    shapes that the font has no letter for.
    """
    if not (OTHER_LETTER.search(kinds) and ODD_LETTER.search(kinds)):
        return 1.0
    mixed = len(MIXED.findall(text))
    return max(0.0, 1.0 - 3.0 * mixed / len(text.split())) if mixed else 1.0


def _spelt(text: str, kinds: str) -> float:
    """Less than 1 where Latin letters do not make syllables: a font under false names."""
    if not text.isascii():
        letters = _count(LATIN, text, kinds)
        if letters > 2 * ENOUGH and _count(ACCENTED, text, kinds) > ODD_LETTERS * letters:
            return 0.3  # the bytes of another alphabet
    words = LATIN_WORD.findall(text)
    latin = sum(map(len, words))
    if latin < 5 * ENOUGH:
        return 1.0
    if len(words) - sum(map(str.islower, words)) > ODD_CAPITALS * len(words):
        mixed = [word for word in words if not (word[1:].islower() or word.isupper())]
        inner = sum(INNER_CAPITAL.search(word) is not None for word in mixed)
        if inner > ODD_CAPITALS * len(words):
            return 0.3  # a font that draws another alphabet
    vowels = _count(LATIN_VOWEL, "".join(words), kinds) / latin
    return 1.0 if 0.27 <= vowels <= 0.65 else 0.5


def _known(text: str, small: tuple[str, int, float, float]) -> float:
    """Less than 1 where the small words of a language are read backwards, or where there are
    none and too many words have no vowel: another alphabet's letters under these names. small:
    their rates.
    """
    script, words, forward, backward = small
    if words < ENOUGH:
        return 1.0
    if backward > 0.05 and backward > 3 * forward:
        return 0.3
    if script != "latin" or forward > FAMILIAR:
        return 1.0
    long = [word for word in WORD.findall(text) if len(word) > 2]
    mute = sum(CONSONANTS.fullmatch(word) is not None for word in long)
    return 0.3 if 3 * mute > len(long) or _spelt(text, "".join(set(text))) < 1 else 1.0


def _forward(text: str, kinds: str) -> float:
    """Less than 1 where words run backwards.

    Then the Arabic article stands at their end, or an Indic vowel sign before all letters.
    """
    if INDIC.search(kinds):
        words = WORD.findall(text)
        if 20 * sum(INDIC_SIGN.match(word) is not None for word in words) > len(words):
            return 0.4
    words = ARABIC.findall(text) if ARABIC.search(kinds) else []
    if len(words) < 10:
        return 1.0
    right = sum(word.startswith("ال") or word.endswith("ة") for word in words)
    wrong = sum(word.endswith("لا") or word.startswith("ة") for word in words)
    return 1.0 if wrong <= right else 0.4
