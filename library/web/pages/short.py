"""Short addresses: of a resource, of a page, and the picture that phones read them from."""

from __future__ import annotations

import io

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.core.resource import Resource
from library.web import links, passing_links
from library.web.freshness import PAGE
from library.web.pages.reader import edition_of
from library.web.pages.resource import absent
from library.web.parts.matches import last_page
from library.web.site import Visit, visit_of


def named(visit: Visit) -> Resource:
    """The resource whose id begins with the key of the address. Raises 404, 410."""
    catalogue, key = visit.site.catalogue, visit.request.path_params["key"].lower()
    if len(key) >= passing_links.SHORTEST:
        key = catalogue.id_beginning(key) or key
    # A resource that went into another one has left it its id as an address.
    found = catalogue.by_slug(key)
    if found is None:
        raise absent(visit, key)
    return found


def resource(request: Request) -> Response:
    return _to(links.resource(named(visit_of(request)).slug))


def ark(request: Request) -> Response:
    """A resource by its ARK; what follows its name, such as a page, is not told apart."""
    visit = visit_of(request)
    authority, _, begins = visit.site.settings.ark.partition("/")
    given = request.path_params
    key = given["name"].replace("-", "").lower()  # hyphens mean nothing in an ARK
    if not authority or given["authority"] != authority or not key.startswith(begins):
        raise HTTPException(404)
    key = key.removeprefix(begins).partition("/")[0]
    found = visit.site.catalogue.by_slug(key)
    if found is None:
        raise absent(visit, key)
    return _to(links.resource(found.slug))


def page(request: Request) -> Response:
    visit = visit_of(request)
    found = named(visit)
    edition = edition_of(visit, found)
    number = request.path_params["page"]
    if not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    return _to(links.page(found, edition, number))


def _to(address: str) -> Response:
    # Where a resource is can change, so a browser is to ask each time.
    return RedirectResponse(address, 302, headers={"Cache-Control": PAGE})


def qr(request: Request) -> Response:
    visit = visit_of(request)
    made = io.BytesIO()
    address = f"{visit.base}{passing_links.short(named(visit))}"
    segno.make(address, error="m", micro=False).save(
        made,
        kind="svg",
        scale=4,
        border=4,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    # The address may be as it was asked for.
    headers = {"Cache-Control": PAGE, "Vary": "Host"}
    return Response(made.getvalue(), media_type="image/svg+xml", headers=headers)


ROUTES = [
    Route("/ark:/{authority}/{name:path}", ark),
    Route("/ark:{authority}/{name:path}", ark),
    Route("/r/{key}.svg", qr),
    Route("/r/{key}", resource),
    Route("/r/{key}/{language}/{page:int}", page),
]
