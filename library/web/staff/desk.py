"""Who stands at the desk, what was sent with a request, and what an answer of the desk carries."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from library.catalogue.accounts.users import Session, User
from library.core.errors import LibraryError
from library.web.i18n import Interface
from library.web.site import Site, Visit

DOOR = "staff-door"  # before anybody has signed in
FORM = "form"  # the field of every form that holds its token
PATH = "/staff"


Fields = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Desk:
    """One request to the desk: by whom, and what was sent with it."""

    visit: Visit
    session: Session | None
    token: str  # what the forms of the answer carry
    fields: Fields = field(default_factory=dict)
    stored: tuple[str, ...] = ()  # files of the form that are safe, by name
    problems: tuple[LibraryError, ...] = ()  # what was wrong with the others
    piece: bytes = b""  # of a file, where the address takes pieces
    sent: tuple[str, bytes] | None = None  # the one file of a form that takes one: name, content

    @property
    def user(self) -> User:
        """Who asks; only where a role was asked for."""
        assert self.session is not None
        return self.session.user

    @property
    def request(self) -> Request:
        return self.visit.request

    @property
    def site(self) -> Site:
        return self.visit.site

    @property
    def interface(self) -> Interface:
        return self.visit.interface

    def one(self, name: str) -> str:
        """The first value sent under a name, "" when there is none."""
        return self.fields.get(name, ("",))[0]

    def every(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())


def done(address: str, what: str = "", **more: str) -> Response:
    """After a change: to a page that says so, and can be loaded again without doing it twice."""
    parameters = {**({"done": what} if what else {}), **more}
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return RedirectResponse(parts.path + (f"?{query}" if query else "") + fragment, 303)


def waiting(desk: Desk, seconds: int) -> str:
    """What is said to who tried too often."""
    return desk.interface.plural(
        "Too many attempts. Try again in %(number)s minute.",
        "Too many attempts. Try again in %(number)s minutes.",
        -(-seconds // 60),
    )


def private(response: Response) -> Response:
    """Kept by no cache and no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def give_cookie(
    desk: Desk,
    response: Response,
    name: str,
    value: str,
    path: str = PATH,
    seconds: int | None = None,
) -> None:
    """seconds: how long a browser keeps it; None: until it is closed."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="lax",
        secure=is_secure(desk),
    )


def is_secure(desk: Desk) -> bool:
    """Whether the browser came by https: to us, or to the web server before us."""
    public = desk.site.settings.base_url.startswith("https:")
    return public or desk.request.url.scheme == "https"


def door_token(desk: Desk) -> str:
    """What stands in for a session before there is one: the cookie's value, or a new one."""
    token = desk.request.cookies.get(DOOR, "")
    return token if 20 <= len(token) <= 100 else secrets.token_urlsafe(32)
