"""All values of one facet with what is under each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.fields import FACET, FACETS, NOT_STATED
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.pages.home import Shelf, counted
from library.web.parts.cards import shortened
from library.web.parts.filters import ordered, stated
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame, Link

LISTED, DESCRIBED = 12, 160  # values and characters by which a list is described


@dataclass(frozen=True, slots=True)
class BrowsePage:
    frame: Frame
    heading: str
    tabs: tuple[Link, ...]
    shelves: tuple[Shelf, ...]
    empty: str = ""


def described(visit: Visit, shelves: Sequence[Shelf]) -> str:
    """What is listed, for lists of other sites: the first values."""
    values = (link.label for shelf in shelves for link in (shelf.heading, *shelf.links) if link)
    return shortened(visit.interface.listed(islice(values, LISTED)), DESCRIBED)


def browse(request: Request) -> Response:
    visit = visit_of(request)
    facet = FACET.get(request.path_params["facet"])
    if facet is None:
        raise HTTPException(404)
    counts, trouble = counted(visit)
    heading = labels.browse_heading(facet.name, visit.interface)
    shelves = shelves_of(visit, facet.name, counts.get(facet.name, {}))
    nothing = visit.interface.say("Nothing in the library is described in this way yet.")
    page = BrowsePage(
        frame=frame(
            visit,
            heading,
            description=described(visit, shelves),
            canonical=links.browse(facet.name),
            sheets=("front.css",),
        ),
        heading=heading,
        tabs=tuple(
            Link(
                labels.facet_name(other.name, visit.interface),
                links.browse(other.name),
                current=other == facet,
            )
            for other in FACETS
        ),
        shelves=shelves,
        empty=trouble or ("" if shelves else nothing),
    )
    return answer(visit, "browse.html", page)


def way(visit: Visit, facet: str, value: str, counts: Mapping[str, int]) -> Link:
    """To all that is under one value; without a count where nothing is under it itself."""
    count = counts.get(value, 0)
    return Link(
        visit.label(facet, value),
        links.narrowed(facet, value),
        count=visit.interface.number(count) if count else "",
        hint=labels.resources(count, visit.interface) if count else "",
    )


def shelves_of(visit: Visit, facet: str, counts: Mapping[str, int]) -> tuple[Shelf, ...]:
    """Values under those right above them; what stands alone shares one list, which "not stated"
    ends.
    """
    vocabularies = visit.site.vocabularies
    unsaid, counts = counts.get(NOT_STATED, 0), stated(counts)
    below: dict[str, list[str]] = {}
    for value in arranged(visit, facet, counts):
        below.setdefault(vocabularies.broader(facet, value) or "", []).append(value)

    def shelf(top: str) -> Shelf:
        below_it = tuple(links_below(visit, facet, top, counts, below))
        return Shelf("", below_it, heading=way(visit, facet, top, counts))

    parents = [value for value in below if value]
    tops = [value for value in below.get("", []) if value in below]
    tops += [value for value in parents if value not in counts]
    alone = [way(visit, facet, value, counts) for value in below.get("", []) if value not in below]
    if counts and unsaid:
        alone.append(way(visit, facet, NOT_STATED, {NOT_STATED: unsaid}))
    shelves = [shelf(top) for top in tops]
    return (*shelves, Shelf("", tuple(alone))) if alone else tuple(shelves)


def links_below(
    visit: Visit, facet: str, top: str, counts: Mapping[str, int], below: Mapping[str, list[str]]
) -> Iterator[Link]:
    for value in below.get(top, []):
        yield way(visit, facet, value, counts)
        yield from links_below(visit, facet, value, counts, below)


def arranged(visit: Visit, facet: str, counts: Mapping[str, int]) -> list[str]:
    """Places and languages by name, the rest as their scheme has them."""
    if FACET[facet].alphabetical:
        return sorted(counts, key=lambda value: visit.label(facet, value).casefold())
    return ordered(visit, replace(FACET[facet], order="scheme"), set(counts), counts, counts)


ROUTES = [
    Route("/browse/{facet}", fresh(browse)),
]
