"""What can be brought in from other systems, by what it is called and how it is told."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from library.core.errors import Unsupported
from library.moving_in.readers.tables import bare

START = 200_000  # bytes that tell
DUBLIN_CORE = re.compile(r"^\ufeff?\W?(dcterms|dc|dublin core|bibo)\s*[:.]", re.IGNORECASE)
ATOM = {"legacyid", "scopeandcontent", "levelofdescription", "qubitparentslug", "eventdates"}


@dataclass(frozen=True, slots=True)
class Format:
    """reader: module of `readers`. endings: of the file that holds the records."""

    title: str
    reader: str
    endings: tuple[str, ...]


FORMATS = {
    "ris": Format("RIS", "ris", (".ris", ".txt")),
    "bibtex": Format("BibTeX", "bibtex", (".bib", ".bibtex")),
    "csl": Format("CSL-JSON", "csl", (".json",)),
    "zotero": Format("Zotero RDF", "zotero_rdf", (".rdf",)),
    "dublin-core": Format("Dublin Core as a table (Omeka S, AtoM)", "tables", (".csv", ".tsv")),
    "uwazi": Format("Uwazi’s table with its files", "tables", (".csv",)),
    "dspace": Format("DSpace Simple Archive Format", "dspace", ()),
    "wordpress": Format("WordPress (WXR)", "wordpress", (".xml", ".wxr")),
    "oai": Format("answers of an OAI-PMH server", "oai_pmh", (".xml",)),
}
_MARKS = (
    ("zotero", re.compile(rb"www\.zotero\.org/namespaces/export#")),
    ("wordpress", re.compile(rb"wordpress\.org/export/")),
    ("oai", re.compile(rb"www\.openarchives\.org/OAI/2\.0/")),
    ("ris", re.compile(rb"(?m)^(\xef\xbb\xbf)?TY  - ")),
    ("bibtex", re.compile(rb"(?m)^[ \t]*+@[ \t]*+\w++\s*+\{\s*+[^\s,{}]++\s*+,")),
)


def told(root: Path) -> tuple[str, Path]:
    """The format of a file or folder, and the file that holds its records. Raises Unsupported."""
    if root.is_file():
        if found := _of_file(root):
            return found, root
        raise Unsupported("archive unknown", file=root.name, known=", ".join(FORMATS))
    if next(root.glob("*/dublin_core.xml"), None) or next(root.glob("*/*/dublin_core.xml"), None):
        return "dspace", root
    for folder in (root, *sorted(path for path in root.iterdir() if path.is_dir())):
        if (table := folder / "import.csv").is_file():
            return "uwazi", table
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                found = _of_file(path)
                if found == "oai":
                    return "oai", folder
                if found:
                    return found, path
    raise Unsupported("archive unknown", file=root.name, known=", ".join(FORMATS))


def index_of(root: Path, name: str) -> Path:
    """The file of records in a folder whose format somebody named. Raises Unsupported."""
    if root.is_file() or not FORMATS[name].endings:
        return root
    for folder in (root, *sorted(path for path in root.iterdir() if path.is_dir())):
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix.lower() in FORMATS[name].endings:
                return folder if name == "oai" else path
    raise Unsupported("archive unknown", file=root.name, known=", ".join(FORMATS))


def is_table_of_others(names: list[str]) -> bool:
    """Whether columns are those of a table that another system writes."""
    return any(DUBLIN_CORE.match(name) for name in names) or len(ATOM & set(map(bare, names))) > 1


def _of_file(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(START)
    for name, mark in _MARKS:
        if mark.search(start):
            return name
    if path.suffix.lower() == ".json" and _is_csl(path, start):
        return "csl"
    if path.suffix.lower() in (".csv", ".tsv"):
        first = start.decode("utf-8-sig", "replace").partition("\n")[0]
        names = next(csv.reader([first], delimiter=max(",;\t", key=first.count)), [])
        if is_table_of_others(names):
            return "dublin-core"
    return ""


def _is_csl(path: Path, start: bytes) -> bool:
    if not re.search(rb'"(issued|container-title|date-parts|itemType|publisher-place)"', start):
        try:
            said = json.loads(start)
        except ValueError:
            return False
        return isinstance(said, list) and all(
            isinstance(one, dict) and "type" in one and "title" in one and "edition" not in one
            for one in said
        )
    return start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")
