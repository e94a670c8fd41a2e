"""Small numbers in words: eight hours and 8 hours, the twentieth century and the 20th.

    eight-hour  forty-eight hours  ocho horas  huit heures  oito horas  आठ घंटे  ثماني ساعات
    twentieth  siglo veintiuno  vingtième  décimo terceiro  पांचवीं  القرن العشرين

Of the six languages of the interface, from 1 to 100, by the rules by which each makes them. A
number tells little alone, so a question is widened by one only together with the word beside it (8
hours), and only where the library prints all of its words: then what is typed in one way is found
in the other, and a work that says "eight" of something else is not.

Units have a short form, which may stand right behind: 35 heures, 35h. Hours of the day are written
by twelve or by twenty-four: 5 pm, 5 p.m., 17:00, 17h.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import regex

from index.text import deferred
from index.text.analysis import fold
from index.text.number_names import LANGUAGES, LETTERS, MOST, Name, names_in
from index.text.numbered import value_of

LONGEST = 5  # words of one: quatre-vingt-dix-neuf, treinta y cinco
SCALED = 2  # characters of a number that may be of hundreds or more, at least one more

_IVX = frozenset("ivx")
_DIGITS = deferred.compile(
    r"(?:(?P<number>\p{Nd}{1,3})|(?P<roman>[IVX]{2,7}|[IVX](?=\p{Ll})))"
    r"(?:\.?(?:st|nd|rd|th|[rndtmv]?[oa]|ers?|[èe]?res?|nde?|[èe]mes?|es?|[ºª°]|ᵉʳ?"
    r"|व[ाी]ं|वें|वाँ|ल[ाी]|र[ाी]))?"
)
_MEASURED = deferred.compile(r"(?P<number>\p{Nd}{1,4})(?P<unit>\p{L}{1,3})")
_HOURS = deferred.compile(
    r"(?<![\p{L}\p{Nd}:.,])(?P<hour>\p{Nd}{1,2})"
    r"(?:(?::(?P<minute>\p{Nd}{2}))?\s?(?P<half>[ap])\.?\s?m\.?|:(?P<minute>\p{Nd}{2})"
    r"|\s?h(?:\s?(?P<minute>\p{Nd}{2}))?)"
    r"(?![\p{L}\p{Nd}:])",
    regex.IGNORECASE,
)


@cache
def _values() -> Mapping[Name, tuple[int, frozenset[tuple[str, bool]]]]:
    """What the words of these languages stand for; in which, and whether a place in an order."""
    values: dict[Name, tuple[int, frozenset[tuple[str, bool]]]] = {}
    for language in LANGUAGES:
        for is_place, names in zip((False, True), names_in(language), strict=True):
            for number, several in names.items():
                for name in several:
                    known, kinds = values.get(name, (number, frozenset()))
                    if known == number:
                        values[name] = number, kinds | {(language, is_place)}
    return values


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(name[0] for name in _values())


def may_have(words: Sequence[str]) -> bool:
    """Whether any of these folded words may be a number."""
    return any(word[:1].isdecimal() or word[:1] in _IVX or word in _beginnings() for word in words)


def numbers(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The numbers in folded words, the longest first: where each begins and ends, and what it
    stands for."""
    at = 0
    while at < len(words):
        length = 0
        if words[at] in _beginnings():
            most = min(LONGEST, len(words) - at)
            lengths = (n for n in range(most, 0, -1) if tuple(words[at : at + n]) in _values())
            length = next(lengths, 0)
        if length:
            yield at, at + length, _values()[tuple(words[at : at + length])][0]
        at += max(length, 1)


def in_digits(written: str) -> int:
    """What a word stands for that is a number in digits, Arabic or Roman, perhaps with the ending
    of a place in an order; 0 where it is none."""
    match = _DIGITS.fullmatch(written)
    if match is None:
        return 0
    number = int(match["number"]) if match["number"] else value_of(match["roman"])
    return number if number <= MOST or (number < 10 * MOST and number % MOST == 0) else 0


def others(written: Sequence[str], number: int, languages: Sequence[str]) -> Iterator[Name]:
    """How else a number may be written: for digits its names, for a name digits, and the other
    names of its kind in the same language."""
    known = _values().get(tuple(written))
    kinds = known[1] if known else frozenset(product(languages, (False, True)))
    for language, is_place in kinds:
        for name in names_in(language)[is_place].get(number, ()):
            if name != tuple(written):
                yield name
        if is_place:
            yield from ((str(number), letter) for letter in LETTERS.get(language, ()))
    if tuple(written) != (str(number),):
        yield (str(number),)


# Units and scales with their names in each language, after what is written in all.
_UNITS = (
    "h hrs|hours hour|horas hora|heures heure|horas hora|घंटे घंटा घंटों|ساعات ساعة",
    "min mins|minutes minute|minutos minuto|minutes minute|minutos minuto|मिनट|دقائق دقيقة",
    "kg kgs|kilograms kilos kilo|kilos kilogramos|kilogrammes kilos|quilos quilogramas|किलो"
    "|كيلو كغ",
    "km kms|kilometres kilometers|kilómetros|kilomètres|quilómetros quilômetros|किलोमीटर"
    "|كيلومتر كم",
)
_SCALES = {
    10**2: "|hundred hundreds|cientos|cents|centos|सौ|",
    10**3: "k|thousand|mil|mille|mil|हज़ार|ألف آلاف",
    10**5: "|lakh lakhs||||लाख|",
    10**6: "|million millions|millón millones|million millions|milhão milhões|मिलियन|مليون ملايين",
    10**7: "|crore crores||||करोड़|",
    10**9: "bn|billion billions||milliard milliards|bilhão bilhões||مليار مليارات",
}
_TENTHS = deferred.compile(r"\p{Nd}{1,4}\.\p{Nd}")
_IN_SCALE = deferred.compile(r"(?P<number>\p{Nd}{1,4})(?P<scale>k|bn|m)")

_Spoken = Mapping[str, tuple[str, ...]]
"""Folded names by language; under none those that are written in all."""


def _spoken(row: str) -> _Spoken:
    return {
        language: tuple(map(fold, names.split()))
        for language, names in zip(("", *LANGUAGES), row.split("|"), strict=True)
    }


@cache
def _units() -> Mapping[str, _Spoken]:
    return {one: row for row in map(_spoken, _UNITS) for names in row.values() for one in names}


@cache
def _scales() -> tuple[tuple[int, _Spoken], ...]:
    return tuple((scale, _spoken(row)) for scale, row in _SCALES.items())


def measures(number: str, unit: str) -> Iterator[str]:
    """How else so many of a unit may be written, short or long: 35 heures is 35h."""
    row = _units().get(unit, {})
    short = row.get("", ())
    for other in dict.fromkeys(name for names in row.values() for name in names):
        if other != unit:
            yield f"{number} {other}"
    yield from (f"{number}{other}" for other in short)
    if unit in short:
        yield from _in_words(int(number), row)


def _in_words(number: int, row: _Spoken) -> Iterator[str]:
    for language in LANGUAGES:
        for name in names_in(language)[0].get(number, ()):
            yield from (f"{' '.join(name)} {unit}" for unit in row[language])


def is_small(word: str) -> bool:
    """Whether a word is a number in digits that has a name here."""
    return word.isdecimal() and 0 < int(word) <= MOST


def scaled(number: int, word: str) -> Iterator[str]:
    """In digits alone, so many thousands or millions; nothing where a word is no such."""
    for scale, row in _scales():
        if any(word in names for names in row.values()):
            yield str(number * scale)


def tenths(readings: Iterable[str], word: str) -> Iterator[str]:
    """In digits alone, so many thousands or millions and tenths of one: 1.5 million."""
    for one in filter(_TENTHS.fullmatch, readings):
        yield from scaled_tenths(one, word)


def scaled_tenths(number: str, word: str) -> Iterator[str]:
    whole, _, tenth = number.partition(".")
    for scale, row in _scales():
        if scale > 10**2 and any(word in names for names in row.values()):
            yield str(int(whole + tenth) * scale // 10)


def in_scale(word: str) -> Iterator[str]:
    """In digits alone, a number with the letter of a scale behind it: 15k."""
    if match := _IN_SCALE.fullmatch(word):
        yield from scaled(int(match["number"]), match["scale"])
        if match["scale"] == "m":
            yield str(int(match["number"]) * 10**6)


def large(readings: Iterable[str]) -> Iterator[int]:
    """The numbers among the readings of a word that may be of hundreds or more."""
    yield from {int(one) for one in readings if one.isdecimal() and len(one) > SCALED}


def in_scales(number: int) -> Iterator[str]:
    """A large round number in fewer digits, or in words: 5000000 is 5 million."""
    for scale, row in _scales():
        if number % scale == 0 and 0 < number // scale <= MOST:
            names = (name for names in row.values() for name in names)
            yield from (f"{number // scale} {name}" for name in dict.fromkeys(names))
            yield from (f"{number // scale}{name}" for name in row.get("", ()))
            yield from _in_words(number // scale, row)
        elif scale > 10**3 and number * 10 % scale == 0 and 10 < number * 10 // scale <= 10 * MOST:
            parts = divmod(number * 10 // scale, 10)
            names = (name for names in row.values() for name in names)
            yield from (f"{parts[0]} {parts[1]} {name}" for name in dict.fromkeys(names))


def measured(word: str) -> tuple[str, str]:
    """The number and the unit of a folded word that is both, as 35h is; two empty ones else."""
    match = _MEASURED.fullmatch(word)
    return (match["number"], match["unit"]) if match and match["unit"] in _units() else ("", "")


def hours(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The hours of the day in a text: where each begins and ends, and how else it is written."""
    for match in _HOURS.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        half = (match["half"] or "").lower()
        if hour > (12 if half else 23) or minute > 59:
            continue
        if half:
            hour = hour % 12 + 12 * (half == "p")
        yield match.start(), match.end(), frozenset(_hours(hour, minute))


def _hours(hour: int, minute: int) -> Iterator[str]:
    for h in dict.fromkeys((f"{hour}", f"{hour:02}")):
        yield from (
            f"{h}:{minute:02}",
            f"{h}h{minute:02}",
            f"{h} h {minute:02}",
            f"{h}h {minute:02}",
        )
        if not minute:
            yield from (f"{h}h", f"{h} h")
    half, twelfth = "ap"[hour >= 12], (hour - 1) % 12 + 1
    for h in (f"{twelfth}:{minute:02}", *(() if minute else (f"{twelfth}",))):
        yield from (f"{h}{half}m", f"{h} {half}m", f"{h} {half} m")
