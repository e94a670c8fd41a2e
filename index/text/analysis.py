"""Text to terms, per language: the same for every engine and for marking words on a page.

Words are runs of letters and marks, so that no Hindi, Bengali or Tamil word is cut at a vowel
sign. Scripts written without spaces become overlapping pairs of characters. Folding comes before
stemming, so that a word typed without its accents finds the word printed with them.
"""

from __future__ import annotations

import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

from index.text import amounts, deferred, inflection, scripts, writings

_CACHED_WORDS = 1 << 17
SHORT = 40  # characters of a text of which it is remembered what it says

# Nor belongs the space of no width to them that some writers of Khmer, Thai, Lao and Burmese put
# between words.
_INNER = scripts.INSIDE
_SOUTHEAST = rf"[{scripts.SOUTHEAST}]"
_WORD = deferred.compile(
    rf"\p{{Nd}}{{0,3}}[{amounts.FRACTIONS}]|[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}]"
    rf"(?:[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}{_INNER}]|(?<={_SOUTHEAST})\u200B{{1,8}}(?={_SOUTHEAST})|{scripts.INITIALS})*"
    rf"(?:['\u2019\u02BC\uFF07][\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}{_INNER}]+)*"
)
_APOSTROPHE = deferred.compile(r"['\u2019\u02BC\uFF07]")
_UNSPACED = rf"[{scripts.IDEOGRAPHIC}\p{{sc=Hangul}}{scripts.SOUTHEAST}]"
_FIRST_UNSPACED = "\u0e00"
_HAS_UNSPACED = deferred.compile(_UNSPACED)
_HAS_SOUTHEAST = deferred.compile(_SOUTHEAST)
_SCRIPT_RUN = deferred.compile(
    rf"(?P<unspaced>(?:{_UNSPACED}[\p{{M}}{_INNER}\u200B]*)+)|.+?(?={_UNSPACED}|$)"
)
_CLUSTER = deferred.compile(r"\X")


# Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel marks, Koranic signs, tatweel,
# what is not seen, Armenian marks of tone, and the Indic nukta, which many writers leave out. Vowel
# signs and viramas are letters of their words and stay.
_DROPPED = deferred.compile(
    r"[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640"
    rf"{scripts.INSIDE}{scripts.UNSEEN}\u093C\u09BC\u0A3C\u0ABC\u0B3C]"
)
_NOT_WORD = deferred.compile(r"[^\p{L}\p{M}\p{Nd}\p{Nl}]")
# Letters of Ethiopic that are one sound in Amharic and written one for the other, in their seven
# orders: hu, hu and hu, su, u, and sz. Its first and fourth order are one too, of h and the vowel.
_ETHIOPIC = {
    chr(other + order): chr(one + order)
    for one, others in (
        (0x1200, (0x1210, 0x1280)),
        (0x1230, (0x1220,)),
        (0x12A0, (0x12D0,)),
        (0x1338, (0x1340,)),
    )
    for other in others
    for order in range(7)
}
_ETHIOPIC |= {**dict.fromkeys("ሃሓኃ", "ሀ"), **dict.fromkeys("ኣዓ", "አ")}
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        **dict.fromkeys("ہھۀۂۃە", "ه"),  # Urdu, Kurdish and Persian
        "ے": "ي",
        "\u0901": "\u0902",  # candrabindu and anusvara are used one for the other
        "\u0981": "\u0982",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        # What was written as a consonant with a virama and a joiner before it had a letter of its
        # own: Bengali khanda ta, and Malayalam chillus.
        "\u09ce": "\u09a4\u09cd",
        **{
            chillu: f"{consonant}\u0d4d"
            for chillu, consonant in zip("ൺൻർൽൾൿ", "ണനരലളക", strict=True)
        },
        **_ETHIOPIC,
    }
)

# The seat of a hamza within a word differs from school to school: مسئولية and مسؤولية, قرائة and
# قراءة. Before a waw it is read as one, elsewhere as a ya.
_HAMZA = deferred.compile(r"[ءؤئ](?=و)|ؤ")
_SEATED = deferred.compile(r"ئ|(?<=\p{L})ء(?=\p{L})|(?<=ي)أ")
# After a vowel, a ya before e or i is written or left out: रुपये and रुपए, स्थायी and स्थाई.
_YA = deferred.compile(r"(?<=[\u0905-\u0939\u093E-\u094C])य[ेी]")
_WHOLE = {"ये": "ए", "यी": "ई"}
# A nasal before a stop of its own row is written with or without its letter: हिन्दी and हिंदी.
_NASAL = deferred.compile(r"ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
# Long and short i and u are the commonest slip of those who write Hindi: मजदूरी and मजदुरी.
_LENGTH = str.maketrans("ईऊीू", "इउिु")

_STEMMERS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

# Endings whose accent a stemmer needs to see, put back after folding took it away. Without them
# the singular (-ción) and the plural (-ciones) would end in different stems.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (
        ("cion", "ción"),
        ("sion", "sión"),
        ("xion", "xión"),
        ("gion", "gión"),
        ("tion", "tión"),
    ),
    "pt": (("coes", "ções"), ("cao", "ção"), ("oes", "ões"), ("aes", "ães"), ("ao", "ão")),
    "fr": (("ees", "ées"), ("ee", "ée"), ("ites", "ités"), ("ite", "ité")),
}

# Ends of stems that are spelt in two ways in one language: organizing and organising, labor and
# labour. Not those of words whose stem says more than they do (centre, central): these are spelt
# both ways in questions, by what a library prints (index/text/orthography.py).
_SPELT: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("iz", "is"),
        ("yz", "ys"),
        ("our", "or"),
        ("enc", "ens"),  # defence, licence
        ("amm", "am"),  # programme
        ("ogu", "og"),  # dialogue
        ("ellor", "elor"),  # counsellor
    )
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: folded, not stemmed; `start` and `end` count characters of the text."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order; pairs of characters where a script has no spaces.

    A question asks for its few words some five hundred times, and readings of them once for each
    language that the works found are in: what a short text says is remembered.
    """
    return iter(_tokens_of_short(text)) if len(text) <= SHORT else _tokens(text)


@lru_cache(1 << 12)
def _tokens_of_short(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        written, start = match.group(), match.start()
        plain = written.isascii()
        if not plain and written[-1] in amounts.FRACTIONS:
            yield Token(amounts.value_of_fraction(written), start, match.end())
        elif not plain and max(written) >= _FIRST_UNSPACED and _HAS_UNSPACED.search(written):
            yield from _unspaced(written, start)
        elif "'" in written or (not plain and _APOSTROPHE.search(written)):
            yield from _apostrophes(written, start)
        else:
            folded = fold(written)
            if folded:
                yield Token(folded, start, match.end())


def placed(text: str) -> Iterator[tuple[int, Token]]:
    """The words of `text` with their places, 0 for the first, and beside them, where its first
    word stands, each other reading of a stretch: the same word as it can be written."""
    return iter(_placed_of_short(text)) if len(text) <= SHORT else _placed(text)


@lru_cache(1 << 12)
def _placed_of_short(text: str) -> tuple[tuple[int, Token], ...]:
    return tuple(_placed(text))


def _placed(text: str) -> Iterator[tuple[int, Token]]:
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for place, token in enumerate(tokens(text)):
        starts.append(token.start)
        ends.append(token.end)
        words.append(token.text)
        yield place, token
    for reading in writings.readings(text) if starts else ():
        place = max(bisect_right(starts, reading.start) - 1, 0)
        if ends[place] <= reading.start and place + 1 < len(
            ends
        ):  # l'eau begins before its word does
            place += 1
        folded = fold_reading(reading.text)
        if folded and folded != words[place]:
            yield place, Token(folded, reading.start, reading.end)


def fold_reading(text: str) -> str:
    """A reading folded; the marks of those that are no words only (1250.75, c++) are kept."""
    bare = fold(text)
    if bare and text[-1:] in "+#":
        return bare + text[len(text.rstrip("+#")) :]
    return ".".join(map(fold, text.split("."))) if "." in text else bare


def terms(text: str, language: str) -> list[str]:
    """The index terms of `text`, stemmed as `language`; only folded where there is no stemmer."""
    return [stem(token.text, language) for token in tokens(text)]


def variants(word: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The distinct index terms that one folded word can match in texts of these languages."""
    return tuple(dict.fromkeys((word, *(stem(word, language) for language in languages))))


@lru_cache(_CACHED_WORDS)
def fold(word: str) -> str:
    """A word without case, accents, width, vowel marks and other ways of writing it alike."""
    if word.isascii():
        return _NOT_WORD.sub("", word.lower())
    seated = _HAMZA.sub("و", unicodedata.normalize("NFC", word))
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", _SEATED.sub("ي", seated)).casefold())
    plain = unicodedata.normalize("NFKC", plain).casefold().translate(_ALIKE)
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in plain)
    plain = _NASAL.sub("ं", plain)
    plain = _YA.sub(lambda match: _WHOLE[match.group()], plain)
    # Some characters come apart only in the second round: fold(fold(word)) must be fold(word).
    return _NOT_WORD.sub("", _DROPPED.sub("", plain))


@lru_cache(_CACHED_WORDS)
def stem(word: str, language: str) -> str:
    """The stem of one folded word, by Snowball (snowballstem.org), folded again."""
    if language.partition("-")[0] == "ar":
        return _light_arabic(word)
    stemmer = _stemmer(language.partition("-")[0])
    if stemmer is None or word[:1].isdecimal() or word[-1:] in "+#":
        return word
    word = inflection.regular(word, language.partition("-")[0])
    for plain, accented in _ENDINGS.get(language.partition("-")[0], ()):
        if word.endswith(plain) and len(word) > len(plain) + 1:
            word = word[: -len(plain)] + accented
            break
    with _STEMMING:
        stemmed = fold(stemmer(word)) or word
    stemmed = inflection.joined(stemmed, language.partition("-")[0])
    if language.partition("-")[0] == "hi":
        return stemmed.translate(_LENGTH)
    if len(stemmed) > 4:
        for ending, other in _SPELT.get(language.partition("-")[0], ()):
            if stemmed.endswith(ending):
                return stemmed[: -len(ending)] + other
    return stemmed


# Longer beginnings first: "and the" before "the".
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "ال", "لل")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def _light_arabic(word: str) -> str:
    """An Arabic word without article, "and" before it, and the commonest endings.

    Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007),
    light10, on folded letters. Snowball's takes letters of the root for particles (فصيلة, فريق).
    """
    if word.startswith("و") and len(word) > 3 and not word.startswith("وال"):
        word = word[1:]
    for beginning in _ARABIC_BEGINNINGS:
        if word.startswith(beginning) and len(word) >= len(beginning) + 2:
            word = word[len(beginning) :]
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word[: -len(ending)]
    return word


def fold_line(text: str) -> str:
    """A line such as a title, folded: what it is put in alphabetical order by."""
    return " ".join(token for token in map(fold, text.split()) if token)


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script written without spaces, and so only a piece of a word."""
    return _HAS_UNSPACED.search(word) is not None


def is_of_letters(word: str) -> bool:
    """Whether it is of such a script whose characters are letters: Thai, Lao, Khmer, Burmese."""
    return _HAS_SOUTHEAST.search(word) is not None


def characters(word: str) -> list[str]:
    """The characters of a word as a reader sees them, each with its marks."""
    return _CLUSTER.findall(word)


_STEMMING = threading.Lock()  # a stemmer works in a buffer of its own


@lru_cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    name = _STEMMERS.get(language)
    if name is None:
        return None
    word: Callable[[str], str] = Stemmer.Stemmer(name, 0).stemWord
    return word


def _apostrophes(written: str, start: int) -> Iterator[Token]:
    parts = _APOSTROPHE.split(written)
    end = start + len(written)
    while len(parts) > 1 and fold(parts[0]) in writings.ELIDED:
        start += len(parts[0]) + 1
        parts = parts[1:]
    if len(parts) > 1 and fold(parts[-1]) == "s":
        parts = parts[:-1]
    folded = fold("".join(parts))
    if folded:
        yield Token(folded, start, end)


def _unspaced(written: str, start: int) -> Iterator[Token]:
    for run in _SCRIPT_RUN.finditer(written):
        if not run.group("unspaced"):
            begin = start + run.start()
            for token in tokens(run.group()):
                yield Token(token.text, begin + token.start, begin + token.end)
            continue
        clusters = [
            (folded, start + run.start() + m.start(), start + run.start() + m.end())
            for m in _CLUSTER.finditer(run.group())
            if (folded := fold(m.group()))
        ]
        if len(clusters) == 1:
            yield Token(*clusters[0])
        for (first, begin, _), (second, _, end) in pairwise(clusters):
            yield Token(first + second, begin, end)
