"""Places and languages, named by CLDR (through Babel) in every language at once."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import regex
from babel import localedata
from babel.core import get_global

from library.core.language_tags import primary
from library.vocabularies.concept import Concept, Scheme
from library.vocabularies.files import (
    Entry,
    called,
    check_broader,
    check_weak,
    ignored,
    parse,
    place_entries,
    renamed,
)

_LANGUAGE = regex.compile(r"[a-z]{2,3}")
_NO_LANGUAGE = frozenset({"und", "zxx"})  # undetermined, no words at all
_ASIDE = regex.compile(r"\s{0,9}\(([^()]*+)\)\s{0,9}")


def version() -> str:
    """What the names depend on beside our own files."""
    return str(get_global("cldr")["version"])


def places(path: Path, languages: Sequence[str]) -> Scheme:
    """Regions of UN M49 and the countries in them. Raises NotUsable for a fault in the file."""
    content = parse(path)
    by_id = {entry.id: entry for entry in place_entries(path, content)}
    broader = _regions(by_id.values())
    order = [*by_id, *sorted(set(broader) - set(by_id))]
    above = {id: broader.get(id, "") for id in order}
    above |= {id: entry.own["broader"] for id, entry in by_id.items() if "broader" in entry.own}
    for entry in by_id.values():
        check_broader(entry, above)
    codes = {id: entry.own["territory"] for id, entry in by_id.items() if "territory" in entry.own}
    concepts = {}
    for id in order:
        code = codes.get(id, id.upper())
        own = by_id.get(id)
        names = _names_of(code, languages, own)
        concepts[id] = Concept(
            id=id,
            scheme="place",
            preferred={
                language: spellings[0] for language, spellings in names.items() if spellings
            },
            notation=code,
            broader=above[id],
            alternative={
                language: spellings[1:] for language, spellings in names.items() if spellings[1:]
            },
            hidden=own.lists["hidden"] if own else {},
            weak=own.lists["weak"] if own else {},
        )
        if own:
            check_weak(own, concepts[id].labels())
    return Scheme(
        "place",
        concepts,
        renamed=renamed(path, content, concepts),
        ignored=ignored(path, content),
        silent=frozenset(id for id, entry in by_id.items() if entry.own.get("silent")),
        names=called("place", path, content, "name"),
        headings=called("place", path, content, "heading"),
    )


def _regions(entries: Iterable[Entry]) -> dict[str, str]:
    """Country → the region it stands in. Raises NotUsable for one that is unknown or in two."""
    regions: dict[str, str] = {}
    for entry in entries:
        for country in entry.own.get("countries", "").split():
            if not _names("en", "territories").get(country.upper()) or country != country.lower():
                raise entry.fault("scheme country unknown", country=country)
            if country in regions:
                raise entry.fault("scheme country twice", country=country, other=regions[country])
            regions[country] = entry.id
    return regions


def _names_of(code: str, languages: Sequence[str], own: Entry | None) -> dict[str, tuple[str, ...]]:
    """Language → names, the one to show first: ours, then CLDR's."""
    if own is None:
        return {language: _territory(code, language) for language in languages}
    preferred, alternative = own.texts["preferred"], own.lists["alternative"]
    return {
        language: _distinct(
            *(shown for spoken, shown in preferred.items() if spoken == language),
            *_territory(code, language),
            *alternative.get(language, ()),
        )
        for language in dict.fromkeys((*languages, *preferred, *alternative, *own.lists["weak"]))
    }


LanguageNames = Mapping[str, Mapping[str, str]]
"""Language → what each language is called in it, by id."""


def language_names(languages: Iterable[str]) -> LanguageNames:
    """What CLDR calls languages in these, and in English."""
    return {
        language: {
            id: name
            for id, name in _names(language, "languages").items()
            if _LANGUAGE.fullmatch(id)
        }
        for language in dict.fromkeys((*languages, "en"))
    }


def languages(of: Iterable[str], kept: LanguageNames | None = None) -> Scheme:
    """Every language that English CLDR names, those of the library first.

    kept: what `language_names` gave; CLDR is a large file for each language.
    """
    first = tuple(of)
    named = kept if kept is not None else {"en": _names("en", "languages")}
    known = [id for id in named["en"] if _LANGUAGE.fullmatch(id)]
    order = dict.fromkeys(
        (*(id for id in first if id in known), *sorted(set(known) - _NO_LANGUAGE - set(first)))
    )
    return Scheme("language", Languages(tuple(order), first, kept))


# What people call their language where it is not as others call it. CLDR knows these too, in a
# file for each language, all of which would be read, and kept, at one mistyped name.
_OWN_NAMES = {
    "am": "አማርኛ", "bn": "বাংলা", "de": "Deutsch", "el": "Ελληνικά", "eu": "euskara", "fa": "فارسی",
    "fi": "suomi", "ff": "Pulaar", "gn": "avañe’ẽ", "gu": "ગુજરાતી", "he": "עברית",
    "hr": "hrvatski", "ht": "kreyòl ayisyen", "hu": "magyar", "hy": "հայերեն",
    "id": "bahasa Indonesia", "it": "italiano", "ja": "日本語", "ka": "ქართული", "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ", "ko": "한국어", "lg": "Luganda", "lo": "ລາວ", "ml": "മലയാളം", "mr": "मराठी",
    "ms": "bahasa Melayu", "my": "မြန်မာ", "ne": "नेपाली", "nl": "Nederlands", "ny": "Chichewa",
    "om": "afaan Oromoo", "or": "ଓଡ଼ିଆ", "pa": "ਪੰਜਾਬੀ", "pl": "polski", "ps": "پښتو",
    "qu": "runasimi", "ro": "română", "ru": "русский", "rw": "Ikinyarwanda", "si": "සිංහල",
    "sn": "chiShona", "so": "Soomaali", "sq": "shqip", "sr": "српски", "st": "Sesotho",
    "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "ti": "ትግርኛ", "tn": "Setswana",
    "tr": "Türkçe", "uk": "українська", "ur": "اردو", "vi": "Tiếng Việt", "xh": "isiXhosa",
    "yo": "Yorùbá", "zh": "中文", "zu": "isiZulu",
}  # fmt: skip


def own_name(id: str) -> str | None:
    """What a language is called in itself; None where CLDR does not know it."""
    name = _names(id, "languages").get(id)
    return _titled(name) if name else None


class Languages(Mapping[str, Concept]):
    """The concepts of languages, made when asked for: there are hundreds."""

    def __init__(
        self, ids: tuple[str, ...], named_in: tuple[str, ...], kept: LanguageNames | None = None
    ) -> None:
        self._kept = kept
        self._ids = dict.fromkeys(ids)
        self._named_in = named_in
        self._made: dict[str, Concept] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __getitem__(self, id: str) -> Concept:
        if id not in self._ids:
            raise KeyError(id)
        if id not in self._made:
            preferred = {}
            for language in self._named_in:
                kept = self._kept
                names = kept[language] if kept else _names(language, "languages")
                if name := names.get(id):
                    preferred[language] = _titled(name)
            own = {id: (_OWN_NAMES[id],)} if id in _OWN_NAMES else {}
            self._made[id] = Concept(id, "language", preferred, notation=id, alternative=own)
        return self._made[id]


@functools.cache
def territories(language: str) -> Mapping[str, tuple[str, ...]]:
    """Country id → its names in one language; nothing where CLDR does not know the language."""
    codes = (c for c in _names(language, "territories") if len(c) == 2 and c.isalpha())
    return {code.lower(): _territory(code, language) for code in codes}


def territory_id(code: str) -> str | None:
    """The id of a country from its three letters or number: `KEN` and `404` are `ke`."""
    now = get_global("territory_aliases").get(code.upper(), ())
    return str(now[0]).lower() if len(now) == 1 else None


def language_id(code: str) -> str | None:
    """The id of a language from another code of it: `por`, `pt-BR` and `pt_BR` are `pt`."""
    base = primary(code)
    return str(get_global("language_aliases").get(base, base)).split("_")[0]


def _territory(code: str, language: str) -> tuple[str, ...]:
    names = _names(language, "territories")
    name = names.get(code)
    if not name:
        return ()
    plain = _ASIDE.sub(" ", name).strip()
    aside = _ASIDE.search(name)
    spelt = [plain]
    # Myanmar (Burma), and not Hong Kong (… of China), nor RAE de Hong Kong (China).
    if aside and " " not in aside[1] and aside[1] not in names.values():
        spelt.append(aside[1])
    if language == "en":
        spelt += [n.replace(" & ", " and ").replace("St. ", "Saint ") for n in spelt]
    return _distinct(_titled(name), *spelt)


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _titled(name: str) -> str:
    """The name as it stands alone in a list: many languages write it small within a sentence."""
    return name[:1].upper() + name[1:]


def _names(language: str, table: str) -> Mapping[str, str]:
    """What CLDR says in a language; nothing where it does not know the language."""
    if not localedata.exists(language):
        return {}
    # With what it inherits: Babel keeps one copy of a language's data for the whole process, and
    # one loaded without would leave dates and numbers without their formats.
    names: Mapping[str, str] = localedata.load(language).get(table, {})
    return names
