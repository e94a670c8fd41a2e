"""Pages that a browser need not fetch twice: ETag, Last-Modified and 304."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from library.web.site import visit_of

Endpoint = Callable[[Request], Response]

PAGE = "no-cache"  # may be kept, must be asked about: staff's changes are seen at once
FOREVER = "public, max-age=31536000, immutable"


def fresh(endpoint: Endpoint) -> Endpoint:
    """The endpoint, answering 304 when the library is as it was at the reader's last visit."""

    def answered(request: Request) -> Response:
        visit = visit_of(request)
        state = visit.site.state()
        headers = {
            "ETag": f'W/"{state.name}-{visit.interface.language}"',
            "Last-Modified": format_datetime(state.since.astimezone(UTC), usegmt=True),
            "Cache-Control": PAGE,
            "Vary": "Accept-Language, Cookie",
        }
        if unchanged(request, headers["ETag"], state.since):
            return Response(status_code=304, headers=headers)
        response = endpoint(request)
        if response.status_code == 200:
            for name, value in headers.items():
                response.headers.setdefault(name, value)
        return response

    answered.__name__ = endpoint.__name__
    return answered


def unchanged(request: Request, etag: str, since: datetime | None = None) -> bool:
    """Whether the reader already has this (RFC 9110, section 13: If-None-Match goes first)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        wanted = etag.removeprefix("W/")
        return tags.strip() == "*" or wanted in (
            tag.strip().removeprefix("W/") for tag in tags.split(",")
        )
    asked = request.headers.get("if-modified-since")
    if asked is None or since is None:
        return False
    try:
        return parsedate_to_datetime(asked) >= since
    except (ValueError, TypeError):
        return False
