"""The addresses of concept schemes and concepts: a page for people, SKOS for programs.

Which of them is told by `Accept`, or by `format` in the address. Hidden labels are in no answer:
they find, and are never shown.
"""

from __future__ import annotations

from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library.skos import writer
from library.skos.facts import FORMATS
from library.vocabularies import Vocabularies
from library.web import links
from library.web.freshness import PAGE, headers_of, unchanged
from library.web.headers import OPEN
from library.web.site import Visit, visit_of

MEDIA_TYPES = {media_type: format_ for format_, (_, media_type) in FORMATS.items()}
MEDIA_TYPES["application/json"] = "json-ld"
PAGES = ("text/html", "application/xhtml+xml", "text/*", "*/*")


def scheme(request: Request) -> Response:
    """The concepts of a facet."""
    visit = visit_of(request)
    facet = request.path_params["facet"]
    if facet not in visit.site.vocabularies.schemes:
        raise HTTPException(404)
    return _answer(visit, facet, "", links.browse(facet))


def concept(request: Request) -> Response:
    """A concept, also under a former identifier."""
    visit = visit_of(request)
    facet = request.path_params["facet"]
    known = visit.site.vocabularies.concept(facet, request.path_params["id"])
    if known is None:
        raise HTTPException(404)
    return _answer(visit, facet, known.id, links.narrowed(facet, known.id))


def _answer(visit: Visit, facet: str, id_: str, page: str) -> Response:
    """303 to the page, as those that are described are no documents themselves; or SKOS."""
    format_ = format_of(visit.request)
    if not format_:
        headers = {"Cache-Control": PAGE, "Vary": "Accept"}
        return RedirectResponse(page, 303, headers=headers)
    headers = headers_of(visit.site.state(), format_)
    headers |= {**OPEN, "Vary": "Accept, Host"}
    if unchanged(visit.request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    content = _written(visit.site.vocabularies, facet, id_, visit.base, format_)
    ending, media_type = FORMATS[format_]
    name = f"{id_ or facet}.{ending}"
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return Response(content, media_type=f"{media_type}; charset=utf-8", headers=headers)


@lru_cache(16)
def _written(known: Vocabularies, facet: str, id_: str, base: str, format_: str) -> bytes:
    return writer.published(known, facet, id_, base, format_)


def format_of(request: Request) -> str:
    """The format that is asked for; "" for a page, which browsers and whoever asks nothing get."""
    named = request.query_params.get("format", "")
    if named in FORMATS:
        return named
    best, format_ = 0.0, ""
    for part in request.headers.get("accept", "*/*")[:500].lower().split(","):
        media_type, *parameters = (one.strip() for one in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        if quality > best and (media_type in MEDIA_TYPES or media_type in PAGES):
            best, format_ = quality, MEDIA_TYPES.get(media_type, "")
    return format_


ROUTES = [
    Route("/vocabularies/{facet}", scheme),
    Route("/vocabularies/{facet}/{id}", concept),
]
