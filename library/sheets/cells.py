"""Values as cells of a table, and back: what a spreadsheet must not run, turn or take apart.

A spreadsheet runs what begins with = + - @, turns `2019-05` in a title into a day and `12e4` into
120000. Such a cell gets an apostrophe before it, and loses one when it comes back.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from babel import Locale

NONE = "(none)"
"""Says that there is none: staff refuse what was guessed. An empty cell says nothing."""

MONTHS_OF = ("en", "es", "fr", "pt", "ar", "hi", "de", "it")

# What spreadsheets in each language take for a truth value, and write in capitals. Those in Arabic
# and Hindi take the English words.
TRUTH = {
    "en": ("true", "false"),
    "es": ("verdadero", "falso"),
    "fr": ("vrai", "faux"),
    "pt": ("verdadeiro", "falso"),
    "ar": ("true", "false"),
    "hi": ("true", "false"),
    "de": ("wahr", "falsch"),
    "it": ("vero", "falso"),
    "nl": ("waar", "onwaar"),
    "tr": ("doğru", "yanlış"),
    "ru": ("истина", "ложь"),
}
_TRUTHS = frozenset(word for words in TRUTH.values() for word in words)

_RUN = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"(?=[\s.,:/%$€£()-]*+\d)[\d\s.,:/%$€£()-]++(e[+-]?\d++)?", re.IGNORECASE)
_LONGEST = 30  # characters of what could be taken for a number or a day


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs or turns into something else."""
    return f"'{text}" if _needs_guard(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    """A cell as the text it stands for."""
    if cell.startswith("'") and _needs_guard(cell.lstrip("'")):
        return cell[1:]
    return cell


def joined(values: Iterable[str]) -> str:
    """Several values as one text, divided by semicolons; one inside a value has a \\ before it."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def divided(text: str) -> list[str]:
    """The values of one text, without empty ones."""
    parts = re.findall(r"(?:\\[\\;]|[^;؛])+", text)
    return [value for part in parts if (value := plain(re.sub(r"\\([\\;])", r"\1", part)))]


def plain(text: str) -> str:
    """A text as it is compared: its words, in one spelling, with one space between."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@functools.cache
def months() -> dict[str, int]:
    """The names of months, folded, as spreadsheets of several languages write them."""
    numbers: dict[str, int] = {}
    for language in MONTHS_OF:
        locale = Locale.parse(language)
        for width in ("wide", "abbreviated"):
            for form in ("format", "stand-alone"):
                for number, name in locale.months[form][width].items():
                    numbers.setdefault(name.casefold().rstrip("."), number)
    return numbers


def _needs_guard(text: str) -> bool:
    if text.startswith(_RUN):
        return True
    short = text.strip()
    if not short or len(short) > _LONGEST:
        return False
    if _NUMBER.fullmatch(short) or short.casefold() in _TRUTHS:
        return True
    words = [word.casefold().rstrip(".") for word in re.split(r"[\s.,/-]+", short) if word]
    named = [word for word in words if not word.isdecimal()]
    return len(words) > 1 and len(named) == 1 and named[0] in months()
