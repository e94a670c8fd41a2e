"""Formulas of how easy a text is to read, by language, and the levels their numbers stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

Level = Literal["very easy", "easy", "medium", "hard", "very hard"]
LEVELS: tuple[Level, ...] = ("very easy", "easy", "medium", "hard", "very hard")


class Formula(NamedTuple):
    """A formula: its name here, how it is cited, its number from words in a sentence and syllables
    in a word, and the four bounds between five levels. years: whether it grows with difficulty."""

    name: str
    cited: str
    number: Callable[[float, float], float]
    bounds: tuple[float, float, float, float]
    years: bool = False


FORMULAS: Mapping[str, Formula] = {
    "en": Formula(
        "flesch-kincaid",
        "Flesch-Kincaid",
        lambda words, syllables: 0.39 * words + 11.8 * syllables - 15.59,
        (5.0, 8.0, 11.0, 14.0),
        years=True,
    ),
    "es": Formula(
        "szigriszt-pazos",
        "Szigriszt-Pazos",
        lambda words, syllables: 206.835 - 62.3 * syllables - words,
        (80.0, 65.0, 55.0, 40.0),
    ),
    "fr": Formula(
        "kandel-moles",
        "Kandel-Moles",
        lambda words, syllables: 207.0 - 1.015 * words - 73.6 * syllables,
        (80.0, 65.0, 50.0, 30.0),
    ),
    "pt": Formula(
        "martins",
        "Flesch, Martins et al.",
        lambda words, syllables: 248.835 - 1.015 * words - 84.6 * syllables,
        (75.0, 50.0, 50.0, 25.0),
    ),
}
_BY_NAME = {formula.name: formula for formula in FORMULAS.values()}


def parsed(reading: str) -> tuple[Formula, float] | None:
    """The formula and its number, of what an edition keeps; None of nothing."""
    name, _, number = reading.partition(" ")
    formula = _BY_NAME.get(name)
    try:
        return (formula, float(number)) if formula else None
    except ValueError:
        return None


def level(formula: Formula, number: float) -> Level:
    """Which of the five levels a number stands for."""
    sign = 1 if formula.years else -1
    passed = sum(sign * number > sign * bound for bound in formula.bounds)
    return LEVELS[passed]
