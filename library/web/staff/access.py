"""Whether a request may use an address of the desk: asked before any page of it is made.

Each address of the desk is a `Route` made by `at_desk`, which names the least role that may use it;
a test walks all of them. What changes something is a POST from a page of this site, with a token
that belongs to the session.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from library import accounts
from library.core.resource import Role, Stored
from library.web.forms import same_site
from library.web.site import visit_of
from library.web.staff import form_files
from library.web.staff.desk import DOOR, FORM, Desk, private
from library.web.staff.expired_form import again
from library.web.staff.links import DESK, SIGN_IN

COOKIE = "staff"
PART = "application/partial-upload"  # a piece of a file, as a script sends it
HEADER = "form-token"  # what holds the token where no form is sent
PATIENCE = 180.0  # seconds that one piece may take to come
LARGEST_FORM = 1 << 20  # bytes; summaries and notes, never files
MOST_FIELDS = 2000
Page = Callable[[Desk], Response]
Keeper = Callable[[Desk, str, Stored, form_files.Fields], None]


def at_desk(
    path: str,
    *,
    get: Page | None = None,
    post: Page | None = None,
    role: Role | None = Role.STAFF,
    keeper: Keeper | None = None,
    pieces: bool = False,
    largest: int = LARGEST_FORM,
    one_file: bool = False,
) -> Route:
    """An address of the desk. role: the least that may use it; None: whoever comes to the door.

    keeper: notes each file that a form brings; without one no files are taken. pieces: whether
    pieces of files are taken, too. one_file: whether one small file may come with a form, to be
    looked at and kept nowhere. largest: bytes of a form or piece.
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
        kind = request.headers.get("content-type", "").lower()
        if pieces and kind == PART:
            desk, ours = await _with_piece(desk), True
        elif keeper and kind.startswith("multipart/form-data"):
            desk, ours = await _with_files(desk, keeper)
        else:
            desk, ours = await _with_fields(desk, role, one_file)
        if not ours:
            return private(await run_in_threadpool(again, desk))
        _may(desk, role)
        assert post is not None
        return private(await run_in_threadpool(post, desk))

    answered.role = role  # type: ignore[attr-defined]
    methods = [*(["GET"] if get else []), *(["POST"] if post else [])]
    return Route(path, answered, methods=methods, max_body_size=largest)


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


async def _with_files(desk: Desk, keeper: Keeper) -> tuple[Desk, bool]:
    """The form with its files, of which nothing is stored unless the form is ours."""

    def ours(fields: form_files.Fields) -> bool:
        sent = fields.get(FORM, [""])[0]
        return desk.session is not None and _is_token(desk, sent)

    def keep(name: str, stored: Stored, fields: form_files.Fields) -> None:
        keeper(desk, name, stored, fields)

    try:
        got = await form_files.receive(desk.request, desk.site.settings.originals, ours, keep)
    except form_files.NotOurs:
        return desk, False
    fields = {name: tuple(values) for name, values in got.fields.items()}
    with_files = replace(
        desk, fields=fields, stored=tuple(got.stored), problems=tuple(got.problems)
    )
    return with_files, True


async def _with_piece(desk: Desk) -> Desk:
    """A piece of a file with its token beside it. Raises HTTPException 400, 401, 403, 408."""
    if desk.session is None:
        raise HTTPException(401)
    if not _is_token(desk, desk.request.headers.get(HEADER, "")):
        raise HTTPException(403)
    try:
        async with asyncio.timeout(PATIENCE):
            return replace(desk, piece=await desk.request.body())
    except ClientDisconnect:
        raise HTTPException(400) from None  # nobody hears it
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None


async def _with_fields(desk: Desk, role: Role | None, one_file: bool) -> tuple[Desk, bool]:
    sent: dict[str, list[str]] = {}
    file: tuple[str, bytes] | None = None
    async with desk.request.form(
        max_files=int(one_file), max_fields=MOST_FIELDS, max_part_size=LARGEST_FORM
    ) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                sent.setdefault(name, []).append(value)
            else:
                file = (form_files.plain_name(value.filename or ""), await value.read())
    fields = {name: tuple(values) for name, values in sent.items()}
    desk = replace(desk, fields=fields, sent=file)
    return desk, (role is None or desk.session is not None) and _is_token(desk, desk.one(FORM))


def _is_token(desk: Desk, sent: str) -> bool:
    """Whether a form was made for this session."""
    return bool(desk.token) and hmac.compare_digest(
        desk.token.encode(), sent.encode("utf-8", "replace")
    )


def _may(desk: Desk, role: Role | None) -> None:
    """Raises 403."""
    if role is Role.ADMIN and desk.user.role is not Role.ADMIN:
        raise HTTPException(403)


def role_of(route: Any) -> Role | None:
    """The least role that may use an address of the desk."""
    role: Role | None = route.endpoint.role
    return role
