"""All that belongs to a resource, as links for programs: `/resources/{slug}/linkset.json`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from library.web import links
from library.web.freshness import fresh
from library.web.headers import OPEN
from library.web.pages.resource import resource_of
from library.web.parts.described import collections_of, linkset_of
from library.web.site import visit_of


def linkset(request: Request) -> Response:
    """The same links as in the headers of its page, and those that lead back (RFC 9264)."""
    visit = visit_of(request)
    resource = resource_of(visit)
    if resource.slug != request.path_params["slug"]:
        return RedirectResponse(links.linkset(resource), 308, headers=OPEN)
    body = linkset_of(visit, resource, collections_of(visit, resource))
    return JSONResponse(body, headers=OPEN, media_type="application/linkset+json")


ROUTES = [
    Route("/resources/{slug}/linkset.json", fresh(linkset)),
]
