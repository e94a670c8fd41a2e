"""The site as something to install: its manifest, and the service worker that answers for it
where there is no network."""

from __future__ import annotations

import hashlib
import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from library.web import links
from library.web.freshness import PAGE, fresh
from library.web.pages.kept import SHEETS
from library.web.site import Site, visit_of

# All that is kept besides what a reader chose: the page that shows it, and what it is made with.
SHELL = ("site.css", *SHEETS, "kept.js", "list.js", "icon.svg")
COLOURS = {"theme_color": "#8f1c17", "background_color": "#faf6ed"}  # those of site.css
NARROW = 12  # characters that fit below an icon


def worker(request: Request) -> Response:
    """The service worker of the site as it is now: it differs when the site does, so browsers
    fetch the shell anew."""
    site = visit_of(request).site
    pages = site.pages
    files = [links.KEPT, *(pages.address(name) for name in SHELL)]
    head = f"const SHELL = {json.dumps(f'shell {_look(site)}')}, FILES = {json.dumps(files)};\n"
    script = pages.static[pages.names["sw.js"]].content
    return Response(
        head.encode() + script,
        media_type="text/javascript",
        headers={"Cache-Control": PAGE},
    )


def _look(site: Site) -> str:
    """A name for how the site looks."""
    parts = (site.pages.fingerprint, site.settings.name, site.settings.names)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:10]


def manifest(request: Request) -> Response:
    """What a phone is told that puts the library among its programs."""
    visit = visit_of(request)
    language = request.path_params["language"]
    if language not in visit.site.interfaces:
        raise HTTPException(404)
    interface = visit.site.interfaces[language]
    address, name = visit.site.pages.address, visit.site.settings.called(language)
    icons = [
        {
            "src": address(f"icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    said = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= NARROW else interface.say("Library"),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "lang": language,
        "dir": interface.direction,
        "icons": icons,
        "shortcuts": [{"name": interface.say("Kept on this phone"), "url": links.KEPT}],
        **COLOURS,
    }
    return JSONResponse(said, media_type="application/manifest+json")


ROUTES = [
    Route("/sw.js", worker, methods=["GET"]),
    Route("/manifest/{language}.webmanifest", fresh(manifest), methods=["GET"]),
]
