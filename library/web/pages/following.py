"""How to be told of what is new, for people who never heard of feeds."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from library.web import links
from library.web.frame import answer, frame
from library.web.freshness import fresh
from library.web.site import visit_of
from library.web.viewmodels import Frame, Link


@dataclass(frozen=True, slots=True)
class FollowingPage:
    frame: Frame
    heading: str
    address: str  # of all that is new
    search: Link
    letters: Link | None  # to be told by e-mail; None where the library writes no letters


def following(request: Request) -> Response:
    visit = visit_of(request)
    say = visit.interface.say
    heading = say("How to follow what is new")
    page = FollowingPage(
        frame=frame(visit, heading, canonical=links.FOLLOWING, sheets=("front.css",)),
        heading=heading,
        address=f"{visit.base}{links.FEED}",
        search=Link(say("Search"), links.SEARCH),
        letters=Link(say("Letters about what is new"), links.NEW_ALERT)
        if visit.site.settings.smtp
        else None,
    )
    return answer(visit, "following.html", page)


ROUTES = [Route(links.FOLLOWING, fresh(following))]
