"""Files: originals as they arrived, pictures of their pages, and what pages are dressed in."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from library.core.formats import PICTURED
from library.core.resource import Edition
from library.store.originals import path_of, picture_path
from library.web.freshness import FOREVER, PAGE, unchanged
from library.web.headers import codings
from library.web.pages.reader import PDF, edition_of
from library.web.pages.resource import resource_of
from library.web.parts.matches import last_page
from library.web.site import Visit, visit_of
from library.web.usage import count_download

PATIENCE = 8.0  # seconds a reader waits for a picture to be drawn
LOOK = 0.05  # seconds between two looks for it
WAITING = threading.BoundedSemaphore(8)  # readers who may wait at once; the others come back

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
    path = path_of(visit.site.settings.originals, sha256)
    if not path.is_file():
        raise HTTPException(503)
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
    return FileResponse(path, headers=headers, media_type=media_type)


def picture(request: Request) -> Response:
    """The picture of a page; when there is none yet a worker is asked, and waited for."""
    visit = visit_of(request)
    resource = resource_of(visit)
    edition = edition_of(visit, resource)
    number = request.path_params["page"]
    if edition.media_type not in PICTURED or not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    sha256 = edition.sha256
    path = picture_path(visit.site.settings.images, sha256, number)
    headers = {"ETag": f'"{sha256[:16]}-{number}"', "Cache-Control": PAGE}
    if not path.is_file():
        visit.site.catalogue.wish_picture(sha256, number)
        if not drawn(path):
            raise HTTPException(503, headers={"Retry-After": "5"})
    if unchanged(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/webp")


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
    return small(visit, edition, min(image.page, last_page(edition)))


def small(visit: Visit, edition: Edition, number: int) -> Response:
    """A page as small as on a card; drawn now, if it was not. Raises 404, 503."""
    if edition.media_type not in PICTURED or not 1 <= number <= last_page(edition):
        raise HTTPException(404)
    site, sha256 = visit.site, edition.sha256
    path = picture_path(site.settings.images, sha256, number, small=True)
    headers = {"ETag": f'"{sha256[:16]}-{number}-small"', "Cache-Control": PAGE}
    if not path.is_file():
        site.catalogue.wish_picture(sha256, number, small=True)
        if not drawn(path):
            raise HTTPException(503, headers={"Retry-After": "5"})
    if unchanged(visit.request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="image/webp")


def drawn(path: Path, patience: float = PATIENCE) -> bool:
    """Wait until the file is there; False when it takes too long or too many wait already."""
    if not WAITING.acquire(blocking=False):
        return False
    try:
        end = time.monotonic() + patience
        while not path.is_file():
            if time.monotonic() > end:
                return False
            time.sleep(LOOK)
        return True
    finally:
        WAITING.release()


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
    Route("/resources/{slug}/{language}/{page:int}/picture.webp", picture),
    Route("/originals/{sha256}/{name:path}", original),
    Route("/favicon.ico", favicon),
    Route("/static/{name}", static),
]
