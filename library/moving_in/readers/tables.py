"""Tables of other systems: Dublin Core from Omeka S and Omeka Classic, AtoM's, Uwazi's.

A column is known by its name; one that is not is kept and shown, and a mapping may say what it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from library.core.errors import Damaged
from library.moving_in.readers.plain import text_of, words
from library.moving_in.record import Builder, Record, Unread

COLUMNS = {
    # Dublin Core, as `dcterms:title`, `dc.title`, `Dublin Core:Title` or `title`
    "title": "title", "alternative": "alternative", "creator": "creator",
    "contributor": "contributor", "subject": "subject", "description": "abstract",
    "abstract": "abstract", "publisher": "publisher", "date": "date", "issued": "date",
    "created": "date", "type": "type", "language": "language", "source": "source",
    "relation": "relation", "ispartof": "series", "coverage": "place", "spatial": "place",
    "rights": "rights", "license": "rights", "accessrights": "rights", "audience": "audience",
    "tags": "subject", "keywords": "subject", "educationlevel": "audience",
    # AtoM (ISAD)
    "scopeandcontent": "abstract", "creators": "creator", "eventdates": "date",
    "eventstartdates": "", "subjectaccesspoints": "subject", "placeaccesspoints": "place",
    "genreaccesspoints": "type", "nameaccesspoints": "contributor",
    "accessconditions": "rights", "reproductionconditions": "rights", "culture": "",
    # Uwazi, and tables that people make
    "author": "creator", "authors": "creator", "country": "place", "countries": "place",
    "place": "place", "theme": "subject", "topic": "subject", "topics": "subject",
    "summary": "abstract", "template": "type", "url": "url", "link": "url", "year": "date",
    "document type": "type", "documenttype": "type", "collection": "collection",
}  # fmt: skip
FILES = (
    "file", "files", "document", "documents", "attachments", "media", "mediaurl", "mediasource",
    "digitalobjectpath", "digitalobjecturi", "o:media", "o:mediaurl", "originalurl",
    "o:originalurl",
    "o:media/file", "o:media/o:originalurl", "primarydocument", "supportingfiles",
)  # fmt: skip
IDENTIFIERS = ("o:id", "legacyid", "id", "identifier", "sharedid", "o:resourceid", "omekaid")
SEVERAL = re.compile(r"(?<!\\)\|")
ONE = ("title", "abstract")  # fields whose values are never several in one cell
PREFIX = re.compile(r"^(dcterms|dc|dublin core|dublincore|bibo)\s*[:.]\s*", re.IGNORECASE)
LANGUAGE = re.compile(r"^(.*?)(?:__|@|\[@?)([a-z]{2,3})\]?$")
HIDDEN = {
    "published": ("false", "no", "0"),
    "publicationstatus": ("draft",),
    "o:ispublic": ("0", "false"),
}
MOST_CELL = 2_000_000


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    csv.field_size_limit(MOST_CELL)
    text = text_of(index)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: list[str] = []
    try:
        names = next(reader, [])
        if not names:
            raise Damaged("archive empty", file=index.name)
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield _record(number, names, cells, index)
    except csv.Error as error:
        yield Unread(reader.line_num, str(error))


def bare(name: str) -> str:
    """The name of a column as it is looked up: without its prefix, spaces and capitals."""
    name = PREFIX.sub("", name.strip().lstrip("\ufeff"))
    return re.sub(r"[\s_-]+", "", name).casefold()


def _record(number: int, names: list[str], cells: list[str], index: Path) -> Record:
    made = Builder(number)
    addresses = []
    for name, cell in zip(names, cells, strict=False):
        written, column = name.strip(), bare(name)
        if not cell.strip() or not written:
            continue
        language = LANGUAGE.match(written)
        if language and bare(language[1]) in COLUMNS:
            column = bare(language[1])
            if made.has(COLUMNS[column]):
                made.add(written, words(cell))
                continue
        ours = COLUMNS.get(column, "")
        if column in HIDDEN and cell.strip().casefold() in HIDDEN[column]:
            made.draft = True
        whole = ours in ONE or (len(cell) > 300 and "|" not in cell)
        values = [cell] if whole else [one.strip() for one in SEVERAL.split(cell)]
        if column in FILES:
            for value in values:
                _attach(made, value)
            continue
        if column in IDENTIFIERS:
            for value in values:
                if value.startswith(("http://", "https://")):
                    addresses.append(value)
                else:
                    made.number_as(column, value)
        if ours == "date" and made.has("date"):
            ours = ""
        if ours == "url":
            values = [value.rpartition("|")[2] for value in values]
            addresses += values
        if ours == "collection":
            made.shelve(values)
        made.add_all(written, map(words, values), ours)
    for address in addresses:
        made.identify("url", address)
        made.mean("url", address)
    return made.record()


def _attach(made: Builder, value: str) -> None:
    """A name, an address, or `label;address` as exports write them."""
    for part in re.split(r"[;,]\s*(?=https?://)", value):
        if part.strip():
            made.attach(part.strip())
