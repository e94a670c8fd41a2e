"""Files: originals as they arrived, pictures of their pages, and what pages are dressed in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from library.core import extras, logs
from library.core.errors import NotUsable
from library.core.formats import PICTURED
from library.core.resource import Edition
from library.core.settings import Settings
from library.store import shared_files
from library.store.holdings import holdings_of
from library.store.originals import picture_path
from library.web.errors import DAMAGED
from library.web.freshness import FOREVER, PAGE, unchanged
from library.web.headers import codings
from library.web.limits import network
from library.web.links import UNKNOWN_LANGUAGE
from library.web.original_response import OriginalResponse
from library.web.pages.reader import PDF, edition_of
from library.web.pages.resource import resource_of
from library.web.parts import card_picture
from library.web.parts.matches import last_page
from library.web.parts.passing import card_of
from library.web.site import Visit, visit_of
from library.web.usage import count_download
from library.web.wishes import Wishes

PATIENCE = 8.0  # seconds a reader waits for a picture to be drawn
LOOK = 0.05  # seconds between two looks for it
LOOK_FAR = 0.3  # the same where another machine may draw it
WISHES = Wishes()  # of this process

_CHECKSUM = re.compile(r"[0-9a-f]{64}")

# A stranger's file can do nothing here: no scripts, no forms, no way to the site's own pages.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def original(request: Request) -> Response:
    """The file itself: a PDF opens in the browser, anything else is only downloaded."""
    visit = visit_of(request)
    sha256 = request.path_params["sha256"]
    match = visit.site.catalogue.original(sha256) if _CHECKSUM.fullmatch(sha256) else None
    if match is None or not match.public:
        raise HTTPException(410 if match and match.withdrawn else 404)
    holdings = holdings_of(visit.site.settings, visit.site.catalogue)
    try:
        size = None if match.damaged else holdings.size(sha256)
    except NotUsable as error:
        logs.event("store away", "warning", reason=str(error))
        raise HTTPException(503, headers={"Retry-After": "30"}) from error
    if size is None:
        raise HTTPException(503, DAMAGED)
    etag = f'"{sha256}"'
    shown = "inline" if match.media_type == PDF else "attachment"
    headers = {
        "ETag": etag,
        "Cache-Control": PAGE,  # what is withdrawn must be gone from everywhere at once
        "Content-Security-Policy": SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(match.filename, safe='')}",
    }
    if unchanged(request, etag):
        return Response(status_code=304, headers=headers)
    count_download(visit, match)
    media_type = match.media_type or "application/octet-stream"
    return OriginalResponse(holdings, sha256, size, headers, media_type)


def picture(request: Request) -> Response:
    """The picture of a page; when there is none yet a worker is asked, and waited for."""
    visit = visit_of(request)
    edition = edition_of(visit, resource_of(visit))
    return drawing(visit, edition, request.path_params["page"])


def cover(request: Request) -> Response:
    """The picture that stands for a resource, as small as on a card."""
    visit = visit_of(request)
    resource = resource_of(visit)
    image = resource.cover
    edition = next(
        (edition for edition in resource.editions if image and edition.id == image.edition), None
    )
    if image is None or edition is None:
        raise HTTPException(404)
    return drawing(visit, edition, min(image.page, last_page(edition)), small=True)


def card(request: Request) -> Response:
    """The card of a resource as a picture, drawn now if it was not. Raises 404, 503."""
    visit = visit_of(request)
    resource = resource_of(visit)
    if not extras.print_installed():
        raise HTTPException(404)
    edition = resource.edition(request.query_params.get("language", ""))
    made, site = card_of(visit, resource, edition), visit.site
    path = card_picture.path_of(site.settings, made.digest)
    headers = {"ETag": f'"{made.digest}"', "Cache-Control": PAGE}
    if not shared_files.bring(site.settings, path):
        language = edition.language or UNKNOWN_LANGUAGE
        wait_for(visit, path, lambda: site.catalogue.wish_card(resource.id, language, made.digest))
    if unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/png")


def drawing(visit: Visit, edition: Edition, number: int, *, small: bool = False) -> Response:
    """A page as a picture, or as small as on a card; drawn now, if it was not. Raises 404, 503."""
    if edition.media_type not in PICTURED or not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    site, sha256 = visit.site, edition.sha256
    path = picture_path(site.settings.images, sha256, number, small=small)
    kind = "-small" if small else ""
    headers = {"ETag": f'"{sha256[:16]}-{number}{kind}"', "Cache-Control": PAGE}
    if not shared_files.bring(site.settings, path):
        wished(visit, path, sha256, number, small=small)
    if unchanged(visit.request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/webp")


def wished(visit: Visit, path: Path, sha256: str, number: int, *, small: bool = False) -> None:
    """Ask a worker for the picture of a page and wait until it is there. Raises 503."""
    wait_for(visit, path, lambda: visit.site.catalogue.wish_picture(sha256, number, small=small))


def wait_for(visit: Visit, path: Path, wish: Callable[[], None]) -> None:
    """Ask a worker for a picture and wait until it is there.

    Raises 503 where that takes too long, or where who asks has wished for too many.
    """
    client = visit.request.client
    address = network(client.host if client else "")
    later = HTTPException(503, headers={"Retry-After": "5"})
    if not WISHES.may(address, path):
        raise later
    wish()
    with WISHES.place(address) as free:
        if not (free and drawn(visit.site.settings, path)):
            raise later


def drawn(settings: Settings, path: Path, patience: float = PATIENCE) -> bool:
    """Wait until the file is there; False when it takes too long."""
    end = time.monotonic() + patience
    while not shared_files.bring(settings, path):
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_FAR if settings.store else LOOK)
    return True


def static(request: Request) -> Response:
    """A style sheet or icon, under a name that changes when its content does."""
    site = visit_of(request).site
    name = request.path_params["name"]
    file = site.pages.static.get(name)
    if file is None:
        raise HTTPException(404)
    headers = {"Cache-Control": FOREVER, "ETag": f'"{name}"'}
    if unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if file.brotli and ("br", True) in codings(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "br"
        return Response(file.brotli, media_type=file.media_type, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)


def favicon(request: Request) -> Response:
    """Where browsers look for an icon without being told."""
    site = visit_of(request).site
    file = site.pages.static[site.pages.names["icon.svg"]]
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(file.content, media_type=file.media_type, headers=headers)


ROUTES = [
    Route("/resources/{slug}/cover.webp", cover),
    Route("/resources/{slug}/card.png", card),
    Route("/resources/{slug}/{language}/{page:int}/picture.webp", picture),
    Route("/originals/{sha256}/{name:path}", original),
    Route("/favicon.ico", favicon),
    Route("/static/{name}", static),
]
