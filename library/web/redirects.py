"""Addresses that hold a concept by a former identifier lead to the same with the present one."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.web import links
from library.web.facet_params import renewed
from library.web.freshness import PAGE
from library.web.site import Visit, visit_of


def moved(visit: Visit) -> RedirectResponse | None:
    """301 to where a search, feed or list is now; None when it is here."""
    given = visit.request.query_params.multi_items()
    now = renewed(given, visit.site.vocabularies)
    if now == given:
        return None
    # Staff can undo a merge, and a browser would keep a permanent move for good.
    there = f"{visit.request.url.path}?{urlencode(now)}"
    return RedirectResponse(there, 301, headers={"Cache-Control": PAGE})


def scheme(request: Request) -> Response:
    """The address of a concept scheme in SKOS files: 303 to what there is under it."""
    facet = request.path_params["facet"]
    if facet not in visit_of(request).site.vocabularies.schemes:
        raise HTTPException(404)
    return RedirectResponse(links.browse(facet), 303, headers={"Cache-Control": PAGE})


def concept(request: Request) -> Response:
    """The same of a concept, a former one too."""
    facet = request.path_params["facet"]
    known = visit_of(request).site.vocabularies.concept(facet, request.path_params["id"])
    if known is None:
        raise HTTPException(404)
    there = links.narrowed(facet, known.id)
    return RedirectResponse(there, 303, headers={"Cache-Control": PAGE})


ROUTES = [
    Route("/vocabularies/{facet}", scheme),
    Route("/vocabularies/{facet}/{id}", concept),
]
