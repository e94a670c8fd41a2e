"""Citations as files: RIS, BibTeX and CSL-JSON, for programs that keep references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import rispy
from pybtex.database import BibliographyData, Entry, Person

from library.web.citing.item import Item, written


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    media_type: str
    write: Callable[[Item], str]


def ris(item: Item) -> str:
    """https://en.wikipedia.org/wiki/RIS_(file_format): a report."""
    date = item.get("issued", {}).get("date-parts", [[]])[0]
    day = "/".join(
        (f"{part:0{4 if place == 0 else 2}d}" for place, part in enumerate(date))
    ) + "/" * max(0, 3 - len(date))
    parts = {
        "title": item.get("title"),
        "authors": [written(author) for author in item.get("author", [])],
        "year": f"{date[0]:04d}" if date else "",
        "date": day if len(date) > 1 else "",
        "publisher": item.get("publisher"),
        "tertiary_title": item.get("collection-title"),
        "language": item.get("language"),
        "abstract": item.get("abstract"),
        "notes": [item["note"]] if "note" in item else [],
        "urls": [item["URL"]] if "URL" in item else [],
    }
    record = {"type_of_reference": "RPRT", **{key: part for key, part in parts.items() if part}}
    lines = rispy.dumps([record]).splitlines()
    return "\n".join(lines[lines.index("TY  - RPRT") :]) + "\n"


def bibtex(item: Item) -> str:
    """A report of an institution where one is known, else what BibTeX calls misc."""
    date = item.get("issued", {}).get("date-parts", [[]])[0]
    publisher = item.get("publisher")
    parts = {
        "title": item.get("title"),
        "institution": publisher,
        "series": item.get("collection-title"),
        "year": f"{date[0]:04d}" if date else "",
        "month": str(date[1]) if len(date) > 1 else "",
        "language": item.get("language"),
        "note": item.get("note"),
        "url": item.get("URL"),
    }
    persons = [
        # Braces keep a name whole: an "and" in it divides nothing.
        Person(f"{{{_unbraced(author['literal'])}}}")
        if "literal" in author
        else Person(_unbraced(written(author)))
        for author in item.get("author", [])
    ]
    entry = Entry(
        "techreport" if publisher else "misc",
        fields=[(key, _unbraced(part)) for key, part in parts.items() if part],
        persons={"author": persons} if persons else {},
    )
    return str(BibliographyData({item["id"]: entry}).to_string("bibtex"))


def csl(item: Item) -> str:
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _unbraced(text: str) -> str:
    """Braces and backslashes are BibTeX's own signs."""
    return text.translate({ord("{"): "(", ord("}"): ")", ord("\\"): "/"})


FORMATS: Mapping[str, Format] = {
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl),
}
