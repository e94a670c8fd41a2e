"""Lengths of time in words, in the six languages of the vocabularies: what a session takes.

Days are days of sessions, of eight hours; so are the days in the notations of the scheme `time`,
durations of ISO 8601 that say the longest that each of its concepts still is. Times of day, and
what is had in each day or week ("8 hours a day"), are none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from library.vocabularies.concept import Scheme
from library.vocabularies.folding import Token, fold, token_list, tokens

FACET = "time"

HOUR, DAY = 60, 8 * 60
WEEK = 5 * DAY
LONGEST = 60 * DAY
"""Minutes; a longer time is not that of a session."""

_ISO = regex.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?")
_CLOCK = regex.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_RUN = regex.compile(r"(\d{1,4})(?:(\p{L}+)(\d{1,2})?)")  # 90min, 2h, 1h30


class Length(NamedTuple):
    """A length of time, in minutes, that stands in a text at start to end, in characters."""

    minutes: float
    start: int
    end: int


def _table(lines: Mapping[str, float]) -> Mapping[str, float]:
    return {fold(word): value for words, value in lines.items() for word in words.split()}


_UNITS = _table(
    {
        "minute minutes min mins minuto minutos mn دقيقة دقائق دقيقه الدقائق मिनट मिनटों": 1,
        "hour hours hr hrs h hora horas heure heures ساعة ساعات घंटा घंटे घंटों घण्टा घण्टे": HOUR,
        "day days día días dia dias jour jours journée journées jornada jornadas": DAY,
        "يوم أيام يوما दिन दिनों दिवसीय": DAY,
        "week weeks semana semanas semaine semaines أسبوع أسابيع सप्ताह हफ्ते हफ़्ते": WEEK,
    }
)
_PAIRS = _table({"ساعتان ساعتين": 2 * HOUR, "يومان يومين": 2 * DAY, "دقيقتان دقيقتين": 2})
_NUMBERS = _table(
    {
        "one una un uno une um uma واحد واحدة एक": 1,
        "two dos deux dois duas दो": 2,
        "three tres trois três ثلاث ثلاثة तीन": 3,
        "four cuatro quatre quatro أربع أربعة चार": 4,
        "five cinco cinq خمس خمسة पांच पाँच": 5,
        "six seis ست ستة छह छः": 6,
        "seven siete sept sete سبع سبعة सात": 7,
        "eight ocho huit oito ثماني ثمانية आठ": 8,
        "ten diez dix dez عشر عشرة दस": 10,
        "twelve doce douze doze बारह": 12,
        "fifteen quince quinze पंद्रह": 15,
        "twenty veinte vingt vinte عشرون عشرين बीस": 20,
        "thirty treinta trente trinta ثلاثون ثلاثين तीस": 30,
        "forty cuarenta quarante quarenta أربعون أربعين चालीस": 40,
        "fifty cincuenta cinquante cinquenta خمسون خمسين पचास": 50,
        "sixty sesenta soixante sessenta ستون ستين साठ": 60,
        "ninety noventa تسعون تسعين नब्बे": 90,
        "डेढ़ डेढ": 1.5,
        "ढाई": 2.5,
    }
)
_WHOLES: Mapping[tuple[str, ...], float] = {
    tuple(token.word for token in tokens(words)): value
    for value, lines in (
        (15, ("quarter of an hour", "un cuarto de hora", "un quart d'heure", "ربع ساعة")),
        (30, ("half an hour", "half hour", "a half hour", "media hora", "demi heure")),
        (30, ("une demi heure", "meia hora", "نصف ساعة", "आधा घंटा", "आधे घंटे")),
        (60, ("ساعة واحدة",)),
        (90, ("an hour and a half", "one and a half hours", "hora y media", "una hora y media")),
        (90, ("heure et demie", "une heure et demie", "hora e meia", "uma hora e meia")),
        (90, ("ساعة ونصف", "साढ़े एक घंटा")),
        (DAY / 2, ("half a day", "half day", "media jornada", "medio día", "demi journée")),
        (DAY / 2, ("une demi journée", "meia jornada", "meio período", "نصف يوم")),
        (DAY / 2, ("आधा दिन", "आधे दिन")),
        (DAY, ("full day", "whole day", "all day", "jornada completa", "día completo")),
        (DAY, ("todo el día", "journée entière", "dia inteiro", "يوم كامل", "पूरा दिन")),
        (DAY, ("पूरे दिन",)),
    )
    for words in lines
}
_LONGEST_WHOLE = max(map(len, _WHOLES))
_HALVES = tuple(
    tuple(map(fold, words.split()))
    for words in (
        *("and a half", "y media", "y medio", "et demie", "et demi", "e meia", "e meio"),
        "ونصف",
    )
)


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_AND = _folded("and y e et و और")

# What makes another thing of a length of time: a rate, a term of notice, leave, an age.
_BEHIND = _folded(
    "per each every daily weekly ago old before after later notice off leave overtime "
    "por cada diarias semanales antes después par chaque avant après diárias depois "
    "قبل بعد प्रति रोज़ पहले बाद"
)
_OF = "of"  # "two days of leave"
_IN_EACH = _folded("a al par por ao in في")  # before a unit: a day, al día
_TAUGHT = _folded("training workshop session sessions course class activity work group discussion")
_RATE = _folded(
    "day week month year día semana mes año jour semaine mois an dia mês ano "
    "اليوم الأسبوع दिन सप्ताह"
)


def lengths(text: str) -> Iterator[Length]:
    """The lengths of time in a text, in order; "1 hour 30 minutes" is one."""
    before: Length | None = None
    for length in _single(text):
        if before is not None:
            between = [token.word for token in tokens(text[before.end : length.start])]
            smaller = length.minutes < HOUR <= before.minutes and len(between) <= 1
            if smaller and set(between) <= _AND and "," not in text[before.end : length.start]:
                before = Length(before.minutes + length.minutes, before.start, length.end)
                continue
            yield before
        before = length
    if before is not None:
        yield before


def _single(text: str) -> Iterator[Length]:
    words = token_list(text)
    at = 0
    while at < len(words):
        minutes, count = _at(text, words, at)
        if count and 0 < minutes <= LONGEST and not _is_other(words, at + count, text):
            yield Length(minutes, words[at].start, words[at + count - 1].end)
        at += count or 1


def _at(text: str, words: Sequence[Token], at: int) -> tuple[float, int]:
    """Minutes, and how many words say them; 0 words where none do."""
    for count in range(min(_LONGEST_WHOLE, len(words) - at), 1, -1):
        whole = _WHOLES.get(tuple(word.word for word in words[at : at + count]))
        if whole is not None:
            return whole, count
    first = words[at].word
    if first in _PAIRS:
        return _PAIRS[first], 1
    if (
        (run := _RUN.fullmatch(first))
        and (unit := _UNITS.get(run[2]))
        and not (run[3] and unit != HOUR)
    ):
        return int(run[1]) * unit + int(run[3] or 0), 1
    number, count = _number(text, words, at)
    if not count or at + count >= len(words):
        return 0, 0
    unit = _UNITS.get(words[at + count].word)
    if unit is None or not _joined(text, words[at + count - 1], words[at + count]):
        return 0, 0
    count += 1
    for half in _HALVES:
        if tuple(word.word for word in words[at + count : at + count + len(half)]) == half:
            return number * unit + unit / 2, count + len(half)
    return number * unit, count


def _number(text: str, words: Sequence[Token], at: int) -> tuple[float, int]:
    """A number, and how many words it is: 45, 1.5, two."""
    first = words[at].word
    if first in _NUMBERS:
        return _NUMBERS[first], 1
    if not first.isdecimal() or len(first) > 4:
        return 0, 0
    if at + 1 < len(words) and text[words[at].end : words[at + 1].start] in (".", ","):
        part = words[at + 1].word
        if part.isdecimal() and len(part) == 1:
            return int(first) + int(part) / 10, 2
    return int(first), 1


def _joined(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    return len(between) <= 3 and all(c.isspace() or c in "-\u2010\u2011\u2013+." for c in between)


def _is_other(words: Sequence[Token], after: int, text: str) -> bool:
    """Whether what stands behind a length of time makes it the length of something else."""
    behind = [word.word for word in words[after : after + 2]]
    if not behind:
        return False
    gap = text[words[after - 1].end : words[after].start]
    if any(c in ".,;:!?()[]\n\u2022|" for c in gap):
        return False
    if behind[0] == _OF:
        return len(behind) > 1 and behind[1] not in _TAUGHT
    if behind[0] in _IN_EACH:
        return len(behind) > 1 and (behind[1] in _RATE or behind[1] in _UNITS)
    return behind[0] in _BEHIND


def given(value: str) -> float | None:
    """Minutes, of what a field of a file or its line says: `155`, `PT45M`, `1:30`, `2 hours`."""
    value = value.strip()[:200]
    if value.isdecimal():  # in minutes, as schedules give them
        number = int(value) if len(value) < 5 else 0
        return float(number) if 0 < number <= LONGEST else None
    if (iso := minutes_of(value.upper())) is not None:
        return iso
    if clock := _CLOCK.fullmatch(value):
        return (int(clock[1]) * HOUR + int(clock[2])) or None
    return next((length.minutes for length in lengths(value)), None)


def minutes_of(notation: str) -> float | None:
    """Minutes of a duration of ISO 8601, `PT1H30M`, a day of eight hours; None where it is none."""
    match = _ISO.fullmatch(notation)
    if not match or not any(match.groups()):
        return None
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return float(weeks * WEEK + days * DAY + hours * HOUR + minutes)


def iso(minutes: float) -> str:
    """A duration of ISO 8601, in hours and minutes, as `minutes_of` reads it back."""
    hours, rest = divmod(round(minutes), HOUR)
    return f"PT{f'{hours}H' * bool(hours)}{f'{rest}M' * bool(rest or not hours)}"


def number_of(word: str) -> int | None:
    """The whole number that a folded word or digits say, up to 9,999."""
    if word.isdecimal():
        return int(word) if len(word) < 5 else None
    value = _NUMBERS.get(word)
    return int(value) if value is not None and value == int(value) else None


def lasting(minutes: float, scheme: Scheme) -> str | None:
    """The id of the shortest concept of the scheme that a length of time still is."""
    bounds = {
        concept.id: minutes_of(concept.notation) if concept.notation else float("inf")
        for concept in scheme.concepts.values()
        if concept.id not in scheme.retired
    }
    fitting = [(most, id) for id, most in bounds.items() if most is not None and minutes <= most]
    return min(fitting)[1] if fitting else None
