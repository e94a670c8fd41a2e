"""Parts of the catalogue that can be harvested alone: values of facets, and collections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.fields import FILED, NOT_STATED
from library.catalogue.resources.harvest import COLLECTION, LANGUAGE, WHOLE, Part
from library.core.resource import Collection, Resource
from library.vocabularies import Vocabularies
from library.web import labels
from library.web.oai.request import ProtocolError
from library.web.site import Visit

FACETS = (*FILED, LANGUAGE)


@dataclass(frozen=True, slots=True)
class Set:
    """A part by its name in the protocol, as `topic:wages`."""

    spec: str
    name: str
    description: str = ""


def listed(visit: Visit) -> Iterator[Set]:
    """Every set that holds something."""
    site = visit.site
    whole = site.whole()
    for facet in FACETS:
        name = labels.facet_name(facet, visit.interface)
        values = [value for value in whole.get(facet, {}) if value != NOT_STATED]
        if values:
            yield Set(facet, name)
        for value in sorted(values):
            yield Set(f"{facet}:{value}", f"{name}: {visit.label(facet, value)}")
    held = [collection for collection in site.catalogue.collections() if collection.resources]
    if held:
        yield Set(COLLECTION, visit.interface.say("Collections"))
    for collection in held:
        yield Set(f"{COLLECTION}:{collection.slug}", collection.title, collection.summary)


def part_of(spec: str, visit: Visit) -> Part:
    """The part of the catalogue that a set names. Raises ProtocolError."""
    if not spec:
        return WHOLE
    facet, colon, value = spec.partition(":")
    known = visit.site.vocabularies
    if facet in (*FACETS, COLLECTION) and not colon:
        return Part(facet)
    if facet == COLLECTION and visit.site.catalogue.collection(value):
        return Part(facet, (value,))
    if facet in FACETS and value:
        current = known.current(facet, value)
        if known.concept(facet, current) or value in visit.site.whole().get(facet, {}):
            return Part(facet, tuple(_below(facet, current, known)))
    raise ProtocolError("noRecordsMatch", f"there is no set {spec[:60]!r}")


def _below(facet: str, value: str, known: Vocabularies) -> Iterator[str]:
    """A value and all within it."""
    yield value
    for narrower in known.narrower(facet, value):
        yield from _below(facet, narrower, known)


def sets_of(
    resource: Resource, known: Vocabularies, collections: Mapping[str, list[Collection]]
) -> Iterator[str]:
    """The sets that a resource is in."""
    for facet in FACETS:
        values = resource.languages if facet == LANGUAGE else resource.filed(facet)
        for value in known.expand(facet, values):
            yield f"{facet}:{value}"
    for collection in collections.get(resource.id, ()):
        yield f"{COLLECTION}:{collection.slug}"
