"""Every address of the site, from its own table, asked for by everybody there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from library.core.resource import Role
from library.web.app import ROUTES
from library.web.staff import expired_form
from library.web.staff.access import role_of
from tests.library.web.staff.conftest import Enter, token_of
from tests.markup import parsed, values

DESK = [route for route in ROUTES if route.path.startswith("/staff")]
DOORS = ["/staff/sign-in", "/staff/sign-in/second"]


def asked() -> list[tuple[Route, str]]:
    return [
        (route, method) for route in DESK for method in sorted((route.methods or set()) - {"HEAD"})
    ]


def address(route: Route) -> str:
    """The route with something in each of its places."""
    return re.sub(r"\{\w+(:int)?\}", "1", route.path)


def ask(client: TestClient, route: Route, method: str, token: str = "") -> Any:
    data = {"form": token} if method == "POST" else None
    return client.request(method, address(route), data=data)


def may(route: Route, role: Role) -> bool:
    return role_of(route) in (None, Role.STAFF, role)


def test_every_address_of_the_desk_says_who_may_use_it() -> None:
    assert DESK
    for route in DESK:
        assert hasattr(route.endpoint, "role"), route.path
        assert route.methods and route.methods <= {"GET", "HEAD", "POST"}
    assert [route.path for route in DESK if role_of(route) is None] == DOORS
    # Anybody may pass words on to staff, report a mistake, have a pack made, ask what became of
    # what is kept, ask for letters and end them, and harvest: that needs no session, and nothing of
    # one is changed.
    assert [route.path for route in ROUTES if "POST" in (route.methods or ()) and
            not route.path.startswith("/staff")] == [
                "/ask", "/report/{slug}/{language}/{page:int}", "/packs",
                "/kept/now", "/alerts/new", "/alerts/{token}", "/alerts/{token}/end",
                "/oai"]  # fmt: skip


@pytest.mark.parametrize(("route", "method"), asked(), ids=lambda one: getattr(one, "path", one))
def test_every_address_with_every_role(
    route: Route, method: str, nobody: TestClient, enter: Enter
) -> None:
    seen = ask(nobody, route, method)
    if role_of(route) is not None:
        if method == "GET":
            assert seen.status_code == 303
            assert seen.headers["location"].startswith("/staff/sign-in")
        else:
            assert seen.status_code == 401
    for name, role in (("ben", Role.STAFF), ("ana", Role.ADMIN)):
        client = enter(name)
        token = token_of(client.get("/staff/own").text)
        without = ask(client, route, method)
        answer = ask(client, route, method, token)
        assert answer.status_code < 500, answer.text
        assert answer.headers["cache-control"] == "no-store"
        if not may(route, role):
            assert answer.status_code == 403
            assert "not for your account" in answer.text
        elif role_of(route) is not None:
            assert answer.status_code not in (401, 403)
        if method == "POST" and role_of(route) is not None:
            assert without.status_code == 403
            assert "not saved yet" in without.text
            other = ask(enter(name), route, method, token)  # the token of another session
            assert other.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize(
    "route", [one for one in DESK if "POST" in (one.methods or ())], ids=lambda one: one.path
)
def test_nothing_is_done_for_another_site(
    route: Route, headers: dict[str, str], ana: TestClient
) -> None:
    token = token_of(ana.get("/staff/own").text)
    answer = ana.post(address(route), data={"form": token}, headers=headers)
    assert answer.status_code == 403
    assert "not saved yet" not in answer.text
    assert ana.get("/staff/own").status_code == 200


def test_every_form_of_the_desk_carries_the_token(ana: TestClient) -> None:
    for route in DESK:
        if "GET" not in (route.methods or ()):
            continue
        for form in parsed(ana.get(address(route))).css('form[method="post"]'):
            assert token_of(form)


def test_readers_see_the_same_whoever_is_signed_in(nobody: TestClient, ana: TestClient) -> None:
    for path in ("/", "/search", "/resources/a-fund-of-our-own", "/sitemap.xml"):
        assert nobody.get(path).text == ana.get(path).text
        assert "staff" not in nobody.get(path).headers.get("set-cookie", "")


def test_what_was_written_is_not_lost_with_the_session(ana: TestClient) -> None:
    sent = {"form": "0" * 64, "account": 'a "quoted" word', "change": "x", "old": "a secret"}
    answer = ana.post("/staff/accounts", data=sent)
    assert answer.status_code == 403
    assert 'a "quoted" word' in values(answer, "input", "value")
    assert "a secret" not in answer.text
    assert set(expired_form.SECRET) >= {"password", "old", "new", "again"}
    token_of(answer.text)
