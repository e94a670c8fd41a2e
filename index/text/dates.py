"""Dates in a question, and how else they are written: 2017-05-01, 1 May 2017, 1.º de mayo de 2017.

A text is indexed as it is printed. A question that names a day with its year, or a month with its
year, is asked for in figures and in words of each language that the library prints, in the orders
that people write. Days in figures that may be read two ways (05/01/2017) are read both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from index.text import deferred
from index.text.analysis import Token, fold, tokens
from index.text.readings import Reading

# Of each language the twelve months, with the short forms of each; _ is a space within a name.
_MONTHS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sept sep|october oct|november nov|december dec",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago"
    "|septiembre setiembre sept sep|octubre oct|noviembre nov|diciembre dic",
    "fr": "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août"
    "|septembre sept|octobre oct|novembre nov|décembre déc",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago"
    "|setembro set|outubro out|novembro nov|dezembro dez",
    "ar": "يناير كانون_الثاني جانفي|فبراير شباط فيفري|مارس آذار|أبريل نيسان أفريل|مايو أيار ماي"
    "|يونيو حزيران جوان|يوليو تموز جويلية يوليوز|أغسطس آب أوت غشت|سبتمبر أيلول شتنبر"
    "|أكتوبر تشرين_الأول|نوفمبر تشرين_الثاني نونبر|ديسمبر كانون_الأول دجنبر",
    "hi": "जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर अक्तूबर|नवंबर|दिसंबर",
    "de": "januar jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november"
    "|dezember",
    "it": "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
    "|dicembre",
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "ru": "января январь|февраля февраль|марта март|апреля апрель|мая май|июня июнь|июля июль"
    "|августа август|сентября сентябрь|октября октябрь|ноября ноябрь|декабря декабрь",
    "tr": "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
}
_OF = ("de", "del", "of", "do")  # what may stand between: 1 de mayo del 2017
_BETWEEN = {"es": "de", "pt": "de"}
FIRST = 1  # the day that has a name of its own in some languages: 1er, 1.º
LATEST = 2199
_DAY = deferred.compile(r"(\d{1,2})(?:st|nd|rd|th|er|[oa])?")
_YEAR = deferred.compile(r"1[5-9]\d\d|2[01]\d\d")
_EIGHT = deferred.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_MARKS = deferred.compile(r"[-/. \u2010\u2011\u2013]")  # a stroke parts the words of a question

Date = tuple[int, int, int]  # year, month, day; 0 where only a month is named
Named = Callable[[str], bool]


@cache
def _by_name() -> Mapping[tuple[str, ...], int]:
    """The folded words of each name of a month, and which it is."""
    return {
        tuple(name.split()): month
        for months in _names().values()
        for month, names in months.items()
        for name in names
    }


@cache
def _names() -> Mapping[str, Mapping[int, tuple[str, ...]]]:
    """The folded names of each month, by language."""
    return {
        language: {
            month: tuple(" ".join(map(fold, name.split("_"))) for name in names.split())
            for month, names in enumerate(row.split("|"), 1)
        }
        for language, row in _MONTHS.items()
    }


def read(text: str, has: Named) -> Iterator[Reading]:
    """How else the dates of a text are written, where `has` says that the library has the name of
    a month."""
    found = [*tokens(text)]
    at = 0
    while at < len(found):
        end, dates = _date(found, at, text)
        for other in _years(found[at : at + 2], text):
            yield Reading(other, found[at].start, found[at + 1].end)
        if end:
            stretch = found[at].start, found[end - 1].end
            for other in dict.fromkeys(one for date in dates for one in _written(date, has)):
                yield Reading(other, *stretch)
        at = max(end, at + 1)


def may_have(text: str) -> bool:
    """Whether a text may have a date: it has a year's figures."""
    return sum(letter.isdecimal() for letter in text) >= 4


def _years(found: Sequence[Token], text: str) -> Iterator[str]:
    """How else two years with a mark between them are written: 2019-2021, 2019/21."""
    if len(found) < 2 or not _YEAR.fullmatch(found[0].text):
        return
    if not _MARKS.fullmatch(text[found[0].end : found[1].start]):
        return
    first, second = found[0].text, found[1].text
    if _YEAR.fullmatch(second) and second[:2] == first[:2] and first < second:
        yield f"{first} {second[2:]}"
    elif len(second) == 2 and second.isdecimal() and first[2:] < second:
        yield f"{first} {first[:2]}{second}"


def _date(found: Sequence[Token], at: int, text: str) -> tuple[int, list[Date]]:
    """Where a date ends that begins at a word, and what days it may be; 0 where none does."""
    words = [token.text for token in found[at : at + 8]]
    if eight := _EIGHT.fullmatch(words[0]):
        return at + 1, [(int(eight[1]), int(eight[2]), int(eight[3]))]
    marked = [
        _MARKS.fullmatch(text[left.end : right.start]) is not None
        for left, right in zip(found[at : at + 2], found[at + 1 : at + 3], strict=False)
    ]
    figures = [int(word) if word.isdecimal() and len(word) <= 4 else 0 for word in words[:3]]
    if marked[:2] == [True, True] and all(figures):
        dates = _in_figures(words, figures)
        if dates:
            return at + 3, dates
    if text[found[at].end :][:1].strip() and marked[:1] == [True] and all(figures[:2]):
        if _YEAR.fullmatch(words[0]) and len(words[1]) == 2 and figures[1] <= 12:
            return at + 2, [(figures[0], figures[1], 0)]
        if _YEAR.fullmatch(words[1]) and figures[0] <= 12:
            return at + 2, [(figures[1], figures[0], 0)]
    end, date = _in_words(words)
    return (at + end, [date]) if end else (0, [])


def _in_figures(words: Sequence[str], figures: Sequence[int]) -> list[Date]:
    first, second, third = figures
    if _YEAR.fullmatch(words[0]):
        dates = [(first, second, third)]
    elif _YEAR.fullmatch(words[2]):
        dates = [(third, second, first), (third, first, second)]
    else:
        return []
    return [date for date in dict.fromkeys(dates) if 0 < date[1] <= 12 and 0 < date[2] <= 31]


def _in_words(words: Sequence[str]) -> tuple[int, Date]:
    """How many words of a date with the name of a month there are, and the day."""
    at, day = 0, 0
    if (match := _DAY.fullmatch(words[0])) and 0 < int(match[1]) <= 31:
        day, at = int(match[1]), 1
        if words[at : at + 1] == ["o"]:  # 1.º
            at += 1
        at += words[at : at + 1] != [] and words[at] in _OF
    month, length = _month(words, at)
    if not month:
        return 0, (0, 0, 0)
    at += length
    behind = [*words[at : at + 2], "", ""]
    match = None if day else _DAY.fullmatch(behind[0])
    if match and 0 < int(match[1]) <= 31 and _YEAR.fullmatch(behind[1]):
        return at + 2, (int(behind[1]), month, int(match[1]))
    if words[at : at + 1] and words[at] in _OF:
        at += 1
    if words[at : at + 1] and _YEAR.fullmatch(words[at]):
        return at + 1, (int(words[at]), month, day)
    return 0, (0, 0, 0)


def _month(words: Sequence[str], at: int) -> tuple[int, int]:
    """The month that words name, and how many do; two noughts where none is named."""
    for length in (2, 1):
        month = _by_name().get(tuple(words[at : at + length]))
        if month and len(words) >= at + length:
            return month, length
    return 0, 0


def _written(date: Date, has: Named) -> Iterator[str]:
    year, month, day = date
    if not day:
        yield f"{year}-{month:02}"
    else:
        yield f"{year}-{month:02}-{day:02}"
        yield f"{year}{month:02}{day:02}"
        for d, m in dict.fromkeys(((f"{day:02}", f"{month:02}"), (f"{day}", f"{month}"))):
            yield f"{d}/{m}/{year}"
            yield f"{m}/{d}/{year}"
    for language, months in _names().items():
        of = _BETWEEN.get(language, "")
        for name, between in product(filter(has, months[month]), {of, ""}):
            parts = [between, name, between, str(year)]
            for figures in dict.fromkeys((f"{day}", f"{day:02}")) if day else ("",):
                yield " ".join(filter(None, [figures, *parts])).removeprefix("de ")
            if day == FIRST and between:
                yield " ".join(["1 o", *parts])
            if day and language == "en":
                yield f"{name} {day} {year}"
