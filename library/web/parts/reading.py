"""How easy an edition is to read, in plain words, with the formula that says so."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from library.core.resource import Edition
from library.vocabularies.reading_levels import Level, level, parsed
from library.web.i18n import Interface


@dataclass(frozen=True, slots=True)
class Reading:
    level: str
    formula: str  # its name, and the number it gives
    about: str


def reading(edition: Edition, interface: Interface) -> Reading | None:
    read = parsed(edition.reading)
    if read is None:
        return None
    formula, number = read
    say = interface.say
    told = max(1.0, number) if formula.years else number
    shown = str(format_decimal(told, format="#,##0.0", locale=interface.locale))
    if formula.years:
        name = say("Flesch-Kincaid: %(number)s, about as many years of school.", number=shown)
    else:
        name = say(
            "%(formula)s: %(number)s; the higher, the easier.", formula=formula.cited, number=shown
        )
    return Reading(
        _named(level(formula, number), interface),
        name,
        say("A formula counts the words in sentences and the syllables in words. It knows nothing "
            "of what is said."),
    )  # fmt: skip


def _named(found: Level, interface: Interface) -> str:
    say = interface.say
    return {
        "very easy": say("Very easy to read"),
        "easy": say("Easy to read"),
        "medium": say("Neither easy nor hard to read"),
        "hard": say("Hard to read"),
        "very hard": say("Very hard to read"),
    }[found]
