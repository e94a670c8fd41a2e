"""What numbers from 1 to 100, and round hundreds, are called, and places in an order.

By the rules by which each language makes them: quatre-vingt-dix, treinta y cinco, décimo terceiro.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from index.text.analysis import fold

Name = tuple[str, ...]
"""The folded words of a number."""

_Names = dict[int, list[str]]

MOST = 100


def _table(text: str, first: int = 1, step: int = 1) -> dict[int, list[str]]:
    """Numbers with their names: those of one apart by bars, those of the next by spaces."""
    return {
        first + step * at: names.split("|") for at, names in enumerate(text.split()) if names != "-"
    }


def _below(names: Mapping[int, list[str]], end: int) -> _Names:
    return {number: own for number, own in names.items() if number < end}


def _both(tens: Mapping[int, list[str]], units: Mapping[int, list[str]], link: str) -> _Names:
    made: _Names = defaultdict(list)
    for ten, heads in tens.items():
        for unit, tails in _below(units, 10).items():
            made[ten + unit] += [f"{head} {link}{tail}" for head in heads for tail in tails]
    return made


def _joined(*several: Mapping[int, list[str]]) -> _Names:
    made: _Names = defaultdict(list)
    for one in several:
        for number, names in one.items():
            made[number] += names
    return made


_SPANISH_PLACES = (
    "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim decimotercer"
    " decimocuart decimoquint decimosext decimoséptim decimoctav decimonoven vigésim"
)
_PORTUGUESE_PLACES = "primeir segund terceir quart quint sext sétim oitav non décim"


def _english() -> tuple[_Names, _Names]:
    small = _table(
        "one two three four five six seven eight nine ten eleven twelve thirteen"
        " fourteen fifteen"
        " sixteen seventeen eighteen nineteen"
    )
    tens = _table("twenty thirty forty fifty sixty seventy eighty ninety hundred", 20, 10)
    places = _table(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
        " twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    )
    round_ = {
        number: [f"{one[:-1]}ieth" if one.endswith("y") else f"{one}th" for one in names]
        for number, names in tens.items()
    }
    return _joined(small, tens, _both(_below(tens, 100), small, "")), _joined(
        places, round_, _both(_below(tens, 100), places, "")
    )


def _spanish() -> tuple[_Names, _Names]:
    small = _table(
        "uno|un|una dos tres cuatro cinco seis siete ocho nueve diez once doce trece"
        " catorce quince"
        " dieciséis diecisiete dieciocho diecinueve veinte"
        " veintiuno|veintiún|veintiuna veintidós"
        " veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho"
        " veintinueve"
    )
    tens = _table("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    stems = _SPANISH_PLACES.split()
    places = {at: [f"{stem}o", f"{stem}a"] for at, stem in enumerate(stems, 1)}
    for number in (1, 3):
        places[number].append(stems[number - 1])
    tail = {number: names[:2] for number, names in _below(places, 10).items()}
    apart = _joined(
        _both({10: ["décimo"], 20: ["vigésimo"]}, tail, ""),
        _both({10: ["décima"], 20: ["vigésima"]}, tail, ""),
    )
    return _joined(small, tens, {100: ["cien"]}, _both(tens, small, "y ")), _joined(places, apart)


def _french() -> tuple[_Names, _Names]:
    small = _table(
        "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize"
        " quatorze quinze"
        " seize dix_sept dix_huit dix_neuf"
    )
    small = {number: [n.replace("_", " ") for n in names] for number, names in small.items()}
    tens = _table("vingt trente quarante cinquante soixante", 20, 10)
    cardinal = _joined(small, tens, {80: ["quatre vingts", "quatre vingt"], 100: ["cent"]})
    for ten, (name,) in tens.items():
        cardinal[ten + 1] += [f"{name} et {one}" for one in small[1]]
        for unit in range(2, 10):
            cardinal[ten + unit] += [f"{name} {one}" for one in small[unit]]
    cardinal[71] += ["soixante et onze"]
    for unit in range(10, 20):
        cardinal[60 + unit] += [f"soixante {one}" for one in small[unit]]
        cardinal[80 + unit] += [f"quatre vingt {one}" for one in small[unit]]
    for unit in range(1, 10):
        cardinal[80 + unit] += [f"quatre vingt {one}" for one in small[unit]]
    places = _joined(
        {1: ["premier", "première"], 2: ["second", "seconde"]},
        {
            number: [f"{_before_ieme(name)}ième" for name in names]
            for number, names in cardinal.items()
            if number > 1
        },
    )
    return cardinal, places


def _before_ieme(name: str) -> str:
    """What of a French number stands before its ending: quatrième, cinquième, neuvième."""
    if name.endswith("f"):
        return f"{name[:-1]}v"
    return f"{name}u" if name.endswith("q") else name.removesuffix("e").removesuffix("s")


def _portuguese() -> tuple[_Names, _Names]:
    small = _table(
        "um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze treze"
        " catorze|quatorze quinze dezesseis|dezasseis dezessete|dezassete dezoito"
        " dezenove|dezanove"
    )
    tens = _table("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem", 20, 10)
    stems = _PORTUGUESE_PLACES.split()
    places = {at: [f"{stem}o", f"{stem}a"] for at, stem in enumerate(stems, 1)}
    places[20] = ["vigésimo", "vigésima"]
    apart = _both({10: places[10], 20: places[20]}, places, "")
    return _joined(small, tens, _both(_below(tens, 100), small, "e ")), _joined(places, apart)


def _hindi() -> tuple[_Names, _Names]:
    cardinal = _table(
        "एक दो तीन चार पांच|पाँच छह|छः|छे सात आठ नौ दस ग्यारह बारह तेरह चौदह"
        " पंद्रह|पन्द्रह सोलह सत्रह अठारह उन्नीस बीस"
        " इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस|अट्ठाइस उनतीस|उन्तीस"
        " तीस इकतीस|इकत्तीस बत्तीस तैंतीस|तेंतीस"
        " चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस|उन्तालीस चालीस इकतालीस बयालीस"
        " तैंतालीस|तिरालीस चौवालीस|चवालीस"
        " पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास|उन्चास पचास इक्यावन बावन तिरपन"
        " चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ"
        " इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर"
        " बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर"
        " सतहत्तर अठहत्तर उन्यासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी"
        " सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे"
        " तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे सौ"
    )
    first = ("पहल", "दूसर", "तीसर", "चौथ")
    places = {
        at: [f"{stem}{ending}" for ending in ("ा", "ी", "े")] for at, stem in enumerate(first, 1)
    }
    places[6] = ["छठा", "छठी", "छठे", "छठवां", "छठवीं", "छठवें"]
    for number, names in cardinal.items():
        if number not in places:
            places[number] = [f"{one}{end}" for one in names for end in ("वां", "वीं", "वें", "वाँ")]
    return cardinal, places


def _arabic() -> tuple[_Names, _Names]:
    small = _table(
        "واحد|واحدة اثنان|اثنين|اثنتان|اثنتين ثلاثة|ثلاث أربعة|أربع خمسة|خمس ستة|ست"
        " سبعة|سبع ثمانية|ثماني|ثمان تسعة|تسع عشرة|عشر"
    )
    tens = {
        10 * at: [f"{stem}ون", f"{stem}ين"]
        for at, stem in enumerate(["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"], 2)
    }
    ten = ("عشر", "عشرة")
    teens = {
        10 + unit: [f"{one} {end}" for one in (*names, *extra) for end in ten]
        for unit, names, extra in (
            (1, ["أحد", "إحدى"], ()),
            (2, ["اثنا", "اثني", "اثنتا", "اثنتي"], ()),
            *((unit, small[unit], ()) for unit in range(3, 10)),
        )
    }
    compound: _Names = defaultdict(list)
    for round_, names in tens.items():
        for unit in range(1, 10):
            compound[round_ + unit] += [f"{one} و{name}" for one in small[unit] for name in names]
    cardinal = _joined(small, teens, tens, compound, {100: ["مائة", "مئة"]})
    stems = ["أول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر"]
    places: _Names = {at: [f"ال{stem}", f"ال{stem}ة"] for at, stem in enumerate(stems, 1)}
    places[1].append("الأولى")
    eleven = _both({10: ["_"]}, {1: ["الحادي", "الحادية"], **places}, "")
    for number, names in eleven.items():
        heads = [name.removeprefix("_ ") for name in names]
        places[number] = [f"{head} {end}" for head in heads for end in ten]
    for round_, names in tens.items():
        places[round_] = [f"ال{name}" for name in names]
    return cardinal, places


LANGUAGES = {
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "pt": _portuguese,
    "hi": _hindi,
    "ar": _arabic,
}

LETTERS = {"es": "oa", "pt": "oa"}
"""With what places in an order end behind digits: 2.º, 2.ª."""


_HUNDREDS = {
    "es": "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient",
    "pt": "duzent trezent quatrocent quinhent seiscent setecent oitocent novecent",
}
"""Round hundreds from 200 of one word, without their endings. In other languages they are of two,
and are read as a number with its scale."""


def _hundreds(language: str) -> _Names:
    stems = _HUNDREDS.get(language, "").split()
    return {100 * at: [f"{stem}os", f"{stem}as"] for at, stem in enumerate(stems, 2)}


@cache
def names_in(
    language: str,
) -> tuple[Mapping[int, tuple[Name, ...]], Mapping[int, tuple[Name, ...]]]:
    """What numbers are called in a language, and the places in an order; nothing where it is not
    known."""
    made = LANGUAGES.get(language, lambda: ({}, {}))()
    cardinal, places = (
        {number: tuple(dict.fromkeys(map(_folded, names))) for number, names in one.items()}
        for one in (_joined(made[0], _hundreds(language)), made[1])
    )
    return cardinal, places


def _folded(name: str) -> Name:
    return tuple(map(fold, name.split()))
