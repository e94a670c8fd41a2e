"""Pages that a browser need not fetch twice: ETag, Last-Modified and 304.

The tag is the state of the whole library and the language, so whether a browser has a page is told
without making it. Where the site runs in several processes each tells its own Last-Modified, the
moment at which it first saw the state; the tag, which goes first, is the same in all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from library.web.site import State, visit_of

Endpoint = Callable[[Request], Response]

PAGE = "no-cache"  # may be kept, must be asked about: staff's changes are seen at once
PASSING = "no-store"  # true of this moment only
FOREVER = "public, max-age=31536000, immutable"

_FRESH: set[object] = set()  # the endpoints that answer so


def fresh(endpoint: Endpoint) -> Endpoint:
    """The endpoint, answering 304 when the library is as it was at the reader's last visit."""

    @wraps(endpoint)
    def answered(request: Request) -> Response:
        visit = visit_of(request)
        state = visit.site.state()
        headers = headers_of(state, visit.interface.language)
        if unchanged(request, headers["ETag"], state.since):
            return Response(status_code=304, headers=headers)
        response = endpoint(request)
        if visit.noted.passing:
            response.headers.setdefault("Cache-Control", PASSING)
        elif response.status_code == 200:
            for name, value in headers.items():
                response.headers.setdefault(name, value)
        return response

    _FRESH.add(answered)
    return answered


def is_fresh(endpoint: object) -> bool:
    """Whether an endpoint answers by the state of the library alone."""
    return endpoint in _FRESH


def headers_of(state: State, language: str) -> dict[str, str]:
    """What a page says of the state it shows."""
    return {
        "ETag": f'W/"{state.name}-{language}"',
        "Last-Modified": format_datetime(state.since.astimezone(UTC), usegmt=True),
        "Cache-Control": PAGE,
        "Vary": "Accept-Language, Cookie, Host",  # addresses in it may be as it was asked for
    }


def unchanged(request: Request, etag: str, since: datetime | None = None) -> bool:
    """Whether the reader already has this (RFC 9110, section 13: If-None-Match goes first)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        # "*" would be true of whatever is there, and we do not know yet whether anything is: some
        # addresses lead nowhere, and some to what is hidden.
        wanted = etag.removeprefix("W/")
        return wanted in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    asked = request.headers.get("if-modified-since")
    if asked is None or since is None:
        return False
    try:
        return parsedate_to_datetime(asked) >= since
    except (ValueError, TypeError):
        return False
