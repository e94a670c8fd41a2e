"""One's own account: the password, and where one is signed in."""

from __future__ import annotations

from starlette.responses import Response

from library import accounts
from library.accounts import SHORTEST
from library.catalogue.accounts import users
from library.catalogue.accounts.users import Session
from library.core.errors import UsageError
from library.web.error_text import told
from library.web.staff import labels
from library.web.staff.access import at_desk
from library.web.staff.accounts.viewmodels import OwnPage, SessionRow
from library.web.staff.desk import Desk, done
from library.web.staff.frame import desk_frame, framed, moment, shown
from library.web.staff.links import OWN

END = "/staff/own/sessions"
CHANGE = "/staff/own/password"


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
        if not accounts.change_password(desk.site.catalogue, desk.session, desk.one("old"), new):
            return _page(desk, say("The present password is wrong."))
    except UsageError as error:
        return _page(desk, told(error, desk.interface))
    return done(OWN, "password")


def _page(desk: Desk, problem: str = "") -> Response:
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
        rule=desk.interface.say(
            "%(number)s characters or more. Four or five words that do not belong together are "
            "easy to keep in mind.",
            number=desk.interface.number(SHORTEST),
        ),
    )
    return shown(desk, "staff/own.html", page, 422 if problem else 200)


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
]
