"""Tells a hub that something is new, so that whoever follows hears of it at once (WebSub)."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, urlencode, urlsplit

from library.catalogue import Catalogue
from library.core import logs
from library.core.settings import Settings
from library.fetching import Deadline

FEED = "/feed.atom"
SECONDS = 15.0


class Hub:
    """Looks whether readers would see something new, and then says so. Nothing to do without both
    settings: of the hub, and of the library's own address, which is what it is told."""

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        tell: Callable[[str, str], int] | None = None,
    ) -> None:
        self._hub, self._base = settings.hub, settings.base_url
        self._catalogue = catalogue
        self._tell = tell or told
        self._revision = catalogue.revision() if self._hub and self._base else 0

    def once(self) -> bool:
        """Whether the hub was told of something."""
        if not self._hub or not self._base:
            return False
        revision = self._catalogue.revision()
        if revision == self._revision:
            return False
        self._revision = revision
        try:
            status = self._tell(self._hub, self._base + FEED)
        except (OSError, http.client.HTTPException) as error:
            logs.event("hub not told", "warning", hub=self._hub, reason=str(error))
            return False
        if status >= 300:
            logs.event("hub not told", "warning", hub=self._hub, reason=str(status))
        return status < 300


def told(hub: str, feed: str) -> int:
    """Say that a feed has something new (WebSub, 7); the status that the hub answers with.

    Raises OSError, HTTPException.
    """
    parts = urlsplit(hub)
    host = parts.hostname or ""
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        line = http.client.HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
    else:
        line = http.client.HTTPConnection(host, parts.port, timeout=SECONDS)
    try:
        with Deadline(SECONDS) as deadline:
            line.connect()
            deadline.of(line.sock)
            return _asked(line, parts, feed)
    finally:
        line.close()


def _asked(line: http.client.HTTPConnection, parts: SplitResult, feed: str) -> int:
    body = urlencode({"hub.mode": "publish", "hub.topic": feed, "hub.url": feed})
    way = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", way, body, kind)
    return line.getresponse().status
