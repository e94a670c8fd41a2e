"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from io import BytesIO

import segno
from starlette.exceptions import HTTPException
from starlette.responses import Response

from library import accounts
from library.accounts import SHORTEST, Refused, TooMany, second_step
from library.accounts.second_step import Offered
from library.catalogue.accounts import users
from library.catalogue.accounts.users import Session
from library.core.errors import UsageError
from library.web.error_text import told
from library.web.staff import labels
from library.web.staff.access import COOKIE, at_desk
from library.web.staff.accounts.viewmodels import OwnPage, OwnSecondPage, SessionRow
from library.web.staff.desk import Desk, done, give_cookie, waiting
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import OWN
from library.web.viewmodels import Link

END = "/staff/own/sessions"
CHANGE = "/staff/own/password"
SECOND = "/staff/own/second-step"
BEGIN = "/staff/own/second-step/begin"
PICTURE = "/staff/own/second-step/picture.svg"


def own(desk: Desk) -> Response:
    return _page(desk)


def end(desk: Desk) -> Response:
    """End one of one's own sessions, or all but this one."""
    assert desk.session is not None
    chosen = desk.one("session")
    only = int(chosen) if chosen.isdecimal() and len(chosen) < 12 else None
    if chosen == "others" or only is not None:
        accounts.end_other_sessions(desk.site.catalogue, desk.session, only)
    return done(OWN, "ended")


def password(desk: Desk) -> Response:
    assert desk.session is not None
    say = desk.interface.say
    new = desk.one("new")
    if new != desk.one("again"):
        return _page(desk, say("The new password was typed in two different ways."))
    weak = accounts.weakness(new, desk.user.name)
    if weak:
        return _page(desk, labels.weakness(weak, desk.interface))
    try:
        answer = accounts.change_password(desk.site.catalogue, desk.session, desk.one("old"), new)
    except UsageError as error:
        return _page(desk, told(error, desk.interface))
    if isinstance(answer, TooMany):
        response = _page(desk, waiting(desk, answer.seconds), status=429)
        response.headers["Retry-After"] = str(answer.seconds)
        return response
    if isinstance(answer, Refused):
        return _page(desk, say("The present password is wrong."))
    response = done(OWN, "password")
    give_cookie(desk, response, COOKIE, answer)
    return response


def second(desk: Desk) -> Response:
    """Set up a second step, or turn it off: both need the password, the latter also a code."""
    say, catalogue = desk.interface.say, desk.site.catalogue
    answer = accounts.proven(catalogue, desk.user, desk.one("old"))
    on = second_step.is_on(catalogue, desk.user)
    if answer is None and on:
        answer = second_step.passed(catalogue, desk.user, desk.one("code"))
    if isinstance(answer, TooMany):
        return _too_many(desk, answer)
    if isinstance(answer, Refused):
        return _page(desk, say("The password or the code is wrong."))
    if on:
        second_step.end(catalogue, desk.user, by=desk.user.name)
        return done(OWN, "second-off")
    name = desk.site.settings.called(desk.interface.language)
    return _second(desk, second_step.offer(catalogue, desk.user, name))


def begin(desk: Desk) -> Response:
    """Turn it on by a first code of the app."""
    say, catalogue = desk.interface.say, desk.site.catalogue
    answer = second_step.begin(catalogue, desk.user, desk.one("code"))
    if isinstance(answer, TooMany):
        return _too_many(desk, answer)
    if isinstance(answer, Refused):
        name = desk.site.settings.called(desk.interface.language)
        held = second_step.pending(catalogue, desk.user, name)
        problem = say("This code is wrong, or was used already. Wait for the next one.")
        return _second(desk, held, problem) if held else _page(desk, problem)
    return _second(desk, codes=answer)


def _second(
    desk: Desk, held: Offered | None = None, problem: str = "", codes: tuple[str, ...] = ()
) -> Response:
    heading = desk.interface.say("Second step")
    page = OwnSecondPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        begin=BEGIN,
        secret=held.secret if held else "",
        picture=PICTURE if held else "",
        codes=codes,
        back=Link(desk.interface.say("My account"), OWN),
    )
    return shown(desk, "staff/own-second.html", page, 422 if problem else 200)


def picture(desk: Desk) -> Response:
    """What an app scans, while a second step is set up. Raises 404."""
    name = desk.site.settings.called(desk.interface.language)
    held = second_step.pending(desk.site.catalogue, desk.user, name)
    if held is None:
        raise HTTPException(404)
    drawn = BytesIO()
    segno.make(held.address, error="m", micro=False).save(
        drawn,
        kind="svg",
        border=4,
        scale=4,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return Response(drawn.getvalue(), media_type="image/svg+xml")


def _too_many(desk: Desk, answer: TooMany) -> Response:
    response = _page(desk, waiting(desk, answer.seconds), status=429)
    response.headers["Retry-After"] = str(answer.seconds)
    return response


def _page(desk: Desk, problem: str = "", status: int = 0) -> Response:
    assert desk.session is not None
    sessions = desk.site.catalogue.ask(users.sessions, desk.user)
    heading = desk.interface.say("My account")
    page = OwnPage(
        frame=framed(desk, heading),
        desk=desk_frame(desk, problem=problem),
        heading=heading,
        role=labels.role(desk.user.role, desk.interface),
        sessions=tuple(_row(desk, session) for session in sessions),
        others=len(sessions) > 1,
        end=END,
        password=CHANGE,
        rule=rule(desk),
        second=SECOND,
        second_on=second_step.is_on(desk.site.catalogue, desk.user),
    )
    return shown(desk, "staff/own.html", page, status or (422 if problem else 200))


def rule(desk: Desk) -> str:
    """What a password has to be."""
    return desk.interface.say(
        "%(number)s characters or more. Four or five words that do not belong together are "
        "easy to keep in mind.",
        number=desk.interface.number(SHORTEST),
    )


def _row(desk: Desk, session: Session) -> SessionRow:
    say = desk.interface.say
    here = desk.session is not None and session.id == desk.session.id
    return SessionRow(
        id=str(session.id),
        agent=labels.browser(session.agent, desk.interface),
        began=say("since %(moment)s", moment=moment(session.began, desk.interface)),
        seen=say("last used %(moment)s", moment=moment(session.seen, desk.interface)),
        here=say("this one") if here else "",
    )


ROUTES = [
    at_desk(OWN, get=own),
    at_desk(END, post=end),
    at_desk(CHANGE, post=password),
    at_desk(SECOND, post=second),
    at_desk(BEGIN, post=begin),
    at_desk(PICTURE, get=picture),
]
