"""What each answer says to browsers, word for word: whoever changes it changes it here too.

Written out and not taken from the code, which would agree with itself whatever was left out.
"""

from __future__ import annotations

import base64
import hashlib

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from library.web.headers import SecurityHeaders
from tests.markup import parsed

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'sha256-HSxXEaF8hKXbCYbO3ueHQBExQHZOksuXJuiFmNz6oqU='",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",  # words and passwords go to nobody else
    "base-uri": "'none'",
    "frame-ancestors": "'none'",  # nobody lays the desk under a page of theirs
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy(response: Response) -> dict[str, str]:
    """Directives of a policy, and their sources."""
    parts = response.headers["content-security-policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts)


@pytest.fixture
def small() -> TestClient:
    """A site of its own, of one page that says nothing and one that says something."""

    async def said(request: Request) -> Response:
        return Response("x", 201, headers=dict(request.query_params))

    async def spoken(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("x")
        await socket.close()

    app = Starlette(routes=[Route("/", said), WebSocketRoute("/socket", spoken)])
    return TestClient(SecurityHeaders(app))


def test_each_directive_and_each_header(small: TestClient) -> None:
    response = small.get("/")
    assert policy(response) == POLICY
    told = {name: value for name, value in response.headers.items() if name in HEADERS}
    assert told == HEADERS
    assert (response.status_code, response.text) == (201, "x")


@pytest.mark.parametrize("name", ["content-security-policy", *HEADERS])
def test_an_answer_that_says_its_own_is_left_alone(small: TestClient, name: str) -> None:
    response = small.get("/", params={name: "sandbox"})
    assert response.headers.get_list(name) == ["sandbox"]
    others = {one: value for one, value in HEADERS.items() if one != name}
    assert {one: response.headers[one] for one in others} == others


def test_what_is_no_page_passes(small: TestClient) -> None:
    with small.websocket_connect("/socket") as socket:
        assert socket.receive_text() == "x"


@pytest.mark.parametrize(
    "path", ["/", "/search?q=fund", "/nowhere", "/staff/sign-in", "/feed.atom"]
)
def test_the_site_says_it(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert policy(response) == POLICY
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_script_in_pages_is_the_one_that_is_let(client: TestClient) -> None:
    (script,) = parsed(client.get("/")).css("script:not([src])")
    digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
    assert f"'sha256-{digest}'" in POLICY["script-src"]
