"""RIS, as Zotero, EndNote, Mendeley and databases export it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import rispy

from library.moving_in.readers import types
from library.moving_in.readers.plain import text_of, words
from library.moving_in.record import Builder, Record, Unread

FIELDS = {
    "primary_title": "title", "title": "title", "translated_title": "alternative",
    "first_authors": "creator", "authors": "creator", "secondary_authors": "contributor",
    "tertiary_authors": "contributor", "subsidiary_authors": "contributor",
    "publication_year": "date", "year": "date", "date": "date",
    "keywords": "subject", "abstract": "abstract", "notes_abstract": "abstract",
    "publisher": "publisher", "language": "language", "tertiary_title": "series",
    "urls": "url", "url": "url",
}  # fmt: skip
FILES = ("file_attachments1", "file_attachments2")
_TAG = re.compile(r"(?m)^TY  - ")


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    text = text_of(index)
    starts = [match.start() for match in _TAG.finditer(text)]
    for number, start in enumerate(starts, start=1):
        piece = text[start : starts[number] if number < len(starts) else None]
        if not re.search(r"(?m)^ER  -", piece):
            piece += "\nER  - \n"
        try:
            [entry] = rispy.loads(piece)
        except Exception as error:  # its own errors, and those of lines it did not expect
            yield Unread(number, f"{type(error).__name__}: {error}")
            continue
        yield _record(number, entry)


def _record(number: int, entry: dict[str, object]) -> Record:
    made = Builder(number)
    kind = str(entry.pop("type_of_reference", ""))
    made.add("type", kind)
    made.mean("type", types.RIS.get(kind, ""))
    made.identify("doi", _bare_doi(str(entry.get("doi", ""))))
    addresses = entry.get("urls") or []
    for address in addresses if isinstance(addresses, list) else [addresses]:
        made.identify("url", address)
    for name in ("id", "accession_number"):
        made.number_as("ris", entry.get(name))
    if isinstance(unknown := entry.pop("unknown_tag", {}), dict):
        for tag, values in unknown.items():
            made.add_all(tag, values)
    dates: list[str] = []
    for name, value in entry.items():
        values = value if isinstance(value, list) else [value]
        if name in FILES:
            for place in values:
                made.attach(_internal(str(place)))
        ours = FIELDS.get(name, "")
        if ours == "date":
            values, ours = [_date(str(one)) for one in values], ""
            dates += values
        elif ours in ("creator", "contributor"):
            values = [_in_order(str(one)) for one in values]
        elif ours in ("title", "alternative") and made.has(ours):
            ours = ""
        made.add_all(name, (words(str(one)) for one in values), ours)
    made.mean("date", max(dates, key=len, default=""))
    return made.record()


def _date(text: str) -> str:
    """`2019/05/15/` is how RIS writes a day."""
    return "-".join(part.zfill(2) for part in text.split("/")[:3] if part.strip().isdecimal())


def _in_order(name: str) -> str:
    """RIS has a family name, a comma, and what a person is called besides."""
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if "," not in given else name


def _bare_doi(text: str) -> str:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.I).lower()


def _internal(place: str) -> str:
    """EndNote writes files as internal-pdf://number/name, and keeps them in NAME.Data/PDF."""
    return re.sub(r"^internal-pdf://", "*/PDF/", place)
