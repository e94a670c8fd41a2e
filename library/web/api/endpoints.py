"""The library for programs: `/api/search`, `/api/resources/{id}` and `/healthz`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from index.engine import SearchError
from library.core.errors import LibraryError
from library.web import links
from library.web.api.answers import facet_answer, record, search_answer
from library.web.errors import refused
from library.web.freshness import fresh
from library.web.headers import OPEN
from library.web.links import Asked
from library.web.pages.facet_values import counts_of, facet_of, matching, typed_of
from library.web.pages.resource import absent
from library.web.pages.search import asked_of, problems, said, unfiled
from library.web.site import Visit, visit_of
from library.web.usage import searched

SEARCH = "/api/search"


def search(request: Request) -> Response:
    visit = visit_of(request)
    asked = asked_of(visit)
    began = time.perf_counter()
    results = searched(visit, asked.query)
    took = round((time.perf_counter() - began) * 1000)
    answer = search_answer(
        asked,
        results,
        visit.site.catalogue.resources([hit.id for hit in results.every()]),
        visit.label,
        took_ms=took,
        base=visit.site.settings.base_url,
        problems=(*problems(visit, asked, results), *unfiled(visit, asked, results)),
        suggestion=said(visit, results),
    )
    return JSONResponse(answer, headers={**OPEN, **beside(visit, asked, results.total)})


def beside(visit: Visit, asked: Asked, total: int) -> Mapping[str, str]:
    """The pages before and after this one, as a Link header (RFC 8288)."""
    query = asked.query
    last = min(max(1, -(-total // query.size)), links.LAST_PAGE)
    pages = {"first": 1, "prev": query.page - 1, "next": query.page + 1, "last": last}
    told = [
        f"<{visit.base}{links.url_of(asked.with_query(replace(query, page=page)), SEARCH)}>; "
        f'rel="{relation}"'
        for relation, page in pages.items()
        if 1 <= page <= last
    ]
    return {"Link": ", ".join(told)}


def resource(request: Request) -> Response:
    visit = visit_of(request)
    asked = request.path_params["id"]
    published = visit.site.catalogue.resource(asked)
    if published is None:
        joined = visit.site.catalogue.by_slug(asked)  # a resource that went into another
        if joined is None:
            raise absent(visit, asked)
        return RedirectResponse(links.record(joined.id), 308, headers=OPEN)
    newer = visit.site.catalogue.resource(published.standing.successor)
    base = visit.site.settings.base_url
    return JSONResponse(record(published, visit.label, base, newer), headers=OPEN)


def health(request: Request) -> Response:
    """200 when readers can search and read, 503 when not, with what is wrong."""
    site = visit_of(request).site
    try:
        held, indexed = site.totals().resources, site.engine.info().documents
    except (LibraryError, SearchError) as error:
        refused(request, error, 503)
        answer = {"status": "failing", "reason": str(error)}
        return JSONResponse(answer, 503, headers={"Cache-Control": "no-store"})
    well = {"status": "ok", "resources": held, "indexed": indexed}
    return JSONResponse(well, headers={"Cache-Control": "no-store"})


def choices_answer(request: Request) -> Response:
    visit = visit_of(request)
    facet = facet_of(request)
    asked = asked_of(visit)
    _, held = counts_of(visit, asked)
    counts = held.get(facet.name, {})
    whole = visit.site.whole().get(facet.name, {})
    choices = matching(visit, asked, facet, typed_of(request), whole)
    made = facet_answer(
        facet.name,
        {value: counts.get(value, 0) for value in choices},
        asked.query,
        visit.label,
    )
    vocabularies = visit.site.vocabularies
    values = [
        {**choice, "broader": vocabularies.broader(facet.name, choice["id"])} for choice in made
    ]
    body = {"facet": facet.name, "operator": facet.operator, "values": values}
    return JSONResponse(body, headers=OPEN)


ROUTES = [
    Route(SEARCH, fresh(search)),
    Route("/api/facets/{facet}", fresh(choices_answer)),
    Route("/api/resources/{id}", fresh(resource)),
    Route("/healthz", health),
]
