"""Whether a request may use an address of the desk: asked before any page of it is made.

Each address of the desk is a `Route` made by `at_desk`, which names the least role that may use it;
a test walks all of them. What changes something is a POST from a page of this site, with a token
that belongs to the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library import accounts
from library.core.resource import Role
from library.web.forms import same_site
from library.web.site import visit_of
from library.web.staff.bodies import Body, Form
from library.web.staff.desk import DOOR, Desk, private
from library.web.staff.expired_form import again
from library.web.staff.links import DESK, SIGN_IN

COOKIE = "staff"
FORM_ALONE = Form()
Page = Callable[[Desk], Response]


def at_desk(
    path: str,
    *,
    get: Page | None = None,
    post: Page | None = None,
    role: Role | None = Role.STAFF,
    takes: Body = FORM_ALONE,
) -> Route:
    """An address of the desk. role: the least that may use it; None: whoever comes to the door.

    takes: what may be sent to it.
    """

    async def answered(request: Request) -> Response:
        if request.method == "POST":
            same_site(request)  # the token decides where a browser does not say
        desk = await run_in_threadpool(_enter, request, role)
        if request.method != "POST":
            if desk.session is None and role is not None:
                return to_sign_in(request)
            _may(desk, role)
            assert get is not None
            return private(await run_in_threadpool(get, desk))
        desk, is_ours = await takes.read(desk)
        if not is_ours or (role is not None and desk.session is None):
            return private(await run_in_threadpool(again, desk))
        _may(desk, role)
        assert post is not None
        return private(await run_in_threadpool(post, desk))

    answered.role = role  # type: ignore[attr-defined]
    methods = [*(["GET"] if get else []), *(["POST"] if post else [])]
    return Route(path, answered, methods=methods, max_body_size=takes.largest)


def to_sign_in(request: Request) -> Response:
    """To the door, and back here afterwards."""
    query = request.url.query
    here = request.url.path + (f"?{query}" if query else "")
    back = f"{SIGN_IN}?{urlencode({'to': here})}" if here != DESK else SIGN_IN
    return private(RedirectResponse(back, 303))


def _enter(request: Request, role: Role | None) -> Desk:
    visit = visit_of(request)
    token = request.cookies.get(COOKIE, "")
    session = accounts.session_of(visit.site.catalogue, token) if token else None
    secret = token if session and role is not None else request.cookies.get(DOOR, "")
    return Desk(visit, session, accounts.form_token(secret) if secret else "")


def _may(desk: Desk, role: Role | None) -> None:
    """Raises 403."""
    if role is Role.ADMIN and desk.user.role is not Role.ADMIN:
        raise HTTPException(403)


def role_of(route: Any) -> Role | None:
    """The least role that may use an address of the desk."""
    role: Role | None = route.endpoint.role
    return role
