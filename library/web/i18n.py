"""The language a reader sees the site in: its words, plurals, numbers, sizes and dates.

A reader's own choice (a cookie) comes first, then what the browser asks for, then the library's
first language. Translations are read from `locales/<language>/LC_MESSAGES/messages.po` at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as day
from functools import cache, lru_cache
from gettext import c2py
from pathlib import Path
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from library.core.resource import PartialDate, Precision
from library.vocabularies.concept import Scheme
from library.web.assets import asset_folder

COOKIE = "language"
SOURCE = "en"  # the language the messages are written in

FIRST_OF_MONTH = {"fr": "er"}  # what a language writes after the 1 of a date
FSI, PDI = "\u2068", "\u2069"
ISOLATES = frozenset("\u2066\u2067\u2068")
TO_THE_LEFT = frozenset(("R", "AL"))  # Unicode's classes of characters, as unicodedata has them
NEUTRAL = frozenset(("NSM", "WS"))
NUMERIC = frozenset(("EN", "AN", "CS", "WS"))  # digits, and the signs within a number

NO_SCHEMES: Mapping[str, Scheme] = {}


@dataclass(frozen=True, slots=True)
class Interface:
    """One language of the site: everything on a page that depends on who reads it."""

    language: str
    locale: Locale
    messages: Mapping[str, tuple[str, ...]]  # a message → its translation, or one per plural form
    form_of: Callable[[int], int]  # a number → which plural form
    # What the vocabularies call their facets in this language, and above a list of all values.
    facet_names: Mapping[str, str] = field(default_factory=dict)
    facet_headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def name(self) -> str:
        return own_name(self.language)

    def say(self, message: str, **values: object) -> str:
        """The message in this language, with `%(name)s` filled in.

        A value whose direction may not be the message's is isolated, so that a Latin query in an
        Arabic sentence, or the reverse, turns nothing round.
        """
        text = self.messages.get(message, (message,))[0]
        return text % self._isolated(values) if values else text

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The form of the message that fits `number`, which it may show as `%(number)s`."""
        forms = self.messages.get(one) or (one, many)
        chosen = forms[min(self.form_of(number), len(forms) - 1)]
        return chosen % self._isolated({"number": self.number(number), **values})

    def pair(self, name: str, value: object) -> str:
        """What something is called, and what it is: `Topic: Wages`."""
        return self.say("%(name)s: %(value)s", name=name, value=value)

    def listed(self, values: Iterable[str]) -> str:
        """Names one after another, with the comma of this language between them."""
        comma = self.say("%(one)s, %(other)s", one="", other="")
        return comma.join(map(self.apart, values))

    def apart(self, value: str) -> str:
        """The value, isolated where it may run the other way than this language."""
        return isolated(value, self.language)

    def _isolated(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            name: self.apart(value) if isinstance(value, str) else value
            for name, value in values.items()
        }

    def number(self, value: int) -> str:
        return _grouped(value, self.locale)

    def size(self, octets: int) -> str:
        """Bytes as people read them: `870 KB`, `2.1 MB`, `1.4 GB` (1 MB = 1,000,000)."""
        if octets < 1_000_000:
            return self.say("%(number)s KB", number=self.number(max(1, round(octets / 1000))))
        value = octets / (1_000_000 if octets < 1_000_000_000 else 1_000_000_000)
        rounded = round(value, 1) if value < 10 else round(value)
        number = str(format_decimal(rounded, locale=self.locale))
        if octets < 1_000_000_000:
            return self.say("%(number)s MB", number=number)
        return self.say("%(number)s GB", number=number)

    def date(self, date: PartialDate) -> str:
        """A date with as much of it as is known, never more."""
        if date.precision is Precision.YEAR:
            return str(date.year)
        whole = day(date.year, date.month or 1, date.day or 1)
        if date.precision is Precision.MONTH:
            return str(format_skeleton("yMMMM", whole, locale=self.locale))
        return str(format_date(whole, day_pattern("long", whole, self.locale), locale=self.locale))


def day_pattern(length: str, date: day, locale: Locale) -> str:
    """CLDR's pattern of a date (long, medium), with the first of the month as it is said.

    French says "1er mars 2024", and "2 mars 2024"; CLDR has no pattern for that.
    """
    pattern = str(locale.date_formats[length].pattern)
    first = FIRST_OF_MONTH.get(locale.language)
    return pattern.replace("d", f"d'{first}'", 1) if first and date.day == 1 else pattern


@lru_cache(maxsize=4096)
def isolated(text: str, language: str) -> str:
    """The text within a sentence of a language: isolated where it may run the other way.

    From left to right only a text with letters of the other direction is; from right to left
    everything but letters of that direction and plain numbers, since signs go with what is
    beside them (2019-05-15 is drawn 15-05-2019). Unicode's isolates FSI and PDI stand round it.
    """
    if not text or (text[0] in ISOLATES and text[-1] == PDI):
        return text
    from_the_left = direction(language) == "ltr"
    if from_the_left and text.isascii():
        return text
    kinds = {bidirectional(character) for character in text}
    if from_the_left:
        return f"{FSI}{text}{PDI}" if kinds & TO_THE_LEFT else text
    if kinds <= TO_THE_LEFT | NEUTRAL or (kinds <= NUMERIC and kinds & {"EN", "AN"}):
        return text
    return f"{FSI}{text}{PDI}"


@cache
def direction(language: str) -> str:
    """`rtl` or `ltr`, the way this language is written, by CLDR.

    Of a language that CLDR has nothing of, its script decides where the tag names it
    (`pnb-Arab`); without one it is taken to be written from left to right.
    """
    main, *others = language.replace("_", "-").split("-")
    script = next((part.title() for part in others if len(part) == 4 and part.isalpha()), "")
    spoken = str(get_global("likely_subtags").get(f"und_{script}", "")).split("_")[0]
    for tag in (f"{main}_{script}" if script else main, spoken):
        try:
            return str(Locale.parse(tag).text_direction)
        except (UnknownLocaleError, ValueError):
            continue
    return "ltr"


@lru_cache(32_768)
def _grouped(value: int, locale: Locale) -> str:
    """A whole number as it is written in a language: one page of results shows hundreds."""
    return str(format_decimal(value, locale=locale))


@cache
def own_name(language: str) -> str:
    """What a language calls itself, as on a button: `Español`; its code when CLDR has no name."""
    try:
        name = Locale.parse(language.replace("-", "_")).language_name
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language


def interfaces(
    languages: Iterable[str], folder: Path | None = None, schemes: Mapping[str, Scheme] = NO_SCHEMES
) -> Mapping[str, Interface]:
    """One interface for each of these languages that is translated; English when none is.

    schemes: by facet, of the library's vocabularies, which say what their facets are called.
    """
    folder = folder or asset_folder("locales")
    made = {
        language: _read(language, folder / language / "LC_MESSAGES" / "messages.po")
        for language in languages
        if language == SOURCE or (folder / language / "LC_MESSAGES" / "messages.po").is_file()
    }
    made = made or {SOURCE: _read(SOURCE, folder / SOURCE)}
    return {
        language: replace(
            interface,
            facet_names=_called(
                {facet: scheme.names for facet, scheme in schemes.items()}, language
            ),
            facet_headings=_called(
                {facet: scheme.headings for facet, scheme in schemes.items()}, language
            ),
        )
        for language, interface in made.items()
    }


def _called(texts: Mapping[str, Mapping[str, str]], language: str) -> dict[str, str]:
    """By facet, the text in a language, else in English; a facet without either is left out."""
    texts_here = {
        facet: translated.get(language) or translated.get(SOURCE, "")
        for facet, translated in texts.items()
    }
    return {facet: text for facet, text in texts_here.items() if text}


def choose(cookie: str | None, accept: str, available: Mapping[str, Interface]) -> Interface:
    """The interface for a reader with this cookie and `Accept-Language` header."""
    if cookie is not None and cookie in available:
        return available[cookie]
    for language in _wanted(accept[:500]):
        if language in available:
            return available[language]
    return next(iter(available.values()))


@lru_cache(1024)
def _wanted(accept: str) -> tuple[str, ...]:
    """Base languages of an Accept-Language header, the most wanted first."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",")):
        tag, _, parameter = part.strip().partition(";")
        try:
            quality = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        if tag and quality > 0:
            ranked.append((-quality, place, tag.split("-")[0].lower()))
    return tuple(language for _, _, language in sorted(ranked))


def _read(language: str, path: Path) -> Interface:
    if not path.is_file():  # the language that messages are written in
        return Interface(language, Locale.parse(language), {}, _plural_form("(n != 1)"))
    return _translated(language, path, path.stat().st_mtime_ns)


@lru_cache(64)  # a process makes interfaces more than once, and reading one takes 70 ms
def _translated(language: str, path: Path, changed: int) -> Interface:
    """What a file of translations says that was last changed then."""
    locale = Locale.parse(language)
    from babel.messages.pofile import read_po  # English needs none of it

    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    messages: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if key and all(forms) and not message.fuzzy:
            messages[key] = tuple(str(form) for form in forms)
    return Interface(language, locale, messages, _plural_form(catalog.plural_expr))


def _plural_form(expression: str) -> Callable[[int], int]:
    form: Callable[[int], int] = c2py(expression)
    return form
