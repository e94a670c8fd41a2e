"""The full-text index of a pack: made by the library's own analysis, read by a script from files.

A page that was opened from a file may fetch nothing, so that neither Pagefind nor an index in one
piece of JSON would do (docs/decisions.md): the index stands in small scripts, and a phone loads
those that hold the words asked for.

    works.js      every work: what is shown of it, and the number of its first entry
    words-N.js    words as they are written, in order, each with the terms it can stand for
    terms-N.js    for each term, the entries that hold it
    texts-N.js    the words of entries, for excerpts

An entry is a page, or what is said of a work: its title, its summary, what it is filed under. Words
are looked up by a key (`key`), which the script makes of what is typed in the same way; it knows
nothing of stemming, accents or languages beyond that.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.text import analysis
from index.text.analysis import fold_reading, stem
from index.text.stretches import placed

WORDS = 24_000  # characters of one file of words, about
TERMS = 32_000
TEXTS = 40_000
TITLE = 4  # how many times a word of a title counts
SUMMARY = 2
MOST_OFTEN = 15  # a term is counted so often in one entry at most
LONGEST_KEY = 40

# What `key` leaves out: the marks of Latin, Greek, Cyrillic, Hebrew, Arabic and Indic letters that
# many people do not type, and joiners. The script has the same table; a test holds them together.
LEFT_OUT = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
    "\u00ad\u200b-\u200d\u2060\ufeff\u093c\u09bc\u0a3c\u0abc\u0b3c'’ʼ＇"
)
ALIKE = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و",
    "ئ": "ي", "ँ": "ं", "ঁ": "ং", "ई": "इ", "ऊ": "उ", "ी": "ि", "ू": "ु", "ı": "i", "ø": "o",
    "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe",
}  # fmt: skip
_LEFT_OUT = re.compile(f"[{LEFT_OUT}]")
_ALIKE = str.maketrans(ALIKE)


def key(word: str) -> str:
    """What a word is looked up by: the same for what is typed with other capitals and marks."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", word.lower()))
    plain = unicodedata.normalize("NFC", plain).translate(_ALIKE)
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)[:LONGEST_KEY]


@dataclass(slots=True)
class OfflineIndex:
    """Takes works one after another, and gives the files at the end.

    Entries are numbered from 0; a work's first one is what is said of it, its pages follow.
    """

    entries: int = 0
    lengths: array[int] = field(default_factory=lambda: array("I"))
    _terms: dict[str, int] = field(default_factory=dict)
    _postings: list[array[int]] = field(default_factory=list)  # entry, how often, entry, …
    _words: dict[str, set[int]] = field(default_factory=dict)
    _seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _texts_size: int = 0
    _texts_first: int = 0
    _parts: list[int] = field(default_factory=list)  # the first entry of each file of texts

    def add(
        self, language: str, title: str, said: Iterable[str], pages: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """Enter a work. pages: language and words of each. Yields files of texts that are full."""
        counted: dict[int, int] = {}
        self._count(title, language, TITLE, counted)
        lines = [title]
        for text in said:
            self._count(text, language, SUMMARY, counted)
            lines.append(text)
        yield from self._enter("\n".join(lines[1:]) or title, counted)
        for spoken, text in pages:
            counted = {}
            self._count(text, spoken or language, 1, counted)
            yield from self._enter(" ".join(text.split()), counted)

    def _enter(self, text: str, counted: dict[int, int]) -> Iterator[tuple[str, str]]:
        entry = self.entries
        self.entries += 1
        for term, times in counted.items():
            self._postings[term].extend((entry, min(times, MOST_OFTEN)))
        self.lengths.append(sum(counted.values()))
        self._texts.append(text)
        self._texts_size += len(text)
        if self._texts_size >= TEXTS:
            yield self._full_texts()

    def _full_texts(self) -> tuple[str, str]:
        number = len(self._parts)
        self._parts.append(self._texts_first)
        made = script("texts", number, self._texts)
        self._texts_first = self.entries
        self._texts, self._texts_size = [], 0
        return f"texts-{number}.js", made

    def _count(self, text: str, language: str, weight: int, counted: dict[int, int]) -> None:
        for _, token in placed(text):
            written = text[token.start : token.end]
            seen = written, token.text, language
            known = self._seen.get(seen)
            if known is None:
                known = self._seen[seen] = self._known(written, token.text, language)
            counted[known] = counted.get(known, 0) + weight

    def _known(self, written: str, folded: str, language: str) -> int:
        """The term of a word, which can then be looked up as it is written."""
        known = self._word(key(written), folded, language)
        # One that is read as one word, where two stand: well-being as wellbeing.
        if folded != analysis.fold(written):
            self._word(key(fold_reading(folded)), folded, language)
        return known

    def _word(self, looked_up: str, folded: str, language: str) -> int:
        term = stem(folded, language)
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self._postings)
            self._postings.append(array("I"))
        if looked_up:
            self._words.setdefault(looked_up, set()).add(number)
        return number

    def files(self) -> Iterator[tuple[str, str]]:
        """What is left: the last texts, all words and terms, and `index.js`, which tells where
        each begins."""
        if self._texts:
            yield self._full_texts()
        order = sorted(range(len(self._postings)), key=self._first_word().__getitem__)
        place = {term: number for number, term in enumerate(order)}
        words, firsts = [], []
        for number, (first, part) in enumerate(self._word_files(place)):
            words.append((f"words-{number}.js", script("words", number, part)))
            firsts.append(first)
        yield from words
        starts = []
        for number, (begin, part) in enumerate(self._term_files(order)):
            starts.append(begin)
            yield f"terms-{number}.js", script("terms", number, part)
        about = {
            "entries": self.entries,
            "lengths": " ".join(base36(length) for length in self.lengths),
            "words": firsts,
            "terms": starts,
            "texts": self._parts,
        }
        yield "index.js", script("index", 0, about)

    def _first_word(self) -> list[str]:
        """By term, the first word that stands for it: terms of like words lie together."""
        first = ["\uffff"] * len(self._postings)
        for word, terms in self._words.items():
            for term in terms:
                first[term] = min(first[term], word)
        return first

    def _word_files(self, place: dict[int, int]) -> Iterator[tuple[str, str]]:
        lines: list[str] = []
        size, first = 0, ""
        for word in sorted(self._words):
            terms = sorted(place[term] for term in self._words[word])
            line = f"{word} {' '.join(map(base36, terms))}"
            if not lines:
                first = word
            lines.append(line)
            size += len(line) + 1
            if size >= WORDS:
                yield first, "\n".join(lines)
                lines, size = [], 0
        if lines:
            yield first, "\n".join(lines)

    def _term_files(self, order: Sequence[int]) -> Iterator[tuple[int, str]]:
        lines: list[str] = []
        size, begin = 0, 0
        for number, term in enumerate(order):
            line = self._coded(self._postings[term])
            lines.append(line)
            size += len(line) + 1
            if size >= TERMS:
                yield begin, "\n".join(lines)
                lines, size, begin = [], 0, number + 1
        if lines:
            yield begin, "\n".join(lines)

    @staticmethod
    def _coded(postings: array[int]) -> str:
        """Entries as steps from the one before, each with how often: step × 16 + times."""
        codes, before = [], 0
        for place in range(0, len(postings), 2):
            entry, times = postings[place], postings[place + 1]
            codes.append(base36((entry - before) * 16 + times))
            before = entry
        return " ".join(codes)


def script(kind: str, number: int, content: object) -> str:
    """A file that hands its content to the script of the pack; `<` cannot end it early."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    written = (
        written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )
    return f'pack("{kind}",{number},{written})\n'


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    """A number as a script reads it with `parseInt(text, 36)`."""
    if number < 36:
        return _DIGITS[number]
    made = ""
    while number:
        number, rest = divmod(number, 36)
        made = _DIGITS[rest] + made
    return made
