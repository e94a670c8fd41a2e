"""The site as one application: its addresses, and what every answer passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette_compress import CompressMiddleware, remove_compress_type

from index.engine import SearchError
from library.core.errors import LibraryError
from library.core.settings import Settings
from library.operations.roster import Roster
from library.web import errors, files, metrics, redirects
from library.web.api import endpoints
from library.web.headers import SecurityHeaders
from library.web.limits import Limits
from library.web.pages import (
    ask,
    browse,
    edition_search,
    facet_values,
    feeds,
    home,
    narrow,
    reader,
    report,
    resource,
    search,
    style,
    suggest,
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
    *files.ROUTES,
    *edition_search.ROUTES,
    *reader.ROUTES,
    *browse.ROUTES,
    *redirects.ROUTES,
    *style.ROUTES,
    *suggest.ROUTES,
    *ask.ROUTES,
    *report.ROUTES,
    *feeds.ROUTES,
    *endpoints.ROUTES,
    *metrics.ROUTES,
    *STAFF,
]

remove_compress_type("text/event-stream")  # what is told at once is not to wait in a block

MIDDLEWARE = [
    Middleware(ResponseCache, routes=ROUTES),  # first: what it keeps is what was sent
    Middleware(SecurityHeaders),
    Middleware(Limits),
    # Who takes Brotli gets it: of pages it makes a sixth less than the other two.
    Middleware(CompressMiddleware, minimum_size=600, brotli=False, zstd_level=9, gzip_level=6),
    Middleware(CompressMiddleware, minimum_size=600, brotli_quality=6, zstd=False, gzip=False),
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
    app.state.site = site
    app.state.live = Live(partial(look, site.catalogue))
    return app
