"""What has a number for a name: Convention No. 189, C087, Article IV, § 12, number 612."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from index.text import deferred
from index.text.readings import Reading, plain

# What a law, a rule or a form is numbered by: No. 189, nº 189, number 189.
_NUMBERING = (
    "no nos num nums núm número números numero numeros numéro numéros number numbers nro nr nummer"
    " n nº n° № # رقم संख्या सं"
)
NUMBERING = frozenset(_NUMBERING.split())


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first."""
    return "|".join(map(regex.escape, sorted(words, key=len, reverse=True)))


_NUMBERED_THING = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?:{_any_of(NUMBERING)}|n\.(?:[°º]|os))"
    r"\.?\s{0,2}(?P<number>\p{Nd}{1,6})(?![\p{L}\p{Nd}]|[.,]\p{Nd})",
    regex.IGNORECASE,
)

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
_CODED = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:{'|'.join(MAKERS)})['\u2019]?s?\s{{1,2}}"
    r"(?P<letter>[crp])[-. ]?(?P<number>\p{Nd}{1,3})(?![\p{L}\p{Nd}])",
    regex.IGNORECASE,
)
# And with zeros before their number: C087.
_ZEROS = deferred.compile(
    r"(?<![\p{L}\p{M}\p{Nd}])(?P<letter>[CRP])[-.]?0{1,2}(?P<number>[1-9]\p{Nd}?)(?![\p{L}\p{Nd}])",
    regex.IGNORECASE,
)
LETTER_OF = {word: letter for letter, words in _INSTRUMENTS.items() for word in words.split()}
_NUMBERED = rf"\(?(?:(?:{_any_of(NUMBERING)}|n\.[°º]?)\.?\s{{0,2}})?0{{0,2}}"
_MAKER = "(?:ilo|oit|ilo's|de la oit|da oit|de l'oit|العمل الدولية|منظمة العمل الدولية)"
_KIND = _any_of(LETTER_OF)


_INSTRUMENT = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}])(?:(?:ilo|oit|i\.l\.o\.?|o\.i\.t\.?)\s{{1,2}})?"
    rf"(?P<kind>{_KIND})"
    rf"\s{{1,2}}(?:\(?{_MAKER}\)?\s{{1,2}})?{_NUMBERED}"
    rf"(?P<number>\p{{Nd}}{{1,3}})(?![\p{{L}}\p{{Nd}}])",
    regex.IGNORECASE,
)

# What Roman numbers stand behind; without it only those in capitals of two letters or more are.
NUMBERED_PART = (
    "article|articles|art|arts|artículo|artigo|artículos|artigos|articolo|artikel|chapter|chapitre"
    "|capítulo|capitulo|cap|ch|part|parte|partie|section|sección|seção|sec|title|titre|título"
    "|titulo|annex|annexe|anexo|appendix|schedule|phase|fase|module|módulo|unit|unidad|volume"
    "|volumen|vol|level|stage|book|table|figure|tabla|tableau|المادة|अनुच्छेद|अध्याय"
)
_ROMAN = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?:(?P<part>{NUMBERED_PART})\.?\s{{1,2}})?"
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
    "sec": "section sections sect sec secs s ss sección secciones seccion secção seção secao "
    "sezione abschnitt § §§ раздел القسم धारा",
    "par": "paragraph paragraphs para paras par paragraphe paragraphes párrafo párrafos parrafo "
    "parágrafo parágrafos paragrafo absatz abs ¶ пункт الفقرة",
    "part": "part parts parte partie partes parties teil часть الجزء भाग",
    "annex": "annex annexes annexe anexo anexos anhang allegato appendix apéndice apêndice "
    "приложение الملحق ملحق परिशिष्ट",
    "cl": "clause clauses cl cláusula cláusulas clausula البند खंड",
    "sch": "schedule schedules अनुसूची",
}
PART_OF = {word: part for part, words in _PART_WORDS.items() for word in words.split()}
_PARTED = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}'\u2019&])(?P<part>{_any_of(PART_OF)})"
    rf"\.?\s{{0,2}}{_NUMBERED}(?<!\p{{L}})"
    r"(?:(?P<number>\p{Nd}{1,4})(?!\p{Nd}|[.,]\p{Nd}{3})"
    r"|(?P<roman>[IVXivx]{1,7})(?![\p{L}\p{M}\p{Nd}]))",
    regex.IGNORECASE,
)
# A place in an order: 1st, 2nd, 1er, 1.º, 3ª, XXe.
_ORDINAL = deferred.compile(
    r"(?<![\p{L}\p{M}\p{Nd}.,])(?:(?P<number>\p{Nd}{1,3})"
    r"|(?P<roman>[IVX]{2,7}|[IVX](?!st|nd|rd|th|nde?|ers(?<!Iers))))"  # Vers and Ist are words
    r"(?:(?:st|nd|rd|th|ers?|[èe]res?|nde?|[èe]mes?|es?)|\.?[ºª]|ᵉʳ?)(?![\p{L}\p{M}\p{Nd}])",
)
_VALUE = {"i": 1, "v": 5, "x": 10}
_CAPITAL = deferred.compile(r"[IVX\u0130]")


def read(text: str, *, digits: bool, apart: bool) -> Iterator[Reading]:
    """What numbered things of a text can be; digits: whether it has any, apart: or white space."""
    for match in _NUMBERED_THING.finditer(text) if digits else ():
        yield Reading(f"no{match['number']}", *match.span())
    for match in _ZEROS.finditer(text) if digits else ():
        yield Reading(match["letter"] + match["number"], *match.span())
    for match in _CODED.finditer(text) if digits and apart else ():
        yield Reading(match["letter"] + match["number"], *match.span())
    for match in _INSTRUMENT.finditer(text) if digits and apart else ():
        letter = LETTER_OF[plain(match["kind"])]
        yield Reading(letter + match["number"], *match.span())
    for match in _ORDINAL.finditer(text) if digits or _CAPITAL.search(text) else ():
        number = match["number"] or _arabic(match["roman"])
        if number and not (match["roman"] and match.group() in ("Ie", "Xe")):
            yield Reading(str(int(number)), *match.span())
    if apart or not text.isalpha():
        for match in _PARTED.finditer(text):
            number = match["number"] or _arabic(match["roman"])
            part = plain(match["part"])
            if number:
                yield Reading(f"{PART_OF[part]}{number}", *match.span())
            if number and part.startswith("§"):  # which is said as paragraph too
                yield Reading(f"par{number}", *match.span())
    if apart or _CAPITAL.search(text):
        for match in _ROMAN.finditer(text):
            roman = match["roman"]
            if match["part"] or (len(roman) > 1 and roman.isupper()):
                yield Reading(str(value_of(roman)), *match.span("roman"))


def is_zeroed(word: str) -> bool:
    """Whether a word is the letter of an instrument and a number with zeros before it."""
    return _ZEROS.fullmatch(word) is not None


def is_ordinal(word: str) -> bool:
    """Whether a word is a place in an order, as 1st is."""
    return _ORDINAL.fullmatch(word) is not None


def _arabic(roman: str) -> str:
    return str(value_of(roman)) if _ROMAN.fullmatch(roman) else ""


def value_of(roman: str) -> int:
    """What a Roman number below forty stands for."""
    digits = [_VALUE[letter] for letter in plain(roman)]
    following = (*digits[1:], 0)
    return sum(-d if d < after else d for d, after in zip(digits, following, strict=True))
