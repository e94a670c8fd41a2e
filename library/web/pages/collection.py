"""A collection, and a course: what is gone through one after the other, with its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from library.core.resource import JSON, Collection, Resource
from library.vocabularies.durations import iso
from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.parts.cards import Card, card
from library.web.parts.session_facts import length, minutes
from library.web.site import Visit, visit_of
from library.web.viewmodels import Frame

COURSE = "course"


@dataclass(frozen=True, slots=True)
class CollectionPage:
    frame: Frame
    kind: str  # what it is called that it is
    heading: str
    summary: str
    count: str
    cards: tuple[Card, ...]
    is_course: bool
    total: str  # of a course: the time of all that have one
    timed: str  # of how many that is; "" of all
    cited: str  # for a print of it
    take: str  # where all of it is taken along


def _asked(visit: Visit) -> tuple[Collection, Sequence[Resource]]:
    """The collection an address names, and what readers may see of it. Raises 404."""
    shown = visit.site.catalogue.collection(visit.request.path_params["slug"])
    if shown is None:
        raise HTTPException(404)
    return shown, visit.site.catalogue.resources(shown.resources)


def collection(request: Request) -> Response:
    visit = visit_of(request)
    shown, resources = _asked(visit)
    say = visit.interface.say
    is_course = shown.kind == COURSE
    total, timed = _total(visit, resources) if is_course else ("", "")
    address = links.collection(shown.slug)
    page = CollectionPage(
        frame=frame(
            visit,
            shown.title,
            description=shown.summary,
            canonical=address,
        ),
        kind=say("Course") if is_course else say("Collection"),
        heading=shown.title,
        summary=shown.summary,
        count=labels.resources(len(resources), visit.interface),
        cards=tuple(card(visit, resource) for resource in resources),
        is_course=is_course,
        total=total,
        timed=timed,
        cited=f"{visit.site.settings.name} · {visit.base}{address}",
        take=links.take_collection(shown.slug) if resources else "",
    )
    return answer(visit, "collection.html", page)


def _total(visit: Visit, resources: Sequence[Resource]) -> tuple[str, str]:
    """The time of all that have one, and of how many that is where some have none."""
    known = [time for resource in resources if (time := minutes(visit, resource))]
    if not known:
        return "", ""
    say, number = visit.interface.say, visit.interface.number
    total = say("Total time: %(time)s", time=length(sum(known), visit.interface))
    if len(known) == len(resources):
        return total, ""
    return total, say(
        "%(timed)s of %(all)s have a time", timed=number(len(known)), all=number(len(resources))
    )


def collection_answer(request: Request) -> Response:
    """The same for programs."""
    visit = visit_of(request)
    shown, resources = _asked(visit)
    base = visit.site.settings.base_url
    times = {resource.id: minutes(visit, resource) for resource in resources}
    known = [time for time in times.values() if time]
    body: JSON = {
        "slug": shown.slug,
        "url": base + links.collection(shown.slug),
        "title": shown.title,
        "summary": shown.summary or None,
        "kind": shown.kind or "collection",
        "duration": iso(sum(known)) if known else None,
        "timed": len(known),
        "resources": [
            {
                "id": resource.id,
                "title": resource.edition().title,
                "url": base + links.resource(resource.slug),
                "duration": iso(time) if (time := times[resource.id]) else None,
            }
            for resource in resources
        ],
    }
    return JSONResponse(body, headers={"Access-Control-Allow-Origin": "*"})


ROUTES = [
    Route("/collections/{slug}", fresh(collection)),
    Route("/api/collections/{slug}", fresh(collection_answer)),
]
