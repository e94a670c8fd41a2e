"""A list that somebody made on a phone, opened from the link it was passed on as.

The link is the list: nothing of it is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from library.web import labels, links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.parts.cards import Card, card
from library.web.site import visit_of
from library.web.viewmodels import Frame

MOST = 100  # resources of one list
LONGEST = 200  # characters of the name of one


@dataclass(frozen=True, slots=True)
class ListPage:
    frame: Frame
    heading: str
    count: str
    missing: str
    cards: tuple[Card, ...]
    take: str


def listed(request: Request) -> Response:
    visit = visit_of(request)
    say, interface = visit.interface.say, visit.interface
    asked = ",".join(request.query_params.getlist("r")).split(",")
    ids = tuple(dict.fromkeys(id_.strip()[:LONGEST] for id_ in asked if id_.strip()))[:MOST]
    found = {resource.id: resource for resource in visit.site.catalogue.resources(ids)}
    shown = [found[id_] for id_ in ids if id_ in found]
    missing = len(ids) - len(shown)
    heading = say("A list of documents")
    page = ListPage(
        frame=frame(visit, heading, robots="noindex"),
        heading=heading,
        count=labels.resources(len(shown), interface),
        missing=interface.plural(
            "%(number)s more is not in the library any more.",
            "%(number)s more are not in the library any more.",
            missing,
        )
        if missing
        else "",
        cards=tuple(card(visit, resource) for resource in shown),
        take=links.take_resources(resource.slug for resource in shown) if shown else "",
    )
    return answer(visit, "list.html", page)


ROUTES = [Route(links.LIST, fresh(listed), methods=["GET"])]
