"""A resource on one page: what it is, for whom, in which languages, how heavy, what is inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.engine import SearchError
from index.fields import FACETS
from library.core.resource import Edition, Evidence, Resource
from library.metadata import decide
from library.web import labels, links
from library.web.error_text import Sentence, sentences
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction, own_name
from library.web.parts import keeping, matches, passing
from library.web.parts.cards import Card, card, in_order, shortened
from library.web.parts.described import Described, collections_of, described, link_header
from library.web.parts.matches import Within
from library.web.parts.reading import Reading, reading
from library.web.parts.session_facts import length_of
from library.web.parts.status import Notice, notices
from library.web.site import Visit, visit_of
from library.web.usage import count
from library.web.viewmodels import Frame, Link

RELATED = 4
EVIDENCE = 3  # pieces of it that are shown
CONTENTS_SHOWN = 14
DEEPEST = 3  # levels of headings in a contents list


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is known of a resource; what is not known has no line."""

    label: str
    values: tuple[Link, ...] = ()
    text: str = ""
    suggested: str = ""  # where a program guessed it
    confirmed: str = ""  # where staff said it
    evidence: tuple[Link, ...] = ()  # what the guess rests on: the page, and as a hint its words


@dataclass(frozen=True, slots=True)
class ContentsLine:
    title: str
    url: str
    page: str
    level: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class EditionBox:
    """One edition: read it, or take the file."""

    anchor: str
    name: str
    title: str
    language: str
    direction: str
    read: str
    download: str
    download_label: str
    facts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    unread: str = ""  # that parts of the file are not shown, and which
    unread_parts: tuple[Sentence, ...] = ()
    within: Within | None = None  # where it has words to search
    ways: tuple[Link, ...] = ()  # as one page, as plain text
    reading: Reading | None = None  # how easy it is to read, where a formula can tell


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a resource: in its series, or in a collection."""

    title: str
    cards: tuple[Card, ...]
    all: Link | None = None


@dataclass(frozen=True, slots=True)
class SeriesWalk:
    """Where a resource stands in its series, and the ways to those beside it."""

    place: str
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class ResourcePage:
    frame: Frame
    title: str
    language: str
    direction: str
    kind: str
    year: str
    by: str
    summary: str
    editions: tuple[EditionBox, ...]
    facts: tuple[Fact, ...]
    contents: tuple[ContentsLine, ...]
    more_contents: tuple[ContentsLine, ...]
    series: SeriesWalk | None
    beside: tuple[Beside, ...]  # what else is in its series and collections
    related: tuple[Card, ...]
    collections: tuple[Link, ...]
    record: str
    pack: str  # where it is taken along
    keep: tuple[Link, ...]  # where each edition with words is kept on a phone
    id: str
    described: Described
    preview: passing.Preview | None = None
    picture: str = ""
    notices: tuple[Notice, ...] = ()


def resource_of(visit: Visit) -> Resource:
    """The resource an address names, under its present or a former slug. Raises 404, 410."""
    slug = visit.request.path_params["slug"]
    resource = visit.site.catalogue.by_slug(slug)
    if resource is None:
        raise absent(visit, slug)
    return resource


def absent(visit: Visit, key: str) -> HTTPException:
    """Why there is nothing at an address or under an id: withdrawn, and why; or not known."""
    gone = visit.site.catalogue.withdrawn(key)
    return HTTPException(410, gone.reason) if gone else HTTPException(404)


def resource(request: Request) -> Response:
    visit = visit_of(request)
    resource = resource_of(visit)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.resource(resource.slug), 308)
    wanted = request.query_params.get("language", "")
    shown = resource.edition(wanted, visit.interface.language)
    contents = contents_of(visit, resource, shown)
    held = collections_of(visit, resource)
    page = ResourcePage(
        frame=frame(
            visit,
            shown.title,
            description=shortened(shown.summary, 160),
            canonical=links.resource(resource.slug),
            sheets=("front.css",),
        ),
        title=shown.title,
        language=shown.language,
        direction=direction(shown.language),
        kind=visit.label("kind", resource.kind) if resource.kind else "",
        year=labels.year(resource),
        by=visit.interface.listed(shown.authors) or resource.publisher,
        summary=shown.summary,
        editions=tuple(
            edition_box(visit, resource, edition, shown)
            for edition in ordered(visit, resource, shown)
        ),
        facts=facts(visit, resource, shown),
        contents=contents[:CONTENTS_SHOWN],
        more_contents=contents[CONTENTS_SHOWN:],
        series=series_walk(visit, resource),
        beside=tuple(beside(visit, resource)),
        related=tuple(card(visit, other) for other in related(visit, resource)),
        collections=tuple(
            Link(collection.title, links.collection(collection.slug)) for collection in held
        ),
        record=links.record(resource.id),
        pack=links.take_resource(resource.slug),
        preview=passing.preview(visit, resource, shown),
        described=described(visit, resource, shown, held),
        keep=keeping.ways(visit, resource, ordered(visit, resource, shown)),
        id=resource.id,
        picture=links.cover(resource),
        notices=notices(visit, resource),
    )
    count(visit, "opened", resource, shown)
    response = answer(visit, "resource.html", page)
    response.headers["Link"] = link_header(visit, resource, held)
    return response


def related(visit: Visit, resource: Resource) -> Sequence[Resource]:
    """Resources most like this one by their texts and concepts, in any language; by concepts
    alone while the index is out of use."""
    catalogue = visit.site.catalogue
    try:
        like = visit.site.engine.like(resource.id, RELATED)
    except SearchError:
        visit.noted.passing = True
        like = ()
    return catalogue.resources([hit.id for hit in like]) or catalogue.related(resource, RELATED)


def series_walk(visit: Visit, resource: Resource) -> SeriesWalk | None:
    """Where a resource stands in a series that staff put in order, and the ways on."""
    catalogue, say = visit.site.catalogue, visit.interface.say
    place, every = catalogue.in_series(resource) if resource.series else (0, [])
    if not place or len(every) < 2:
        return None
    near = {
        neighbour.id: neighbour
        for neighbour in catalogue.resources(every[max(0, place - 2) : place + 1])
    }

    def link(at: int, label: str) -> Link | None:
        neighbour = near.get(every[at]) if 0 <= at < len(every) else None
        if neighbour is None:
            return None
        shown = neighbour.edition(visit.interface.language, *visit.site.settings.languages)
        return Link(
            shown.title,
            links.resource(neighbour.slug),
            language=shown.language,
            direction=direction(shown.language),
            hint=label,
        )

    return SeriesWalk(
        say(
            "%(place)s of %(number)s in the series “%(series)s”",
            place=visit.interface.number(place),
            number=visit.interface.number(len(every)),
            series=resource.series,
        ),
        link(place - 2, say("Before it")),
        link(place, say("Next in the series")),
    )


def beside(visit: Visit, resource: Resource) -> Iterator[Beside]:
    """What else is in the series of a resource, and in the collections that staff put it in."""
    catalogue = visit.site.catalogue
    place, every = catalogue.in_series(resource) if resource.series else (0, [])
    # In an ordered series those that come after this one stand first.
    after = [*every[place:], *every[: max(0, place - 1)]] if place else every
    ids = [id_ for id_ in after if id_ != resource.id][:RELATED]
    if series := catalogue.resources(ids):
        title = visit.interface.say("Also in the series “%(series)s”", series=resource.series)
        yield Beside(title, tuple(card(visit, other) for other in series))
    for collection in catalogue.collections(holding=resource.id):
        if resource.id not in collection.resources:
            continue
        place = collection.resources.index(resource.id)
        others = (*collection.resources[place + 1 :], *collection.resources[:place])
        if near := catalogue.resources(others[:RELATED]):
            yield Beside(
                visit.interface.say("Also in “%(collection)s”", collection=collection.title),
                tuple(card(visit, other) for other in near),
                Link(
                    visit.interface.say("The whole collection"), links.collection(collection.slug)
                ),
            )


def ordered(visit: Visit, resource: Resource, shown: Edition) -> list[Edition]:
    """Editions, the one shown first."""
    return [shown, *(edition for edition in in_order(visit, resource) if edition != shown)]


def edition_box(visit: Visit, resource: Resource, edition: Edition, shown: Edition) -> EditionBox:
    interface = visit.interface
    notes = (labels.note(edition, interface), labels.partial(edition, interface))
    return EditionBox(
        anchor=f"edition-{edition.language or links.UNKNOWN_LANGUAGE}",
        name=own_name(edition.language) if edition.language else labels.format_name(edition),
        title=edition.title if edition.title != shown.title else "",
        language=edition.language,
        direction=direction(edition.language),
        read=links.page(resource, edition, 1),
        download=links.original(edition),
        download_label=interface.say(
            "Download %(format)s, %(size)s",
            format=labels.format_name(edition),
            size=interface.size(edition.bytes),
        ),
        facts=labels.weight(edition, interface),
        notes=tuple(filter(None, notes)),
        unread=labels.unread(edition, interface),
        unread_parts=sentences(edition.unread, interface, remedies=False),
        reading=reading(edition, interface),
        ways=passing.edition_ways(visit, resource, edition),
        within=matches.within(visit, resource, edition, links.NOTHING)
        if edition.text_bytes and edition.pages > 1
        else None,
    )


def facts(visit: Visit, resource: Resource, shown: Edition) -> tuple[Fact, ...]:
    """What is known, facet by facet and then as text."""
    say = visit.interface.say
    current = visit.site.vocabularies.current  # links need not lead round by former identifiers
    known = [
        Fact(
            labels.facet_name(facet.name, visit.interface),
            tuple(
                Link(
                    visit.label(facet.name, value),
                    links.narrowed(facet.name, current(facet.name, value)),
                )
                for value in values(resource, facet.name)
            ),
        )
        for facet in FACETS
    ]
    source = shown.source_url if shown.source_url.startswith(("https://", "http://")) else ""
    known += [
        Fact(say("Authors"), text=visit.interface.listed(shown.authors)),
        Fact(say("Publisher"), text=resource.publisher),
        Fact(say("Series"), text=resource.series),
        Fact(say("Session length"), text=length_of(visit, resource)),
        Fact(
            say("Date"),
            text=labels.published((shown.date, resource.date), visit.interface),
        ),
        Fact(say("Law as it stood in"), text=str(resource.standing.law_year or "")),
        Fact(say("Rights"), text=shown.rights),
        Fact(say("Source"), (Link(host(source), source),) if source else ()),
    ]
    names = (facet.name for facet in FACETS)
    fields = (*names, "authors", "publisher", "series", "duration", "date")
    believed = beliefs(visit, resource, shown)
    return tuple(
        replace(fact, **believed.get(field, {}))
        for field, fact in zip_longest(fields, known)
        if fact and (fact.values or fact.text)
    )


def beliefs(visit: Visit, resource: Resource, shown: Edition) -> Mapping[str, Mapping[str, Any]]:
    """By field, whether what is known was suggested by a program, and from what, or confirmed by
    staff; what the file itself states is neither."""
    say, catalogue = visit.interface.say, visit.site.catalogue
    own = catalogue.statements(shown.id)
    others = [edition.id for edition in resource.editions if edition != shown]
    settled = decide([*own, *(catalogue.statements(*others) if others else ())])
    believed: dict[str, Mapping[str, Any]] = {}
    for field, statement in settled.items():
        if statement.source == "staff":
            believed[field] = {"confirmed": say("confirmed")}
        elif statement.source == "guess":
            pieces = statement.evidence[:EVIDENCE] if statement in own else ()
            believed[field] = {
                "suggested": say("suggested"),
                "evidence": tuple(evidence(visit, resource, shown, piece) for piece in pieces),
            }
    return believed


def evidence(visit: Visit, resource: Resource, edition: Edition, piece: Evidence) -> Link:
    """The words a guess rests on, with the way to their page; of page 0, the file's own fields."""
    words = shortened(piece.words, 160)
    if not 1 <= piece.page <= matches.last_page(edition):
        return Link("", "", hint=words)
    label = labels.page(piece.page, "", visit.interface)
    return Link(label, links.page(resource, edition, piece.page), hint=words)


def values(resource: Resource, facet: str) -> tuple[str, ...]:
    """The values of one facet that a resource has; languages are those of its editions."""
    return resource.languages if facet == "language" else resource.filed(facet)


def contents_of(
    visit: Visit,
    resource: Resource,
    edition: Edition,
    here: int = 0,
    sought: links.Sought = links.NOTHING,
) -> tuple[ContentsLine, ...]:
    """The contents list of an edition; the last heading at or before page `here` is current."""
    lines = [heading for heading in edition.contents if heading.level <= DEEPEST]
    top = min((heading.level for heading in lines), default=1)
    current = max((n for n, line in enumerate(lines) if line.page <= here), default=-1)
    return tuple(
        ContentsLine(
            title=heading.title,
            url=links.page(resource, edition, heading.page, sought),
            page=visit.interface.number(heading.page),
            level=heading.level - top + 1,
            current=n == current,
        )
        for n, heading in enumerate(lines)
    )


def host(address: str) -> str:
    """The name of the site an address leads to."""
    return address.split("/")[2].removeprefix("www.")


ROUTES = [
    Route("/resources/{slug}", fresh(resource)),
]
