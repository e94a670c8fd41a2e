"""Searching inside one edition: the list of its pages that answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.results import PageMatches
from library.core.resource import Edition, Resource
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.i18n import direction, own_name
from library.web.links import Sought
from library.web.pages.reader import edition_of, go, sought_of
from library.web.pages.resource import resource_of
from library.web.parts.blocks import Piece, pieces
from library.web.parts.matches import MatchBar, Within, bar, matches, within
from library.web.parts.passages import without_leaders
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link, Paging

LISTED = 20  # pages of matches on one page of the list


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a document that answers."""

    url: str
    page: str
    pieces: tuple[Piece, ...]
    count: str


@dataclass(frozen=True, slots=True)
class InsidePage:
    frame: Frame
    title: str
    resource: str
    language: str
    direction: str
    heading: str
    summary: str
    within: Within
    bar: MatchBar
    hits: tuple[PageHit, ...]
    paging: Paging | None
    whole: Link
    editions: tuple[Link, ...]


def inside(request: Request) -> Response:
    """The pages of an edition that hold the words `q`; with `page`, or without words, that page."""
    sought = sought_of(request)
    if not sought or "page" in request.query_params:
        return go(request)
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.inside(resource, edition, sought), 308)
    return answer(visit, "inside.html", inside_page(visit, resource, edition, sought))


def inside_page(visit: Visit, resource: Resource, edition: Edition, sought: Sought) -> InsidePage:
    interface = visit.interface
    written = visit.request.query_params.get("part", "1")
    part = int(written) if written.isdecimal() and 0 < len(written) < 6 else 1
    hits = matches(visit, resource, edition, sought, (max(part, 1) - 1) * LISTED, LISTED)
    parts = max(1, -(-len(hits) // LISTED))
    if part > parts or part < 1:
        part = 1
        hits = matches(visit, resource, edition, sought, 0, LISTED)
    shown = hits[(part - 1) * LISTED : part * LISTED]
    printed = visit.site.catalogue.labels([(edition.id, hit.page) for hit in shown])
    heading = interface.say("“%(words)s” in this document", words=sought.words[:60])
    return InsidePage(
        frame=frame(
            visit,
            f"{heading} · {edition.title}",
            words=sought.words,
            robots="noindex",
            sheets=("read.css",),
        ),
        title=edition.title,
        resource=links.resource(resource.slug, edition.language),
        language=edition.language,
        direction=direction(edition.language),
        heading=heading,
        summary=summary(visit, hits),
        within=within(visit, resource, edition, sought),
        bar=bar(visit, edition, hits),
        hits=tuple(
            PageHit(
                url=links.to_sentence(resource, edition, hit.page, sought, hit.place),
                page=labels.page(hit.page, printed.get((edition.id, hit.page), ""), interface),
                pieces=pieces(*without_leaders(hit.text, hit.marks)),
                count=times(visit, hit.count),
            )
            for hit in shown
        ),
        paging=paging(visit, resource, edition, sought, part, parts),
        whole=Link(interface.say("Search the whole library"), links.searched_for(sought)),
        editions=tuple(
            Link(
                own_name(other.language),
                links.inside(resource, other, sought),
                language=other.language,
                direction=direction(other.language),
            )
            for other in resource.editions
            if other != edition and other.language
        ),
    )


def times(visit: Visit, count: int) -> str:
    return visit.interface.plural("%(number)s time", "%(number)s times", count)


def summary(visit: Visit, hits: Sequence[PageMatches]) -> str:
    """How many matches there are, and on how many pages."""
    if not hits:
        return visit.interface.say("None of these words is in this document.")
    total = visit.interface.plural(
        "%(number)s match", "%(number)s matches", sum(page.count for page in hits)
    )
    return f"{total} · {labels.pages(len(hits), visit.interface)}"


def paging(
    visit: Visit, resource: Resource, edition: Edition, sought: Sought, part: int, parts: int
) -> Paging | None:
    if parts == 1:
        return None

    def link(number: int, label: str = "") -> Link:
        url = links.inside(resource, edition, sought, number)
        return Link(label or visit.interface.number(number), url, current=number == part)

    say = visit.interface.say
    return Paging(
        say("Pages of results"),
        previous=link(part - 1, say("Previous")) if part > 1 else None,
        next=link(part + 1, say("Next")) if part < parts else None,
        numbers=tuple(link(number) for number in range(1, parts + 1)),
    )


ROUTES = [
    Route("/resources/{slug}/{language}", fresh(inside)),
]
