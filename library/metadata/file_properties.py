"""What a file says of itself, whatever the names its format gives the fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from index.fields import FILED
from library.core.resource import Page, Said

# Names are compared without case, spaces and punctuation, so `dc:title`, `DC.title` and
# `dcTitle` are one. The most trustworthy come first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title",
        "heading",
        "dctitle",
        "dctermstitle",
        "citationtitle",
        "ogtitle",
        "twittertitle",
    ),
    "site": ("ogsitename", "sitename", "applicationname"),
    "summary": (
        "summary",
        "abstract",
        "description",
        "dcdescription",
        "dctermsabstract",
        "ogdescription",
        "twitterdescription",
    ),
    "authors": (
        "authors",
        "author",
        "byline",
        "citationauthor",
        "dccreator",
        "dctermscreator",
        "articleauthor",
    ),
    "publisher": (
        "publisher",
        "dcpublisher",
        "citationpublisher",
        "issuingbody",
        "organisation",
        "organization",
        "institution",
        "ogsitename",
    ),
    "date": (
        "date",
        "published",
        "publicationdate",
        "publishdate",
        "datepublished",
        "citationpublicationdate",
        "citationdate",
        "articlepublishedtime",
        "dcdate",
        "dctermsissued",
        "issued",
        "effectivedate",
        "year",
        "term",
        "created",
        "createdtimestamp",
        "createdat",
        "datecreated",
    ),
    "made": ("creationdate", "pdfcreationdate", "xmpcreatedate", "createdate"),
    "modified": (
        "moddate",
        "modified",
        "updated",
        "updatedtimestamp",
        "updatedat",
        "lastmodified",
        "lastmod",
        "articlemodifiedtime",
        "ogupdatedtime",
        "datemodified",
    ),
    "language": (
        "language",
        "lang",
        "langcode",
        "locale",
        "dclanguage",
        "contentlanguage",
        "inlanguage",
        "oglocale",
    ),
    "rights": ("rights", "license", "licence", "copyright", "dcrights", "dctermslicense"),
    "source_url": ("sourceurl", "canonical", "ogurl", "url", "source", "dcsource", "dcidentifier"),
    "work": ("languagecollectionid", "translationkey", "translationof", "work", "workid"),
    "kind": ("kind", "type", "doctype", "documenttype", "dctype", "genre"),
    "topic": (
        "topic",
        "topics",
        "tags",
        "keywords",
        "category",
        "categories",
        "subjects",
        "dcsubject",
        "articletag",
    ),
    "audience": ("audience", "audiences", "dctermsaudience"),
    "time": (
        "duration",
        "timerequired",
        "timeneeded",
        "totaltime",
        "length",
        "duracion",
        "duración",
        "durée",
        "duração",
    ),
    "group": ("group", "groups", "sector", "sectors"),
    "place": ("place", "places", "country", "countries", "location", "region", "dccoverage"),
}

_OWN = frozenset(name for facet in FILED for name in (facet, f"{facet}s"))

# Only programs that make PDF files write these; what else they write is often left over.
_PRODUCER = ("producer", "pdfproducer", "creationdate")
_MAKERS = ("producer", "creator", "pdfproducer")
_OF_SITES = frozenset(
    ("viewport", "generator", "robots", "ogtitle", "ogtype", "ogsitename", "twittercard", "heading")
)
EDGES = " '\"\t\r\f\v\xa0"  # of a value in a list: spaces and quotes
_SPLIT = re.compile(r"[;؛；\n]")
_COMMA = re.compile(r"[,،]")


LONGEST = 8_000  # characters of a field that are looked at: a longer one is a text, not a field


class Word(NamedTuple):
    """One thing a file says: the field's own name, and the value with its spaces mended."""

    name: str
    value: str


def words(said: Said, field: str) -> Iterator[Word]:
    """Everything the file says for one of our fields, the most trustworthy first.

    Of each value the first LONGEST characters.
    """
    known = {_plain(name): name for name in said.fields}
    names = _names(field)
    if by_program(said):  # `created` is then when the file was made
        names = (*(n for n in names if n != "created"), *(["created"] if field == "made" else []))
    for plain in names:
        name = known.get(plain)
        if name is not None and (
            value := " ".join(unescape(str(said.fields[name])[:LONGEST]).split()).strip("'\" ")
        ):
            yield Word(name, value)


def _names(field: str) -> tuple[str, ...]:
    """What our field is called, ours first; a name that a facet bears is that facet's alone."""
    own = (field, f"{field}s") if field in FILED else ()
    others = (name for name in NAMES.get(field, ()) if name not in _OWN)
    return tuple(dict.fromkeys((*own, *others)))


def first(said: Said, field: str) -> Word | None:
    return next(words(said, field), None)


def by_program(said: Said) -> bool:
    """Whether a PDF writer filled the fields, not somebody for readers."""
    return any(
        _plain(name) in _PRODUCER or (_plain(name) == "created" and value.startswith("D:"))
        for name, value in said.fields.items()
    )


def printed_page(said: Said) -> bool:
    """Whether a PDF is a web page that a browser printed: its title is then the page's."""
    made_by = " ".join(value for name, value in said.fields.items() if _plain(name) in _MAKERS)
    return re.search(r"Skia/PDF|Mozilla/|Chrome|wkhtmltopdf", made_by) is not None


def for_readers(said: Said, pages: Sequence[Page]) -> bool:
    """Whether somebody filled the fields for this very document, as in a front matter.

    A PDF writer fills them for nobody, and the templates of a web site fill them for its pages.
    """
    names = {_plain(name) for name in said.fields}
    web = bool(names & _OF_SITES) or (bool(pages) and pages[0].reader == "html")
    return bool(names) and not web and not by_program(said)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def several(value: str) -> tuple[str, ...]:
    """The parts of a many-valued field: `a; b`, lines, or `a, b` where nothing else divides."""
    parts = _SPLIT.split(value.strip("[] "))
    if len(parts) == 1:
        parts = _COMMA.split(value.strip("[] "))
    return tuple(dict.fromkeys(p.strip(EDGES) for p in parts if p.strip(EDGES)))
