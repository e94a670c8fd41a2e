"""What a pack holds of each resource: its record in the language of the pack, and its pages as they
are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.fields import FACETS, FILED
from library.catalogue import Catalogue
from library.core.resource import Edition, Page, Resource
from library.web import labels, links
from library.web.i18n import Interface, direction, own_name
from library.web.labels import Labels
from library.web.parts.blocks import Block, Note, blocks
from library.web.viewmodels import Link

# Characters that XML 1.0 cannot hold, even escaped (section 2.2).
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TOGETHER = 50  # works looked up at once


@dataclass(frozen=True, slots=True)
class PackedPage:
    """One page, to be shown with others in one document: places on it are named after it."""

    number: int
    name: str  # "p. 12"
    place: str  # "p12"
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    text: str
    language: str
    direction: str
    note: str = ""  # an honest word on what could not be read
    picture: str = ""  # where its picture is, from the document


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a resource; `values` are concepts, as (facet, value, label)."""

    label: str
    text: str = ""
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A resource in the language of the pack, without its pages."""

    resource: Resource
    edition: Edition
    title: str
    language: str
    direction: str
    by: str
    kind: str
    year: str
    summary: str
    rights: str
    facts: tuple[Fact, ...]
    address: str  # of its page on the site, "" where the site has no known address
    notes: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return self.resource.slug

    @property
    def cited(self) -> str:
        """Who made it, when, under which licence, and where it is."""
        return " · ".join(filter(None, (self.by, self.year, self.rights, self.address)))


@dataclass(frozen=True, slots=True)
class Gathering:
    """How works are put into words."""

    catalogue: Catalogue
    vocabularies: Labels
    interface: Interface
    language: str
    base: str = ""

    def works(self, ids: Sequence[str]) -> Iterator[Work]:
        """Those of these resources that readers may find and that have an edition in the language,
        in their order."""
        for start in range(0, len(ids), TOGETHER):
            for resource in self.catalogue.resources(ids[start : start + TOGETHER]):
                for edition in resource.editions:
                    if edition.language == self.language:
                        yield self.work(resource, edition)
                        break

    def pages(self, work: Work, prefix: str = "") -> Iterator[PackedPage]:
        """The pages of a work, one after another; those without words are named.

        prefix: of all places on them, where several works stand in one document.
        """
        held = {page.number: page for page in self.catalogue.pages(work.edition.id)}
        last = max((*held, work.edition.pages_expected or 0), default=0)
        for number in range(1, last + 1):
            page = held.get(number) or Page(number, "")
            yield packed(page, work.edition, self.interface, prefix)

    def work(self, resource: Resource, edition: Edition) -> Work:
        """One edition, put into words."""
        interface = self.interface
        return Work(
            resource=resource,
            edition=edition,
            title=clean(edition.title),
            language=edition.language,
            direction=direction(edition.language),
            by=clean(interface.listed(edition.authors) or resource.publisher),
            kind=self._label("kind", resource.kind) if resource.kind else "",
            year=labels.year(resource),
            summary=clean(edition.summary),
            rights=clean(edition.rights),
            facts=tuple(self._facts(resource, edition)),
            address=f"{self.base}{links.resource(resource.slug, edition.language)}"
            if self.base
            else "",
            notes=tuple(
                filter(
                    None,
                    (
                        labels.note(edition, interface),
                        labels.partial(edition, interface),
                        labels.unread(edition, interface),
                    ),
                )
            ),
        )

    def _facts(self, resource: Resource, edition: Edition) -> Iterator[Fact]:
        say = self.interface.say
        written = (
            (say("Authors"), self.interface.listed(edition.authors)),
            (say("Publisher"), resource.publisher),
            (say("Date"), self.interface.date(edition.date) if edition.date else ""),
            (say("Licence"), edition.rights),
            (say("Source"), edition.source_url),
        )
        for label, text in written:
            if text:
                yield Fact(label, clean(text))
        for facet in FILED:
            if values := resource.filed(facet):
                yield Fact(
                    labels.facet_name(facet, self.interface),
                    values=tuple((facet, value, self._label(facet, value)) for value in values),
                )

    def _label(self, facet: str, value: str) -> str:
        return labels.value(facet, value, self.vocabularies, self.interface)

    def shelves(self, works: Iterable[Work]) -> list[Shelf]:
        """The works under each value of each facet, as the pack's own lists."""
        by: dict[str, dict[str, list[Work]]] = {facet.name: {} for facet in FACETS if facet.filed}
        for work in works:
            for facet, values in by.items():
                for value in work.resource.filed(facet):
                    values.setdefault(value, []).append(work)
        return [
            Shelf(
                facet,
                labels.browse_heading(facet, self.interface),
                tuple(
                    (value, self._label(facet, value), tuple(held))
                    for value, held in sorted(
                        values.items(), key=lambda item: (-len(item[1]), item[0])
                    )
                ),
            )
            for facet, values in by.items()
            if values
        ]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A facet, and the works of the pack under each of its values."""

    facet: str
    heading: str
    values: tuple[tuple[str, str, tuple[Work, ...]], ...]  # value, its label, works


def packed(page: Page, edition: Edition, interface: Interface, prefix: str = "") -> PackedPage:
    """A page made ready to stand in one document with others."""
    place = f"{prefix}p{page.number}"
    spoken = page.language or edition.language
    shown, notes = blocks(page, spoken, _no_marks, direction, named=f"{place}-")
    note = ""
    if not shown:
        note = interface.say(
            "This page has no words that could be read: it may be a picture, or empty."
        )
    elif page.scanned or page.score < labels.POOR:
        note = interface.say("This page was hard to read; words may be wrong.")
    return PackedPage(
        number=page.number,
        name=labels.page(page.number, page.label, interface),
        place=place,
        blocks=tuple(shown),
        notes=tuple(notes),
        text=page.text,
        language=spoken if spoken != edition.language else "",
        direction=direction(spoken) if spoken != edition.language else "",
        note=note,
    )


def _no_marks(text: str, language: str) -> tuple[()]:
    return ()


def clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def contents(work: Work, leads: Mapping[int, str]) -> tuple[Link, ...]:
    """The contents list of a work; `leads`: page → where it is in the pack."""
    return tuple(
        Link(
            clean(heading.title),
            leads[heading.page],
            count=str(heading.page),
            hint=str(heading.level),
        )
        for heading in work.edition.contents
        if heading.page in leads
    )


def language_name(language: str) -> str:
    return own_name(language)
