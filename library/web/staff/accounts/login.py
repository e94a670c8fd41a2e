"""In and out: signing in, signing out, and the first page of the desk."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from library import accounts
from library.accounts import Expired, Refused, Second, TooMany
from library.catalogue.accounts import users
from library.catalogue.queue import tasks
from library.catalogue.statistics import review_queue
from library.web import links
from library.web.staff.access import COOKIE, at_desk
from library.web.staff.accounts.viewmodels import SecondPage, SignInPage
from library.web.staff.desk import DOOR, Desk, done, door_token, give_cookie, waiting
from library.web.staff.frame import desk_frame, framed, rooms, shown
from library.web.staff.health.page import alarms
from library.web.staff.links import ARRIVALS, DESK, QUEUE, SIGN_IN, SIGN_IN_SECOND, SIGN_OUT
from library.web.staff.viewmodels import DeskPage, Way
from library.web.usage import UNCOUNTED

BROWSER = "known-browser"  # from which somebody has signed in before
FIRST = "library user add NAME --role admin"


def front(desk: Desk) -> Response:
    heading = desk.interface.say("Staff desk")
    page = DeskPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk),
        heading=heading,
        rooms=_counted(desk),
        alarms=alarms(desk),
    )
    return shown(desk, "staff/front.html", page)


def _counted(desk: Desk) -> tuple[Way, ...]:
    """The rooms, with how much waits in those where something does."""
    with desk.site.catalogue.snapshot() as snapshot:
        counts = {
            QUEUE: len(snapshot.ask(review_queue.queue)),
            ARRIVALS: snapshot.ask(tasks.waiting_arrivals),
        }

    def counted(way: Way) -> Way:
        number = counts.get(way.link.url, 0)
        count = desk.interface.number(number) if number else ""
        return replace(way, link=replace(way.link, count=count))

    return tuple(counted(way) for way in rooms(desk))


def sign_in_page(desk: Desk) -> Response:
    if desk.session:
        return RedirectResponse(_back(desk.request.query_params.get("to", "")), 303)
    return _door(desk, desk.request.query_params.get("to", ""))


def sign_in(desk: Desk) -> Response:
    address = desk.request.client.host if desk.request.client else ""
    agent = desk.request.headers.get("user-agent", "")
    browser = desk.request.cookies.get(BROWSER, "")[:100]
    answer = accounts.sign_in(
        desk.site.catalogue,
        desk.one("name"),
        desk.one("password"),
        address=address,
        agent=agent,
        browser=browser,
    )
    if isinstance(answer, TooMany):
        problem = waiting(desk, answer.seconds)
        response = _door(desk, desk.one("to"), problem=problem, status=429)
        response.headers["Retry-After"] = str(answer.seconds)
        return response
    if isinstance(answer, Refused):
        say = desk.interface.say("The name or the password is wrong.")
        return _door(desk, desk.one("to"), problem=say, status=403)
    if isinstance(answer, Second):
        return _code(desk, answer.ticket)
    return _entered(desk, answer)


def sign_in_second(desk: Desk) -> Response:
    """The second step: a code of an app, or a recovery code."""
    say = desk.interface.say
    agent = desk.request.headers.get("user-agent", "")
    ticket = desk.one("ticket")
    answer = accounts.sign_in_second(desk.site.catalogue, ticket, desk.one("code"), agent=agent)
    if isinstance(answer, Expired):
        problem = say("That took too long. Begin again with your password.")
        return _door(desk, desk.one("to"), problem=problem, status=403)
    if isinstance(answer, TooMany):
        response = _code(desk, ticket, problem=waiting(desk, answer.seconds), status=429)
        response.headers["Retry-After"] = str(answer.seconds)
        return response
    if isinstance(answer, Refused):
        problem = say("This code is wrong, or was used already. Wait for the next one.")
        return _code(desk, ticket, problem=problem, status=403)
    return _entered(desk, answer)


def _code(desk: Desk, ticket: str, *, problem: str = "", status: int = 200) -> Response:
    heading = desk.interface.say("Second step")
    token = door_token(desk)
    page = SecondPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem, token=accounts.form_token(token)),
        heading=heading,
        action=SIGN_IN_SECOND,
        to=_back(desk.one("to")),
        ticket=ticket,
    )
    response = shown(desk, "staff/sign-in-second.html", page, status)
    give_cookie(desk, response, DOOR, token, SIGN_IN)
    return response


def _entered(desk: Desk, answer: str) -> Response:
    browser = desk.request.cookies.get(BROWSER, "")[:100]
    response = RedirectResponse(_back(desk.one("to")), 303)
    give_cookie(desk, response, COOKIE, answer)
    known = accounts.remember(desk.site.catalogue, answer, browser)
    give_cookie(desk, response, BROWSER, known, SIGN_IN, int(users.REMEMBERED))
    give_cookie(desk, response, UNCOUNTED, "1", "/")  # what staff look at is not what is read
    response.delete_cookie(DOOR, path=SIGN_IN)
    return response


def sign_out(desk: Desk) -> Response:
    assert desk.session is not None
    accounts.sign_out(desk.site.catalogue, desk.session)
    response = done(SIGN_IN, "out")
    response.delete_cookie(COOKIE, path="/staff")
    response.delete_cookie(UNCOUNTED)
    return response


def _door(desk: Desk, to: str, *, problem: str = "", status: int = 200) -> Response:
    heading = desk.interface.say("Sign in")
    token = door_token(desk)
    first = "" if desk.site.catalogue.ask(users.count) else FIRST
    page = SignInPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem, token=accounts.form_token(token)),
        action=SIGN_IN,
        to=_back(to),
        name=desk.one("name"),
        first=first,
    )
    response = shown(desk, "staff/sign-in.html", page, status)
    give_cookie(desk, response, DOOR, token, SIGN_IN)
    return response


def _back(to: str) -> str:
    """Where to go after the door: a page of the desk, and nowhere else."""
    address = links.own_path(to)
    inside = address.startswith(DESK) and not address.startswith(SIGN_IN)
    return address if inside else DESK


ROUTES = [
    at_desk(DESK, get=front),
    at_desk(SIGN_IN, get=sign_in_page, post=sign_in, role=None),
    at_desk(SIGN_IN_SECOND, post=sign_in_second, role=None),
    at_desk(SIGN_OUT, post=sign_out),
]
