"""What changes something is taken from pages of this site alone, at every address there is."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from library.web.app import ROUTES

ASKING = {
    "/oai",  # what is sent there is a question, from programs anywhere
    "/alerts/{token}/end",  # programs of mail send it: who has the address may end the letters
}
WRITING = [
    route
    for route in ROUTES
    if (route.methods or set()) - {"GET", "HEAD"} and route.path not in ASKING
]
ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
)


@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.path)
def test_a_form_of_another_site_is_refused(client: TestClient, route: Route) -> None:
    path = re.sub(r"\{\w+:int\}", "1", route.path)
    path = re.sub(r"\{\w+(:path)?\}", "xyz", path)
    for method in sorted((route.methods or set()) - {"GET", "HEAD"}):
        for headers in ELSEWHERE:
            answer = client.request(method, path, content="q=words", headers=headers)
            assert answer.status_code == 403, (method, path, headers)


def test_there_are_such_addresses() -> None:
    assert {"/ask", "/report/{slug}/{language}/{page:int}", "/staff/sign-in"} <= {
        route.path for route in WRITING
    }
