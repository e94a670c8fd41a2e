"""CSL-JSON, as Zotero, Mendeley and many catalogues export it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from library.core.errors import Damaged
from library.moving_in.readers import types
from library.moving_in.readers.plain import text_of, words
from library.moving_in.record import Builder, Record, Unread

FIELDS = {
    "title": "title", "abstract": "abstract", "publisher": "publisher", "language": "language",
    "collection-title": "series", "URL": "url", "license": "rights", "genre": "type",
    "itemType": "type",
}  # fmt: skip
PEOPLE = {"author": "creator", "editor": "contributor", "translator": "contributor"}


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    try:
        said = json.loads(text_of(index))
    except (ValueError, RecursionError) as error:
        raise Damaged("archive json", file=index.name, detail=str(error)[:200]) from None
    items = said.get("items", []) if isinstance(said, dict) else said
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        if not isinstance(item, Mapping):
            yield Unread(number, "this is no item of CSL-JSON")
            continue
        yield _record(number, item)


def _record(number: int, item: Mapping[str, Any]) -> Record:
    made = Builder(number)
    made.identify("doi", str(item.get("DOI") or "").lower())
    made.identify("url", item.get("URL"))
    made.number_as("csl", item.get("id"))
    kind = str(item.get("type", ""))
    made.add("type", kind)
    made.mean("type", types.CSL.get(kind, ""))
    for name, value in item.items():
        if name in ("id", "type"):
            continue
        if name == "issued":
            made.add(name, _date(value), "date")
        elif name in ("keyword", "keywords", "tags"):
            made.add_all(name, _keywords(value), "subject")
        elif name == "attachments" and isinstance(value, list):
            for one in value:
                _attach(made, one)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            made.add_all(name, map(_person, value), PEOPLE.get(name, ""))
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            made.add(name, words(str(value)), FIELDS.get(name, ""))
        elif isinstance(value, list):
            made.add_all(name, (one for one in value if isinstance(one, str | int)))
        elif isinstance(value, Mapping):
            made.add(name, _date(value))
    return made.record()


def _attach(made: Builder, one: Any) -> None:
    """Better BibTeX's JSON lists files so."""
    if isinstance(one, Mapping):
        place = one.get("localPath") or one.get("path") or one.get("url") or ""
        made.attach(str(place), str(one.get("title") or ""), str(one.get("mimeType") or ""))
    elif isinstance(one, str):
        made.attach(one)


def _person(said: Any) -> str:
    if not isinstance(said, Mapping):
        return str(said)
    if said.get("literal"):
        return str(said["literal"])
    names = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    parts = [str(said[name]) for name in names if said.get(name)]
    return " ".join(parts)


def _keywords(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part.strip() for part in value.replace(";", ",").split(",")]
    many = value if isinstance(value, list) else []
    return [str(one.get("tag", "")) if isinstance(one, Mapping) else str(one) for one in many]


def _date(said: Any) -> str:
    if not isinstance(said, Mapping):
        return str(said)
    parts = said.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [str(part) for part in parts[0] if str(part).isdecimal()][:3]
        return "-".join([*numbers[:1], *(part.zfill(2) for part in numbers[1:])])
    return str(said.get("literal") or said.get("raw") or "")
