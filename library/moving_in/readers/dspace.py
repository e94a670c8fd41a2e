"""DSpace's Simple Archive Format: a folder for each item, with its metadata and its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from library.core.errors import InputError
from library.moving_in.readers.plain import words
from library.moving_in.readers.xml_elements import elements, text_of
from library.moving_in.record import Builder, Record, Unread

FIELDS = {
    "title": "title", "title.alternative": "alternative", "contributor.author": "creator",
    "contributor": "contributor", "creator": "creator", "subject": "subject",
    "description.abstract": "abstract", "publisher": "publisher", "date.issued": "date",
    "date": "date", "type": "type", "language.iso": "language", "language": "language",
    "coverage.spatial": "place", "rights": "rights", "rights.uri": "rights",
    "relation.ispartofseries": "series", "audience": "audience",
}  # fmt: skip
METADATA = re.compile(r"metadata_\w+\.xml")
LONGEST = 1_000_000  # bytes of a list of files


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    items = sorted(path.parent for path in root.glob("**/dublin_core.xml"))
    for number, item in enumerate(items, start=1):
        try:
            yield _record(number, root, item)
        except (InputError, OSError, ValueError) as error:
            yield Unread(number, f"{item.name}: {error}")


def _record(number: int, root: Path, item: Path) -> Record:
    made = Builder(number)
    others = sorted(path for path in item.iterdir() if METADATA.fullmatch(path.name))
    for file in (item / "dublin_core.xml", *others):
        schema = "dc" if file.name == "dublin_core.xml" else file.stem.partition("_")[2]
        for value in elements(file, "dcvalue"):
            qualifier = value.get("qualifier") or "none"
            name = value.get("element", "")
            name += "" if qualifier in ("none", "") else f".{qualifier}"
            text = words(text_of(value))
            made.add(f"{schema}.{name}", text, FIELDS.get(name, "") if schema == "dc" else "")
            if name == "identifier.uri":
                made.identify("url", text)
                made.mean("url", text)
            elif name == "identifier.doi":
                made.identify("doi", text.lower())
            elif name.startswith("subject."):
                made.mean("subject", text)
    if (handle := item / "handle").is_file():
        made.identify("handle", _small(handle))
    made.number_as("dspace", item.name)
    for line in _small(item / "contents").splitlines() if (item / "contents").is_file() else ():
        name, *told = line.split("\t")
        notes = dict(part.strip().partition(":")[::2] for part in told)
        if name.strip().startswith("-") or notes.get("bundle", "ORIGINAL") != "ORIGINAL":
            continue
        if notes.get("permissions"):
            made.draft = True  # not for everybody there, so not here before somebody looked
        place = (item / name.strip()).relative_to(root)
        made.attach(place.as_posix(), notes.get("description", ""))
    if (shelves := item / "collections").is_file():
        made.add_all("collection", _small(shelves).splitlines())
    return made.record()


def _small(file: Path) -> str:
    with file.open("rb") as stream:
        return stream.read(LONGEST).decode("utf-8", "replace").strip()
