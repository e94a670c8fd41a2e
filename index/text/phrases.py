"""Stretches of a question that are one thing in other words: w/o and without, half an hour.

    don't  dont  won't  we've                do not  will not  we have
    w/o  s/n  c/u  e.g.  p. ej.  c.-à-d.     without  sin número  cada uno  for example
    2.5 hours  2h30                          two and a half hours  dos horas y media
    30 minutes                               half an hour  media hora  demi-heure
    1990s  90s                               nineties

Read in questions only: an index keeps what was printed. Each is asked for beside what was typed,
where the library prints all its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from index.text.analysis import tokens
from index.text.number_names import names_in
from index.text.number_words import numbers

Name = tuple[str, ...]

LONGEST = 5  # words of one

_SAME = (
    "w/o|without",
    "s/n|sin número|sem número",
    "c/u|cada uno|cada una",
    "c.-à-d.|c'est-à-dire|càd",
    "e.g.|for example|for instance",
    "i.e.|that is to say",
    "p. ej.|por ejemplo",
    "p. ex.|por exemplo|par exemple",
    "a.k.a.|also known as",
    "z. B.|zum Beispiel",
    "d. h.|das heißt",
    "u. a.|unter anderem",
    "bzw.|beziehungsweise",
    "q&a|questions and answers|preguntas y respuestas|perguntas e respostas|questions-réponses",
    "asap|as soon as possible",
    "svp|s'il vous plaît",
    "etc|etcetera|etcétera",
    "vs|versus",
    "whilst|while",
    "amongst|among",
    "can't|cannot|can not|cant",
    "won't|will not|wont",
    "half an hour|a half hour|half hour|30 minutes|30 min|media hora|30 minutos|demi-heure|"
    "une demi-heure|meia hora|نصف ساعة|30 دقيقة|आधा घंटा|आधे घंटे|30 मिनट",
    "quarter of an hour|15 minutes|15 min|cuarto de hora|15 minutos|quart d'heure|"
    "quarto de hora|ربع ساعة|15 دقيقة|पाव घंटा|15 मिनट",
    "three quarters of an hour|45 minutes|45 min|tres cuartos de hora|45 minutos|"
    "trois quarts d'heure|três quartos de hora|पौन घंटा|पौने घंटे|45 मिनट",
    "hour and a half|90 minutes|hora y media|90 minutos|heure et demie|hora e meia|"
    "ساعة ونصف|डेढ़ घंटा|डेढ़ घंटे|90 मिनट",
    "half|½",
    "one third|a third|1/3|⅓|un tercio|um terço|un tiers",
    "two thirds|2/3|⅔|dos tercios|dois terços|deux tiers",
    "a quarter|one quarter|1/4|¼|un cuarto|um quarto|un quart",
    "three quarters|3/4|¾|tres cuartos|três quartos|trois quarts",
)

# Of "not" behind a verb, and of verbs behind who does it.
_NOT = (
    *("do", "does", "did", "is", "are", "was", "were"),
    *("has", "have", "had", "would", "could", "should", "must"),
)
_WHO = ("i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what")
_SHORT = {"re": "are", "ve": "have", "ll": "will"}

_DECADES = (
    *("twenties", "thirties", "forties", "fifties"),
    *("sixties", "seventies", "eighties", "nineties"),
)

# What stands behind a number, and behind what is counted, for a half more.
_AND_HALF = {
    "en": ("and a half",),
    "es": ("y media", "y medio"),
    "fr": ("et demie", "et demi"),
    "pt": ("e meia", "e meio"),
}
_TWO_AND_HALF = ("ढाई",)
_HOURS = {
    "en": ("hours", "hour"),
    "es": ("horas", "hora"),
    "fr": ("heures", "heure"),
    "pt": ("horas", "hora"),
    "hi": ("घंटे", "घंटा"),
}
_DEGREES = ("degrees", "grados", "degrés", "graus", "grad", "डिग्री", "درجة")
MOST = 24  # so many, and a half


def found(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where a stretch of folded words begins and ends, and how else it is said."""
    same = _same()
    for at in range(len(words)):
        for end in range(min(at + LONGEST, len(words)), at, -1):
            if others := same.get(tuple(words[at:end])):
                yield at, end, others
    yield from _halves(words)


@cache
def _same() -> dict[Name, tuple[str, ...]]:
    known: dict[Name, dict[str, None]] = {}
    rows = [row.split("|") for row in _SAME]
    rows += [[f"{verb} not", f"{verb}n't", f"{verb}nt"] for verb in _NOT]
    rows += [[f"{who} {verb}", f"{who}'{end}"] for who in _WHO for end, verb in _SHORT.items()]
    for tens, name in enumerate(_DECADES, 2):
        rows.append([name, f"nineteen {name}", f"{tens}0s", f"19{tens}0s"])
    rows.append(["twenties", "20s", "2020s"])  # of one century or the other
    for row in rows:
        for one in row:
            mine = _words(one)
            known.setdefault(mine, {}).update(
                dict.fromkeys(other for other in row if _words(other) != mine)
            )
    return {name: tuple(others) for name, others in known.items()}


def _words(text: str) -> Name:
    return tuple(token.text for token in tokens(text))


def _halves(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Numbers and a half, in words and in digits."""
    for first, last, number in numbers(words):
        if number > MOST:
            continue
        for ends in _AND_HALF.values():
            for end in ends:
                tail = _words(end)
                for unit in (0, 1):  # two and a half hours; dos horas y media
                    behind = last + unit
                    if tuple(words[behind : behind + len(tail)]) == tail:
                        rest = words[last:behind] or words[behind + len(tail) :][:1]
                        stop = behind + len(tail) + (0 if unit else len(rest))
                        yield first, stop, _in_digits(number, rest)
    for at, word in enumerate(words):
        if word.isdecimal() and words[at + 1 : at + 2] and words[at + 1] in map(_fold, _DEGREES):
            yield at, at + 2, (f"{word}°",)
        if word in {form for one in _TWO_AND_HALF for form in _words(one)}:
            rest = words[at + 1 : at + 2]
            yield at, at + 1 + len(rest), _in_digits(2, rest)
        number = int(word) if word.isdecimal() and len(word) < 3 else 0
        if 0 < number <= MOST and words[at + 1 : at + 2] == ["5"] and at + 2 < len(words):
            yield at, at + 3, tuple(_in_words(number, words[at + 2]))
        elif word[-3:] == "h30" and word[:-3].isdecimal() and 0 < int(word[:-3]) <= MOST:
            yield at, at + 1, tuple(_in_words(int(word[:-3]), _HOURS["fr"][0]))
        elif 0 < number <= MOST and [*words[at + 1 : at + 3]] == ["h", "30"]:
            yield at, at + 3, tuple(_in_words(number, _HOURS["fr"][0]))


def _in_digits(number: int, rest: Sequence[str]) -> tuple[str, ...]:
    unit = f" {rest[0]}" if rest else ""
    hours = rest and any(rest[0] in map(_fold, forms) for forms in _HOURS.values())
    made = [f"{number}.5{unit}", f"{number},5{unit}", f"{number}½{unit}"]
    return (*made, f"{number}h30", f"{number} h 30") if hours else tuple(made)


def _in_words(number: int, unit: str) -> Iterator[str]:
    languages = [one for one, forms in _HOURS.items() if unit in map(_fold, forms)]
    for language in languages or _AND_HALF:
        of_it = _HOURS[language][0] if languages else unit
        for name in names_in(language)[0].get(number, ()):
            for end in _AND_HALF.get(language, ()):
                said = " ".join(name)
                yield f"{said} {of_it} {end}"
                yield f"{said} {end} {of_it}"
        if number == 2 and language == "hi":
            yield from (f"{one} {of_it}" for one in _TWO_AND_HALF)
    if languages:
        yield from (f"{number}h30", f"{number} h 30")


def _fold(word: str) -> str:
    return " ".join(_words(word))
