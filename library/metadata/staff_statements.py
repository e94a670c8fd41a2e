"""Staff's word, from command options, NAME.toml or a row of metadata.csv, checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from index.fields import FACET, FILED
from library.core.errors import InputError
from library.core.resource import Evidence, PartialDate, Statement
from library.vocabularies import Vocabularies
from library.vocabularies.durations import given, iso, minutes_of

MANY = ("authors", *(facet for facet in FILED if not FACET[facet].single))
DIVIDERS = re.compile("[;؛]")
"""What stands between several values in one text: a semicolon, or the Arabic one."""

ONE = (
    "title",
    "summary",
    "publisher",
    "date",
    "language",
    *(facet for facet in FILED if FACET[facet].single),
    "rights",
    "source_url",
    "work",
    "resource",
    "series",
    "duration",
)
FEW = 40  # concepts of a facet that are all named where one is not known
COMPARED = 100  # characters of a word that is not known, held against those that are
CONCEPTS = FILED
ALSO: Mapping[str, str] = {
    "author": "authors",
    **{f"{facet}s": facet for facet in FILED},
    "country": "place",
    "year": "date",
    "type": "kind",
    "description": "summary",
    "source": "source_url",
    "url": "source_url",
    "licence": "rights",
    "license": "rights",
    "lang": "language",
}
"""Other names that people write for our fields."""


def staff(fields: Mapping[str, object], vocabularies: Vocabularies) -> tuple[Statement, ...]:
    """Statements by staff, from field names to text, numbers, dates or lists of text.

    Many-valued fields may be one text divided by `;`. A concept may be given by its id or any of
    its labels. An empty value says nothing. Raises InputError for an unknown field or concept, a
    date, language or address that is none.
    """
    by_field: dict[str, Statement] = {}
    for written, value in fields.items():
        name = _field(written)
        parts = _parts(value, name in MANY)
        if not parts:
            continue
        values = [_checked(name, part, vocabularies) for part in parts]
        evidence = (Evidence(0, f"{written}: {'; '.join(parts)}"),)
        if name in MANY:
            before = by_field[name].value if name in by_field else ()
            merged = tuple(dict.fromkeys((*before, *values)))
            by_field[name] = Statement(name, merged, "staff", evidence)
        else:
            by_field[name] = Statement(name, values[0], "staff", evidence)
    return tuple(by_field.values())


def followed(statements: Sequence[Statement], vocabularies: Vocabularies) -> tuple[Statement, ...]:
    """The same with what follows from it: of how long a session takes, the time it counts under."""
    fields = {statement.field: statement for statement in statements}
    lasts = fields.get("duration")
    if lasts is None or "time" in fields:
        return tuple(statements)
    ids = under(str(lasts.value), vocabularies)
    return (*statements, Statement("time", ids, "staff", lasts.evidence))


def _field(written: str) -> str:
    plain = re.sub(r"[\s-]+", "_", written.strip()).casefold()
    name = ALSO.get(plain, plain)
    if name in MANY or name in ONE:
        return name
    known = sorted((*MANY, *ONE))
    near = difflib.get_close_matches(plain[:COMPARED], known, n=1)
    if near:
        raise InputError("field near", name=written, near=near[0])
    raise InputError("field unknown", name=written, known=", ".join(known))


def _parts(value: object, many: bool) -> list[str]:
    """The texts of a value, without empty ones."""
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, date):
        return [value.isoformat()[:10]]
    if isinstance(value, str):
        parts: Iterable[object] = DIVIDERS.split(value) if many else [value]
    elif isinstance(value, Iterable):
        parts = [part for item in value for part in _parts(item, many)]
    else:
        parts = [value]
    return [text for part in parts if (text := " ".join(str(part).split()))]


def _checked(name: str, text: str, vocabularies: Vocabularies) -> str:
    if name in CONCEPTS:
        return _concept(name, text, vocabularies)
    if name == "language":
        return _language(text, vocabularies)
    if name == "date":
        return _date(text)
    if name == "duration":
        return _duration(text)
    if name == "source_url" and not re.match(r"https?://[^\s/]+", text, re.IGNORECASE):
        raise InputError("address of a source", text=text)
    return text


def _duration(text: str) -> str:
    minutes = given(text)
    if not minutes:
        raise InputError("duration", text=text)
    return iso(minutes)


def under(duration: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    """The values of `time` that a session of a length counts under, as its ISO 8601 duration."""
    minutes = minutes_of(duration)
    id = vocabularies.lasting(minutes) if minutes else None
    return (id,) if id else ()


def _concept(facet: str, text: str, vocabularies: Vocabularies) -> str:
    id = vocabularies.find(facet, text)
    if id is not None:
        return id
    raise _unknown(facet, text, vocabularies)


def _unknown(facet: str, text: str, vocabularies: Vocabularies) -> InputError:
    concepts = vocabularies.schemes[facet].concepts
    if ids := near(facet, text, vocabularies):
        known = ", ".join(_named(facet, id, vocabularies) for id in ids)
        return InputError("concept near", facet=facet, text=text, known=known)
    if len(concepts) <= FEW:
        return InputError("concept unknown", facet=facet, text=text, known=", ".join(concepts))
    return InputError("concept unknown of many", facet=facet, text=text)


def near(facet: str, text: str, vocabularies: Vocabularies) -> list[str]:
    """The ids of up to three concepts with a name spelt like a text."""
    concepts = vocabularies.schemes[facet].concepts
    labels = {label.casefold(): key for key, c in concepts.items() for _, label in c.labels()}
    labels |= {key: key for key in concepts}
    alike = difflib.get_close_matches(text[:COMPARED].casefold(), labels, n=5, cutoff=0.5)
    return list(dict.fromkeys(labels[label] for label in alike))[:3]


def _named(facet: str, id: str, vocabularies: Vocabularies) -> str:
    label = vocabularies.label(facet, id, vocabularies.languages[0])
    return f"{id} ({label})" if label.casefold() != id else id


def _language(text: str, vocabularies: Vocabularies) -> str:
    id = vocabularies.find("language", text)
    if id is not None:
        return id
    names = {vocabularies.label("language", code, "en"): code for code in vocabularies.languages}
    near = difflib.get_close_matches(text[:COMPARED].title(), names, n=3, cutoff=0.5)
    named = ", ".join(f"{names[name]} ({name})" for name in (near or names))
    raise InputError("language unknown", text=text, known=named)


def _date(text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except ValueError:
        raise InputError("date", text=text) from None
