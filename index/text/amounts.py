"""Numbers in their several writings: 1,250.75 and 1.250,75, 1,00,000, 1½ and 1 1/2, 50 per cent."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from index.text import deferred
from index.text.readings import Reading

_APART = r"[.,'\u2019\u066B\u066C\u060C\u00A0\u202F\u2009 ]"
_NUMBER = deferred.compile(
    r"(?<!\p{Nd})(?<!\p{Nd}[.,])(?:"
    r"\p{Nd}{1,3}(?:[\u00A0\u202F\u2009 ]\p{Nd}{3}){1,6}(?:[.,\u066B]\p{Nd}{1,12})?"
    r"|\p{Nd}{1,2}(?:[\u00A0\u202F\u2009 ]\p{Nd}{2}){1,6}[\u00A0\u202F\u2009 ]\p{Nd}{3}"
    r"|\p{Nd}{1,12}(?:[.,'\u2019\u066B\u066C\u060C]\p{Nd}{1,12}){1,8})(?![.,]?\p{Nd})"
)
_SPACES = frozenset("\u00a0\u202f\u2009 ")
_DECIMAL = frozenset(".,\u066b\u060c")

# Parts of one: as a sign, with a bar between, and in words before what lasts.
_PARTS_OF_ONE = {
    "½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip
FRACTIONS = "".join(_PARTS_OF_ONE)
"""Signs of parts of one."""

HALF = "½"
HALF_SAID = ("half", "media", "medio", "demi", "demie", "meia", "meio")
_BARRED = deferred.compile(
    r"(?<![\p{Nd}/.,])(?:(?P<whole>\p{Nd}{1,3})\s)?(?P<over>[1-9])[/\u2044](?P<under>[2-9])(?![\p{Nd}/.,]\p{Nd}|\p{Nd}|/)"
)
_HALVES = deferred.compile(
    r"(?<![\p{L}\p{M}])(?:half(?:\s(?:an?|the))?[-\s](?:hours?|days?)|(?:media|medio)\s(?:hora|jornada|día|dia)"
    r"|demi(?:e)?[-\s](?:heure|journée|journee)|(?:meia|meio)\s(?:hora|jornada|dia))(?![\p{L}\p{M}])",
    regex.IGNORECASE,
)
_PER_CENT = (
    "per cent|percent|por ciento|por cien|por cento|pour cent|prozent|yüzde|في المئة|في المائة"
    "|بالمئة|بالمائة|प्रतिशत|फीसदी|फ़ीसदी"
)
_HUNDREDTHS = deferred.compile(
    r"(?<![\p{Nd}.,])(?P<number>\p{Nd}{1,3}(?:[.,\u066B]\p{Nd}{1,4})?)\s?"
    rf"(?:[%٪]|(?:{_PER_CENT.replace(' ', chr(92) + 's')})(?![\p{{L}}\p{{M}}]))",
    regex.IGNORECASE,
)

# Money by its sign, its code or its name: $15, USD 15, 15 dollars, $1.5m, 2 million dollars. The
# sign of dollars is also that of pesos, and either is meant.
_MONEY = {
    "usd": "$ us$ u$s usd dollar dollars dólar dolar dólares dolares دولار डॉलर",
    "peso": "$ peso pesos ars mxn cop",
    "eur": "€ eur euro euros يورو यूरो",
    "gbp": "£ gbp pound pounds libra libras livres",
    "inr": "₹ rs rs. inr rupee rupees rupia rupias roupies रुपये रुपए रुपया रु रु.",
    "aed": "aed dh dhs dirham dirhams dírham درهم दिरहम",
    "brl": "r$ brl reais",
    "zar": "zar rand rands",
}
_MONEY_OF: dict[str, tuple[str, ...]] = {
    name: tuple(code for code, others in _MONEY.items() if name in others.split())
    for names in _MONEY.values()
    for name in names.split()
}
NAMES_OF_MONEY = tuple(_MONEY_OF)
"""Words, codes and signs that stand before a number too."""

# What a sum may be thousands or millions of, right behind it or as a word: $1.5m, 2 millones.
_TIMES = {
    10**3: "k thousand mil mille हज़ार ألف آلاف",
    10**5: "lakh lakhs लाख",
    10**6: "m mn million millions millón millones milhão milhões मिलियन مليون ملايين",
    10**7: "crore crores करोड़",
    10**9: "bn billion billions milliard milliards bilhão bilhões مليار مليارات",
}
_TIMES_OF = {name: times for times, names in _TIMES.items() for name in names.split()}
_LONG_TIMES = "|".join(sorted((n for n in _TIMES_OF if len(n) > 2), key=len, reverse=True))

_NAMES_OF_MONEY = "|".join(map(regex.escape, sorted(_MONEY_OF, key=len, reverse=True)))
_SUM = (
    r"\p{Nd}{1,12}(?:[.,'\u2019\u066B\u066C\u00A0\u202F]\p{Nd}{2,3}| \p{Nd}{3}){0,4}"
    r"(?:[.,\u066B]\p{Nd})?(?!\p{Nd})(?![.,\u066B\u066C]\p{Nd})"
)
_TENTHS = r"\p{Nd}{1,4}(?:[.,\u066B]\p{Nd}{1,2})?(?!\p{Nd})(?![.,\u066B\u066C]\p{Nd})"
_SCALED = (
    rf"(?P<many>{_TENTHS})(?:(?P<times>k|mn?|bn)|\s?(?P<times>{_LONG_TIMES}))(?![\p{{L}}\p{{M}}])"
)
_SUM_APART = r"(?<![\p{L}\p{Nd}.,\u066B\u066C])(?<!\p{Nd}[ \u00A0\u202F])"


_PAID = deferred.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{Nd}}])(?P<before>{_NAMES_OF_MONEY})\s?(?:{_SCALED}|(?P<sum>{_SUM}))"
    rf"|{_SUM_APART}(?:{_SCALED}(?:(?<=\p{{L}}{{3}})\s(?:de\s|d['\u2019])|\s?)|(?P<sum>{_SUM})\s?)"
    rf"(?P<behind>{_NAMES_OF_MONEY})(?![\p{{L}}\p{{M}}\p{{Nd}}])",
    regex.IGNORECASE,
)
_HAS_MONEY = deferred.compile(r"[$€£₹]|\p{L}")

_PER = "|".join(dict.fromkeys(words.split()[0] for words in _PER_CENT.split("|")))
GOES_ON = deferred.compile(
    r"\p{Nd}{3}|\p{Nd}\p{Nd}(?!\p{Nd})|[1-9]/[2-9]|[%٪]"
    rf"|(?:{_PER}|{_NAMES_OF_MONEY}|{_LONG_TIMES})(?![\p{{L}}\p{{M}}])",
    regex.IGNORECASE,
)
"""What a number before white space may go on with."""


def read(text: str, *, digits: bool) -> Iterator[Reading]:
    """What the numbers of a text can be; digits: whether it has any."""
    for match in _NUMBER.finditer(text) if digits else ():
        for number in numbers(match.group()):
            yield Reading(number, *match.span())
    for match in _BARRED.finditer(text) if digits and ("/" in text or "\u2044" in text) else ():
        of_one = int(match["over"]) / int(match["under"])
        yield Reading(_decimal(int(match["whole"] or 0) + of_one), *match.span())
    for match in _HUNDREDTHS.finditer(text) if digits else ():
        number = match["number"].replace(",", ".").replace("\u066b", ".")
        yield Reading(f"percent{_decimal(float(number))}", *match.span())

    for match in _PAID.finditer(text) if digits and _HAS_MONEY.search(text) else ():
        for code in _MONEY_OF.get(_name(match["before"] or match["behind"]), ()):
            yield Reading(f"{code}{_sum_of(match)}", *match.span())


def _sum_of(match: regex.Match[str]) -> str:
    if match["many"] is None:
        return _plain_sum(match["sum"])
    whole, _, part = match["many"].replace(",", ".").replace("\u066b", ".").partition(".")
    times = _TIMES_OF[_name(match["times"])]
    return str(int(whole) * times + int(part.ljust(2, "0") or 0) * times // 100)


def _name(written: str) -> str:
    """A name as it stands in the tables: MİLYON, ſ and the sign of Kelvin match i, s and k too."""
    return written.casefold().replace("\u0307", "").replace("ı", "i")


def _plain_sum(written: str) -> str:
    """A sum without marks: of one with marks, what it reads as first, or its whole part."""
    whole = regex.split(_APART, written)[0]
    return next(numbers(written), whole) if whole != written else str(int(written))


def spoken(text: str) -> Iterator[Reading]:
    """What words of a question can be written as, which is not looked for in texts: half a day is
    ½ day."""
    for match in _HALVES.finditer(text):
        yield Reading("0.5", *match.span())


def value_of_fraction(written: str) -> str:
    """A number that ends in a sign of parts of one, with a dot: 1½ is 1.5."""
    return _decimal(int(written[:-1] or 0) + _PARTS_OF_ONE[written[-1]])


def _decimal(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


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


def _is_grouped(marks: list[str], groups: list[str]) -> bool:
    """Whether groups are of thousands, or of lakhs and crores, with one mark between."""
    if len({" " if mark in _SPACES else mark for mark in marks}) != 1 or len(groups[0]) > 3:
        return False
    if len(groups[-1]) != 3:
        return False
    return all(len(group) == 3 for group in groups[1:]) or (
        len(groups[0]) < 3 and all(len(group) == 2 for group in groups[1:-1])
    )
