"""Their fields and values, and ours: a record of another library in the words of this one.

What staff wrote in a mapping file goes before what they said at the desk, and that before what the
vocabularies know by name. What has no match is kept with the work, and shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.fields import FACET, FILED
from library.catalogue.provenance.terms import Terms, key
from library.core.errors import InputError
from library.core.resource import PartialDate
from library.metadata.staff_statements import ALSO, MANY, ONE, staff
from library.moving_in.record import Record
from library.sheets import dates
from library.vocabularies import Vocabularies

FIELDS = {
    "title": "title",
    "creator": "authors",
    "abstract": "summary",
    "publisher": "publisher",
    "date": "date",
    "language": "language",
    "series": "series",
    "rights": "rights",
    "url": "source_url",
    "subject": "subject",
    "type": "kind",
    "place": "place",
    "audience": "audience",
}
"""Words of Dublin Core, and our fields. `subject` may be of any facet."""

SUBJECT = "subject"
ANY_OF = ("topic", "group", "place", "use", "audience", "needs")
_PATH = re.compile(r"--|[>»/]|::")  # a heading with those above it
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?![\d-])")
_KNOWN = frozenset((*MANY, *ONE, SUBJECT)) - {"work", "resource"}
LARGEST = 2_000_000  # bytes of a mapping file


@dataclass(frozen=True, slots=True)
class Meanings:
    """fields: their name → ours, "" to leave it out. values: what a value means. given: of all."""

    fields: Mapping[str, str] = field(default_factory=dict)
    values: Terms = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A record in our words. unmatched: (their field, value) that nothing of ours is known for."""

    fields: Mapping[str, str | list[str]]
    unmatched: tuple[tuple[str, str], ...] = ()


def of_file(file: Path, desk: Terms, vocabularies: Vocabularies) -> Meanings:
    """A mapping as staff wrote it in a file of TOML, over what was said at the desk.

    Raises InputError, also for a field or a concept that there is not.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise InputError("note too long", file=str(file))
        said = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError("file unread", file=str(file), detail=error.strerror or "") from error
    except (ValueError, RecursionError) as error:
        raise InputError("note toml", file=str(file), detail=str(error)) from error
    fields = {_name(name): _ours(str(ours)) for name, ours in _table(said, "fields").items()}
    values = dict(desk)
    for name, named in _table(said, "values").items():
        for written, meant in named.items() if isinstance(named, dict) else ():
            several = meant if isinstance(meant, list) else [meant] if meant else []
            targets = tuple(checked(str(one), vocabularies) for one in several)
            values[(_name(name), key(written))] = targets
    given = _table(said, "all")
    staff(given, vocabularies)
    return Meanings(fields, values, given)


def checked(target: str, vocabularies: Vocabularies) -> str:
    """`facet:concept`, the concept by its id. Raises InputError where there is none."""
    facet, _, text = (part.strip() for part in target.partition(":"))
    if facet not in FACET or not FACET[facet].filed:
        known = ", ".join(f"{name}:…" for name in FILED)
        raise InputError("field unknown", name=facet, known=known)
    [statement] = staff({facet: [text]}, vocabularies)
    value = statement.value if isinstance(statement.value, str) else statement.value[0]
    return f"{facet}:{value}"


def fitted(record: Record, mapping: Meanings, vocabularies: Vocabularies) -> Fitted:
    """What a record says, in our words. Never raises: what does not fit is unmatched."""
    fields: dict[str, list[str]] = {}
    unmatched: dict[tuple[str, str], None] = {}
    for theirs, ours, values in _said(record, mapping):
        for value in values:
            targets = mapping.values.get((_name(theirs), key(value)))
            found = _named(targets) if targets is not None else _found(ours, value, vocabularies)
            if found is None:
                unmatched[(theirs, value)] = None
            for name, text in found or ():
                fields.setdefault(name, []).append(text)
    said: dict[str, str | list[str]] = {}
    for name, texts in fields.items():
        distinct = list(dict.fromkeys(texts))
        said[name] = distinct if name in MANY else distinct[0]
    return Fitted({**mapping.given, **said}, tuple(unmatched))  # type: ignore[dict-item]


def rows_of(unmatched: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Unmatched values as the catalogue keeps them."""
    for name, value in unmatched:
        if looked_up := key(value):
            yield _name(name), looked_up, value[:1000]


def _said(record: Record, mapping: Meanings) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Their field, ours, and its values."""
    for name, values in record.values.items():
        ours = mapping.fields.get(_name(name), FIELDS.get(name, ""))
        if ours:
            yield name, ours, values
    for name, values in record.raw.items():
        meant = mapping.fields.get(_name(name), "")
        if meant and _name(name) not in record.values:
            yield name, meant, values


def _named(targets: Iterable[str]) -> list[tuple[str, str]]:
    return [(facet, id_) for facet, _, id_ in (target.partition(":") for target in targets)]


def _found(ours: str, value: str, vocabularies: Vocabularies) -> list[tuple[str, str]] | None:
    """Our fields and values for one of theirs; None where nothing is known."""
    if ours == SUBJECT:
        for text in _narrowing(value):
            for facet in ANY_OF:
                if id_ := vocabularies.find(facet, text):
                    return [(facet, id_)]
        return None
    if ours in FACET and FACET[ours].filed:
        for text in _narrowing(value):
            if id_ := vocabularies.find(ours, text):
                return [(ours, id_)]
        return None
    if ours == "language":
        for text in (value, re.split(r"[-_]", value)[0]):
            if id_ := vocabularies.find("language", text):
                return [(ours, id_)]
        return None
    if ours == "date":
        date = date_of(value)
        return [(ours, str(date))] if date else None
    if ours == "source_url":
        return [(ours, value)] if re.fullmatch(r"https?://[^\s/]\S*+", value) else None
    if ours == "authors":
        return [(ours, value.replace(";", ","))]
    try:
        staff({ours: value}, vocabularies)
    except (InputError, ValueError):
        return None
    return [(ours, value)]


def _narrowing(value: str) -> list[str]:
    """A heading as a whole, then its last part alone: `Work -- Wages` is about wages."""
    parts = [part.strip() for part in _PATH.split(value) if part.strip()]
    return [value, *parts[-1:]] if len(parts) > 1 else [value]


def date_of(text: str) -> PartialDate | None:
    """The date that a text of another system means, as far as it says one."""
    if match := _ISO.match(text.strip()):
        try:
            return PartialDate.parse(match[1])
        except ValueError:
            pass
    found = dates.readings(text)
    if len(found) == 1:
        return next(iter(found))
    years = {int(year) for year in _YEAR.findall(text)}
    return PartialDate(max(years)) if years else None


def _ours(written: str) -> str:
    plain = re.sub(r"[\s-]+", "_", written.strip()).casefold()
    name = ALSO.get(plain, plain)
    if name and name not in _KNOWN:
        raise InputError("field unknown", name=written, known=", ".join(sorted(_KNOWN)))
    return name


def _name(written: str) -> str:
    return key(written)


def _table(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise InputError("note toml", file=name, detail="it is no table")
    return table


__all__ = ["Fitted", "Meanings", "checked", "date_of", "fitted", "of_file", "rows_of"]
