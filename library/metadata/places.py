"""Where a text is at home: names of places, their people, towns, offices, money and addresses.

Every word of a document is looked at, once, for the first word of a sign; so a country that is
named on each page of a long paper is found however few of its pages concepts are read on.

Long because signs are of many kinds, and each is told from the words that look like it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from babel import localedata
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from library.core.resource import Evidence, Page
from library.metadata.text_lines import SMALL, clean
from library.vocabularies import Vocabularies

TOWNS = ("en", "es", "fr", "pt", "ar", "hi")
CHARACTERS = 60_000  # of a document that are looked at, spread over all of its pages
LEAST = 500  # characters of each page, however many pages there are
SPELT_PAGES, SPELT = 20, 3_000  # pages and characters of each whose spelling is looked at
SPELT_LEAST = 3  # words of a country's own spelling that tell it
SHORT = 4  # letters of an acronym that may be a word in capitals
AROUND = 70  # characters of evidence on either side of a sign
WEIGHTS = {
    "name": 1.0, "people": 0.7, "town": 0.6, "office": 0.6, "money": 0.3, "web": 0.3, "phone": 0.3,
    "spelling": 0.3,
}  # fmt: skip

# Towns whose names are words, people or other towns.
_ALSO = frozenset(
    ("center", "central", "casey", "davis", "vincennes", "marengo", "easter", "eastern", "pacific",
     "mountain", "wake", "christmas", "mali", "saba", "victoria", "male", "mahe", "santiago",
     "regina", "troll", "rome", "jersey", "nelson", "phoenix", "midway", "aden")
)  # fmt: skip
_LISTED = 4  # places of a list, up to which each is one that it is about
# What stands between two of a list: "Guatemala, El Salvador and Honduras".
_BETWEEN = re.compile(
    r"\s?(?:,|/|;|&|-|–)?\s?(?:and|y|e|et|o|or|ou|the|la|el|le|les|o|a|و|और|एवं|,|\s){0,4}",
    re.IGNORECASE,
)
# Sides of the world, which many write small: `Afrique de l'ouest`, `África occidental`.
_COMPASS = re.compile(
    r"(?<=[ '])(?:ouest|est|nord|sud|central[ea]?|occidentale?|orientale?|oeste|este|norte|sur|sul"
    r"|leste)(?!\w)"
)
_WORD = re.compile(r"[\w\u0900-\u097f\u064b-\u0652]+(?:[.'’-][\w\u0900-\u097f\u064b-\u0652]+)*")
_DOMAIN = re.compile(
    r"\b[\w-]{1,60}\.(?:gov|gob|gouv|govt|org|com|co|ac|edu|net|go)\.([a-z]{2})(?![\w.])|"
    r"(?:www\.|https?://|@)[\w.-]{0,80}\.([a-z]{2})(?![\w.])"
)
_PHONE = re.compile(r"(?<![\w+])\(?(?:\+|00)(\d{2,3})\)?[ .(-]{0,2}\d[\d .()-]{5,16}\d(?!\w)")
_MONEY = re.compile(
    r"R\$|₹|£|₱|₦|\b[A-Z]{3}(?= ?\d)|(?<=\d )[A-Z]{3}\b|(?<=\d)[A-Z]{3}\b|\bRs\.? ?(?=\d)"
)
# Where a work that is cited was printed says nothing of this one.
_CITED = re.compile(
    r"ISBN|ISSN|https?://|doi\.|\bpp?\.|Recuperado|Retrieved|Disponível|Disponible en|Editorial|"
    r"University|Universidad|Universidade|Université|\bVol\.|\(ed|\(19\d\d|\(20\d\d"
)
# Who paid for it, or had people as guests, says little of where it is at home.
_HELPED = re.compile(
    r"(?i)\b(?:funded by|financ|support(?:ed)? (?:of|by|from)|sponsor|embassy|hosted by|apoyo"
    r"|con el auspicio|embajada|soutien|appui de|ambassade|apoio|patroc[ií]n|embaixada|سفارة|بدعم"
    r"|بتمويل|दूतावास|के सहयोग से)"
)
_NAME_BEFORE = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]{2,} $")
_LATIN = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"\(([A-Z]{2,3})s?\)")
_SYMBOLS = {"R$": "br", "₹": "in", "£": "gb", "₱": "ph", "₦": "ng", "Rs": "in"}
_NOT_COUNTRIES = frozenset(("eu", "io", "tv", "me", "ly", "ai", "gg", "fm", "am", "cc", "be", "co"))
_ELIDED = re.compile(r"(?i)(?:[ld]|qu|dell|nell|all|dall|sull)'(?=\w)")  # `l'Algérie`, `dell'India`
_CLITICS = "وفبكل"  # Arabic and, so, by, as, to: written onto the word they precede


class Sign(NamedTuple):
    """What stands for a place: of which kind, and how it is written if that matters."""

    place: str
    kind: str
    written: str = ""  # "" for any case


@dataclass(slots=True)
class Signs:
    """How often each kind of sign of a place stands in a document, and on how many pages."""

    kinds: dict[str, float] = field(default_factory=dict)
    opening: float = 0.0
    pages: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)  # places of a short list that it is one of
    best: list[tuple[float, Evidence]] = field(default_factory=list)

    def weight(self) -> float:
        return sum(WEIGHTS[kind] * times for kind, times in self.kinds.items())


def signed(
    pages: Sequence[Page], opening: int, vocabularies: Vocabularies
) -> tuple[dict[str, Signs], int]:
    """Place → its signs in the document, and how many characters were looked at."""
    by_place: dict[str, Signs] = {}
    own = _defined(pages, vocabularies)
    most = max(LEAST, CHARACTERS // max(1, len(pages)))
    left, seen = 2 * CHARACTERS, 0
    for page in pages:
        text = page.text[: min(most, left)]
        left -= len(text)
        listed: list[str] = []
        until = -1
        for place, kind, start, end in signs(text, vocabularies):
            if text[start:end] in own:
                continue
            if kind == "name":
                if until < 0 or not (start < until or _BETWEEN.fullmatch(text[until:start])):
                    _company(listed, by_place)
                    listed = []
                listed.append(place)
                until = end
            its_signs = by_place.setdefault(place, Signs())
            weight = 1.0
            if kind in ("name", "town"):
                line = text[text.rfind("\n", 0, start) + 1 : start + 120].partition("\n")[0]
                weight = 0.25 if _CITED.search(line[:400]) or _HELPED.search(line[:400]) else 1.0
                before = _NAME_BEFORE.search(text[max(0, start - 24) : start])
                if before and before[0].strip().casefold() not in SMALL:
                    weight *= 0.5  # "María Laos" is a person
            its_signs.kinds[kind] = its_signs.kinds.get(kind, 0.0) + weight
            its_signs.pages.add(page.number)
            if weight >= 0.5:
                its_signs.words.add(text[start:end].casefold())
            if seen + start < opening:
                its_signs.opening += weight
            if len(its_signs.best) < 12:
                around = text[max(0, start - AROUND) : end + AROUND]
                its_signs.best.append(
                    (
                        weight * (0.9 if kind == "name" else 0.5),
                        Evidence(page.number, clean(around)),
                    )
                )
        _company(listed, by_place)
        seen += len(text)
        if left <= 0:
            break
    if spelt := _spelling(pages):
        place, number, words = spelt
        its_signs = by_place.setdefault(place, Signs())
        its_signs.kinds["spelling"] = 1.0
        its_signs.best.append((0.3, Evidence(number, words)))
    return by_place, seen


def _company(listed: Sequence[str], by_place: Mapping[str, Signs]) -> None:
    if 1 < len(set(listed)) <= _LISTED:
        for place in listed:
            if place in by_place:
                by_place[place].company.update(other for other in listed if other != place)


def _spelling(pages: Sequence[Page]) -> tuple[str, int, str] | None:
    """(place, page, words): the country whose way of writing a text has, if it has but one."""
    counted: dict[str, Counter[str]] = {}
    first: dict[str, int] = {}
    of_word = _spellings()
    for page in pages[:SPELT_PAGES]:
        for match in _LATIN.finditer(page.text[:SPELT]):
            word = match[0].casefold()
            if (place := of_word.get(word)) is not None:
                counted.setdefault(place, Counter())[word] += 1
                first.setdefault(place, page.number)
    if not counted:
        return None
    best = max(counted, key=lambda place: counted[place].total())
    times, others = counted[best].total(), sum(c.total() for p, c in counted.items() if p != best)
    if best == "" or times < SPELT_LEAST or others > times / 10:
        return None
    return best, first[best], ", ".join(word for word, _ in counted[best].most_common(5))


@cache
def _spellings() -> Mapping[str, str]:
    content = tomllib.loads((Path(__file__).parent / "places.toml").read_text("utf-8"))
    return {
        word: "" if place == "elsewhere" else place
        for place, words in content["spelling"].items()
        for word in words
    }


def _defined(pages: Sequence[Page], vocabularies: Vocabularies) -> frozenset[str]:
    """Acronyms that a document gives a meaning of its own: `responsable de cuidado (PRC)`."""
    found: set[str] = set()
    for page in pages[:40]:
        text = page.text[:6_000]
        for match in _ACRONYM.finditer(text):
            letters = match[1]
            words = _LATIN.findall(text[max(0, match.start() - 120) : match.start()])
            initials = [word[0].upper() for word in words if len(word) > 3 or word[0].isupper()]
            if "".join(initials[-len(letters) :]) != letters:
                continue
            spelt = text[max(0, match.start() - 60) : match.start()]
            meant = {place for place, *_ in signs(spelt, vocabularies)}
            if not meant.intersection(place for place, *_ in signs(letters, vocabularies)):
                found.add(letters)
    return frozenset(found)


def signs(
    text: str, vocabularies: Vocabularies | None = None
) -> Iterator[tuple[str, str, int, int]]:
    """(place, kind, start, end) of each sign in a text, the longest first, without overlap.

    Without vocabularies the names of countries are no signs.
    """
    table = _table(vocabularies)
    firsts = table.longest
    matches = list(_WORD.finditer(text))
    at, count = 0, len(matches)
    while at < count:
        word = _straight(matches[at][0])
        length = firsts.get(word, 0)
        before = 0
        if not length and (elided := _ELIDED.match(word)):
            before = elided.end()
            word = word[before:]
            length = firsts.get(word, 0)
        elif not length and word[0] in _CLITICS:
            word = word[1:]
            length = firsts.get(word, 0)
        step = 1
        for size in range(min(length, count - at), 0, -1):
            rest = (_straight(match[0]) for match in matches[at + 1 : at + size])
            key = " ".join((word, *rest)).casefold()
            sign = table.signs.get(key) or (table.signs.get(key[:-1]) if key[-1] == "s" else None)
            start, end = matches[at].start() + before, matches[at + size - 1].end()
            if sign and _is_written(text[start:end], sign) and text[end : end + 1] != "$":
                if sign.place and not _is_shouted(text, start, end):
                    for place in sign.place.split(";"):
                        yield place, sign.kind, start, end
                step = size
                break
        at += step
    yield from _addresses(text)
    for match in _PHONE.finditer(text):
        for length in (3, 2):
            if called := _calling().get(match[1][:length], ""):
                yield called, "phone", match.start(), match.end()
                break
    for match in _MONEY.finditer(text):
        money = match[0].rstrip(". ")
        place = _SYMBOLS.get(money) or _currencies().get(money, "")
        if place:
            yield place, "money", match.start(), match.end()


@cache
def _calling() -> Mapping[str, str]:
    content = tomllib.loads((Path(__file__).parent / "places.toml").read_text("utf-8"))
    return {code: place for place, code in content["calling"].items()}


def _addresses(text: str) -> Iterator[tuple[str, str, int, int]]:
    if "." not in text:
        return
    for match in _DOMAIN.finditer(text):
        code = match[1] or match[2]
        code = "gb" if code == "uk" else code
        known = code not in _NOT_COUNTRIES or bool(match[1])
        if code in _countries() and known:
            yield code, "web", match.start(), match.end()


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether a few capitals stand in a line of capitals: `SUS DERECHOS` is no health service."""
    if end - start > SHORT or not text[start:end].isupper() or not text[start:end].isascii():
        return False
    line = text[text.rfind("\n", max(0, start - 60), start) + 1 : start], text[end : end + 60]
    words = _LATIN.findall(line[0][-60:]) + _LATIN.findall(line[1].partition("\n")[0])
    long = [word for word in words if len(word) > SHORT]
    return bool(long) and all(word.isupper() for word in long)


def _straight(words: str) -> str:
    """Words with the apostrophe that keyboards have: `Côte d'Ivoire`."""
    return words.replace("’", "'") if "’" in words else words


def _titled(side: re.Match[str]) -> str:
    return side[0].title()


def _is_written(words: str, sign: Sign) -> bool:
    if not sign.written:
        return True
    words = _COMPASS.sub(_titled, _straight(words))
    words = words.rstrip("s") if not sign.written.endswith("s") else words
    return words.startswith(sign.written) or (
        sign.written != sign.written.upper() and words.isupper()
    )


class Table(NamedTuple):
    signs: Mapping[str, Sign]
    longest: Mapping[str, int]  # first word as written → words of the longest sign begun so


@lru_cache(maxsize=4)
def _table(vocabularies: Vocabularies | None) -> Table:
    table: dict[str, Sign] = {}
    content = tomllib.loads((Path(__file__).parent / "places.toml").read_text("utf-8"))
    nowhere = ((Sign("", ""), words) for words in content["nowhere"])
    names = _names(vocabularies) if vocabularies is not None else ()
    for sign, written in (*nowhere, *names, *_written(content), *_cities()):
        spelt = _straight(" ".join(match[0] for match in _WORD.finditer(written)))
        exact = _COMPASS.sub(_titled, spelt) if spelt != spelt.lower() else ""
        key = spelt.casefold()
        known = table.setdefault(key, Sign(sign.place, sign.kind, exact)) if key else sign
        if known.written and not exact and known.place == sign.place:
            table[key] = known._replace(written="")  # `argentina` are its people too
    longest: dict[str, int] = {}
    for key, sign in table.items():
        first, count = key.split(" ", 1)[0], key.count(" ") + 1
        plural = (first + "s",) if count == 1 else ()
        forms = (first, *plural) if not sign.written else ()
        for form in (
            *forms,
            *(f.capitalize() for f in (first, *plural)),
            sign.written.split(" ")[0],
        ):
            for written in (form, form.upper()):
                longest[written] = max(longest.get(written, 0), count)
    longest.pop("", None)
    return Table(table, longest)


def _written(
    content: Mapping[str, Mapping[str, Sequence[str]]],
) -> Iterator[tuple[Sign, str]]:
    for group, kind in (("people", "people"), ("towns", "town"), ("offices", "office")):
        for place, written in content[group].items():
            for sign in written:
                yield Sign(place, kind), sign
                if group == "people":
                    for other in _feminine(sign):
                        yield Sign(place, kind), other


_FEMININE = (
    ("ienne", "ien"), ("éenne", "éen"), ("oise", "ois"), ("aise", "ais"), ("aine", "ain"),
    ("ine", "in"), ("eña", "eño"), ("esa", "és"), ("eia", "eu"), ("ola", "ol"), ("a", "o"),
)  # fmt: skip


def _feminine(word: str) -> Iterator[str]:
    for ending, base in _FEMININE:
        if word.endswith(base):
            yield word.removesuffix(base) + ending
            return


def _names(vocabularies: Vocabularies) -> Iterator[tuple[Sign, str]]:
    scheme = vocabularies.schemes["place"]
    for concept in scheme.concepts.values():
        if concept.id in scheme.retired:
            continue
        for language, label in concept.labels():
            if len(label) > 2 and label not in concept.weak.get(language, ()):
                yield Sign(concept.id, "name"), label
    yield from ((Sign("us", "name"), "US"), (Sign("gb", "name"), "UK"), (Sign("ae", "name"), "UAE"))


def _cities() -> Iterator[tuple[Sign, str]]:
    zones: Mapping[str, str] = get_global("zone_territories")
    for language in TOWNS:
        named = localedata.load(language).get("time_zones", {})
        for zone, country in zones.items():
            city = named.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
            known = len(country) == 2 and country != "ZZ"
            if known and len(city) > 3 and city.casefold() not in _ALSO:
                yield Sign(country.lower(), "town"), city


@cache
def _countries() -> frozenset[str]:
    zones: Mapping[str, str] = get_global("zone_territories")
    return frozenset(code.lower() for code in zones.values() if len(code) == 2)


@cache
def _currencies() -> Mapping[str, str]:
    """Code of a currency that one country has → the country."""
    by_code: dict[str, set[str]] = {}
    for country in _countries():
        for code in get_territory_currencies(country.upper()):
            by_code.setdefault(code, set()).add(country)
    return {code: min(countries) for code, countries in by_code.items() if len(countries) == 1} | {
        "USD": ""
    }


def speaks(place: str, language: str, vocabularies: Vocabularies | None = None) -> float:
    """1 where a language is official in a country, or in one of a region, given vocabularies."""
    if len(place) == 2:
        return float(bool(language) and _is_official(place, language))
    parts = vocabularies.narrower("place", place) if vocabularies is not None and language else ()
    return float(any(speaks(part, language, vocabularies) for part in parts))


@cache
def _is_official(country: str, language: str) -> bool:
    return language in get_official_languages(country.upper(), regional=True, de_facto=True)
