"""Zotero RDF: a file of statements, and a folder `files` beside it with what was attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from library.core.errors import Damaged, TooLarge
from library.moving_in.readers import types
from library.moving_in.readers.plain import LARGEST, words
from library.moving_in.record import Builder, Record, Unread
from library.skos import triples
from library.skos.facts import Facts, Value

DC, DCT = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
Z, BIB = "http://www.zotero.org/namespaces/export#", "http://purl.org/net/biblio#"
FOAF, LINK = "http://xmlns.com/foaf/0.1/", "http://purl.org/rss/1.0/modules/link/"
FIELDS = {
    DC + "title": "title", DCT + "abstract": "abstract", DC + "date": "date",
    Z + "language": "language", DC + "rights": "rights", DC + "publisher": "publisher",
    DC + "subject": "subject", DCT + "isPartOf": "series", Z + "type": "type",
}  # fmt: skip
PEOPLE = {BIB + "authors": "creator", BIB + "editors": "contributor",
          BIB + "contributors": "contributor",
          Z + "translators": "contributor", Z + "seriesEditors": "contributor"}  # fmt: skip
UNSHOWN = {"a", LINK + "link", DCT + "isReferencedBy", DCT + "hasPart", DC + "relation"}
BESIDE = (Z + "Attachment", Z + "Collection", BIB + "Memo")
DIGITS = 9  # of a place in a sequence, at most
_LINK_ALONE = "3"  # of z:linkMode: an address, and no file


def read(root: Path, index: Path) -> Iterator[Record | Unread]:
    facts = _facts(index)
    shelves, parented = _collections(facts), _parented(facts)
    number = 0
    for subject in _in_order(facts):
        said = facts[subject]
        kinds = [value for _, value, _ in said.get("a", ())]
        if not said.get(Z + "itemType") or any(kind in BESIDE for kind in kinds):
            attached = Z + "Attachment" in kinds
            if not attached or subject in parented:
                continue
        number += 1
        yield _record(number, subject, facts, shelves)


def _facts(index: Path) -> Facts:
    """What the file says. Zotero names a property `rdf:resource`, which RDF does not allow."""
    if index.stat().st_size > LARGEST:
        raise TooLarge("archive too large", file=index.name, megabytes=LARGEST // 1_000_000)
    try:
        tree = fromstring(index.read_bytes(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Damaged("xml entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Damaged("xml damaged") from error
    for element in tree.iter(f"{{{RDF}}}resource"):
        element.tag = f"{{{Z}}}path"
    return triples.parsed(tostring(tree), "xml")


def _in_order(facts: Facts) -> list[str]:
    """Works in an order that stays the same: what a file says has none."""
    return sorted(facts, key=lambda subject: (len(subject), subject))


def _parented(facts: Facts) -> frozenset[str]:
    """What works name as theirs."""
    return frozenset(
        value for said in facts.values() for _, value, _ in said.get(LINK + "link", ())
    )


def _collections(facts: Facts) -> Mapping[str, list[str]]:
    """Work → the collections it stands in."""
    shelves: dict[str, list[str]] = {}
    for subject in _in_order(facts):
        said = facts[subject]
        if any(value == Z + "Collection" for _, value, _ in said.get("a", ())):
            for _, part, _ in said.get(DCT + "hasPart", ()):
                shelves.setdefault(part, []).append(_text(said, DC + "title"))
    return shelves


def _record(number: int, subject: str, facts: Facts, shelves: Mapping[str, list[str]]) -> Record:
    said = facts[subject]
    made = Builder(number)
    for kind, value, _ in said.get(DC + "identifier", ()):
        text = _inner(facts, kind, value)
        made.add("identifier", text)
        if text.upper().startswith("DOI "):
            made.identify("doi", text[4:].lower())
        elif text.startswith(("http://", "https://")):
            made.identify("url", text)
            made.mean("url", text)
    if subject.startswith(("http://", "https://")):
        made.identify("url", subject)
    made.number_as("zotero", subject.removeprefix("urn:x-here:"))
    item = _text(said, Z + "itemType")
    made.add("itemType", item)
    made.mean("type", types.ZOTERO.get(item, ""))
    for name, ours in PEOPLE.items():
        for kind, value, _ in said.get(name, ()):
            made.add_all(_short(name), _people(facts, kind, value), ours)
    for name, values in said.items():
        if name in UNSHOWN or name in PEOPLE or name == DC + "identifier" or name == Z + "itemType":
            continue
        for kind, value, _ in values:
            made.add(_short(name), words(_inner(facts, kind, value)), FIELDS.get(name, ""))
    if any(value == Z + "Attachment" for _, value, _ in said.get("a", ())):
        _attach(made, facts, subject)
    for _, value, _ in said.get(LINK + "link", ()):
        _attach(made, facts, value)
    made.shelve(shelves.get(subject, []))
    return made.record()


def _attach(made: Builder, facts: Facts, attachment: str) -> None:
    said = facts.get(attachment, {})
    if _text(said, Z + "linkMode") == _LINK_ALONE:
        return
    for _, value, _ in said.get(Z + "path", ()):
        place = value.removeprefix("urn:x-here:")
        made.attach(place, _text(said, DC + "title"), _text(said, LINK + "type"))


def _people(facts: Facts, kind: str, value: str) -> Iterator[str]:
    """Names in their order: a sequence has them as _1, _2 …"""
    said = facts.get(value, {})
    places = sorted(
        (int(number), values)
        for name, values in said.items()
        if name.startswith(RDF + "_")
        and (number := name.rpartition("_")[2]).isdecimal()
        and len(number) <= DIGITS
    )
    for _, values in places:
        for inner, person, _ in values:
            yield _inner(facts, inner, person)


def _inner(facts: Facts, kind: str, value: str, deep: int = 3) -> str:
    """The words of a value, which may be a node of its own: a person, a tag, a series."""
    said = facts.get(value)
    if kind == "text" or said is None:
        return value if kind == "text" or ":" in value else ""
    given, family = _text(said, FOAF + "givenName"), _text(said, FOAF + "surname")
    if given or family:
        return f"{given} {family}".strip()
    for name in (RDF + "value", FOAF + "name", DC + "title"):
        for inner, text, _ in said.get(name, ()):
            return _inner(facts, inner, text, deep - 1) if deep else ""
    return ""


def _text(said: Mapping[str, tuple[Value, ...]], name: str) -> str:
    return next((value for kind, value, _ in said.get(name, ()) if kind == "text"), "")


def _short(name: str) -> str:
    return name.replace("#", "/").rpartition("/")[2]
