"""A resource as a record: in Dublin Core, and in MODS, which keeps editions apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from index.fields import FILED
from library.core.resource import Edition, Resource
from library.vocabularies import Vocabularies
from library.web import links, passing_links
from library.web.oai.xml_tree import OAI_DC, XLINK, add, root

DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
MODS_SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-4.xsd"
ABOUT = ("topic", "group")  # facets that say what a work is about; a place is said apart


@dataclass(frozen=True, slots=True)
class Sender:
    """Who gives records out: the library's address, its vocabularies and first language."""

    base: str
    vocabularies: Vocabularies
    language: str
    ark: str = ""

    def label(self, facet: str, id_: str) -> str:
        return self.vocabularies.label(facet, id_, self.language)

    def page(self, resource: Resource) -> str:
        return self.base + links.resource(resource.slug)

    def original(self, edition: Edition) -> str:
        return self.base + links.original(edition)


def dublin_core(resource: Resource, sender: Sender) -> Element:
    """The fifteen elements, each as often as there is something to say."""
    record = root("oai_dc:dc", DC_SCHEMA)
    for name, text, language in _dublin_core(resource, sender):
        if text:
            add(record, f"dc:{name}", text, lang=language)
    return record


def _dublin_core(resource: Resource, sender: Sender) -> Iterator[tuple[str, str, str]]:
    own = sender.language
    for edition in resource.editions:
        yield "title", edition.title, edition.language
    for author in _once(lambda edition: edition.authors, resource):
        yield "creator", author, ""
    for facet in ABOUT:
        for id_ in resource.filed(facet):
            yield "subject", sender.label(facet, id_), own
    for edition in resource.editions:
        yield "description", edition.summary, edition.language
    yield "publisher", resource.publisher, ""
    for date in _once(lambda edition: (str(edition.date or ""),), resource):
        yield "date", date, ""
    for id_ in resource.filed("kind"):
        yield "type", sender.label("kind", id_), own
    yield "type", "Text", ""
    for media_type in _once(lambda edition: (edition.media_type,), resource):
        yield "format", media_type, ""
    yield "identifier", sender.page(resource), ""
    if sender.ark:
        yield "identifier", sender.base + passing_links.ark(sender.ark, resource), ""
    for edition in resource.editions:
        yield "identifier", sender.original(edition), ""
    for source in _once(lambda edition: (edition.source_url,), resource):
        yield "source", source, ""
    for language in resource.languages:
        yield "language", language, ""
    yield "relation", resource.series, ""
    for id_ in resource.filed("place"):
        yield "coverage", sender.label("place", id_), own
    for rights in _once(lambda edition: (edition.rights,), resource):
        yield "rights", rights, ""


def mods(resource: Resource, sender: Sender) -> Element:
    """The work as it is in its first edition; each other edition as another version of it."""
    record = root("mods:mods", MODS_SCHEMA)
    record.set("version", "3.4")
    first, *others = resource.editions
    _edition(record, first, sender)
    add(record, "mods:typeOfResource", "text")
    for id_ in resource.filed("kind"):
        add(record, "mods:genre", sender.label("kind", id_), lang=sender.language)
    _concepts(record, resource, sender)
    if resource.publisher:
        origin = add(record, "mods:originInfo")
        add(origin, "mods:publisher", resource.publisher)
    if resource.series:
        series = add(record, "mods:relatedItem", type="series")
        add(add(series, "mods:titleInfo"), "mods:title", resource.series)
    for edition in others:
        _edition(add(record, "mods:relatedItem", type="otherVersion"), edition, sender)
    if resource.duration:
        add(record, "mods:note", resource.duration, type="duration")
    add(record, "mods:identifier", resource.id, type="local")
    place = add(record, "mods:location")
    add(place, "mods:url", sender.page(resource), usage="primary display")
    about = add(record, "mods:recordInfo")
    for name, moment in (("Creation", resource.added), ("Change", resource.changed)):
        text = moment.isoformat(timespec="seconds")
        add(about, f"mods:record{name}Date", text, encoding="w3cdtf")
    add(about, "mods:recordIdentifier", resource.id)
    return record


def _edition(above: Element, edition: Edition, sender: Sender) -> None:
    """What is true of one file."""
    add(add(above, "mods:titleInfo"), "mods:title", edition.title, lang=edition.language)
    for author in edition.authors:
        name = add(above, "mods:name")
        add(name, "mods:namePart", author)
        add(add(name, "mods:role"), "mods:roleTerm", "author", type="text")
    if edition.date:
        origin = add(above, "mods:originInfo")
        add(origin, "mods:dateIssued", str(edition.date), encoding="w3cdtf")
    if edition.language:
        tongue = add(above, "mods:language")
        add(tongue, "mods:languageTerm", edition.language, type="code", authority="rfc3066")
    form = add(above, "mods:physicalDescription")
    add(form, "mods:internetMediaType", edition.media_type)
    add(form, "mods:extent", f"{edition.pages} pages")
    if edition.summary:
        add(above, "mods:abstract", edition.summary, lang=edition.language)
    place = add(above, "mods:location")
    add(place, "mods:url", sender.original(edition), access="raw object")
    if edition.source_url:
        add(place, "mods:url", edition.source_url, note="source")
    if edition.rights:
        add(above, "mods:accessCondition", edition.rights, type="use and reproduction")


def _concepts(above: Element, resource: Resource, sender: Sender) -> None:
    """What it is about, for whom and for what use; each with the address of its concept."""
    for facet in FILED:
        if facet == "kind":
            continue
        for id_ in resource.filed(facet):
            label = sender.label(facet, id_)
            address = f"{sender.base}/vocabularies/{facet}/{id_}"
            if facet == "audience":
                add(above, "mods:targetAudience", label, lang=sender.language)
                continue
            kind = "geographic" if facet == "place" else "topic"
            subject = add(above, "mods:subject", displayLabel=facet)
            subject.set(f"{{{XLINK}}}href", address)
            add(subject, f"mods:{kind}", label, lang=sender.language)


def _once(of: Callable[[Edition], tuple[str, ...]], resource: Resource) -> tuple[str, ...]:
    """What the editions say, each thing once."""
    return tuple(dict.fromkeys(value for edition in resource.editions for value in of(edition)))


WRITERS: Mapping[str, Callable[[Resource, Sender], Element]] = {
    "oai_dc": dublin_core,
    "mods": mods,
}

SCHEMAS: Mapping[str, tuple[str, str]] = {  # of each format its schema and its namespace
    "oai_dc": (DC_SCHEMA, OAI_DC),
    "mods": (MODS_SCHEMA, "http://www.loc.gov/mods/v3"),
}
