"""The site as one application: its addresses, and what every answer passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from index.engine import SearchError
from library.core.errors import LibraryError
from library.core.settings import Settings
from library.operations.roster import Roster
from library.search.hidden import Hidden
from library.web import errors, files, metrics
from library.web.api import endpoints, exports, opds, openapi
from library.web.compression import Compression
from library.web.headers import SecurityHeaders
from library.web.limits import Limits
from library.web.oai import page as oai
from library.web.pages import (
    alerts,
    ask,
    browse,
    collection,
    edition_search,
    educators,
    facet_values,
    feeds,
    following,
    home,
    installed,
    kept,
    linkset,
    listed,
    narrow,
    packs,
    pass_on,
    quote,
    reader,
    report,
    resource,
    search,
    short,
    style,
    suggest,
    vocabularies,
    whole,
)
from library.web.response_cache import ResponseCache
from library.web.site import Site, open_site
from library.web.staff.arrivals.event_stream import look
from library.web.staff.arrivals.live import Live
from library.web.staff.routes import ROUTES as STAFF

LARGEST_BODY = 64 * 1024  # bytes; readers send nothing but addresses

ROUTES = [
    *home.ROUTES,
    *search.ROUTES,
    *narrow.ROUTES,  # before the pages of single facets
    *facet_values.ROUTES,
    *resource.ROUTES,
    *linkset.ROUTES,
    *files.ROUTES,
    *pass_on.ROUTES,
    *quote.ROUTES,
    *whole.ROUTES,
    *edition_search.ROUTES,
    *reader.ROUTES,
    *browse.ROUTES,
    *collection.ROUTES,
    *educators.ROUTES,
    *short.ROUTES,
    *vocabularies.ROUTES,
    *style.ROUTES,
    *suggest.ROUTES,
    *ask.ROUTES,
    *report.ROUTES,
    *packs.ROUTES,
    *kept.ROUTES,
    *listed.ROUTES,
    *installed.ROUTES,
    *feeds.ROUTES,
    *following.ROUTES,
    *alerts.ROUTES,
    *oai.ROUTES,
    *exports.ROUTES,
    *opds.ROUTES,
    *openapi.ROUTES,
    *endpoints.ROUTES,
    *metrics.ROUTES,
    *STAFF,
]

MIDDLEWARE = [
    Middleware(ResponseCache, routes=ROUTES),  # first: what it keeps is what was sent
    Middleware(SecurityHeaders),
    Middleware(Limits),
    Middleware(Compression),
]

MISHAPS: Mapping[Any, Any] = {
    HTTPException: errors.on_http,
    SearchError: errors.on_search,
    LibraryError: errors.on_library,
    Exception: errors.on_anything,
}


def create_app(settings: Settings, roster: Roster | None = None) -> Starlette:
    """The site of the library of these settings; `roster`: how the processes beside it are.

    Raises NotUsable, SearchError.
    """
    return app_of(open_site(settings, roster))


def app_of(site: Site) -> Starlette:
    """The site of a library that is open already; it is closed when the application ends."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            with site.tally.flushing(site.catalogue):
                yield
        finally:
            site.close()

    app = Starlette(
        routes=ROUTES,
        middleware=MIDDLEWARE,
        exception_handlers=MISHAPS,
        lifespan=lifespan,
        max_body_size=LARGEST_BODY,
    )
    site.engine.hide(Hidden(site.catalogue, lambda: site.now().vocabularies))
    app.state.site = site
    app.state.live = Live(partial(look, site.catalogue))
    return app
