"""How easy a text is to read, by a formula that is published for its language.

    en  Flesch-Kincaid grade level (Kincaid and others 1975): years of school
    es  perspicuity of Szigriszt-Pazos (1993), read by the INFLESZ scale (Barrio-Cantalejo 2008)
    fr  Kandel and Moles (1958), Flesch's formula for French
    pt  Martins and others (1996), Flesch's formula for Portuguese

Arabic and Hindi have none that can be trusted on texts without vowel signs, so nothing is said of
them; nor of a text that is too short, that is more tables than sentences, or that was read from
pictures. Words and sentences are counted in prose alone; syllables by rules of each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from library.core.resource import Evidence, Page, Statement
from library.metadata.text_lines import clean
from library.vocabularies.reading_levels import FORMULAS, Formula

FIELD = "reading"

CHARACTERS = 4_000  # of each page that are read
PAGES = 60  # of a longer document that many, spread over it
LEAST_WORDS, LEAST_SENTENCES = 200, 10
SHORTEST, LONGEST = 3, 60  # words of a sentence; others are headings, lists and tables
PROSE = 0.5  # so much of the words must stand in sentences
WELL_READ = 0.6  # page score below which words are often wrong

_SENTENCE = regex.compile(r"(?<=[.!?…])[\"”’»)\]]{0,2}\s+(?=[\"“‘«¿¡(\[]{0,2}[\p{Lu}\d])|\n\s*\n")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:[’'-]\p{L}[\p{L}\p{M}]*)*")
_TOKEN = regex.compile(r"\S+")
_ENDED = regex.compile(r"[.!?…:;][\"”’»)\]\d]{0,3}$")


class Read(NamedTuple):
    """What a text's formula gives, and from how much."""

    formula: Formula
    number: float
    sentences: int
    words: int


def read(pages: Sequence[Page], language: str) -> Iterator[Statement]:
    """The statement of how easy a document is to read, where a formula can tell."""
    measured = measure(pages, language.split("-")[0])
    if measured is not None:
        value = f"{measured.formula.name} {measured.number:.1f}"
        first = next((page for page in pages if page.text.strip()), pages[0])
        words = f"{measured.sentences} sentences, {measured.words} words"
        yield Statement(FIELD, value, "guess", (Evidence(first.number, clean(words)),), 0.9)


def measure(pages: Sequence[Page], language: str) -> Read | None:
    formula = FORMULAS.get(language)
    if formula is None:
        return None
    sentences = words = syllables = every = 0
    for page in _spread(pages):
        if page.scanned or page.score < WELL_READ:
            continue
        text = page.text[:CHARACTERS]
        every += len(_WORD.findall(text))
        for sentence in _sentences(text):
            sentences += 1
            words += len(sentence)
            syllables += sum(syllables_of(word, language) for word in sentence)
    if words < LEAST_WORDS or sentences < LEAST_SENTENCES or words < PROSE * every:
        return None
    return Read(formula, formula.number(words / sentences, syllables / words), sentences, words)


def _sentences(text: str) -> Iterator[list[str]]:
    for part in _SENTENCE.split(text):
        part = part.strip()
        if not _ENDED.search(part):
            continue
        words = _WORD.findall(part)
        tokens = len(_TOKEN.findall(part))
        if SHORTEST <= len(words) <= LONGEST and 4 * len(words) >= 3 * tokens:
            yield words


def _spread(pages: Sequence[Page]) -> Sequence[Page]:
    if len(pages) <= PAGES:
        return pages
    step = len(pages) / PAGES
    return [pages[int(number * step)] for number in range(PAGES)]


# Syllables, by rules.

_EN_GROUPS = regex.compile(r"[aeiouyà-ÿ]+")
_EN_APART = regex.compile(
    r"(?<![cstgx])i[aou]|(?<=t)ia(?=t)|(?<=[cr])ie(?=t)|(?<=[du])ie(?=t)|eo(?!u)|(?<![qg])ua|[aeou]ying|rying"
    r"|(?<=cr)ea(?=t)|(?<=d)ea(?=s?$)|(?<=r)ea(?=lit)|(?<=^c)oo(?=p)|(?<=b)eing|oing|[^s]uing"
)
_EN_SILENT = regex.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouycszxgh]es)$")
_EN_WITHIN = regex.compile(
    r"(?<=[^aeiouyl])e(?=(?:ty|ful|fully|ment|ments|less|ness|ly|work|where|thing)$)"
)
_EN_WORDS = {
    "business": 2, "every": 2, "people": 2, "different": 3, "area": 3, "idea": 3, "being": 2,
    "doing": 2, "going": 2, "create": 2, "the": 1, "are": 1, "were": 1, "one": 1, "science": 2,
    "react": 2, "union": 2, "unions": 2, "experience": 4, "society": 4, "women": 2, "client": 2,
    "quiet": 2, "maybe": 2, "something": 2, "sometimes": 2, "someone": 2, "movement": 2,
    "ourselves": 2, "themselves": 2, "therefore": 2, "employer": 3, "employers": 3,
    "statement": 2, "homework": 2, "worker": 2, "hour": 1, "hours": 1, "our": 1, "your": 1,
}  # fmt: skip

_FR_GROUPS = regex.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")
_FR_SILENT = regex.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])(?:e|es|(?<!m)ent)$|(?<=[éiu])es?$")
_FR_APART = regex.compile(
    r"é[aiouâôe]|ï|ë|(?<![qg])u[aeé](?=.)|(?<![cstlnv])i[oa](?!n)|(?<=c)ia(?=t)|[ao]y(?=[aeéo])|ays|oé"
)
_FR_UNVOICED = regex.compile(r"(?<=[qg])u(?=[eéèêi])")
# Whose ending -ent is heard.
_FR_SPOKEN_SAID = (
    "argent agent client patient content différent accident président absent présent "
    "récent fréquent parent talent urgent excellent évident souvent vent cent dent lent "
    "agents clients parents présents "
)
_FR_SPOKEN = frozenset(_FR_SPOKEN_SAID.split())

_IBERIAN_VOWELS = "aeiouáéíóúàâêôãõü"
_WEAK = frozenset("iuüy")
_RISING = frozenset("iu")  # in Portuguese they part from a vowel that follows: ne-go-ci-a-ção
_UNVOICED = regex.compile(r"(?<=[qg])u(?=[eiéíê])")
_MARKED = frozenset("áéíóúâêôãõ")


def syllables_of(word: str, language: str) -> int:
    """How many syllables a word has, at least one."""
    low = word.casefold()
    parts = regex.split(r"[-’']", low)
    if len(parts) > 1:
        return max(1, sum(COUNTED[language](part) for part in parts if len(part) > 1))
    return max(1, COUNTED[language](low))


def _english(word: str) -> int:
    if word in _EN_WORDS:
        return _EN_WORDS[word]
    count = len(_EN_GROUPS.findall(word)) + len(_EN_APART.findall(word))
    if count > 1 and _EN_SILENT.search(word):
        count -= 1
    if count > 2 and _EN_WITHIN.search(word):
        count -= 1
    return count


def _french(word: str) -> int:
    word = _FR_UNVOICED.sub("", word)
    silent = len(_FR_GROUPS.findall(word)) > 1 and word not in _FR_SPOKEN
    spoken = _FR_SILENT.sub("", word) if silent else word
    return len(_FR_GROUPS.findall(spoken)) + len(_FR_APART.findall(spoken))


def _spanish(word: str) -> int:
    return _iberian(word, frozenset())


def _portuguese(word: str) -> int:
    return _iberian(word, _RISING)


def _iberian(word: str, rising: frozenset[str]) -> int:
    """Vowels, of which two stand in one syllable where one of them is weak and bears no accent.

    rising: weak vowels that begin no such pair, but at the end of a word with an accent (água).
    """
    word = _UNVOICED.sub("", word)
    marked = not _MARKED.isdisjoint(word)
    count, before = 0, ""
    for at, letter in enumerate(word):
        vowel = letter in _IBERIAN_VOWELS or (letter == "y" and at + 1 == len(word))
        if not vowel:
            before = ""
            continue
        ends = marked and len(word) - at <= 2 and letter not in _MARKED
        after_q = word[at - 2 : at - 1] in ("q", "g") and before == "u"
        apart = before in rising and letter not in _WEAK and not ends and not after_q
        pair = letter in _WEAK or before in _WEAK
        joins = (pair and not apart and letter not in "íú" and before not in ("í", "ú")) or (
            before in ("ã", "õ") and letter in "eo"
        )
        joins = joins or (letter in "íú" and before == "ü")
        count += not (before and joins)
        before = letter
    return count


COUNTED: Mapping[str, Callable[[str], int]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
    "pt": _portuguese,
}
