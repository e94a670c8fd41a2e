"""BibTeX and BibLaTeX, as Zotero, JabRef and Mendeley export them, with the files they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser
from pybtex.richtext import Text

from library.moving_in.readers import types
from library.moving_in.readers.plain import text_of
from library.moving_in.record import LONGEST, Builder, Record, Unread

FIELDS = {
    "title": "title", "abstract": "abstract", "keywords": "subject", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "organization": "publisher",
    "language": "language", "langid": "language", "series": "series", "url": "url",
    "copyright": "rights", "rights": "rights",
}  # fmt: skip
ROLES = {"author": "creator", "editor": "contributor", "translator": "contributor"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENTRY = re.compile(
    r"(?m)^[ \t]*+@[ \t]*+(?!comment\b|preamble\b|string\b)\w++\s*+[{(]", re.IGNORECASE
)
_STRING = re.compile(r"(?mi)^[ \t]*+@[ \t]*+string\s*+[{(]")
_NEXT = re.compile(r"\n[ \t]*+@")
MACRO, MACROS = 10_000, 2_000_000  # characters of an abbreviation a file makes, and of all


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    text = text_of(index)
    starts = [match.start() for match in _ENTRY.finditer(text)]
    short = Parser()
    with suppress(Exception):  # its own errors, and those of lines it did not expect
        short.parse_string("".join(_strings(text)))
    for number, start in enumerate(starts, start=1):
        end = starts[number] if number < len(starts) else None
        try:
            parser = Parser(macros={})
            parser.macros = short.macros  # read once, and not with each entry
            found = parser.parse_string(text[start:end])
            [(key, entry)] = found.entries.items()
        except Exception as error:  # its own errors, and those of lines it did not expect
            yield Unread(number, f"{type(error).__name__}: {error}")
            continue
        yield _record(number, key, entry)


def _strings(text: str) -> Iterator[str]:
    """The abbreviations a file makes for itself."""
    room = MACROS
    for match in _STRING.finditer(text):
        last = match.end() + MACRO
        end = _NEXT.search(text, match.end(), last)
        if end is None and last < len(text):
            continue  # too long to be an abbreviation
        piece = text[match.start() : end.start() if end else None].strip() + "\n"
        room -= len(piece)
        if room < 0:
            return
        yield piece


def _record(number: int, key: str, entry: Entry) -> Record:
    made = Builder(number)
    made.add("entry", entry.type)
    made.mean("type", types.BIBTEX.get(entry.type.lower(), ""))
    fields = {name.lower(): str(value) for name, value in entry.fields.items()}
    made.identify("doi", fields.get("doi", "").lower())
    made.identify("url", _address(fields.get("url", "")))
    made.number_as("bibtex", key)
    for role, people in entry.persons.items():
        made.add_all(role, map(_name, people), ROLES.get(role.lower(), ""))
    date = fields.get("date") or _date(fields)
    made.add("date", date, "date")
    for name, value in fields.items():
        if name == "file":
            for place, title, media_type in files(value):
                made.attach(place, title, media_type)
        elif name == "keywords":
            parts = re.split(r"[;,]", plain(value))
            made.add_all(name, parts, "subject")
        elif name == "url":
            made.add(name, _address(value), "url")
        elif name not in ("date", "year", "month"):
            made.add(name, plain(value), FIELDS.get(name, ""))
    return made.record()


def files(value: str) -> Iterator[tuple[str, str, str]]:
    r"""`Title:place:type;…` as Zotero and JabRef write it, a `:` or `;` in them as `\:`, `\;`."""
    for one in re.split(r"(?<!\\);", value):
        parts = [re.sub(r"\\(.)", r"\1", part) for part in re.split(r"(?<!\\):", one)]
        if len(parts) == 1:
            yield parts[0], "", ""
        elif len(parts) >= 3:
            yield ":".join(parts[1:-1]), parts[0], parts[-1] if "/" in parts[-1] else ""


def plain(text: str) -> str:
    """LaTeX as the letters it means."""
    try:
        read = str(Text.from_latex(text[:LONGEST]))
    except Exception:  # braces that do not meet, and errors of its own
        read = text[:LONGEST]
    read = re.sub(r"\\(?:textit|textbf|emph|textsc|url|href)\s*", "", read)
    return re.sub(r"[{}]", "", read).replace("~", " ")


def _name(person: Person) -> str:
    parts = [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names]
    return plain(" ".join([*parts, *person.lineage_names]))


def _address(text: str) -> str:
    return text.replace("\\_", "_").replace("\\%", "%").replace("\\#", "#").replace("\\&", "&")


def _date(fields: dict[str, str]) -> str:
    year, month = fields.get("year", ""), fields.get("month", "").strip().lower()
    number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else 0
    number = int(month) if month.isdecimal() and 0 < int(month) < 13 else number
    return f"{year}-{number:02d}" if number and re.fullmatch(r"\d{4}", year) else plain(year)
