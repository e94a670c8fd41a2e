"""What every answer says to browsers about safety, unless it says otherwise itself."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The one script that stands in pages (templates/parts/loader.html): it fetches the others when a
# reader is about to use what they help with, so that nobody else pays for them. A test holds it.
LOADER = "'sha256-TqOQB4jVkvUnJxfzqz2bSZWCt/8q86hwInZVTiPPW2Y='"

# The site runs no scripts but its own small ones, which ask nothing of any other site.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {LOADER}",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
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
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
