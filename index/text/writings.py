"""One word, several writings: what else a stretch of a text can be written as.

    well-being  non-payment  U.N.  N.G.O.s  O'Neill    wellbeing  nonpayment  un  ngos  oneill
    COVID19  WhatsApp                                  covid 19  whats app, and the whole
    1,250.75  1.250,75  1 250,75  1,00,000             1250, and 1250.75 with what is behind it
    C.177  C 177  Convention No. 177  ILO C177         c177
    CO₂  m²                                            co2  m2
    Article IV                                         4
    trabajador@s  trabajadorxs  travailleur·euse·s     trabajadoras  travailleuses
    C++  C#                                            c++  c#
    NGOs  Diyarbakır'daki                              ngo  diyarbakır

One rule for all of them, in a text and in a question: a mark inside a word parts it, and its parts
together are another reading that stands where the first part stands. A text is found by its parts
and by every reading; a word of a question is looked for in every reading it has. So whichever of
two writings the text has, and whichever was typed, they meet. Readings are added and never stand in
for anything: what was printed is kept, and counts more.

Numbers whose one mark may be either (1.250) are read both ways.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

LONGEST = 40  # characters of a reading: longer runs are addresses and the like
READ = 5_000  # characters of a text: pieces of pages are far shorter, and so are questions
PARTS = 6  # that a run with marks inside is made of, at most

_LETTER = r"[\p{L}\p{M}\p{Nd}]"
_MARKS = r"[-\u2010\u2011\u00AD.\u00B7\u2022\u2027\u0387/_&'\u2019\u02BC\uFF07@*:]"
_RUN = regex.compile(rf"(?<!{_LETTER}){_LETTER}++(?:{_MARKS}{_LETTER}++)+")
_MARK = regex.compile(_MARKS)
_JOINING = frozenset("-\u2010\u2011\u00ad.\u00b7\u2022\u2027\u0387/_&'\u2019\u02bc\uff07")
_UNSPACED = regex.compile(
    r"[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]"
)
_SENTENCES = regex.compile(r"\p{L}\p{L}\p{Ll}\.\p{Lu}")  # an end without its space; not Ph.D.

# Inside a word: letters beside digits, and a capital after a small letter.
_BOUND = regex.compile(
    r"(?<=\p{L}\p{M}*)(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})|(?<=\p{Ll}\p{M}*)(?=\p{Lu})"
)
_MIXED = regex.compile(
    rf"(?<!{_LETTER})(?={_LETTER}*?(?:\p{{L}}\p{{M}}*+\p{{Nd}}|\p{{Nd}}\p{{L}}|\p{{Ll}}\p{{M}}*+\p{{Lu}}))"
    rf"{_LETTER}++"
)
BOUNDS = 2  # in a word with more of them they are chance

# The plural of capitals, which no stemmer takes off, and words an apostrophe ties to their endings.
_ACRONYMS = regex.compile(
    rf"(?<!{_LETTER})(?P<one>\p{{Lu}}{{2,6}}|(?:\p{{Lu}}\.){{2,6}})['\u2019]?s(?!{_LETTER})"
)
_NAMES = regex.compile(
    rf"(?<!{_LETTER})\p{{L}}[\p{{L}}\p{{M}}]{{0,30}}['\u2019\u02BC\uFF07]\p{{L}}[\p{{L}}\p{{M}}]{{1,30}}(?!{_LETTER})"
)
_NAME = regex.compile(r"\p{L}[\p{L}\p{M}]{2,}")

_APART = r"[.,'\u2019\u066B\u066C\u060C\u00A0\u202F\u2009 ]"
_NUMBER = regex.compile(
    r"(?<!\p{Nd})(?<!\p{Nd}[.,])(?:"
    r"\p{Nd}{1,3}(?:[\u00A0\u202F\u2009 ]\p{Nd}{3})+(?:[.,\u066B]\p{Nd}{1,12})?"
    r"|\p{Nd}{1,12}(?:[.,'\u2019\u066B\u066C\u060C]\p{Nd}{1,12})+)(?![.,]?\p{Nd})"
)
_SPACES = frozenset("\u00a0\u202f\u2009 ")
_DECIMAL = frozenset(".,\u066b\u060c")

# A joiner that keeps two letters apart parts a word of the Arabic script: می‌خواهم, می خواهم.
_UNJOINED = regex.compile(r"\p{sc=Arabic}++(?:\u200C\p{sc=Arabic}++)+")
_JOINER = "\u200c"

# Numbers set low behind letters, and high behind a unit of length; others set high are of notes.
_SET_LOW = regex.compile(
    r"(?<!\p{L})(?:\p{L}{1,4}[\u2080-\u2089]{1,3}\p{Lu}?|(?:[kcdm]?m|ft)[\u00B2\u00B3])(?!\p{L})"
)

_SIGNED = regex.compile(r"(?<![\p{L}\p{Nd}])\p{L}\p{Nd}?(?:\+\+|\#|\+)(?![\p{L}\p{Nd}])")

# Conventions, recommendations and protocols of the International Labour Organization, as the
# languages of the project write them before a number: C189, "Convention No. 189".
_INSTRUMENTS = {
    "c": "convention convenio convenção convencao convenzione übereinkommen اتفاقية الاتفاقية "
    "कन्वेंशन अभिसमय",
    "r": "recommendation recommandation recomendación recomendacion recomendação recomendacao "
    "التوصية توصية सिफारिश सिफ़ारिश",
    "p": "protocol protocole protocolo البروتوكول بروتوكول प्रोटोकॉल",
}
# The same by their letter, with the name of who made them: ILO C189.
MAKERS = ("ilo", "oit")
_CODED = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(MAKERS)})['\u2019]?s?\s{{1,2}}"
    r"(?P<letter>[crp])[-. ]?(?P<number>\p{Nd}{1,3})(?![\p{L}\p{Nd}])",
    regex.IGNORECASE,
)
_LETTER_OF = {word: letter for letter, words in _INSTRUMENTS.items() for word in words.split()}
_NUMBERED = (
    r"\(?(?:(?:no|nos|num|n[uú]m(?:ero)?|num[ée]ro|nro?|n\.?[°º]?|№|\#|رقم|संख्या|सं)\.?\s{0,2})?"
)
_MAKER = "(?:ilo|oit|ilo's|de la oit|da oit|de l'oit|العمل الدولية|منظمة العمل الدولية)"
_INSTRUMENT = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:(?:ilo|oit|i\.l\.o\.?|o\.i\.t\.?)\s{{1,2}})?"
    rf"(?P<kind>{'|'.join(sorted(_LETTER_OF, key=len, reverse=True))})"
    rf"\s{{1,2}}(?:\(?{_MAKER}\)?\s{{1,2}})?{_NUMBERED}"
    rf"(?P<number>\p{{Nd}}{{1,3}})(?![\p{{L}}\p{{Nd}}])",
    regex.IGNORECASE,
)

# What Roman numbers stand behind; without it only those in capitals of two letters or more are.
_NUMBERED_PART = (
    "article|articles|art|arts|artículo|artigo|artículos|artigos|articolo|artikel|chapter|chapitre"
    "|capítulo|capitulo|cap|ch|part|parte|partie|section|sección|seção|sec|title|titre|título"
    "|titulo|annex|annexe|anexo|appendix|schedule|phase|fase|module|módulo|unit|unidad|volume"
    "|volumen|vol|level|stage|book|table|figure|tabla|tableau|المادة|अनुच्छेद|अध्याय"
)
_ROMAN = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?:(?P<part>{_NUMBERED_PART})\.?\s{{1,2}})?"
    r"(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))(?![\p{L}\p{M}\p{Nd}])(?<=[IVX])",
    regex.IGNORECASE,
)
# A numbered part of a law or book, in the words and short forms of many languages: art. 4, Article
# IV, artículo 4 and المادة 4 have one reading, art4.
_PART_WORDS = {
    "art": "article articles art arts artículo artículos articulo articulos artigo artigos "
    "articolo articoli artikel artikkel madde статья статьи ст المادة مادة अनुच्छेद",
    "ch": "chapter chapters chap ch chapitre chapitres capítulo capítulos capitulo capitulos "
    "capitolo cap kapitel bölüm глава الفصل فصل अध्याय",
    "sec": "section sections sect sec secs sección secciones seccion secção seção secao sezione "
    "abschnitt § §§ раздел القسم धारा",
    "par": "paragraph paragraphs para paras par paragraphe paragraphes párrafo párrafos parrafo "
    "parágrafo parágrafos paragrafo absatz abs ¶ пункт الفقرة",
    "part": "part parts parte partie partes parties teil часть الجزء भाग",
    "annex": "annex annexes annexe anexo anexos anhang allegato appendix apéndice apêndice "
    "приложение الملحق ملحق परिशिष्ट",
    "cl": "clause clauses cl cláusula cláusulas clausula البند खंड",
    "sch": "schedule schedules अनुसूची",
}
_PART_OF = {word: part for part, words in _PART_WORDS.items() for word in words.split()}
_PARTED = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?P<part>{'|'.join(sorted(_PART_OF, key=len, reverse=True))})"
    rf"\.?\s{{0,2}}{_NUMBERED}(?<!\p{{L}})"
    r"(?:(?P<number>\p{Nd}{1,4})(?!\p{Nd}|[.,]\p{Nd}{3})|(?P<roman>[IVXivx]{1,7})(?![\p{L}\p{M}\p{Nd}]))",
    regex.IGNORECASE,
)
_VALUE = {"i": 1, "v": 5, "x": 10}

# The second gender as it is written behind a first: what of the first's end it stands for.
_SECOND = {
    "a": ("o", "e"), "as": ("os", "es"), "o": ("a",), "os": ("as",),
    "ra": ("r",), "ras": ("res", "r"), "ora": ("or",), "oras": ("ores",),
    "dora": ("dor",), "doras": ("dores",), "tora": ("tor",), "toras": ("tores",),
    "euse": ("eur",), "euses": ("eurs", "eur"), "se": ("r",), "ses": ("rs", "r"),
    "rice": ("eur",), "rices": ("eurs", "eur"), "trice": ("teur", "tore"),
    "trices": ("teurs", "teur"), "trici": ("tori",),
    "ère": ("er",), "ères": ("ers", "er"), "ière": ("ier",), "ières": ("iers", "ier"),
    "ve": ("f",), "ves": ("fs", "f"), "e": (), "es": (), "ne": (), "nes": (), "le": (), "les": (),
    "in": (), "innen": (), "s": (),
}  # fmt: skip
_ENDINGS = "|".join(sorted(_SECOND, key=len, reverse=True))
ENDINGS = rf"-?(?:{_ENDINGS})"
"""The second gender behind a first, as a pattern."""

_GENDERED = regex.compile(
    rf"(?P<first>\p{{L}}[\p{{L}}\p{{M}}]{{2,24}})"
    rf"(?:(?:/-|[-/.\u00B7\u2022\u2027*:_])(?P<tied>{_ENDINGS})(?:[-.\u00B7\u2022\u2027](?P<many>s))?"
    rf"|\((?P<inside>-?(?:{_ENDINGS}))\)(?P<after>s)?)(?![\p{{L}}\p{{M}}\p{{Nd}}])",
    regex.IGNORECASE,
)
_SPACE = regex.compile(r"\s")
_HAS_DIGIT = regex.compile(r"\p{Nd}")
_CAPITAL = regex.compile(r"[IVX\u0130]")
_GENDER_SIGNS = regex.compile(r"[(@*]|/-")
_CROSS = regex.compile(r"x(?:s|\b)", regex.IGNORECASE)
_NEUTRAL = regex.compile(
    r"(?<![\p{L}\p{M}\p{Nd}])(?P<first>\p{L}[\p{L}\p{M}]{2,24})(?:(?P<at>@|[*_](?=s))|(?<=[^aeiouáéíóú])x(?=s)|(?<=[rdñtl])(?<![Mm]ar)x)"
    r"(?P<many>s?)(?![\p{L}\p{M}\p{Nd}.@])",
    regex.IGNORECASE,
)


ELIDED = frozenset(
    (
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "un",
        "dell",
        "all",
        "nell",
        "sull",
        "dall",
        "coll",
        "quest",
    )
)
"""French, Italian, Portuguese and Catalan words that lean on the next: l'eau, d'água, dell'arte."""

# But D'Souza and L'Oréal are names.
_LEANING = regex.compile(
    rf"(?!\p{{Lu}}.\p{{Lu}}\p{{Ll}})(?i:{'|'.join(sorted(ELIDED, key=len, reverse=True))})"
    r"['\u2019\u02BC\uFF07]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a stretch of a text: characters `start` to `end`, folded or to be."""

    text: str
    start: int
    end: int


@lru_cache(1 << 12)
def readings(text: str) -> tuple[Reading, ...]:
    """What the stretches of a text can be written as besides, in no order, none twice."""
    return tuple(
        dict.fromkeys(
            reading for reading in _readings(text[:READ]) if 0 < len(reading.text) <= LONGEST
        )
    )


def _readings(text: str) -> Iterator[Reading]:
    # Most stretches of a text have nothing of what a pattern needs; to see that costs less.
    apart = _SPACE.search(text) is not None
    digits = _HAS_DIGIT.search(text) is not None
    marked = _MARK.search(text) is not None
    if marked:
        for match in _RUN.finditer(text):
            yield from _joined(match.group(), match.start())
    if digits or text[1:] != text[1:].lower():
        for match in _MIXED.finditer(text):
            yield from _bounds(match.group(), match.start())
    for match in _UNJOINED.finditer(text) if _JOINER in text else ():
        yield from _bounds(match.group(), match.start())
    for match in _ACRONYMS.finditer(text):
        yield Reading(match["one"].replace(".", ""), *match.span())
    for match in _NAMES.finditer(text) if marked else ():
        if _LEANING.match(match.group()):
            continue
        yield from (Reading(m.group(), *match.span()) for m in _NAME.finditer(match.group()))
    for match in _NUMBER.finditer(text) if digits else ():
        for number in numbers(match.group()):
            yield Reading(number, *match.span())
    if "+" in text or "#" in text:
        yield from (Reading(m.group(), *m.span()) for m in _SIGNED.finditer(text))
    for match in _SET_LOW.finditer(text) if not text.isascii() else ():
        yield Reading(unicodedata.normalize("NFKC", match.group()), *match.span())
    for match in _CODED.finditer(text) if digits and apart else ():
        yield Reading(match["letter"] + match["number"], *match.span())
    for match in _INSTRUMENT.finditer(text) if digits and apart else ():
        letter = _LETTER_OF[_plain(match["kind"])]
        yield Reading(letter + match["number"], *match.span())
    if apart or not text.isalpha():
        for match in _PARTED.finditer(text):
            number = match["number"] or _arabic(match["roman"])
            if number:
                yield Reading(f"{_PART_OF[_plain(match['part'])]}{number}", *match.span())
    if apart or _CAPITAL.search(text):
        for match in _ROMAN.finditer(text):
            roman = match["roman"]
            if match["part"] or (len(roman) > 1 and roman.isupper()):
                yield Reading(str(value_of(roman)), *match.span("roman"))
    if _GENDER_SIGNS.search(text) or (marked and _RUN.search(text)) or _CROSS.search(text):
        yield from _genders(text)


def is_signed(text: str) -> bool:
    """Whether a word has a sign behind it that makes it another: C++ is not C."""
    return _SIGNED.fullmatch(text) is not None


def is_gendered(text: str) -> bool:
    """Whether a word carries a second gender, so that its first part is the word itself."""
    return (_GENDERED.fullmatch(text) or _NEUTRAL.fullmatch(text)) is not None


def parts(word: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of a word without marks begin and end; none where it is one."""
    cuts = [match.start() for match in _BOUND.finditer(word) if 0 < match.start() < len(word)]
    if not cuts and _UNJOINED.fullmatch(word):
        cuts = [at for at, letter in enumerate(word) if letter == _JOINER]
    if not cuts or len(cuts) > BOUNDS or _UNSPACED.search(word):
        return ()
    return tuple(zip((0, *cuts), (*cuts, len(word)), strict=True))


def numbers(written: str) -> Iterator[str]:
    """What a number with marks inside can be: its whole part, and all of it with one dot."""
    marks = [mark for mark in written if not mark.isdecimal()]
    groups = regex.split(_APART, written)
    last = marks[-1]
    if _is_grouped(marks, groups):
        yield "".join(groups)
    if last not in _DECIMAL or (len(marks) > 1 and last in marks[:-1]):
        return
    before = groups[:-1]
    if len(before) > 1 and not _is_grouped(marks[:-1], before):
        return
    whole = "".join(before)
    if len(before) > 1:  # alone, it is a part already
        yield whole
    if behind := groups[-1].rstrip("0"):
        yield f"{whole}.{behind}"


def _plain(found: str) -> str:
    """What a pattern that ignores case found, in the letters of its tables: ı, İ and ſ are found
    as i and s."""
    return found.replace("ı", "i").replace("İ", "i").casefold()


def _arabic(roman: str) -> str:
    return str(value_of(roman)) if _ROMAN.fullmatch(roman) else ""


def value_of(roman: str) -> int:
    """What a Roman number below forty stands for."""
    digits = [_VALUE[letter] for letter in _plain(roman)]
    following = (*digits[1:], 0)
    return sum(-d if d < after else d for d, after in zip(digits, following, strict=True))


def _is_grouped(marks: list[str], groups: list[str]) -> bool:
    """Whether groups are of thousands, or of lakhs and crores, with one mark between."""
    if len({" " if mark in _SPACES else mark for mark in marks}) != 1 or len(groups[0]) > 3:
        return False
    if len(groups[-1]) != 3:
        return False
    return all(len(group) == 3 for group in groups[1:]) or (
        len(groups[0]) < 3 and all(len(group) == 2 for group in groups[1:-1])
    )


def _joined(run: str, start: int) -> Iterator[Reading]:
    """The parts of a run together, where its marks join words."""
    # The apostrophe U+02BC is a letter as well as a mark, so that two marks may touch: kaupapa-ʼo.
    held = [part for part in _MARK.split(run) if part]
    if len(held) > PARTS or not _JOINING.issuperset(_MARK.findall(run)):
        return
    if _UNSPACED.search(run) or _SENTENCES.search(run) or _LEANING.match(run):
        return
    if _GENDERED.fullmatch(run) and "-" not in run:
        return
    if any(a[-1].isdecimal() and b[0].isdecimal() for a, b in pairwise(held)):
        return  # 5.2 and 52 are not one number
    yield Reading("".join(held), start, start + len(run))


def _bounds(word: str, start: int) -> Iterator[Reading]:
    for first, last in parts(word):
        yield Reading(word[first:last], start + first, start + last)


def _genders(text: str) -> Iterator[Reading]:
    for match in _GENDERED.finditer(text):
        first = match["first"]
        ending = _plain(match["tied"] or match["inside"].lstrip("-"))
        many = match["many"] or match["after"] or ""
        stem = next((first[: -len(e)] for e in _SECOND[ending] if first.lower().endswith(e)), first)
        yield Reading(stem + ending + many, *match.span())
        if many:
            yield Reading(first + many, *match.span())
    for match in _NEUTRAL.finditer(text):
        yield Reading(f"{match['first']}a{match['many']}", *match.span())
