"""What every answer says to browsers about safety, unless it says otherwise itself."""

from __future__ import annotations

from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The one script that stands in pages (templates/parts/loader.html): it fetches the others when a
# reader is about to use what they help with, so that nobody else pays for them. A test holds it.
LOADER = "'sha256-HSxXEaF8hKXbCYbO3ueHQBExQHZOksuXJuiFmNz6oqU='"

# The site runs no scripts but its own small ones, which ask nothing of any other site.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {LOADER}",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


# What everybody may read, any page may ask for, and see where its next part is.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, Content-Disposition",
}
READ_BY_PROGRAMS = ("/api/", "/feed.atom", "/export.", "/oai", "/opds", "/vocabularies/")

# For a year, browsers come by https only, once they have.
TRANSPORT = f"max-age={365 * 86_400}"

CODINGS = ("br", "zstd", "gzip", "*")  # what an answer may be sent as, the smallest first


@lru_cache(256)
def codings(accept: str) -> frozenset[tuple[str, bool]]:
    """Which of CODINGS an Accept-Encoding header names, and whether it takes or refuses (q=0) each
    (RFC 9110, section 12.5.3)."""
    named = set()
    for part in accept[:500].lower().split(","):
        coding, _, quality = (one.strip() for one in part.partition(";"))
        if coding in CODINGS:
            share = quality.removeprefix("q=").strip()
            named.add((coding, not quality or share.strip("0.") != ""))
    return frozenset(named)


def _by_https(scope: Scope) -> bool:
    """Whether the site is one of https: to us, or to the web server before us."""
    if scope.get("scheme") == "https":
        return True
    site = getattr(getattr(scope.get("app"), "state", None), "site", None)
    return site is not None and site.settings.base_url.startswith("https:")


class SecurityHeaders:
    """Adds the headers that an answer does not bring itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(READ_BY_PROGRAMS):
                    for name, value in OPEN.items():
                        headers.setdefault(name, value)
                if _by_https(scope):
                    headers.setdefault("Strict-Transport-Security", TRANSPORT)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
